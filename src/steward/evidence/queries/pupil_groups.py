"""Figures of groups of pupils: raw ones are protected, and only the disclosure gate makes them showable."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from steward.analysis import columns
from steward.analysis.disclosure.gate import ReleasedGroup
from steward.analysis.disclosure.groups import ALL, BOTH, GroupCount
from steward.analysis.rebuild.pupils import GROUPS
from steward.evidence import engine
from steward.evidence.queries import releases
from steward.register import queries as register
from steward.vocabulary.phases import Standing
from steward.vocabulary.protection import Protected
from steward.vocabulary.values import value_from

RELEASED = "released_groups"
_PLACE = ("level", "area", "phase", "indicator", "period", "dimension", "member")


@dataclass(frozen=True, slots=True)
class GroupsWanted:
    """Which figures of groups are wanted; an empty choice takes all."""

    level: str
    """school or authority"""
    areas: tuple[str, ...]
    """URNs as text, or codes of authorities."""
    indicators: tuple[str, ...] = ()
    periods: tuple[int, ...] = ()
    dimensions: tuple[str, ...] = ()
    """Ids of definitions/groups; those of every pupil ("all") always come with them."""


@dataclass(frozen=True, slots=True, order=True)
class Crossing:
    """A measure of a year of pupils who are in two groups at once, of an authority."""

    period: int
    dimension: str
    """Ids of two definitions/groups, joined by "+"."""
    indicator: str

    @property
    def characteristics(self) -> tuple[str, str]:
        """The ids of the two characteristics."""
        first, _, second = self.dimension.partition(BOTH)
        return first, second


def raw_groups(wanted: GroupsWanted) -> Protected[pa.Table]:
    """Return the rows of GROUPS that are wanted, in a wrapper that refuses to be shown.

    Raises NothingLoaded when there is no generation of tables. Without files of pupils it holds no rows.
    """
    path = releases.current_folder() / GROUPS
    if not path.exists():
        return Protected(columns.GROUPS.to_pyarrow().empty_table())
    table = engine.table(path)
    table = table.filter((table.level == wanted.level) & table.area.isin(wanted.areas))
    choices: tuple[tuple[str, Collection[object]], ...] = (
        ("indicator", wanted.indicators),
        ("period", wanted.periods),
        ("dimension", ("all", *wanted.dimensions) if wanted.dimensions else ()),
    )
    for name, chosen in choices:
        if chosen:
            table = table.filter(table[name].isin(list(chosen)))
    return Protected(engine.connection().to_pyarrow(columns.cast(table, columns.GROUPS)))


def any_held() -> bool:
    """Return whether there are figures of groups at all."""
    path = releases.current_folder() / GROUPS
    return path.exists() and bool(engine.connection().to_pyarrow(engine.table(path).count()).as_py())


def released_groups(authority: str, *, period: int, dimension: str) -> tuple[ReleasedGroup, ...] | None:
    """Return what may be shown of a characteristic in a year, of an authority and each of its schools.

    All measures together, as they came out of the disclosure gate; None where they have not passed it yet
    (`steward pupils release`), and then nothing of them may be shown.
    """
    path = released_file(releases.current_folder(), authority=authority, period=period, dimension=dimension)
    if not path.exists():
        return None
    return tuple(
        ReleasedGroup(
            **{name: row[name] for name in _PLACE},
            value=value_from(number=row["value"], status=row["status"], cohort=row["cohort"]),
        )
        for row in pq.read_table(path).to_pylist()
    )


def released_file(folder: Path, *, authority: str, period: int, dimension: str) -> Path:
    """Return where figures that have passed the gate are kept in a folder of tables."""
    return folder / f"{RELEASED}-{authority}-{period}-{dimension}.parquet"


def counts_of(authority: str, *, period: int, dimension: str) -> Protected[list[GroupCount]]:
    """Return every count of a characteristic in a year, of an authority and all of its schools, protected."""
    table = engine.table(releases.current_folder() / GROUPS)
    urns = [str(school.urn) for school in register.schools_of(authority, standings=tuple(Standing))]
    here = ((table.level == "school") & table.area.isin(urns)) | (
        (table.level == "authority") & (table.area == authority)
    )
    chosen = table.filter(here & (table.period == period) & table.dimension.isin([ALL, dimension]))
    rows = engine.connection().to_pyarrow(chosen.select(*_PLACE, "pupils", "achieved", "value")).to_pylist()
    return Protected([GroupCount(**row | {"phase": row["phase"] or ""}) for row in rows])


def slices_of(authority: str) -> list[tuple[int, str]]:
    """Return the years and characteristics, one at a time, of which an authority has figures of groups."""
    path = releases.current_folder() / GROUPS
    if not path.exists():
        return []
    table = engine.table(path)
    chosen = table.filter((table.level == "authority") & (table.area == authority) & (table.dimension != ALL))
    found = engine.connection().to_pyarrow(chosen.select("period", "dimension").distinct()).to_pylist()
    return sorted((row["period"], row["dimension"]) for row in found if BOTH not in row["dimension"])


def crossings_of(authority: str) -> list[Crossing]:
    """Return of what there are figures of two groups at once, of an authority; none of the figures.

    What may be shown of one is `released_groups` with its `dimension`; None until it has passed the gate.
    """
    path = releases.current_folder() / GROUPS
    if not path.exists():
        return []
    table = engine.table(path)
    chosen = table.filter((table.level == "authority") & (table.area == authority) & (table.dimension != ALL))
    found = engine.connection().to_pyarrow(chosen.select("period", "dimension", "indicator").distinct())
    return sorted(Crossing(**row) for row in found.to_pylist() if BOTH in row["dimension"])


def pairs_of(authority: str) -> list[tuple[int, str]]:
    """Return the years and pairs of characteristics of which an authority has figures of both at once."""
    return sorted({(one.period, one.dimension) for one in crossings_of(authority)})
