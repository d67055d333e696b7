"""The tables about some schools in memory, in the shapes of the chain, for rules to be asked of."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
from ibis.expr.types import Table

from steward.analysis import columns
from steward.analysis.rebuild.attendance import ATTENDANCE_FILE
from steward.evidence import engine
from steward.evidence.models import LocalFact
from steward.evidence.queries import releases, withholding
from steward.register import queries as register
from steward.register.models import School
from steward.vocabulary.areas import Level

_FACTS = pa.schema(
    {
        "urn": pa.int64(),
        "kind": pa.string(),
        "since": pa.date32(),
        "until": pa.date32(),
        "source": pa.string(),
    }
)


_LINK = ("urn", "predecessor", "relation", "since")


@dataclass(frozen=True, slots=True)
class TablesAboutSchools:
    """Arrow tables cut to some schools; figures and areas hold the preferred rows of all years.

    `values` also has the figures of the schools that these followed, and `links` says which those are.
    """

    establishments: pa.Table
    values: pa.Table
    areas: pa.Table
    inspections: pa.Table
    facts: pa.Table
    links: pa.Table
    attendance: pa.Table


def tables_about(
    schools: Collection[School], *, authority: str, indicators: Collection[str]
) -> TablesAboutSchools:
    """Return the tables about `schools` of an authority, with its own and England's figures.

    Raises NothingLoaded when there is no generation of tables.
    """
    urns = sorted(school.urn for school in schools)
    folder = releases.current_folder()
    values = engine.table(folder / "values.parquet")
    areas = engine.table(folder / "areas.parquet")
    inspections = engine.table(folder / "inspections.parquet")
    wanted = sorted(indicators)
    links = _links(urns)
    followed = sorted({*urns, *links.column("predecessor").to_pylist()})
    here = (areas.level == Level.ENGLAND.value) | (
        (areas.level == Level.AUTHORITY.value) & (areas.area == authority)
    )
    arrow = engine.connection().to_pyarrow
    return TablesAboutSchools(
        establishments=_establishments(schools),
        values=arrow(
            withholding.released_of_schools(
                values.filter(values.urn.isin(followed) & values.preferred & values.indicator.isin(wanted)),
                folder=folder,
            )
        ),
        areas=arrow(
            withholding.released_of_areas(
                areas.filter(here & areas.preferred & areas.indicator.isin(wanted)), folder=folder
            )
        ),
        inspections=arrow(inspections.filter(inspections.urn.isin(urns))),
        facts=_facts(urns),
        links=links,
        attendance=_attendance(urns, folder=folder),
    )


def whole_tables(*names: str) -> tuple[Table, ...]:
    """Return whole tables of the generation in use, to be asked in the engine. Raises NothingLoaded."""
    folder = releases.current_folder()
    return tuple(engine.table(folder / f"{name}.parquet") for name in names)


def reader() -> Any:  # noqa: ANN401 - Ibis gives each engine a class of its own
    """Return the engine that reads files which are not in the store."""
    return engine.connection()


def newest_snapshot() -> datetime.date | None:
    """Return the date of the newest list of inspection outcomes of all schools, or None."""
    table = engine.table(releases.current_folder() / "inspections.parquet")
    newest = table.filter(table.snapshot).as_at.max()
    found = engine.connection().to_pyarrow(newest).as_py()
    return found if isinstance(found, datetime.date) else None


def snapshots() -> list[datetime.date]:
    """Return the date of each list of inspection outcomes of all schools that is loaded."""
    table = engine.table(releases.current_folder() / "inspections.parquet")
    found = table.filter(table.snapshot & table.as_at.notnull()).select("as_at").distinct()
    days: list[datetime.date] = engine.connection().to_pyarrow(found).column("as_at").to_pylist()
    return days


def inspections_of(urns: Collection[int]) -> pa.Table:
    """Return every row about inspections of the schools. Raises NothingLoaded without tables."""
    table = engine.table(releases.current_folder() / "inspections.parquet")
    return engine.connection().to_pyarrow(table.filter(table.urn.isin(sorted(urns))))


def _establishments(schools: Collection[School]) -> pa.Table:
    schema = columns.ESTABLISHMENTS.to_pyarrow()
    names = ("urn", "name", "phase", "governance", "standing", "opened_on", "age_low", "age_high")
    rows = [
        {name: getattr(school, name) for name in names} | {"authority": school.authority_id}
        for school in schools
    ]
    return pa.Table.from_pylist(rows, schema=schema)


def _attendance(urns: list[int], *, folder: Path) -> pa.Table:
    """Return weeks and half terms of the schools; none in a generation made before there were any."""
    path = folder / ATTENDANCE_FILE
    if not path.exists():
        return columns.ATTENDANCE.to_pyarrow().empty_table()
    table = engine.table(path)
    found = table.filter(table.urn.isin(urns)).order_by("urn", "begins", "release", "row")
    return engine.connection().to_pyarrow(found)


def _links(urns: Collection[int]) -> pa.Table:
    """Return every link of the schools and of those they followed, so that none looks like the only one."""
    found: dict[tuple[int, int], dict[str, object]] = {}
    asked: set[int] = set()
    waiting = set(urns)
    while waiting:
        asked |= waiting
        links = register.links_of(waiting)
        for link in links:
            names = (link.urn, link.predecessor_urn, link.relation, link.since)
            found[link.urn, link.predecessor_urn] = dict(zip(_LINK, names, strict=True))
        waiting = {link.predecessor_urn for link in links if link.urn in waiting} - asked
    return pa.Table.from_pylist(list(found.values()), schema=columns.LINKS.to_pyarrow())


def _facts(urns: Collection[int]) -> pa.Table:
    facts = LocalFact.objects.filter(school_id__in=urns)
    rows = facts.values("school_id", "kind", "since", "until", "source")
    return pa.Table.from_pylist([{**row, "urn": row["school_id"]} for row in rows], schema=_FACTS)
