"""Progress 8 of pupils and schools: the worked cases, the golden tables, and both ways of working it out."""

import csv
import math
import random
from pathlib import Path

import ibis
import pyarrow as pa
import pytest

from steward.analysis.accountability import progress8, progress8_columns
from steward.analysis.accountability.catalogue import progress_8_tables
from steward.analysis.accountability.definition import ElementScores
from steward.analysis.accountability.progress8 import Band
from steward.vocabulary.rounding import round_half_away

TABLES = progress_8_tables()
YEARS = (2022, 2023, 2024)
NOTHING = ElementScores(attainment_8=0, english=0, maths=0, ebacc=0, open=0)


def achieved(**points: float) -> ElementScores:
    return ElementScores(**{**NOTHING.model_dump(), **points})


@pytest.mark.real
@pytest.mark.parametrize("year", YEARS)
def test_the_tables_are_those_published(year: int, published_data: Path) -> None:
    path = published_data.parent / "dfe-tables" / f"p8_model_{year}.csv"
    if not path.is_file():
        pytest.skip(f"The table of the Department for Education is not at {path}.")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        printed = list(csv.reader(stream))[1:]
    held = [
        [str(one.number), one.lowest, one.highest, *(getattr(one, name) for name in NOTHING.model_dump())]
        for one in TABLES[year].groups
    ]
    assert len(printed) == 34
    assert held == [
        [row[0], *(float(end) for end in row[1].split(" to ")), *(float(cell) for cell in row[2:7])]
        for row in printed
    ]


@pytest.mark.parametrize(
    ("prior", "number"),
    [(59, 1), (82, 1), (82.5, 2), (82.25, 2), (105.5, 20), (119, 33), (119.5, 34), (120, 34)],
)
def test_the_group_is_the_first_whose_upper_end_is_not_below_the_score(prior: float, number: int) -> None:
    group = TABLES[2024].group_of(prior)
    assert group is not None
    assert group.number == number


@pytest.mark.parametrize("prior", [None, 58.5, 120.5, math.nan])
def test_a_score_nobody_can_have_is_in_no_group(prior: float | None) -> None:
    assert TABLES[2024].group_of(prior) is None
    assert progress8.progress_of(NOTHING, prior=prior, tables=TABLES[2024]) is None


def test_the_worked_pupil_of_2024() -> None:
    prior = progress8.prior_attainment(reading=104, maths=107, tables=TABLES[2024])
    assert prior == 105.5
    found = progress8.progress_of(achieved(attainment_8=52, english=11), prior=prior, tables=TABLES[2024])
    assert found is not None
    assert found.group == 20
    assert found.progress_8 == pytest.approx(0.455)
    assert round_half_away(found.progress_8, 2) == 0.46
    assert round_half_away(found.english, 2) == 0.36


def test_a_pupil_who_was_not_tested_and_achieved_nothing() -> None:
    prior = progress8.prior_attainment(reading="N", maths="N", tables=TABLES[2024])
    assert prior == 79
    found = progress8.progress_of(NOTHING, prior=prior, tables=TABLES[2024])
    assert found is not None
    assert found.group == 1
    assert round_half_away(found.progress_8, 2) == -1.60


@pytest.mark.parametrize(
    ("mark", "test_year", "score"),
    [
        ("BLW", 2016, 70),
        ("BLW", 2017, 71),
        ("PKF", 2016, 73),
        ("PKE", 2017, 76),
        ("PKG", 2016, 79),
        ("N", 2017, 79),
    ],
)
def test_marks_stand_for_scores_of_their_year(mark: str, test_year: int, score: float) -> None:
    assert TABLES[2022].prior_score(mark, test_year=test_year) == score


def test_a_mark_without_a_score_leaves_the_prior_score_unknown() -> None:
    assert progress8.prior_attainment(reading="A", maths=101, tables=TABLES[2024]) is None
    assert progress8.prior_attainment(reading="BLW", maths=101, tables=TABLES[2024]) is None


def test_the_dummy_school_of_the_publisher() -> None:
    pupils = (0, 0.1, 0.2, 0.3, 0.4, 0.3, 0.2, 0.25, 0.3)
    found = progress8.school_score(pupils, deviation=1.41628)
    assert found is not None
    assert found.score == pytest.approx(0.22778, abs=5e-6)
    assert (found.upper - found.lower) / 2 == pytest.approx(0.92530, abs=5e-6)
    assert (round_half_away(found.lower, 2), round_half_away(found.upper, 2)) == (-0.70, 1.15)
    assert found.band is Band.AVERAGE


@pytest.mark.parametrize(
    ("mean", "low", "high", "band"),
    [(0.21, 0.0031, 0.4169, Band.ABOVE), (0.20, -0.0069, 0.4069, Band.AVERAGE)],
)
def test_a_school_of_180_pupils(mean: float, low: float, high: float, band: Band) -> None:
    found = progress8.score_from(mean, pupils=180, deviation=TABLES[2024].deviation().progress_8)
    assert found.lower == pytest.approx(low, abs=5e-5)
    assert found.upper == pytest.approx(high, abs=5e-5)
    assert found.band is band


