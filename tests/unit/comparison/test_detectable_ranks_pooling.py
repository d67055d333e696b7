"""What gap could be seen, ranks with their intervals, and years put together."""

import numpy as np
import pytest

from steward.analysis.comparison import detectable, pooling, ranks
from steward.analysis.indicators.catalogue import read_indicators


@pytest.mark.parametrize(
    ("one", "other", "points"), [(8, 22, 57), (15, 45, 41), (30, 60, 31), (100, 200, 17)]
)
def test_the_smallest_gap_that_could_be_seen(one, other, points):
    found = detectable.smallest_gap_of_shares(one, other_pupils=other, share=0.6)
    assert round(100 * found) == points


def test_the_smallest_gap_of_means_follows_the_spread_of_pupils():
    found = detectable.smallest_gap_of_means(60, other_pupils=120, spread=1.4)
    assert found == pytest.approx(2.8016 * 1.4 * (1 / 60 + 1 / 120) ** 0.5, abs=1e-3)


@pytest.mark.parametrize("fault", [{"pupils": 0}, {"share": 60}, {"power": 1}])
def test_impossible_gaps_are_refused(fault):
    given = {"pupils": 30, "other_pupils": 60, "share": 0.6, "power": 0.8} | fault
    with pytest.raises(ValueError, match=r"at least one pupil|between 0 and 1"):
        detectable.smallest_gap_of_shares(given.pop("pupils"), **given)
    with pytest.raises(ValueError, match="standard deviation"):
        detectable.smallest_gap_of_means(30, other_pupils=30, spread=0)


def test_schools_that_cannot_be_told_apart_have_wide_ranks():
    found = ranks.ranks_of(np.zeros(20), deviations=np.ones(20), high_is_good=True)
    assert (found.low <= 2).all()
    assert (found.high >= 19).all()
    assert abs(found.middle - 10.5).max() < 2


@pytest.mark.parametrize(("high_is_good", "first"), [(True, 3), (False, 0)])
def test_schools_far_apart_have_one_rank_each_and_one_is_the_best(high_is_good, first):
    found = ranks.ranks_of([1.0, 2.0, 3.0, 9.0], deviations=np.full(4, 0.01), high_is_good=high_is_good)
    assert found.middle[first] == 1
    assert list(found.low) == list(found.middle) == list(found.high)


def test_ranks_are_the_same_each_time():
    once, again = (ranks.ranks_of([0, 0.1, 0.2], deviations=[1, 1, 1], high_is_good=True) for _ in range(2))
    assert list(once.low) == list(again.low)


def test_years_are_put_together_only_where_they_follow_and_can_be_compared():
    rwm = read_indicators()["rwm_expected"]
    assert pooling.years_to_pool(2018, indicator=rwm, held=range(2010, 2025)) == (2016, 2017, 2018)
    assert pooling.years_to_pool(2017, indicator=rwm, held=range(2010, 2025)) == (2016, 2017)
    assert pooling.years_to_pool(2018, indicator=rwm, held=(2016, 2018)) == (2018,)
    assert pooling.years_to_pool(2022, indicator=rwm, held=range(2010, 2025)) == (2022,)
    assert pooling.years_to_pool(2018, indicator=rwm, held=()) == ()


def test_a_pooled_share_is_all_who_succeeded_out_of_all():
    nan = np.nan
    values = np.array([[50.0, 60.0, 70.0], [nan, 60.0, 70.0], [50.0, nan, 70.0], [50.0, 60.0, nan]])
    pupils = np.array([[10, 20, 30], [nan, 20, 30], [10, nan, 30], [10, 20, nan]])
    found = pooling.pooled(values, pupils=pupils, variances=np.full((4, 3), nan), years=(2016, 2017, 2018))
    assert found.value[:3] == pytest.approx([(5 + 12 + 21) / 0.6, (12 + 21) / 0.5, 70.0])
    assert np.isnan(found.value[3])
    assert list(found.pupils) == [60, 50, 30, 0]
    assert list(found.since[:3]) == [2016, 2017, 2018]


def test_a_pooled_mean_is_weighted_by_pupils_and_keeps_its_variance():
    found = pooling.pooled(
        np.array([[1.0, 3.0]]), pupils=np.array([[10, 30]]), variances=np.array([[0.4, 0.2]]), years=(1, 2)
    )
    assert found.value[0] == pytest.approx(2.5)
    assert found.variance[0] == pytest.approx((100 * 0.4 + 900 * 0.2) / 1600)
