"""Ranks, quartile bands and changes of areas, by the rules of the Local Authority Interactive Tool."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steward.analysis.comparison import standing_of_areas as standing
from steward.analysis.comparison.standing_of_areas import AreaChange, Band, NoChange, YearPoint
from steward.analysis.indicators.series_breaks import breaches_of
from steward.vocabulary.values import Known, Missing, Reason

VALUES = [61.0, 58.0, 61.0, 70.0, 55.0, 49.0, 66.0, 61.0]


def _point(year: int, value: float | None, *, label: str = "", years: int = 1) -> YearPoint:
    found = Missing(Reason.NOT_RECORDED, "-") if value is None else Known(value)
    return YearPoint(label or str(year), year, years, found)


@pytest.mark.parametrize(
    ("value", "polarity", "expected"),
    [
        (70.0, "high", "1st of 8 (rounding leaves no other place)"),
        (61.0, "high", "joint 3rd of 8 (3rd to 5th, by rounding)"),
        (58.0, "high", "6th of 8 (rounding leaves no other place)"),
        (49.0, "high", "8th of 8 (rounding leaves no other place)"),
        (49.0, "low", "1st of 8 (rounding leaves no other place)"),
        (61.0, "low", "joint 4th of 8 (4th to 6th, by rounding)"),
    ],
)
def test_a_rank_counts_from_the_good_end_and_ties_share_the_better_place(value, polarity, expected):
    assert standing.rank_of(value, among=VALUES, polarity=polarity, rounding=0.5).words == expected


@given(st.lists(st.floats(0, 20), min_size=2, max_size=30), st.sampled_from(["high", "low"]))
def test_the_place_of_the_exact_figure_is_in_the_range_that_rounding_leaves_open(exact, polarity):
    printed = [float(round(one)) for one in exact]
    sign = -1.0 if polarity == "high" else 1.0
    for own, shown in zip(exact, printed, strict=True):
        found = standing.rank_of(shown, among=printed, polarity=polarity, rounding=0.5)
        assert found.low <= found.place <= found.high
        assert found.low <= 1 + sum(sign * other < sign * own for other in exact) <= found.high


def test_a_change_within_rounding_or_what_is_usual_is_too_little_to_tell():
    point = AreaChange("2024", "2025", 1.0, good=True, rounding=1.0)
    assert (point.word, point.tells) == ("Too little to tell", False)
    usual = AreaChange("2024", "2025", -2.0, good=False, rounding=1.0, usual=2.3)
    assert (usual.word, usual.beyond_rounding) == ("Too little to tell", True)
    assert AreaChange("2024", "2025", -3.0, good=False, rounding=1.0, usual=2.3).word == "Worse"
    assert AreaChange("2024", "2025", 3.0, good=None, rounding=1.0, usual=2.3).word == "Higher"


def test_a_measure_without_a_good_end_has_neither_rank_nor_band():
    assert standing.rank_of(61.0, among=VALUES, polarity="none") is None
    assert standing.band_of(61.0, among=VALUES, polarity="none") is None
    assert standing.band_of(61.0, among=VALUES, polarity="high", banded=False) is None
    assert standing.band_of(61.0, among=[61.0, 62.0, 63.0], polarity="high") is None


@given(st.lists(st.floats(-100, 100), min_size=4, max_size=160))
def test_bands_are_those_of_quantiles_of_type_7_with_the_upper_bound_inside(values):
    """As calculate_quartile_band: A up to and with the 25% quantile, and so on, where less is better."""
    first, second, third = np.quantile(np.array(values), [0.25, 0.5, 0.75])
    found = standing.quartile_bounds(values, polarity="low")
    assert found == pytest.approx((first, second, third), abs=1e-9)
    for value in values:
        if min(abs(value - bound) for bound in (first, second, third)) < 1e-9:
            continue
        expected = "A" if value <= first else "B" if value <= second else "C" if value <= third else "D"
        assert standing.band_of(value, among=values, polarity="low") == expected


def test_a_value_on_the_bound_is_in_the_better_band():
    values = [1.0, 2.0, 3.0, 4.0, 5.0]
    assert [standing.band_of(one, among=values, polarity="low") for one in values] == [
        "A",
        "A",
        "B",
        "C",
        "D",
    ]
    assert [standing.band_of(one, among=values, polarity="high") for one in values] == [
        Band.D, Band.C, Band.B, Band.A, Band.A,
    ]  # fmt: skip


def test_a_change_is_between_consecutive_years_as_shown():
    found = standing.change_between(_point(2024, 59.44), _point(2025, 60.96), polarity="high", decimals=1)
    assert found == AreaChange("2024", "2025", 1.6, good=True)
    less = standing.change_between(_point(2024, 7.44), _point(2025, 7.02), polarity="low", decimals=2)
    assert (less.amount, less.word) == (-0.42, "Better")
    neither = standing.change_between(_point(2024, 5.0), _point(2025, 6.0), polarity="none", decimals=0)
    assert neither.word == "Higher"


@pytest.mark.parametrize(
    ("earlier", "later", "why"),
    [
        (_point(2019, 62.0), _point(2022, 58.0), "not consecutive"),
        (_point(2024, None), _point(2025, 58.0), "The figure of 2024 is missing"),
        (_point(2024, 1.0), _point(2025, 2.0, label="2023-25", years=3), "same number of years"),
        (YearPoint("0", None, None, Known(1.0)), _point(2025, 2.0), "names no year"),
    ],
)
def test_there_is_no_change_where_years_cannot_be_compared(earlier, later, why):
    found = standing.change_between(earlier, later, polarity="high", decimals=0)
    assert isinstance(found, NoChange)
    assert why in found.why


def test_a_breach_of_series_is_never_a_change():
    broken = breaches_of("FSP_NEW_GOODDEV")
    found = standing.change_between(
        _point(2021, 70.0), _point(2022, 65.0), polarity="high", decimals=1, breaches=broken
    )
    assert isinstance(found, NoChange)
    assert "new early years framework" in found.why
    since = standing.change_between(
        _point(2022, 65.0), _point(2023, 66.0), polarity="high", decimals=1, breaches=broken
    )
    assert since == AreaChange("2022", "2023", 1.0, good=True)


def test_ordinals():
    assert [standing.ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 101, 111, 152)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "101st", "111th", "152nd",
    ]  # fmt: skip
