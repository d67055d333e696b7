"""Key stage 2: standards, levels, progress, limits and bands, from the worked cases."""

import pytest

from steward.analysis.accountability import key_stage_2
from steward.analysis.accountability.catalogue import key_stage_2_tables, level_tables
from steward.analysis.accountability.key_stage_2 import Limits, TestResults
from steward.analysis.accountability.progress8 import Band
from steward.vocabulary.rounding import round_half_away

TABLES = key_stage_2_tables()
READING = TABLES[2019].progress["reading"]


@pytest.mark.parametrize(
    ("reading", "writing", "maths", "expected", "higher"),
    [
        (100, "EXS", 100, True, False),
        (99, "EXS", 100, False, False),
        (100, "WTS", 100, False, False),
        (110, "GDS", 110, True, True),
        (110, "EXS", 120, True, False),
        (None, "GDS", 110, False, False),
        (110, None, 110, False, False),
    ],
)
def test_all_three_subjects_must_reach_the_standard(
    reading: float | None, writing: str | None, maths: float | None, expected: bool, higher: bool
) -> None:
    results = TestResults(reading, writing, maths)
    assert key_stage_2.reached_expected(results, tables=TABLES[2019]) is expected
    assert key_stage_2.reached_higher(results, tables=TABLES[2019]) is higher


def test_pupils_without_a_result_count_as_not_reaching_it() -> None:
    assert key_stage_2.share_percent([True, False, False, True]) == 50
    assert key_stage_2.share_percent([]) is None


def test_level_four_counts_in_all_three() -> None:
    assert key_stage_2.reached_level({"reading": 4, "writing": 5, "maths": 4})
    assert not key_stage_2.reached_level({"reading": 4, "writing": 5, "maths": 3})
    assert not key_stage_2.reached_level({"reading": 4, "writing": 5, "maths": None})


@pytest.mark.parametrize(
    ("before", "after", "made"),
    [("1", "3", True), ("2C", "3", False), ("2A", "4", True), ("3", "4", False), ("W", "3", True)],
)
def test_expected_progress_is_two_levels(before: str, after: str, made: bool) -> None:
    assert key_stage_2.made_expected_progress(before, after=after, tables=level_tables()) is made


def test_expected_progress_of_an_unknown_level_is_unknown() -> None:
    assert key_stage_2.made_expected_progress("absent", after="4", tables=level_tables()) is None
    assert key_stage_2.made_expected_progress("2B", after="absent", tables=level_tables()) is None


def test_mathematics_counts_as_much_as_reading_and_writing_at_seven() -> None:
    points = TABLES[2022].prior_points
    assert key_stage_2.prior_average(reading=points["EXS"], writing=points["WTS"], maths=points["GDS"]) == 8.5


def test_progress_is_the_distance_from_the_average_of_the_group() -> None:
    averages = key_stage_2.averages_of([(1, 96.0), (1, 98.0), (2, 104.0)])
    assert averages == {1: 97.0, 2: 104.0}
    assert key_stage_2.progress_of(100, group=1, averages=averages) == 3
    assert key_stage_2.progress_of(100, group=9, averages=averages) is None


def test_very_low_progress_is_held_and_very_high_is_not() -> None:
    held = READING.model_copy(update={"lowest_progress": {1: -15.0}})
    assert key_stage_2.progress_of(80, group=1, averages={1: 97.0}, subject=held) == -15
    assert key_stage_2.progress_of(120, group=1, averages={1: 97.0}, subject=held) == 23


@pytest.mark.parametrize(
    ("subject", "halves"),
    [
        ("reading", (3.65, 2.21, 1.56, 1.28)),
        ("writing", (3.36, 2.04, 1.44, 1.18)),
        ("maths", (3.19, 1.93, 1.36, 1.11)),
    ],
)
def test_intervals_of_2019(subject: str, halves: tuple[float, ...]) -> None:
    for pupils, half in zip((11, 30, 60, 90), halves, strict=True):
        limits = key_stage_2.limits_of(
            0.0, pupils=pupils, subject=TABLES[2019].progress[subject], quantile=TABLES[2019].quantile
        )
        assert limits is not None
        assert round_half_away(limits.upper, 2) == half


def test_a_year_without_a_spread_has_no_interval() -> None:
    assert (
        key_stage_2.limits_of(1.0, pupils=30, subject=TABLES[2018].progress["reading"], quantile=1.96) is None
    )
    assert key_stage_2.limits_of(1.0, pupils=0, subject=READING, quantile=1.96) is None


@pytest.mark.parametrize(
    ("score", "lower", "upper", "band"),
    [
        (3.2, 0.1, 6.3, Band.WELL_ABOVE),
        (3.1, 0.1, 6.1, Band.ABOVE),
        (3.2, 0.0, 6.4, Band.AVERAGE),
        (-2.8, -5.5, -0.1, Band.BELOW),
        (-2.9, -5.7, -0.1, Band.WELL_BELOW),
        (-9.0, -18.5, 0.5, Band.AVERAGE),
    ],
)
def test_bands_of_2019(score: float, lower: float, upper: float, band: Band) -> None:
    assert key_stage_2.band_of(score, limits=Limits(lower, upper), subject=READING) is band
    assert band in key_stage_2.possible_bands(score, subject=READING)
