"""Passing figures of two groups at once through the disclosure gate, after those of each single group."""

from dataclasses import fields
from pathlib import Path

from steward.analysis.disclosure import gate
from steward.analysis.disclosure.gate import ReleasedGroup
from steward.analysis.disclosure.groups import ALL, BOTH, GroupCount
from steward.analysis.rebuild.pupils import GROUPS
from steward.evidence import catalogues, engine
from steward.evidence.groups import write_released
from steward.evidence.queries import pupil_groups, releases
from steward.vocabulary.protection import Protected


def release(authority: str, *, period: int, dimension: str, into: Path) -> int:
    """Pass two characteristics at once of one year through the gate, write what may be shown, count it.

    Of the authority as a whole only. Nothing is written, and 0 returned, while either single characteristic
    has not passed. Raises AttackFailed when a small count could still be worked out.
    """
    singles = _singles(authority, period=period, dimension=dimension)
    if singles is None:
        return 0
    passed = gate.release_crossing(
        _counts_of(authority, period=period, dimension=dimension),
        singles=singles,
        policy=catalogues.disclosure_policy(),
    )
    return write_released(passed.figures, into=into)


def _singles(authority: str, *, period: int, dimension: str) -> list[ReleasedGroup] | None:
    found: list[ReleasedGroup] = []
    for one in dimension.split(BOTH):
        released = pupil_groups.released_groups(authority, period=period, dimension=one)
        if released is None:
            return None
        found += [each for each in released if each.area == authority]
    return found


def _counts_of(authority: str, *, period: int, dimension: str) -> Protected[list[GroupCount]]:
    table = engine.table(releases.current_folder() / GROUPS)
    of_area = (table.level == "authority") & (table.area == authority) & (table.period == period)
    wanted = [ALL, dimension, *dimension.split(BOTH)]
    chosen = table.filter(of_area & table.dimension.isin(wanted)).select(
        *(one.name for one in fields(GroupCount))
    )
    rows = engine.connection().to_pyarrow(chosen).to_pylist()
    return Protected([GroupCount(**row | {"phase": row["phase"] or ""}) for row in rows])
