"""Small releases written as tables of text, as the store keeps published files."""

from datetime import date
from functools import cache

import ibis
import pyarrow as pa
from ibis.backends import BaseBackend
from ibis.expr.types import Table

from steward.analysis import columns
from steward.analysis.indicators.definition import IndicatorDefinition, Reading, SeriesBreak
from steward.analysis.indicators.stacks import OpenRelease
from steward.analysis.sources.definition import Layout, Levels, PeriodFrom

FOR_SCHOOLS = Levels(column="RECTYPE", school=("1", "2"), authority=("4",), england=("7",))


def text_table(text: str) -> Table:
    """Return a raw release from lines of cells between bars; the first line is the header; `.` is null."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    cells = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    header, *records = cells
    held = {
        name: pa.array([None if record[i] == "." else record[i] for record in records], pa.string())
        for i, name in enumerate(header)
    }
    numbers = pa.array(range(2, len(records) + 2), pa.int64())
    return ibis.memtable(pa.table({**held, columns.ROW: numbers}))


def layout(*, version: str = "final", levels: Levels | None = None, **keys: str) -> Layout:
    """Return a layout that covers every year."""
    return Layout(
        id="a-layout",
        covers_from=date(2000, 1, 1),
        covers_to=date(2030, 1, 1),
        version=version,
        requires=("URN",),
        period=PeriodFrom(place="path"),
        keys={"urn": "URN", **keys},
        levels=levels,
    )


def release(
    text: str,
    *,
    id: str = "a-release",
    period: int | None = 2019,
    version: str = "final",
    levels: Levels | None = None,
) -> OpenRelease:
    """Return a release of the publication `a-source`, with an authority column where `LEA` is there."""
    raw = text_table(text)
    keys = {"authority": "LEA"} if "LEA" in raw.columns else {}
    return OpenRelease(
        id=id,
        raw=raw,
        source="a-source",
        layout=layout(version=version, levels=levels, **keys),
        period=period,
        version=version,
    )


def indicator(
    id: str = "measure", *, readings: tuple[Reading, ...] = (), **more: object
) -> IndicatorDefinition:
    """Return an indicator that reads column VALUE with cohort PUPILS unless told otherwise."""
    plain = Reading(source="a-source", from_year=2010, to_year=2030, value="VALUE", cohort="PUPILS")
    settings: dict[str, object] = {
        "title": id,
        "owner": "Test",
        "reviewed_on": date(2026, 1, 1),
        "review_on": date(2027, 1, 1),
        "meaning": "A measure.",
        "theme": "attainment",
        "unit": "percent",
        "decimals": 1,
        "polarity": "high",
        "phases": ("primary", "secondary"),
        "numerator_meaning": "n",
        "denominator_meaning": "d",
    }
    return IndicatorDefinition(id=id, readings=readings or (plain,), **(settings | more))


def broken(year: int, why: str = "The rules changed.") -> SeriesBreak:
    """Return a break of a series."""
    return SeriesBreak(year=year, why=why)


def school(urn: int, **more: object) -> dict[str, object]:
    """Return a register row: an open maintained primary school of Leeds unless told otherwise."""
    row: dict[str, object] = dict.fromkeys(columns.ESTABLISHMENTS)
    row |= {
        "urn": urn,
        "authority": "383",
        "name": f"School {urn}",
        "phase": "primary",
        "governance": "maintained",
        "standing": "open",
        "region": "Yorkshire and the Humber",
        "as_at": date(2018, 10, 1),
        "release": "register",
        "row": urn,
    }
    return row | more


def register(*schools: dict[str, object]) -> Table:
    """Return register rows as a table."""
    return ibis.memtable(pa.Table.from_pylist(list(schools), schema=columns.ESTABLISHMENTS.to_pyarrow()))


def rolls(*rows: tuple[int, int, float]) -> Table:
    """Return pupils on roll from (urn, period, pupils)."""
    shape = pa.schema({"urn": pa.int64(), "period": pa.int64(), "pupils": pa.float64()})
    named = [dict(zip(shape.names, row, strict=True)) for row in rows]
    return ibis.memtable(pa.Table.from_pylist(named, schema=shape))


def inspection(urn: int, **more: object) -> dict[str, object]:
    """Return a row of a snapshot: a good primary school of Leeds unless told otherwise."""
    row: dict[str, object] = dict.fromkeys(columns.INSPECTIONS)
    row |= {
        "urn": urn,
        "authority": "383",
        "phase": "primary",
        "inspected_on": date(2013, 3, 1),
        "framework": "framework-2012",
        "outcome": "good",
        "latest": True,
        "snapshot": True,
        "as_at": date(2013, 12, 31),
        "release": "snapshot-2013",
        "row": urn,
    }
    return row | more


def inspections(*rows: dict[str, object]) -> Table:
    """Return inspections as a table."""
    return ibis.memtable(pa.Table.from_pylist(list(rows), schema=columns.INSPECTIONS.to_pyarrow()))


@cache
def _engine() -> BaseBackend:
    return ibis.duckdb.connect()


def rows_in(expression: Table) -> list[dict[str, object]]:
    """Return the rows of an expression, computed in an engine kept for the tests."""
    return list(_engine().to_pyarrow(expression).to_pylist())