@pytest.mark.parametrize(
    ("pupils", "half"), [(25, 0.5552), (100, 0.2776), (150, 0.2267), (180, 0.20690), (240, 0.1792)]
)
def test_the_interval_narrows_with_pupils(pupils: int, half: float) -> None:
    found = progress8.score_from(0.0, pupils=pupils, deviation=1.41628)
    assert found.upper == pytest.approx(half, abs=5e-5)


def test_no_pupils_have_no_score() -> None:
    assert progress8.school_score((), deviation=1.4) is None
    with pytest.raises(ValueError, match="at least one pupil"):
        progress8.score_from(0.1, pupils=0, deviation=1.4)


def test_very_low_scores_are_held_where_the_limit_is_known() -> None:
    first = TABLES[2024].groups[0].model_copy(update={"lowest_progress": -1.2})
    held = TABLES[2024].model_copy(update={"groups": (first, *TABLES[2024].groups[1:])})
    found = progress8.progress_of(NOTHING, prior=79, tables=held)
    assert found is not None
    assert found.progress_8 == -1.2
    made = ibis.duckdb.connect().to_pyarrow(
        progress8_columns.progress_8(_pupils([(79.0, 0.0, 2024)]), tables=[held])
    )
    assert made["progress_8"].to_pylist() == [-1.2]


def test_expressions_give_every_pupil_what_the_rule_gives() -> None:
    chance = random.Random(8)
    drawn = [
        (
            chance.choice([None, chance.randrange(110, 245) / 2]),
            chance.choice([None, chance.uniform(0, 90)]),
            year,
        )
        for year in (*YEARS, 2021)
        for _ in range(300)
    ]
    found = ibis.duckdb.connect().to_pyarrow(
        progress8_columns.progress_8(_pupils(drawn), tables=TABLES.values()).order_by("number")
    )
    assert found.num_rows == len(drawn)
    for row, (prior, points, year) in zip(found.to_pylist(), drawn, strict=True):
        one = achieved(attainment_8=points or 0, english=11, maths=9, ebacc=13, open=20)
        wanted = progress8.progress_of(one, prior=prior, tables=TABLES[year]) if year in TABLES else None
        assert row["prior_group"] == (wanted.group if wanted else None)
        assert row["progress_8"] == (wanted.progress_8 if wanted and points is not None else None)
        for element in ("english", "maths", "ebacc", "open"):
            assert row[f"progress_8_{element}"] == (getattr(wanted, element) if wanted else None)


def test_expressions_give_schools_what_the_rule_gives() -> None:
    chance = random.Random(9)
    drawn = [
        (chance.randrange(160, 240) / 2, chance.uniform(0, 90), year) for year in YEARS for _ in range(90)
    ]
    pupils = progress8_columns.progress_8(_pupils(drawn), tables=TABLES.values())
    scores = progress8_columns.school_scores(pupils, by=["urn", "period"], tables=TABLES.values())
    engine = ibis.duckdb.connect()
    rows = engine.to_pyarrow(pupils).to_pylist()
    for found in engine.to_pyarrow(scores).to_pylist():
        mine = [
            row["progress_8"]
            for row in rows
            if (row["urn"], row["period"]) == (found["urn"], found["period"])
        ]
        wanted = progress8.school_score(mine, deviation=TABLES[found["period"]].deviation().progress_8)
        assert wanted is not None
        assert found["pupils"] == wanted.pupils
        for name in ("score", "lower", "upper"):
            assert found[name] == pytest.approx(getattr(wanted, name), abs=1e-12)
        assert found["band"] == wanted.band


def test_schools_are_scored_by_year() -> None:
    pupils = progress8_columns.progress_8(_pupils([(100.0, 40.0, 2024)]), tables=TABLES.values())
    with pytest.raises(ValueError, match="name period"):
        progress8_columns.school_scores(pupils, by=["urn"], tables=TABLES.values())


def _pupils(drawn: list[tuple[float | None, float | None, int]]) -> ibis.Table:
    count = len(drawn)
    held = {
        "number": pa.array(range(count), pa.int64()),
        "urn": pa.array([100000 + number % 4 for number in range(count)], pa.int64()),
        "period": pa.array([year for _, _, year in drawn], pa.int64()),
        "prior_attainment": pa.array([prior for prior, _, _ in drawn], pa.float64()),
        "attainment_8": pa.array([points for _, points, _ in drawn], pa.float64()),
    }
    for name, points in (("english", 11.0), ("maths", 9.0), ("ebacc", 13.0), ("open", 20.0)):
        held[f"{name}_points"] = pa.array([points] * count, pa.float64())
    return ibis.memtable(pa.table(held))
