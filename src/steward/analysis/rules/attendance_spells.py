"""Attendance of a school by week or half term, as the authority exports it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Spell:
    """A week or half term of a school: half-day sessions possible and missed."""

    begins: date
    ends: date
    possible: float
    missed: float
    england: float | None = None
    """Percent of sessions missed across England in the same spell, where the file gives it."""
    release: str = ""
    row: int | None = None

    @property
    def rate(self) -> float:
        """Percent of sessions missed."""
        return 100 * self.missed / self.possible

    @property
    def is_week(self) -> bool:
        """Whether it is of a week rather than a half term."""
        return (self.ends - self.begins).days < _WEEK


def spells_of(table: pa.Table | None, *, as_at: date) -> dict[int, tuple[Spell, ...]]:
    """Return the spells of each school that had ended by `as_at`, oldest first; one a day it begins.

    `table` has the columns of ATTENDANCE. Spells without sessions, in holidays, are left out.
    """
    found: dict[int, dict[tuple[date, date], Spell]] = defaultdict(dict)
    for row in _rows(table):
        if None in (row["begins"], row["ends"], row["missed"]) or not row["possible"] or row["ends"] > as_at:
            continue
        found[row["urn"]][row["begins"], row["ends"]] = Spell(
            row["begins"],
            row["ends"],
            row["possible"],
            row["missed"],
            row["england"],
            row["release"] or "",
            row["row"],
        )
    return {urn: tuple(spells[days] for days in sorted(spells)) for urn, spells in found.items()}


def _rows(table: pa.Table | None) -> Iterable[dict]:  # type: ignore[type-arg]
    return [] if table is None else table.to_pylist()
