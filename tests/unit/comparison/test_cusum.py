"""Running sums: run lengths as tabulated, resets, counts."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steward.analysis.comparison.cusum import average_run_length, running_sum, running_sum_of_counts


@pytest.mark.parametrize(
    ("h", "in_control", "half_off", "one_off"),
    [(3, 117.6, 17.4, 6.40), (4, 335.4, 26.7, 8.38), (5, 930.9, 38.0, 10.38)],
)
def test_run_lengths_are_those_of_the_tables(h, in_control, half_off, one_off):
    assert average_run_length(0.0, h=h) == pytest.approx(in_control, abs=0.06)
    assert average_run_length(0.5, h=h) == pytest.approx(half_off, abs=0.06)
    assert average_run_length(1.0, h=h) == pytest.approx(one_off, abs=0.006)


def test_a_shift_of_one_deviation_adds_half_a_deviation_each_time_and_alarms_beyond_the_limit():
    found = running_sum([1.0] * 9)
    assert found.levels[7:] == (4.0, 4.5)
    assert found.alarms == (8,), "at the limit is not beyond it"


def test_the_sum_begins_anew_where_somebody_acted():
    found = running_sum([2.0, 2.0, 2.0, 2.0], resets={2})
    assert found.levels == (1.5, 3.0, 1.5, 3.0)


@given(st.lists(st.floats(-5, 5), max_size=60))
def test_the_sum_is_never_below_zero_and_figures_on_the_good_side_never_raise_it(scores):
    found = running_sum(scores)
    before = 0.0
    for score, level in zip(scores, found.levels, strict=True):
        assert level >= 0
        if score <= 0:
            assert level <= before
        before = level


def test_counts_add_their_log_likelihood():
    found = running_sum_of_counts([3, 0], expected=[1.0, 1.0], times=2.0)
    assert found.levels[0] == pytest.approx(3 * math.log(2) - 1)
    assert found.levels[1] == pytest.approx(3 * math.log(2) - 2)


@pytest.mark.parametrize(("expected", "times"), [([0.0], 2.0), ([1.0], 1.0)])
def test_counts_without_an_expectation_or_a_multiple_are_refused(expected, times):
    with pytest.raises(ValueError, match="above"):
        running_sum_of_counts([1], expected=expected, times=times)
