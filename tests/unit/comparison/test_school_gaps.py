"""Gaps within schools: others worked out, years together, intervals, and schools that buck the trend."""

import random

import pytest

from steward.analysis.comparison import school_gaps
from steward.analysis.comparison.school_gaps import GroupOfSchool
from steward.analysis.comparison.small_groups import chance_of_so_far_apart
from steward.analysis.indicators.definition import PupilSpread
from steward.vocabulary.values import Known, Missing, Reason

WITHHELD, NONE = Missing(Reason.WITHHELD), Missing(Reason.NOT_AVAILABLE)


def test_other_pupils_are_worked_out_from_all_and_the_group():
    found = school_gaps.others_of(Known(30.0, 40.0), every=Known(60.0, 180.0))
    assert found.cohort == 140.0
    assert found.value == pytest.approx((108 - 12) / 140 * 100)


@pytest.mark.parametrize(
    ("group", "every", "reason"),
    [
        (WITHHELD, Known(60.0, 180.0), Reason.WITHHELD),
        (Known(30.0, 40.0), WITHHELD, Reason.WITHHELD),
        (WITHHELD, NONE, Reason.WITHHELD),
        (Known(30.0), Known(60.0, 180.0), Reason.NOT_AVAILABLE),
        (Known(30.0, 40.0), Known(60.0), Reason.NOT_AVAILABLE),
        (Known(30.0, 40.0), Known(30.0, 40.0), Reason.NOT_AVAILABLE),
    ],
)
def test_others_are_not_worked_out_where_a_side_or_its_pupils_are_missing(group, every, reason):
    assert school_gaps.others_of(group, every=every).reason is reason


def test_years_are_put_together_backwards_until_one_is_missing():
    value, years = school_gaps.together(
        [(2017, Known(80.0, 10.0)), (2018, WITHHELD), (2019, Known(50.0, 20.0)), (2020, Known(20.0, 10.0))]
    )
    assert years == (2019, 2020)
    assert value == Known(40.0, 30.0)


def test_a_missing_last_year_stays_missing():
    assert school_gaps.together([(2018, Known(80.0, 10.0)), (2019, WITHHELD)]) == (WITHHELD, (2019,))


def test_a_group_and_those_beside_it_never_rest_on_different_years():
    found = school_gaps.both_together(
        [
            (2013, Known(10.0, 10.0), Known(50.0, 100.0)),
            (2014, Known(20.0, 10.0), WITHHELD),
            (2015, Known(40.0, 10.0), Known(60.0, 100.0)),
        ]
    )
    assert found == (Known(40.0, 10.0), Known(60.0, 100.0), (2015,))
    both = school_gaps.both_together(
        [(2014, Known(20.0, 10.0), Known(50.0, 100.0)), (2015, Known(40.0, 10.0), Known(60.0, 100.0))]
    )
    assert both == (Known(30.0, 20.0), Known(55.0, 200.0), (2014, 2015))
    assert school_gaps.both_together([(2015, WITHHELD, Known(60.0, 100.0))])[2] == (2015,)


def test_the_interval_is_newcombes():
    """Source: methods 2, 56 of 70 and 48 of 80: 0.200 (0.052, 0.334)."""
    found = school_gaps.gap_within(
        GroupOfSchool(1, Known(80.0, 70.0), Known(60.0, 80.0), (2024,)), is_share=True, least=11
    )
    assert found.amount == Known(20.0, 70.0)
    assert (found.interval.low, found.interval.high) == pytest.approx((5.2, 33.4), abs=0.05)
    assert found.is_unlikely_chance


def test_few_pupils_say_nothing_and_what_could_be_seen():
    """Source: methods 2, 8 and 22 pupils at 0.6: 57 points."""
    found = school_gaps.gap_within(
        GroupOfSchool(1, Known(60.0, 8.0), Known(60.0, 22.0), (2024,)), is_share=True, least=11
    )
    assert found.too_few
    assert not found.is_unlikely_chance
    assert found.could_see == pytest.approx(57, abs=0.5)


def test_a_gap_of_means_has_the_interval_of_the_known_spread():
    """Source: methods 2, Progress 8 of 20 and 100 pupils: 0.68 each way."""
    found = school_gaps.gap_within(
        GroupOfSchool(1, Known(-0.7, 20.0), Known(0.1, 100.0), (2019,)),
        is_share=False,
        least=11,
        spread=PupilSpread(year=2019, deviation=1.41, quantile=1.96, source="methods 2"),
    )
    assert (found.interval.low, found.interval.high) == pytest.approx((-0.8 - 0.68, -0.8 + 0.68), abs=0.005)
    assert found.is_unlikely_chance


def test_a_small_group_must_pass_the_exact_test_too():
    """10 of 12 against 31 of 61: the interval leaves out zero, the exact test does not agree."""
    of = GroupOfSchool(1, Known(100 * 10 / 12, 12.0), Known(100 * 31 / 61, 61.0), (2024,))
    found = school_gaps.gap_within(of, is_share=True, least=11)
    assert found.chance == pytest.approx(
        chance_of_so_far_apart(10, pupils=12, other_count=31, other_pupils=61)
    )
    assert found.is_unlikely_chance == (
        (found.interval.low > 0 or found.interval.high < 0) and found.chance <= 0.05
    )
    large = GroupOfSchool(1, Known(80.0, 70.0), Known(60.0, 80.0), (2024,))
    assert school_gaps.gap_within(large, is_share=True, least=11).chance is None


def test_a_mean_without_a_known_spread_has_no_interval():
    found = school_gaps.gap_within(
        GroupOfSchool(1, Known(-0.5, 20.0), Known(0.1, 100.0), (2024,)), is_share=False, least=11
    )
    assert found.interval is None
    assert not found.is_unlikely_chance


def test_a_binomial_tail_is_exact_and_near_the_normal_where_that_begins():
    assert school_gaps.chance_of_at_least(2, pupils=3, share=0.5) == pytest.approx(0.5)
    assert school_gaps.chance_of_at_least(0, pupils=3, share=0.5) == 1.0
    exact = school_gaps.chance_of_at_least(95, pupils=200, share=0.4)
    assert school_gaps.chance_of_at_least(96, pupils=201, share=0.4) == pytest.approx(exact, abs=0.01)


def test_schools_that_buck_the_trend_are_found_and_few_are_there_by_chance():
    chance = random.Random(2014)
    false, listed = 0, 0
    for _ in range(60):
        groups = [
            GroupOfSchool(
                urn, Known(100 * sum(chance.random() < 0.45 for _ in range(40)) / 40, 40.0), NONE, (2024,)
            )
            for urn in range(60)
        ]
        groups += [
            GroupOfSchool(
                urn, Known(100 * sum(chance.random() < 0.75 for _ in range(40)) / 40, 40.0), NONE, (2024,)
            )
            for urn in range(100, 110)
        ]
        found = school_gaps.bucking_the_trend(groups, elsewhere=45.0, least=11)
        false += sum(urn < 100 for urn in found)
        listed += len(found)
    assert listed > 400
    assert false / listed <= 0.06


def test_schools_with_few_pupils_are_not_tested():
    groups = [GroupOfSchool(1, Known(100.0, 5.0), NONE, (2024,)), GroupOfSchool(2, WITHHELD, NONE, (2024,))]
    assert school_gaps.bucking_the_trend(groups, elsewhere=45.0, least=11) == {}
