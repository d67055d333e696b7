"""Reads of how schools stand in each measure: beside the target, what is believed, and who is listed."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ibis.expr.types import Table

from steward.analysis import columns
from steward.evidence import engine
from steward.evidence.queries import releases
from steward.vocabulary.phases import Phase

STANDINGS_FILE = "standings.parquet"
_ENGLAND = "england"


@dataclass(frozen=True, slots=True)
class Rank:
    """A place among the schools of an authority and phase, with the 95% interval of it; 1 is the best."""

    middle: int
    low: int
    high: int
    among: int


@dataclass(frozen=True, slots=True)
class SchoolStanding:
    """How a school stands in a measure in one year, or over the years from `since` to `period`.

    Figures are in the unit of the indicator. `target` is England's figure, or the mean of the schools of the
    phase where `beside_england` is false. What cannot be said is None: with `few` pupils nothing is tested.
    `error` is the standard error of a mean by chance, `variance` the variance between schools beyond
    chance (of a share on the arcsine scale), `below` the probability that the true value is below the
    target. `unlikely` and `unusual` say whether the school is listed in its authority because chance, and
    even the ordinary spread of schools, is no likely explanation.
    """

    urn: int
    authority: str
    phase: Phase
    indicator: str
    period: int
    since: int
    pooled: bool
    value: float
    pupils: float
    error: float | None
    target: float
    beside_england: bool
    variance: float
    estimate: float | None
    low: float | None
    high: float | None
    below: float | None
    chance: float | None
    score: float | None
    p_value: float | None
    unlikely: bool
    unusual: bool
    few: bool
    rank: Rank | None

    @property
    def beside(self) -> str:
        """Whose the target is, in words."""
        return "England" if self.beside_england else f"{self.phase.label.lower()} schools in England"


@dataclass(frozen=True, slots=True)
class Funnel:
    """The schools of a phase in a measure and year: the authority's, and (pupils, value) of all others."""

    own: tuple[SchoolStanding, ...]
    others: tuple[tuple[float, float], ...]


YearOfSchool = tuple[int, str, int]
"""URN, indicator and year."""


def standings_of_schools(urns: Iterable[int]) -> Mapping[YearOfSchool, SchoolStanding]:
    """Return how schools stand in every single year; nothing where no standings were worked out yet."""
    table = _table()
    chosen = sorted(set(urns))
    if table is None or not chosen:
        return {}
    found = _read(table.filter(table.urn.isin(chosen) & ~table.pooled))
    return {(one.urn, one.indicator, one.period): one for one in found}


def standings_of_area(authority: str, *, pooled: bool) -> tuple[SchoolStanding, ...]:
    """Return how the schools of an authority stand in the latest year, or over the years put together."""
    return _of_area(releases.current_folder(), authority, pooled)


def funnel_of(authority: str, *, indicator: str, phase: Phase, pooled: bool) -> Funnel:
    """Return every school of the phase in the latest year, or over the years put together."""
    own = tuple(
        one
        for one in standings_of_area(authority, pooled=pooled)
        if (one.indicator, one.phase) == (indicator, phase)
    )
    table = _table()
    if table is None or not own:
        return Funnel(own, ())
    others = table.filter(
        table.latest & (table.pooled == pooled),
        table.indicator == indicator,
        table.phase == phase.value,
        table.authority != authority,
    ).select("pupils", "value")
    rows = engine.connection().to_pyarrow(others).to_pylist()
    return Funnel(own, tuple((row["pupils"], row["value"]) for row in rows))


def measures_of_area(authority: str) -> tuple[tuple[str, Phase], ...]:
    """Return each indicator and phase in which schools of an authority can be judged."""
    found = {(one.indicator, one.phase): None for one in standings_of_area(authority, pooled=False)}
    return tuple(found)


@lru_cache(maxsize=8)
def _of_area(folder: Path, authority: str, pooled: bool) -> tuple[SchoolStanding, ...]:  # noqa: FBT001 - cached
    path = folder / STANDINGS_FILE
    if not path.exists():
        return ()
    table = engine.table(path)
    return _read(table.filter(table.latest & (table.pooled == pooled), table.authority == authority))


def _table() -> Table | None:
    """Return the standings; None where the tables were built before there were any."""
    path = releases.current_folder() / STANDINGS_FILE
    return engine.table(path) if path.exists() else None


def _read(chosen: Table) -> tuple[SchoolStanding, ...]:
    ordered = chosen.order_by("urn", "indicator", "period")
    rows = engine.connection().to_pyarrow(ordered).cast(columns.STANDINGS.to_pyarrow()).to_pylist()
    return tuple(_standing(row) for row in rows)


def _standing(row: dict[str, Any]) -> SchoolStanding:
    known = {
        name: _number(row[name])
        for name in ("error", "estimate", "low", "high", "below", "chance", "score", "p_value")
    }
    return SchoolStanding(
        urn=row["urn"],
        authority=row["authority"],
        phase=Phase(row["phase"]),
        indicator=row["indicator"],
        period=row["period"],
        since=row["since"],
        pooled=row["pooled"],
        value=row["value"],
        pupils=row["pupils"],
        target=row["target"],
        beside_england=row["beside"] == _ENGLAND,
        variance=row["variance"],
        unlikely=row["unlikely"],
        unusual=row["unusual"],
        few=row["few"],
        rank=_rank(row),
        **known,
    )


def _rank(row: dict[str, Any]) -> Rank | None:
    if not row["rank"]:
        return None
    return Rank(row["rank"], row["rank_low"], row["rank_high"], row["ranked"])


def _number(found: float | None) -> float | None:
    return None if found is None or math.isnan(found) else found
