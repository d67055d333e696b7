"""The exact test of two small groups and the interval of a gap of means, against vectors and scipy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from steward.analysis.comparison.intervals import mean_difference_interval
from steward.analysis.comparison.small_groups import chance_of_so_far_apart


@pytest.mark.parametrize(("pupils", "others", "half"), [(20, 100, 0.68), (60, 120, 0.44)])
def test_a_gap_of_progress_8_of_two_groups(pupils: int, others: int, half: float) -> None:
    """Source: methods 2; 1.41628 is the published spread of Progress 8."""
    found = mean_difference_interval(0.0, spread=1.41628, pupils=pupils, other_pupils=others, quantile=1.96)
    assert found.high == pytest.approx(half, abs=0.005)
    assert found.low == -found.high


def test_the_worked_table_of_tea_tasting() -> None:
    """Fisher's 3 of 4 against 1 of 4: 17/70 one-sided, so 2 (1/70 + 8/70) with half of the table at hand."""
    assert chance_of_so_far_apart(3, pupils=4, other_count=1, other_pupils=4) == pytest.approx(18 / 70)
    assert chance_of_so_far_apart(4, pupils=4, other_count=0, other_pupils=4) == pytest.approx(1 / 70)
    assert chance_of_so_far_apart(2, pupils=4, other_count=2, other_pupils=4) == pytest.approx(1.0)


PARTS = st.integers(1, 40).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@given(PARTS, PARTS)
def test_it_is_the_doubled_tail_of_the_hypergeometric(one: tuple[int, int], other: tuple[int, int]) -> None:
    (count, pupils), (beside, others) = one, other
    law = hypergeom(pupils + others, count + beside, pupils)
    half = law.pmf(count) / 2
    wanted = min(1.0, 2 * min(law.cdf(count - 1) + half, law.sf(count) + half))
    found = chance_of_so_far_apart(count, pupils=pupils, other_count=beside, other_pupils=others)
    assert found == pytest.approx(wanted, abs=1e-9)
    assert found == pytest.approx(
        chance_of_so_far_apart(beside, pupils=others, other_count=count, other_pupils=pupils), abs=1e-9
    )


@pytest.mark.parametrize(("count", "pupils"), [(-1, 5), (6, 5), (0, 0)])
def test_what_is_no_share_is_refused_in_words(count: int, pupils: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        chance_of_so_far_apart(count, pupils=pupils, other_count=1, other_pupils=2)
