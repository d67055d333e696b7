"""Inspections of every layout as one table: which school, when, when it was known, and what came of it.

Grades of four are kept as ranks, 1 the best. A report card or an inspection without an overall grade is
told only as in a category of concern or not. A new URN of a school is told as the school it continues.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from ibis.expr.types import Table
from numpy.typing import NDArray

from steward.regimes.frameworks import InspectionFramework

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]

TOLD_AFTER_DAYS = 70
"""Where no day of publication is printed, a report counts as published so many days after it began."""
BELOW_GOOD = 3
"""The rank from which a grade is below good."""
INADEQUATE = 4
UNKNOWN_DAY = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Outcomes:
    """One entry for each inspection of a school, by school and day. Days are ordinals of the calendar.

    `rank` is 1 to 4, or not a number where there was no overall grade; `concern` is 1, 0 or not a number.
    """

    school: Whole
    on: Whole
    known_on: Whole
    rank: Numbers
    concern: Numbers

    def chosen(self, mask: NDArray[np.bool_]) -> "Outcomes":
        """Return the inspections for which `mask` is true."""
        return self.at(np.flatnonzero(mask))

    def at(self, places: Whole) -> "Outcomes":
        """Return the inspections at `places`, in that order."""
        return Outcomes(
            self.school[places],
            self.on[places],
            self.known_on[places],
            self.rank[places],
            self.concern[places],
        )


@dataclass(slots=True)
class Seen:
    """What is known of one inspection, while files are put together."""

    known_on: int
    rank: float
    concern: float


def outcomes_of(
    inspections: Table, *, schools: Mapping[int, int], frameworks: Iterable[InspectionFramework]
) -> Outcomes:
    """Return the dated inspections of a table in the shape of INSPECTIONS.

    `schools` gives the first URN of the school for each later one. Rows of several files about the same
    inspection are one: the earliest day on which it was known counts, and a category that any file names.
    """
    points = {(one.id, point.key): point.rank for one in frameworks for point in one.scale if one.has_overall}
    dated = inspections.filter(inspections.inspected_on.notnull())
    grouped = dated.group_by("urn", "inspected_on", "framework", "outcome").aggregate(
        category=dated.category.max(), published_on=dated.published_on.min(), as_at=dated.as_at.min()
    )
    rows = grouped.to_pyarrow().to_pylist()
    found: dict[tuple[int, int], Seen] = {}
    for row in rows:
        rank = points.get((row["framework"], row["outcome"]))
        seen = Seen(_known_on(row), np.nan if rank is None else float(rank), _concern(row, rank=rank))
        key = (schools.get(row["urn"], row["urn"]), row["inspected_on"].toordinal())
        found[key] = _joined(found[key], seen) if key in found else seen
    return table_of(found)


def table_of(found: Mapping[tuple[int, int], "Seen"]) -> Outcomes:
    """Return inspections by (school, day) as a table in that order."""
    keys = sorted(found)
    kept = [found[key] for key in keys]
    return Outcomes(
        np.array([key[0] for key in keys], dtype=np.int64),
        np.array([key[1] for key in keys], dtype=np.int64),
        np.array([one.known_on for one in kept], dtype=np.int64),
        np.array([one.rank for one in kept], dtype=np.float64),
        np.array([one.concern for one in kept], dtype=np.float64),
    )


def joined(first: Outcomes, *, second: Outcomes) -> Outcomes:
    """Return the inspections of both; one that is in both is kept once, and what `second` knows is added."""
    found: dict[tuple[int, int], Seen] = {}
    for part in (first, second):
        for school, on, known_on, rank, concern in zip(
            part.school, part.on, part.known_on, part.rank, part.concern, strict=True
        ):
            key, seen = (int(school), int(on)), Seen(int(known_on), float(rank), float(concern))
            found[key] = _joined(found[key], seen) if key in found else seen
    return table_of(found)


def _joined(one: Seen, other: Seen) -> Seen:
    ranks = [rank for rank in (one.rank, other.rank) if not np.isnan(rank)]
    concerns = [value for value in (one.concern, other.concern) if not np.isnan(value)]
    return Seen(min(one.known_on, other.known_on), max(ranks, default=np.nan), max(concerns, default=np.nan))


def _known_on(row: Mapping[str, object]) -> int:
    """Return the day of publication; else when it had to be out, by its own day or that of the file."""
    began, published, listed = (row[name] for name in ("inspected_on", "published_on", "as_at"))
    days = [day.toordinal() for day in (published, listed) if isinstance(day, date)]
    if not isinstance(published, date) and isinstance(began, date):
        days.append(began.toordinal() + TOLD_AFTER_DAYS)
    return min(days)


def _concern(row: Mapping[str, object], *, rank: int | None) -> float:
    """Return whether the school was put in a category of concern; an inadequate one was (since 2005)."""
    if row["category"]:
        return 1.0
    if rank is not None:
        return float(rank == INADEQUATE)
    return np.nan if row["outcome"] is None and row["framework"] is None else 0.0


def after(outcomes: Outcomes, *, cutoff: date, until: date, graded: bool) -> Outcomes:
    """Return the first inspection of each school that began after the cut-off and up to `until`.

    `graded` asks for one with an overall grade; otherwise one that tells of a category of concern.
    """
    told = ~np.isnan(outcomes.rank if graded else outcomes.concern)
    window = (outcomes.on > cutoff.toordinal()) & (outcomes.on <= until.toordinal()) & told
    found = outcomes.chosen(window)
    _, first = np.unique(found.school, return_index=True)
    return found.at(first)
