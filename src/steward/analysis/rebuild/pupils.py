"""The figures of groups of pupils, from the files of pupils that are held."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from uuid import uuid4

import ibis
import pyarrow.parquet as pq
from ibis.backends import BaseBackend
from ibis.expr.types import Table

from steward.analysis import columns
from steward.analysis.accountability.definition import Progress8Tables
from steward.analysis.accountability.progress8_columns import progress_8
from steward.analysis.comparison.groups import GroupDefinition
from steward.analysis.pupils import aggregates
from steward.analysis.pupils.aggregates import Keep
from steward.analysis.pupils.cells import shape_of
from steward.analysis.pupils.groups import PERSISTENT, Dimension, derived
from steward.analysis.pupils.layout import PupilLayout
from steward.analysis.pupils.measures import MEASURES
from steward.analysis.pupils.one_reading import reads_once
from steward.vocabulary.areas import Level

GROUPS = "groups.parquet"
SCHOOL, EVERY_PHASE = "school", "all"
CROSSED = ("sex", "disadvantaged", "first_language", "sen", "ethnicity")
"""Characteristics of which two are looked at at once, for authorities."""
PARTS = ("n_", "a_", "s_", "q_", "r_", "t_", "u_")
"""How the names of the parts of measures begin."""
JOINED = " + "
"""Between the ids of files that hold pupils of the same year."""
_EMBEDDED = "duckdb"
_ORDER = ("level", "area", "indicator", "dimension", "member", "period")


@dataclass(frozen=True, slots=True)
class StoredPupils:
    """A file of pupils in the store, and which columns it came with."""

    id: str
    parquet: Path
    columns: tuple[str, ...]
    periods: tuple[int, ...]


def dimensions_of(layout: PupilLayout, *, groups: Mapping[str, GroupDefinition]) -> tuple[Dimension, ...]:
    """Return the ways in which pupils are divided: each characteristic that a column or attendance gives."""
    columns_by_group = {column.group: column.name for column in layout.columns if column.group}
    return tuple(
        Dimension(group.id, name, {} if group.open_members else _members(group, layout=layout, column=name))
        for group in groups.values()
        for name in [PERSISTENT if group.id == PERSISTENT else columns_by_group.get(group.id)]
        if name
    )


def _members(group: GroupDefinition, *, layout: PupilLayout, column: str) -> dict[str, tuple[str, ...]]:
    known = layout.column(column)
    ways = (
        {"Y": ("Y",), "N": ("N",)}
        if known is None
        else {code: (code, *one.written) for code, one in known.codes.items()}
    )
    found: dict[str, list[str]] = {}
    for code, written in ways.items():
        member = next(filter(None, map(group.member_of, written)), None)
        if member is not None:
            found.setdefault(member, []).append(code)
    return {member: tuple(codes) for member, codes in found.items()}


@dataclass(frozen=True, slots=True)
class PupilRules:
    """The definitions by which pupils are divided and measured."""

    layout: PupilLayout
    groups: Mapping[str, GroupDefinition]
    progress: tuple[Progress8Tables, ...]


def write_groups(
    connection: BaseBackend,
    *,
    files: Sequence[StoredPupils],
    establishments: Path,
    rules: PupilRules,
    into: Path,
) -> None:
    """Write the figures of groups of pupils into the Parquet file `into`, in the shape GROUPS.

    `establishments` are the register rows that say in which authority a school is. Without files an
    empty table is written.
    """
    if not files:
        pq.write_table(columns.GROUPS.to_pyarrow().empty_table(), into)
        return
    connection = reads_once(connection)
    with kept_by(connection, scratch=into.parent) as keep:
        found = groups_of(
            [connection.read_parquet(file.parquet) for file in files],
            files=files,
            register=columns.cast(connection.read_parquet(establishments), columns.ESTABLISHMENTS),
            rules=rules,
            keep=keep,
        )
        _write(connection, found.order_by(*_ORDER), into=into)


def groups_of(
    tables: Sequence[Table],
    *,
    files: Sequence[StoredPupils],
    register: Table,
    rules: PupilRules,
    keep: Keep = lambda table: table,
) -> Table:
    """Return the figures of every group of pupils, of schools and their authorities, in the shape GROUPS.

    `tables` are the pupils of `files`, in the same order, on any engine; `keep` has the engine work a table
    out once where it is read several times.
    """
    available = {name for file in files for name in file.columns} | {PERSISTENT}
    dimensions = [one for one in dimensions_of(rules.layout, groups=rules.groups) if one.column in available]

    def pupils_with(codes: Sequence[str]) -> Table:
        prepared = [
            _prepared(table, available=file.columns, codes=codes, rules=rules)
            for table, file in zip(tables, files, strict=True)
        ]
        return reduce(lambda one, other: one.union(other), prepared)

    names = [name for name in pupils_with(()).columns if name.startswith(PARTS)]
    places = _places(register)
    schools = keep(aggregates.sums(pupils_with, dimensions=dimensions, names=names))
    areas = aggregates.of_areas(schools, places=places, names=names)
    pairs = [one for one in dimensions if one.id in CROSSED]
    if len(pairs) > 1:
        both = aggregates.crossed(pupils_with, dimensions=pairs, names=names)
        areas = areas.union(aggregates.of_areas(both, places=places, names=names))
    areas = keep(areas)
    phases = schools.left_join(places.select("area", "phase"), "area").drop("area_right")
    return aggregates.figures(_released(phases, files=files), level=SCHOOL).union(
        aggregates.figures(
            _released(areas.mutate(phase=ibis.literal(EVERY_PHASE)), files=files), level=Level.AUTHORITY.value
        )
    )


@contextmanager
def kept_by(connection: BaseBackend, *, scratch: Path) -> Iterator[Keep]:
    """Give a way to have tables worked out and kept until the block ends.

    The engine inside the process keeps them in memory. A cluster writes them below the folder `scratch`,
    which all of its machines must reach.
    """
    names: list[str] = []

    def keep(table: Table) -> Table:
        names.append(f"kept_{uuid4().hex}")
        if connection.name == _EMBEDDED:
            return connection.create_table(names[-1], table, temp=True)
        connection.to_parquet(table, scratch / names[-1])
        return connection.read_parquet(scratch / names[-1])

    try:
        yield keep
    finally:
        for name in names:
            if connection.name == _EMBEDDED:
                connection.raw_sql(f"DROP TABLE IF EXISTS {name}")
            shutil.rmtree(scratch / name, ignore_errors=True)


def _write(connection: BaseBackend, found: Table, *, into: Path) -> None:
    """Write one Parquet file; a cluster would write a folder of them, on its own machines."""
    if connection.name == _EMBEDDED:
        connection.to_parquet(found, into, compression="zstd")
        return
    pq.write_table(connection.to_pyarrow(found), into, compression="zstd")


def _prepared(pupils: Table, *, available: Sequence[str], codes: Sequence[str], rules: PupilRules) -> Table:
    """Return only what is summed: area, period, the codes that are named and the parts of the measures."""
    columns_needed = {need for measure in MEASURES for need in measure.needs} & set(pupils.columns)
    wanted = {"urn", "period", "stage", *columns_needed, *codes} - {PERSISTENT}
    narrow = pupils.select(*(name for name in pupils.columns if name in wanted))
    scored = progress_8(derived(_complete(narrow, layout=rules.layout)), tables=rules.progress)
    scored = scored.mutate(area=scored.urn.cast("string"))
    with_parts = aggregates.parts(scored, available=available)
    return with_parts.select(
        "area", "period", *codes, *(n for n in with_parts.columns if n.startswith(PARTS))
    )


def _complete(pupils: Table, *, layout: PupilLayout) -> Table:
    """Return pupils with an empty column for each that measures need and an earlier layout did not have."""
    shape = shape_of(layout)
    needed = {need for measure in MEASURES for need in measure.needs}
    absent = [name for name in shape if name in needed and name not in pupils.columns]
    return pupils.mutate(**{name: ibis.null(shape[name]) for name in absent}) if absent else pupils


def authorities_of_schools(register: Table) -> Table:
    """Return for each school (`urn`) the authority (`area`) of its newest register row; none without one."""
    places = _places(register)
    known = places.filter(places.larger.notnull())
    found: Table = known.select(urn=known.area.cast("int64"), area=known.larger)
    return found


def _places(register: Table) -> Table:
    """Return for each school, by URN as text, the authority and the phase of its newest register row."""
    newest = (
        register.filter(register.urn.notnull())
        .group_by("urn")
        .aggregate(
            larger=register.authority.argmax(register.as_at, where=register.authority.notnull()),
            phase=register.phase.argmax(register.as_at, where=register.phase.notnull()),
        )
    )
    return newest.select("larger", "phase", area=newest.urn.cast("string"))


def _released(cells: Table, *, files: Sequence[StoredPupils]) -> Table:
    """Name beside each figure the files that hold pupils of its year."""
    years = sorted({period for file in files for period in file.periods})
    named = {year: JOINED.join(sorted(file.id for file in files if year in file.periods)) for year in years}
    return cells.mutate(
        release=ibis.cases(
            *((cells.period == year, ids) for year, ids in named.items()), else_=ibis.null("string")
        )
    )
