"""Every indicator, read from small tables: a boundary row, a missing row and a small-cohort row each.

The tables are made from the definitions, so that no reading of a new indicator is left without them.
"""

from collections.abc import Iterator
from dataclasses import replace

import ibis
import pyarrow as pa
import pytest

from factories.small_releases import layout, rows_in
from steward.analysis import columns
from steward.analysis.indicators.areas import published_in_all
from steward.analysis.indicators.catalogue import read_indicators
from steward.analysis.indicators.change import Change, Direction, NotComparable, Point, change_between
from steward.analysis.indicators.definition import IndicatorDefinition, Reading
from steward.analysis.indicators.stacks import OpenRelease
from steward.analysis.indicators.values import values_of_all
from steward.analysis.sources.catalogue import read_sources
from steward.analysis.sources.definition import Layout, Levels, PeriodFrom
from steward.vocabulary.values import Known

INDICATORS = read_indicators()
SOURCES = read_sources()


def _readings(*, series: bool) -> Iterator[object]:
    for indicator in INDICATORS.values():
        for number, reading in enumerate(indicator.readings):
            if bool(reading.series) is series:
                yield pytest.param(indicator, reading, id=f"{indicator.id}-{number}")


def _table(cells: dict[str, list[str]]) -> ibis.Table:
    rows = len(next(iter(cells.values())))
    held = {name: pa.array(column, pa.string()) for name, column in cells.items()}
    return ibis.memtable(pa.table({**held, columns.ROW: pa.array(range(2, rows + 2), pa.int64())}))


def _release(cells: dict[str, list[str]], *, reading: Reading, of: Layout) -> OpenRelease:
    period = None if of.period.place == "columns" else reading.from_year
    return OpenRelease("r", _table(cells), reading.source, of, period, "final")


@pytest.mark.parametrize(("indicator", "reading"), list(_readings(series=False)))
def test_a_school_is_read_at_the_boundary_when_missing_and_when_small(
    indicator: IndicatorDefinition, reading: Reading
) -> None:
    small = str(indicator.minimum_cohort - 1)
    large = str(indicator.minimum_cohort)
    cells = {"URN": ["100000", "100001", "100002"]}
    if reading.numerator:
        cells |= {reading.numerator: ["0", "SUPP", "1"], reading.denominator: [large, large, "4"]}
    else:
        cells |= {reading.value: ["0", "SUPP", "1"]}
    for place, column in enumerate(reading.cohort_columns):
        cells.setdefault(column, ["0", "0", "0"] if place else [large, large, small])
    plain = layout().model_copy(
        update={
            "id": reading.layouts[0] if reading.layouts else "any",
            "period": PeriodFrom(place="columns" if "derived" in "".join(reading.layouts) else "path"),
        }
    )

    found = values_of_all(
        [_release(cells, reading=reading, of=plain)],
        indicators={indicator.id: indicator.model_copy(update={"readings": (reading,)})},
    )
    assert found is not None
    boundary, missing, few = sorted(rows_in(found), key=lambda row: row["urn"])

    assert (boundary["value"], boundary["status"], boundary["period"]) == (0.0, "known", reading.from_year)
    assert (missing["value"], missing["status"]) == (None, "suppressed")
    cohort_named_as_value = reading.cohort in (reading.value, reading.denominator)
    expected = float(small) if reading.cohort_columns else None
    assert cohort_named_as_value or few["cohort"] == expected
    one = 0.25 * reading.times if reading.numerator else reading.times
    assert cohort_named_as_value or few["value"] == pytest.approx(one)


@pytest.mark.parametrize(("indicator", "reading"), list(_readings(series=True)))
def test_a_series_is_read_at_its_first_and_last_year_and_when_missing(
    indicator: IndicatorDefinition, reading: Reading
) -> None:
    years = [reading.from_year - 1, reading.from_year, reading.to_year, reading.to_year + 1]
    cells = {
        "Code": [reading.series] * 5,
        "Year": [*map(str, years), str(reading.from_year)],
        "Value": ["1", "0", "2", "3", "-"],
        "LA": ["383", "383", "383", "383", "384"],
    }
    series = layout().model_copy(
        update={
            "keys": {"authority": "LA"},
            "levels": Levels(column="LA", school=(), authority=("*",)),
            "fields": {"measure": "Code", "period": "Year", "value": "Value"},
        }
    )

    found = published_in_all(
        [replace(_release(cells, reading=reading, of=series), period=None)],
        indicators={indicator.id: indicator.model_copy(update={"readings": (reading,)})},
    )
    assert found is not None
    rows = rows_in(found)

    of_leeds = {row["period"]: row["value"] for row in rows if row["area"] == "383"}
    assert of_leeds == {reading.from_year: 0.0, reading.to_year: 2.0}
    assert [(row["value"], row["status"]) for row in rows if row["area"] == "384"] == [(None, "not_recorded")]
    assert {row["phase"] for row in rows} == {reading.area_phase}


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=list(INDICATORS))
def test_a_cohort_one_below_the_smallest_says_nothing(indicator: IndicatorDefinition) -> None:
    free = indicator.model_copy(update={"breaks": ()})
    smallest = float(indicator.minimum_cohort)

    enough = change_between(
        Point(2018, Known(1.0, smallest)), Point(2019, Known(900.0, smallest)), indicator=free
    )
    few = change_between(
        Point(2018, Known(1.0, smallest)), Point(2019, Known(900.0, smallest - 1)), indicator=free
    )

    assert isinstance(enough, Change)
    assert enough.direction is not Direction.TOO_FEW
    assert isinstance(few, Change)
    assert few.direction is Direction.TOO_FEW


@pytest.mark.parametrize(
    ("indicator", "year"),
    [(one, broken.year) for one in INDICATORS.values() for broken in one.breaks],
    ids=[f"{one.id}-{broken.year}" for one in INDICATORS.values() for broken in one.breaks],
)
def test_no_change_is_shown_across_a_break(indicator: IndicatorDefinition, year: int) -> None:
    found = change_between(Point(year - 1, Known(1.0, 60)), Point(year, Known(9.0, 60)), indicator=indicator)

    assert isinstance(found, NotComparable)
    assert str(year) in found.why


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=list(INDICATORS))
def test_every_reading_names_columns_that_a_layout_has(indicator: IndicatorDefinition) -> None:
    for reading in indicator.readings:
        layouts = SOURCES[reading.source].layouts
        assert set(reading.layouts) <= {one.id for one in layouts}
        names = {reading.value, reading.numerator, reading.denominator, *reading.cohort_columns} - {""}
        fits = [one for one in layouts if one.more_columns or names <= set(one.columns)]
        assert fits, f"{indicator.id}: no layout of {reading.source} has {sorted(names)}"


def test_there_are_indicators_of_every_theme() -> None:
    assert len(INDICATORS) >= 32
    assert {one.theme for one in INDICATORS.values()} == {
        "attainment",
        "progress",
        "attendance",
        "pupils",
        "workforce",
        "money",
        "destinations",
    }
