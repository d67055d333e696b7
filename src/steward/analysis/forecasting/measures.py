"""How good forecasts were: each figure with the chance that it owes to which authorities were looked at.

Every function takes one number a school: what came (1 or 0), how likely it was said to be, and a weight.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from steward.analysis.forecasting.outcomes import Numbers

_BINS = 10
_TINY = 1e-6
Measure = Callable[[Numbers, Numbers, Numbers], float]


def auc(came: Numbers, said: Numbers, weight: Numbers) -> float:
    """Return how likely a school to which it came had a higher forecast than one to which it did not.

    Ties count half. Not a number where all or none came.
    """
    values, places = np.unique(said, return_inverse=True)
    ups = np.bincount(places, weights=weight * came, minlength=len(values))
    downs = np.bincount(places, weights=weight * (1 - came), minlength=len(values))
    whole = ups.sum() * downs.sum()
    if whole <= 0:
        return float("nan")
    below = np.concatenate([[0.0], np.cumsum(downs)[:-1]])
    return float((ups * (below + downs / 2)).sum() / whole)


def average_precision(came: Numbers, said: Numbers, weight: Numbers) -> float:
    """Return the mean, over schools to which it came, of the share to which it came among those as high."""
    values, places = np.unique(said, return_inverse=True)
    ups = np.bincount(places, weights=weight * came, minlength=len(values))[::-1]
    every = np.bincount(places, weights=weight, minlength=len(values))[::-1]
    if ups.sum() <= 0:
        return float("nan")
    precision = np.cumsum(ups) / np.maximum(np.cumsum(every), _TINY)
    return float((precision * ups).sum() / ups.sum())


def recall_in_riskiest(share: float) -> Measure:
    """Return the measure: of the schools to which it came, the share among the riskiest `share` (0 to 1)."""

    def measured(came: Numbers, said: Numbers, weight: Numbers) -> float:
        values, places = np.unique(said, return_inverse=True)
        ups = np.bincount(places, weights=weight * came, minlength=len(values))[::-1]
        every = np.bincount(places, weights=weight, minlength=len(values))[::-1]
        room = share * every.sum()
        before = np.concatenate([[0.0], np.cumsum(every)[:-1]])
        taken = np.clip((room - before) / np.maximum(every, _TINY), 0, 1)
        return float((ups * taken).sum() / ups.sum()) if ups.sum() > 0 else float("nan")

    return measured


def ceiling(came: Numbers, *, share: float) -> float:
    """Return the most that recall in the riskiest `share` could be: share / base rate, at most 1."""
    base = float(np.mean(came)) if len(came) else 0.0
    return min(1.0, share / base) if base > 0 else float("nan")


def brier(came: Numbers, said: Numbers, weight: Numbers) -> float:
    """Return the weighted mean squared difference; 0 is perfect."""
    return float((weight * (said - came) ** 2).sum() / weight.sum()) if weight.sum() > 0 else float("nan")


def calibration_error(came: Numbers, said: Numbers, weight: Numbers) -> float:
    """Return the expected calibration error over ten groups of equally many schools (ECE); 0 is perfect."""
    if weight.sum() <= 0:
        return float("nan")
    order = np.argsort(said, kind="stable")
    share = np.cumsum(weight[order]) / weight.sum()
    groups = np.minimum((share * _BINS - 1e-9).astype(int), _BINS - 1)
    totals = [
        np.bincount(groups, weights=one[order], minlength=_BINS) for one in (weight * said, weight * came)
    ]
    return float(np.abs(totals[0] - totals[1]).sum() / weight.sum())


def calibration_slope(came: Numbers, said: Numbers, weight: Numbers) -> float:
    """Return the slope of a logistic regression of what came on the log odds said; 1 is perfect."""
    odds = np.log(np.clip(said, _TINY, 1 - _TINY) / np.clip(1 - said, _TINY, 1 - _TINY))
    if weight.sum() <= 0 or np.ptp(odds) < _TINY or not 0 < (weight * came).sum() < weight.sum():
        return float("nan")
    return float(line_through(came, odds, weight)[1])


def line_through(came: Numbers, odds: Numbers, weight: Numbers) -> tuple[float, float]:
    """Return intercept and slope of the logistic regression on one number (Newton's method)."""
    design = np.column_stack([np.ones_like(odds), odds])
    found = np.zeros(2)
    for _ in range(50):
        likely = 1 / (1 + np.exp(-np.clip(design @ found, -30, 30)))
        slope = design.T @ (weight * (came - likely))
        bend = (design * (weight * likely * (1 - likely))[:, None]).T @ design + 1e-9 * np.eye(2)
        step = np.linalg.solve(bend, slope)
        found = found + np.clip(step, -5, 5)
        if np.abs(step).max() < 1e-9:
            break
    return float(found[0]), float(found[1])


MEASURES: dict[str, Measure] = {
    "auc": auc,
    "average_precision": average_precision,
    "recall_10": recall_in_riskiest(0.1),
    "recall_20": recall_in_riskiest(0.2),
    "brier": brier,
    "calibration_slope": calibration_slope,
    "calibration_error": calibration_error,
}


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure and the middle 95% of it when authorities are drawn anew."""

    value: float
    low: float
    high: float


class Draws:
    """The same authorities drawn anew, with replacement, for every figure, so that they can be compared."""

    def __init__(self, authority: NDArray[np.str_], *, draws: int, seed: int) -> None:
        names, self._places = np.unique(authority, return_inverse=True)
        generator = np.random.default_rng(seed)
        chances = np.full(len(names), 1 / max(len(names), 1))
        self._counts = (
            generator.multinomial(len(names), chances, size=draws) if len(names) else np.empty((0, 0))
        )

    def of(self, measure: Measure, *, came: Numbers, said: Numbers) -> Numbers:
        """Return the measure in each draw."""
        found = [measure(came, said, counts[self._places].astype(np.float64)) for counts in self._counts]
        return np.array(found)

    def interval(self, measure: Measure, *, came: Numbers, said: Numbers) -> Interval:
        """Return the measure with its interval."""
        return _interval(measure(came, said, np.ones_like(came)), self.of(measure, came=came, said=said))

    def better_by(self, measure: Measure, *, came: Numbers, said: Numbers, other: Numbers) -> Interval:
        """Return by how much a forecast is better than the `other` in the same draws."""
        ones = np.ones_like(came)
        drawn = self.of(measure, came=came, said=said) - self.of(measure, came=came, said=other)
        return _interval(measure(came, said, ones) - measure(came, other, ones), drawn)


def _interval(value: float, drawn: Numbers) -> Interval:
    known = drawn[~np.isnan(drawn)]
    if not len(known):
        return Interval(value, float("nan"), float("nan"))
    low, high = np.quantile(known, (0.025, 0.975))
    return Interval(value, float(low), float(high))
