"""Figures of groups of pupils: raw ones are protected, and only the disclosure gate makes them showable."""

from collections.abc import Collection
from dataclasses import dataclass

import pyarrow as pa

from steward.analysis import columns
from steward.analysis.rebuild.pupils import GROUPS
from steward.evidence import engine
from steward.evidence.queries import releases
from steward.vocabulary.protection import Protected


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
