"""The record of a back-test: everything that is kept and printed of it, and nothing that fits a model."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from steward.analysis.forecasting.asking import Kind
from steward.analysis.forecasting.fairness import Group
from steward.analysis.forecasting.measures import Interval


@dataclass(frozen=True, slots=True)
class Band:
    """Schools whose forecast lay between two likelihoods, and to how many of them it came."""

    words: str
    schools: int
    expected: float
    came: int


@dataclass(frozen=True, slots=True)
class Row:
    """How one model did."""

    kind: str
    label: str
    figures: Mapping[str, Interval]
    better_than_progress: Interval | None
    """Difference of AUC to progress only, in the same draws."""
    better_than_logistic: Interval | None
    good_before: float
    """AUC among schools that were good or outstanding before."""
    weighted: float
    """AUC when every school counts as if all had been inspected alike."""
    lead_months: float | None
    """Half of the caught schools (riskiest fifth) were inspected later than so many months after the day."""
    groups: tuple[Group, ...]
    opportunity_gap: float | None
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Backtest:
    """Everything that is printed of a back-test."""

    phase: str
    target: str
    asked: str
    cutoff: str
    until: str
    seed: int
    draws: int
    schools_on_the_day: int
    inspected: int
    came: int
    good_before: int
    good_before_came: int
    ceilings: Mapping[str, float]
    past: tuple[tuple[str, int, float], ...]
    known: Mapping[str, float]
    """Share of the schools asked about for which each number was known."""
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    used: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]
    versions: Mapping[str, str]

    @property
    def base_rate(self) -> float:
        """Share of the schools to which it came."""
        return self.came / self.inspected

    def row(self, kind: Kind) -> Row | None:
        """Return how a model did, if it could be fitted."""
        return next((one for one in self.rows if one.kind == kind.value), None)


def text_of(found: Backtest) -> str:
    """Return the record as JSON, the same text for the same figures; what is no number is null."""
    return json.dumps(_plain(asdict(found)), sort_keys=True, indent=1)


def backtest_from(text: str) -> Backtest:
    """Return the record that `text_of` wrote."""
    content = json.loads(text)
    rows = tuple(_row_from(one) for one in content.pop("rows"))
    for name in ("past", "left_out"):
        content[name] = tuple(tuple(one) for one in content[name])
    for name in ("notes", "used"):
        content[name] = tuple(content[name])
    return Backtest(rows=rows, **content)


def _row_from(content: dict[str, Any]) -> Row:
    for name in ("good_before", "weighted"):
        content[name] = math.nan if content[name] is None else content[name]
    for name in ("better_than_progress", "better_than_logistic"):
        content[name] = None if content[name] is None else _interval_from(content[name])
    content["figures"] = {name: _interval_from(one) for name, one in content["figures"].items()}
    content["groups"] = tuple(Group(**one) for one in content["groups"])
    content["bands"] = tuple(Band(**one) for one in content["bands"])
    return Row(**content)


def _interval_from(content: dict[str, float | None]) -> Interval:
    values = [content[name] for name in ("value", "low", "high")]
    return Interval(*(math.nan if one is None else one for one in values))


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float | np.floating):
        return None if math.isnan(value) else round(float(value), 6)
    return value


def chosen(found: Backtest) -> tuple[Kind, str]:
    """Return the model to use and why: the simplest that no richer one beats beyond chance."""
    progress, logistic, trees = (found.row(one) for one in (Kind.PROGRESS_ONLY, Kind.LOGISTIC, Kind.TREES))
    kind, because = (
        Kind((progress or logistic or found.rows[0]).kind),
        ("No richer model was better beyond chance in the back-test, so the simplest is used."),
    )
    if logistic is not None and _beats(logistic.better_than_progress):
        kind, because = Kind.LOGISTIC, _because(logistic.better_than_progress, than=Kind.PROGRESS_ONLY)
    if trees is not None:
        by = trees.better_than_logistic if kind is Kind.LOGISTIC else trees.better_than_progress
        if _beats(by):
            return Kind.TREES, _because(by, than=kind)
    return kind, because


def _beats(by: Interval | None) -> bool:
    return by is not None and by.low > 0


def _because(by: Interval | None, *, than: Kind) -> str:
    if by is None:
        return ""
    return (
        f"In the back-test its AUC was {by.value:.3f} higher than that of “{than.label}” "
        f"(95% interval {by.low:.3f} to {by.high:.3f})."
    )
