"""Reads of how the schools of an area stand in inspection, at each date for which every school is listed."""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import ibis
from ibis.expr.types import Table

from steward.analysis.indicators import inspections as analysis
from steward.analysis.indicators.places import rolls_of
from steward.evidence import catalogues, engine
from steward.evidence.queries import releases
from steward.vocabulary.areas import Level

_Group = tuple[datetime.date, str, str, str]
"""As at, level, area and phase."""


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How many schools hold one outcome of one framework; neither is named for schools not yet inspected."""

    framework: str | None
    outcome: str | None
    schools: int
    pupils: float | None

    @property
    def label(self) -> str:
        """The outcome in the words of its own framework."""
        if self.framework is None:
            return "Not yet inspected"
        if self.outcome is None:
            return "No overall outcome"
        return catalogues.frameworks()[self.framework].label_of(self.outcome)

    @property
    def framework_title(self) -> str:
        """What the framework is called; empty for schools not yet inspected."""
        return "" if self.framework is None else catalogues.frameworks()[self.framework].title


@dataclass(frozen=True, slots=True)
class AreaStanding:
    """The schools of an area and phase as they stood on `as_at`, each outcome on its own framework's scale.

    Shares are percentages of the schools judged under a framework with a rule for good or better;
    `other` are inspected schools without one. `pupils_known` is the percentage of judged schools whose
    number of pupils is known.
    """

    as_at: datetime.date
    phase: str
    schools: int
    inspected: int
    not_inspected: int
    judged: int
    good: int
    other: int
    share_good: float | None
    share_good_pupils: float | None
    pupils_judged: float
    pupils_known: float | None
    outcomes: tuple[OutcomeCount, ...]
    release: str


def standings_of(level: Level, area: str) -> tuple[AreaStanding, ...]:
    """Return how an authority or England stood at every snapshot, oldest first, by phase and over all."""
    return _standings(releases.current_folder()).get((level.value, area), ())


@lru_cache(maxsize=2)
def _standings(folder: Path) -> Mapping[tuple[str, str], tuple[AreaStanding, ...]]:
    inspections = engine.table(folder / "inspections.parquet")
    listed = analysis.snapshots(inspections)
    filled = analysis.with_pupils(listed, roll=rolls_of(engine.table(folder / "values.parquet")))
    connection = engine.connection()
    schools = ibis.memtable(connection.to_pyarrow(filled))
    outcomes = _outcomes(schools)
    printed_in = {row["as_at"]: row["release"] for row in _rows(_releases(schools))}
    found: dict[tuple[str, str], list[AreaStanding]] = defaultdict(list)
    counted = analysis.counts(schools, frameworks=catalogues.frameworks().values())
    for row in _rows(counted.order_by("as_at", "phase")):
        one = _standing(row, outcomes=outcomes.get(_group(row), ()), release=printed_in[row["as_at"]])
        found[row["level"], row["area"]].append(one)
    return MappingProxyType({place: tuple(standings) for place, standings in found.items()})


def _outcomes(schools: Table) -> dict[_Group, tuple[OutcomeCount, ...]]:
    found: dict[_Group, list[OutcomeCount]] = defaultdict(list)
    for row in _rows(analysis.by_framework(schools)):
        found[_group(row)].append(
            OutcomeCount(row["framework"], row["outcome"], row["schools"], row["pupils"])
        )
    return {group: tuple(sorted(counts, key=_order)) for group, counts in found.items()}


def _order(count: OutcomeCount) -> tuple[int, str, int]:
    """Newest framework first, best outcome first; schools not inspected last."""
    if count.framework is None:
        return 0, "", 0
    framework = catalogues.frameworks()[count.framework]
    ranks = {point.key: point.rank for point in framework.scale}
    return -framework.in_force_from.toordinal(), framework.id, ranks.get(count.outcome or "", 99)


def _releases(schools: Table) -> Table:
    return schools.group_by("as_at").agg(release=schools.release.max())


def _group(row: dict[str, Any]) -> _Group:
    return row["as_at"], row["level"], row["area"], row["phase"]


def _standing(row: dict[str, Any], *, outcomes: tuple[OutcomeCount, ...], release: str) -> AreaStanding:
    return AreaStanding(
        as_at=row["as_at"],
        phase=row["phase"],
        schools=row["schools"],
        inspected=row["inspected"],
        not_inspected=row["not_inspected"],
        judged=row["judged"],
        good=row["good"],
        other=row["other"],
        share_good=row["share_good"],
        share_good_pupils=row["share_good_pupils"],
        pupils_judged=row["pupils_judged"],
        pupils_known=row["pupils_known"],
        outcomes=outcomes,
        release=release,
    )


def _rows(expression: Table) -> list[dict[str, Any]]:
    return list(engine.connection().to_pyarrow(expression).to_pylist())
