"""Gaps between groups: size, change, rounding, breaks, missing sides and the place among areas."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steward.analysis.comparison import group_gaps
from steward.analysis.comparison.gap_measures import gaps_of, read_gap_measures
from steward.analysis.comparison.group_gaps import GapChange, GapYear, Movement, Side
from steward.analysis.comparison.groups import read_groups
from steward.vocabulary.values import Known, Missing, Reason

GAPS = gaps_of(read_gap_measures(), groups=read_groups())
RWM = GAPS["ks2_rwm_expected-disadvantaged"]
SUPPRESSED, NOT_RECORDED = Missing(Reason.SUPPRESSED, "c"), Missing(Reason.NOT_RECORDED)


def year(ends, group, other, *, decimals=0):
    def side(one):
        return Side(one if isinstance(one, Missing) else Known(one), decimals)

    return GapYear(ends, str(ends), side(group), side(other))


@pytest.mark.parametrize(
    ("group", "other", "amount"),
    [
        (44.0, 71.0, Known(-27.0)),
        (71.0, 71.0, Known(0.0)),
        (SUPPRESSED, 71.0, SUPPRESSED),
        (44.0, SUPPRESSED, SUPPRESSED),
        (NOT_RECORDED, SUPPRESSED, NOT_RECORDED),
        (SUPPRESSED, NOT_RECORDED, SUPPRESSED),
    ],
)
def test_a_gap_is_the_group_less_the_others_or_the_reason_of_the_missing_side(group, other, amount):
    assert year(2025, group, other).amount == amount


def test_every_way_in_which_a_side_can_be_missing_leaves_no_change():
    sides = (44.0, SUPPRESSED, NOT_RECORDED)
    for first, second, third, fourth in itertools.product(sides, repeat=4):
        if all(isinstance(one, float) for one in (first, second, third, fourth)):
            continue
        found = group_gaps.change_between(year(2024, first, second), year(2025, third, fourth), gap=RWM)
        assert found.movement is Movement.UNKNOWN
        assert found.amount is None
        assert found.why


@pytest.mark.parametrize(
    ("before", "after", "movement", "amount"),
    [
        ((42.0, 68.0), (44.0, 71.0), Movement.STEADY, 1.0),  # rounding of four figures may be 2 points
        ((42.0, 68.0), (43.0, 71.0), Movement.WIDENING, 2.0),
        ((42.0, 68.0), (45.0, 68.0), Movement.NARROWING, -3.0),
        ((42.0, 68.0), (42.0, 68.0), Movement.STEADY, 0.0),
        ((60.0, 65.0), (68.0, 63.0), Movement.TURNED, 0.0),
    ],
)
def test_a_gap_moves_only_by_more_than_rounding(before, after, movement, amount):
    found = group_gaps.change_between(year(2024, *before), year(2025, *after), gap=RWM)
    assert (found.movement, found.amount) == (movement, amount)


def test_a_change_too_small_to_matter_is_about_the_same_however_finely_it_is_printed():
    found = group_gaps.change_between(
        year(2023, 54.31, 80.02, decimals=2), year(2024, 54.31, 80.31, decimals=2), gap=RWM
    )
    assert found.movement is Movement.STEADY


@pytest.mark.parametrize("since", [2022, 2019])
def test_years_that_do_not_follow_each_other_are_not_compared(since):
    found = group_gaps.change_between(year(since, 40.0, 60.0), year(2024, 30.0, 60.0), gap=RWM)
    assert found.movement is Movement.UNKNOWN
    assert "years further apart are not compared" in found.why


def test_a_break_of_the_measure_is_said_in_its_own_words():
    found = group_gaps.change_between(year(2021, 40.0, 60.0), year(2022, 30.0, 60.0), gap=RWM)
    assert found.why == RWM.measure.break_in(2022).why


def test_a_break_of_the_group_is_not_compared():
    sen = GAPS["attainment_8-sen-support"]
    found = group_gaps.change_between(year(2014, 30.0, 50.0), year(2015, 40.0, 50.0), gap=sen)
    assert found.movement is Movement.UNKNOWN
    assert "means something else" in found.why


def test_a_run_ends_at_the_break_before_it():
    years = [year(2019, 45.0, 71.0), year(2022, 39.0, 67.0), year(2023, 41.0, 67.0), year(2024, 45.0, 67.0)]
    found = group_gaps.run_change(years, gap=RWM)
    assert (found.since, found.until, found.movement, found.amount) == (2022, 2024, Movement.NARROWING, -6.0)


def test_the_newest_year_is_the_newest_with_both_figures():
    years = [year(2024, 42.0, 68.0), year(2025, SUPPRESSED, 71.0)]
    assert group_gaps.latest(years).year == 2024
    assert group_gaps.latest([year(2025, SUPPRESSED, 71.0)]) is None


def test_numbers_that_went_through_a_spreadsheet_have_the_decimals_that_were_meant():
    assert group_gaps.printed_decimals([35.299999999999997, 34.0, 66.400000000000006]) == 1
    assert group_gaps.printed_decimals([46.0, 47.0]) == 0
    assert group_gaps.printed_decimals([-0.28999999999999998]) == 2
    assert group_gaps.printed_decimals([]) == 0


def test_the_width_is_on_the_worse_side():
    assert group_gaps.width(-27.0, polarity="high") == 27.0
    assert group_gaps.width(2.9, polarity="low") == 2.9


def test_a_place_leaves_open_what_rounding_hides():
    widths = {str(number): float(number) for number in range(20, 40)}
    found = group_gaps.position("30", widths=widths, rounding=1.0)
    assert (found.place, found.low, found.high, found.of) == (11, 10, 12, 20)
    assert group_gaps.position("30", widths={"30": 1.0}, rounding=1.0) is None
    assert group_gaps.position("99", widths=widths, rounding=1.0) is None


@pytest.mark.parametrize(
    ("amount", "usual", "movement"),
    [
        (3.0, 5.8, Movement.USUAL),
        (5.8, 5.8, Movement.USUAL),
        (6.0, 5.8, Movement.WIDENING),
        (3.0, None, Movement.UNJUDGED),
    ],
)
def test_a_change_within_the_usual_movement_is_not_called_widening(amount, usual, movement):
    change = GapChange(2024, 2025, Movement.WIDENING, amount)
    assert group_gaps.movement_of(change, usual=usual) is movement
    assert group_gaps.movement_of(None, usual=usual) is Movement.UNKNOWN


@pytest.mark.parametrize("usual", [None, 5.8])
def test_what_did_not_move_needs_no_usual_movement(usual):
    for moved in (Movement.STEADY, Movement.TURNED):
        assert group_gaps.movement_of(GapChange(2024, 2025, moved, 1.0), usual=usual) is moved


def test_usual_movement_is_a_robust_spread():
    assert group_gaps.usual_movement([0.0] * 29) is None
    moved = [-1.0, 0.0, 1.0] * 20
    assert group_gaps.usual_movement(moved) == pytest.approx(1.96 * 1.4826)
    assert group_gaps.usual_movement([*moved, 500.0]) == pytest.approx(1.96 * 1.4826)


@given(
    st.tuples(*[st.integers(0, 100)] * 4),
    st.tuples(*[st.floats(-0.4999, 0.4999)] * 4),
)
def test_a_gap_said_to_widen_or_narrow_did_so_whatever_was_rounded_away(printed, hidden):
    found = group_gaps.change_between(
        year(2024, float(printed[0]), float(printed[1])),
        year(2025, float(printed[2]), float(printed[3])),
        gap=RWM,
    )
    exact = [number + part for number, part in zip(printed, hidden, strict=True)]
    moved = abs(exact[2] - exact[3]) - abs(exact[0] - exact[1])
    same_side = (printed[0] - printed[1]) * (printed[2] - printed[3]) > 0
    if found.movement is Movement.WIDENING and same_side:
        assert moved > 0
    if found.movement is Movement.NARROWING and same_side and abs(printed[2] - printed[3]) >= 1:
        assert moved < 0
