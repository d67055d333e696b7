"""The band of a school's progress: as published, from printed limits, from our own, or not known."""

import pytest

from steward.analysis.accountability.banding import (
    Ground,
    Tables,
    banding,
    with_limits_of_the_score,
)
from steward.analysis.accountability.catalogue import key_stage_2_tables, progress_8_tables, standards
from steward.analysis.accountability.clauses import Figures, settling
from steward.analysis.accountability.progress8 import Band
from steward.analysis.accountability.standards import judge
from steward.vocabulary.values import Known, Missing, Reason

TABLES = Tables(key_stage_2_tables(), progress_8_tables())


def found(measure: str, year: int, **values: float) -> Figures:
    return {
        (measure if end == "score" else f"{measure}_{end}", year): Known(value, 40)
        for end, value in values.items()
    }


def test_the_published_band_comes_first() -> None:
    figures = found("reading_progress", 2019, score=3.4, band=3)
    made = banding("reading_progress", year=2019, figures=figures, tables=TABLES)
    assert made is not None
    assert (made.band, made.ground) == (Band.AVERAGE, Ground.PUBLISHED)


def test_printed_limits_give_the_band_where_none_is_published() -> None:
    figures = found("maths_progress", 2018, score=-3.3, lower=-5.6, upper=-1.0)
    made = banding("maths_progress", year=2018, figures=figures, tables=TABLES)
    assert made is not None
    assert (made.band, made.ground, made.verified) == (Band.WELL_BELOW, Ground.PRINTED_LIMITS, False)


def test_the_spread_of_pupils_gives_limits_where_none_are_printed() -> None:
    made = banding("progress_8", year=2024, figures=found("progress_8", 2024, score=-0.6), tables=TABLES)
    assert made is not None
    assert (made.band, made.ground, made.verified) == (Band.WELL_BELOW, Ground.OWN_LIMITS, True)


@pytest.mark.parametrize("measure", ["reading_progress", "progress_8"])
def test_without_limits_the_band_is_not_known(measure: str) -> None:
    made = banding(measure, year=2017, figures=found(measure, 2017, score=-9), tables=TABLES)
    assert made is not None
    assert (made.band, made.ground) == (None, Ground.NOTHING)


def test_a_missing_score_has_no_band_and_keeps_its_reason() -> None:
    figures = {("progress_8", 2019): Missing(Reason.LOW_COVERAGE, "LOWCOV")}
    made = banding("progress_8", year=2019, figures=figures, tables=TABLES)
    assert made is not None
    assert made.band is None
    assert made.score == Missing(Reason.LOW_COVERAGE, "LOWCOV")
    assert banding("progress_8", year=2019, figures={}, tables=TABLES) is None


def test_limits_of_an_earlier_version_are_laid_around_the_score() -> None:
    figures = found("progress_8", 2017, score=-0.55, lower=-0.65, upper=-0.25)
    moved = with_limits_of_the_score(figures)
    assert moved["progress_8_upper", 2017] == Known(pytest.approx(-0.35), 40)
    made = banding("progress_8", year=2017, figures=figures, tables=TABLES)
    assert made is not None
    assert made.moved
    assert made.limits is not None
    assert made.limits.upper == pytest.approx(-0.35)


def test_limits_that_belong_to_the_score_stay() -> None:
    figures = found("progress_8", 2017, score=-0.45, lower=-0.65, upper=-0.26)
    assert with_limits_of_the_score(figures) == figures


@pytest.mark.parametrize(
    ("expected", "reading", "named"),
    [
        (70, -6, ["rwm_expected"]),
        (60, -6, ["rwm_expected", "reading_progress"]),
        (60, None, ["reading_progress"]),
    ],
)
def test_the_limits_that_settle_an_answer_are_named(
    expected: float, reading: float | None, named: list[str]
) -> None:
    standard = next(one for one in standards() if one.id == "floor_primary_2018")
    figures = {
        ("rwm_expected", 2018): Known(expected, 40),
        ("reading_progress", 2018): Missing(Reason.SUPPRESSED) if reading is None else Known(reading, 40),
        ("writing_progress", 2018): Known(0, 40),
        ("maths_progress", 2018): Known(0, 40),
    }
    (year,) = judge(standard, figures=figures).years
    assert [one.clause.indicator for one in settling(year.working)] == named  # type: ignore[union-attr]
