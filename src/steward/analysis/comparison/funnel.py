"""Funnels: how far schools of a size may lie from a target by chance, and by the ordinary spread of schools.

Arrays hold one number for each school, all in the same order. Shares are between 0 and 1. Source of the
method: D. J. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24
(2005), and Handling over-dispersion of performance indicators, Quality and Safety in Health Care 14 (2005).
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

WARNING, ALARM = 0.95, 0.998
"""The two limits of a funnel: about 1 in 20 and 1 in 500 schools lie outside by chance."""
_HALVINGS = 25
TRIMMED = 0.1
"""The share of scores at each end that is pulled in before the spread of schools is measured."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The lower and upper limit for each school, in the unit of the figure."""

    low: Numbers
    high: Numbers


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How much more schools differ than chance would make them.

    `phi` is the mean squared score (1 where chance explains all), `tau_squared` the variance between
    schools on the scale of the figures, 0 where they differ no more than by chance; `schools` is how many
    it was measured on.
    """

    phi: float
    tau_squared: float
    schools: int

    @property
    def more_than_chance(self) -> bool:
        """Whether schools differ by more than chance."""
        return self.tau_squared > 0


NO_DISPERSION = Dispersion(1.0, 0.0, 0)


def quantile(level: float) -> float:
    """Return how many standard errors each way hold the share `level` of a normal distribution."""
    if not 0 < level < 1:
        raise ValueError(f"A level of {level} is not between 0 and 1, such as 0.95.")
    return NormalDist().inv_cdf((1 + level) / 2)


def exact_share_limits(pupils: ArrayLike, *, target: float, level: float) -> Limits:
    """Return the limits of shares of schools with `pupils` by quantiles of the binomial distribution.

    Raises ValueError where a school has no pupils or the target is not between 0 and 1.
    """
    sizes = _checked_sizes(pupils, target=target).astype(np.int64)
    tail = (1 - level) / 2
    distinct, where = np.unique(sizes, return_inverse=True)
    ends = np.array(
        [_binomial_quantiles(int(size), share=target, tails=(tail, 1 - tail)) for size in distinct]
    )
    shares = ends / distinct[:, None]
    return Limits(shares[where, 0], shares[where, 1])


def smooth_share_limits(pupils: ArrayLike, *, target: float, level: float) -> Limits:
    """Return the exact limits of shares, moved between whole pupils so that they keep just the share `level`.

    They are what a funnel is drawn with. Raises ValueError as `exact_share_limits` does. Source:
    Spiegelhalter, Funnel plots (2005), appendix A.1.1.
    """
    sizes = _checked_sizes(pupils, target=target).astype(np.int64)
    tail = (1 - level) / 2
    distinct, where = np.unique(sizes, return_inverse=True)
    ends = np.array([_smooth_quantiles(int(size), share=target, tails=(tail, 1 - tail)) for size in distinct])
    shares = np.clip(ends / distinct[:, None], 0.0, 1.0)
    return Limits(shares[where, 0], shares[where, 1])


def wilson_share_limits(pupils: ArrayLike, *, target: float, level: float) -> Limits:
    """Return the limits of shares of schools with `pupils` as the Wilson score interval of the target.

    Raises ValueError as `exact_share_limits` does. Source: funnel plots of the public health indicators of
    England (PHEindicatormethods, calculate_funnel_limits).
    """
    sizes = _checked_sizes(pupils, target=target)
    z = quantile(level)
    middle = target + z * z / (2 * sizes)
    reach = z * np.sqrt(target * (1 - target) / sizes + z * z / (4 * sizes * sizes))
    whole = 1 + z * z / sizes
    return Limits(np.maximum((middle - reach) / whole, 0.0), np.minimum((middle + reach) / whole, 1.0))


def mean_limits(standard_errors: ArrayLike, *, target: float, level: float) -> Limits:
    """Return the limits of means: target and as many standard errors each way as `level` asks."""
    return widened_limits(standard_errors, target=target, level=level, dispersion=NO_DISPERSION)


def widened_limits(
    standard_errors: ArrayLike, *, target: float, level: float, dispersion: Dispersion
) -> Limits:
    """Return limits of means widened by the variance between schools (additive).

    Target and limits are on the scale on which `dispersion` was measured.
    """
    errors = np.asarray(standard_errors, dtype=np.float64)
    reach = quantile(level) * np.sqrt(errors**2 + dispersion.tau_squared)
    return Limits(target - reach, target + reach)


def widened_share_limits(pupils: ArrayLike, *, target: float, level: float, dispersion: Dispersion) -> Limits:
    """Return limits of shares widened by the variance between schools, measured on the arcsine scale."""
    sizes = _checked_sizes(pupils, target=target)
    middle = math.asin(math.sqrt(target))
    found = widened_limits(arcsine_errors(sizes), target=middle, level=level, dispersion=dispersion)
    return Limits(share_of_arcsine(found.low), share_of_arcsine(found.high))


def multiplied_limits(
    standard_errors: ArrayLike, *, target: float, level: float, dispersion: Dispersion
) -> Limits:
    """Return limits of means multiplied by the root of phi, where schools differ by more than chance."""
    errors = np.asarray(standard_errors, dtype=np.float64)
    factor = math.sqrt(dispersion.phi) if dispersion.more_than_chance else 1.0
    reach = quantile(level) * errors * factor
    return Limits(target - reach, target + reach)


def arcsine(shares: ArrayLike) -> Numbers:
    """Return shares on the scale on which their variance does not depend on them."""
    found: Numbers = np.arcsin(np.sqrt(np.clip(np.asarray(shares, dtype=np.float64), 0.0, 1.0)))
    return found


def share_of_arcsine(values: ArrayLike) -> Numbers:
    """Return values of the arcsine scale as shares; beyond its ends they are 0 and 1."""
    found: Numbers = np.sin(np.clip(np.asarray(values, dtype=np.float64), 0.0, math.pi / 2)) ** 2
    return found


def arcsine_errors(pupils: ArrayLike) -> Numbers:
    """Return the standard errors of shares of so many pupils on the arcsine scale: 1 / (2 root n)."""
    found: Numbers = 0.5 / np.sqrt(np.asarray(pupils, dtype=np.float64))
    return found


def weighted_mean(values: ArrayLike, *, standard_errors: ArrayLike) -> float:
    """Return the mean of values weighted by the inverse of their squared standard errors."""
    weights = 1.0 / np.asarray(standard_errors, dtype=np.float64) ** 2
    return float(np.sum(weights * np.asarray(values, dtype=np.float64)) / np.sum(weights))


def dispersion_of(
    values: ArrayLike, *, standard_errors: ArrayLike, target: float, trimmed: float = TRIMMED
) -> Dispersion:
    """Return how much more `values` differ from `target` than their standard errors say.

    This is the method as published: scores beyond the share `trimmed` at each end are pulled in to it, so
    that a few unusual schools do not hide themselves. Fewer than two schools show no dispersion. Source:
    Spiegelhalter (2005), and the code of the health service (FunnelPlotR, od_adjustment). Schools are
    judged by `settled_dispersion`.
    """
    errors = np.asarray(standard_errors, dtype=np.float64)
    schools = len(errors)
    if schools < 2:
        return Dispersion(1.0, 0.0, schools)
    scores = winsorised((np.asarray(values, dtype=np.float64) - target) / errors, share=trimmed)
    squares = float(np.sum(scores**2))
    excess = squares - (schools - 1)
    if excess <= 0:
        return Dispersion(squares / schools, 0.0, schools)
    weights = 1.0 / errors**2
    whole = float(np.sum(weights))
    return Dispersion(squares / schools, excess / (whole - float(np.sum(weights**2)) / whole), schools)


def settled_dispersion(
    values: ArrayLike, *, standard_errors: ArrayLike, target: float, trimmed: float = TRIMMED
) -> Dispersion:
    """Return the dispersion with which the scores that count it differ as much as a normal distribution.

    Pulling in scores makes schools look more alike than they are: by the published method one in eight, not
    one in twenty, of schools that only differ as schools do lies outside the 95% limits. Here the variance
    between schools is the one for which the pulled-in scores, that variance counted, have the squares which
    pulling in leaves of a normal distribution. Source: the equation of R. C. Paule and J. Mandel (1982).
    """
    errors = np.asarray(standard_errors, dtype=np.float64)
    away = np.asarray(values, dtype=np.float64) - target
    schools = len(errors)
    if schools < 2:
        return Dispersion(1.0, 0.0, schools)
    expected = _left_of_squares(trimmed)

    def squares(variance: float) -> float:
        scores = winsorised(away / np.sqrt(errors**2 + variance), share=trimmed)
        return float(np.mean(scores**2)) / expected

    phi = squares(0.0)
    if phi * schools <= schools - 1:
        return Dispersion(phi, 0.0, schools)
    low, high = 0.0, float(np.max(away**2))
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if squares(middle) > 1 else (low, middle)
    return Dispersion(phi, high, schools)


def _left_of_squares(trimmed: float) -> float:
    """Return the mean square of a standard normal score after pulling in the share `trimmed` at each end."""
    if trimmed <= 0:
        return 1.0
    end = NormalDist().inv_cdf(1 - trimmed)
    return 1 - 2 * trimmed - 2 * end * NormalDist().pdf(end) + 2 * trimmed * end**2


def winsorised(scores: Numbers, *, share: float) -> Numbers:
    """Return scores with those beyond the quantiles `share` and 1 - `share` pulled in to them."""
    if share <= 0:
        return scores
    low, high = np.quantile(scores, (share, 1 - share))
    found: Numbers = np.clip(scores, low, high)
    return found


def scores_of(
    values: ArrayLike, *, standard_errors: ArrayLike, target: float, dispersion: Dispersion = NO_DISPERSION
) -> Numbers:
    """Return how many standard errors each value lies from the target, the spread of schools included."""
    errors = np.asarray(standard_errors, dtype=np.float64)
    away = np.asarray(values, dtype=np.float64) - target
    found: Numbers = away / np.sqrt(errors**2 + dispersion.tau_squared)
    return found


def _checked_sizes(pupils: ArrayLike, *, target: float) -> Numbers:
    sizes = np.asarray(pupils, dtype=np.float64)
    if sizes.size and float(np.min(sizes)) < 1:
        raise ValueError("A school with no pupils has no limits; leave it out.")
    if not 0 < target < 1:
        raise ValueError(f"A target share of {target} is not between 0 and 1; give 0.61 for 61%.")
    return sizes


def _binomial_quantiles(size: int, *, share: float, tails: tuple[float, ...]) -> list[int]:
    """Return for each tail the fewest pupils whose cumulative probability reaches it."""
    reached = _cumulative(size, share=share)
    return [int(np.searchsorted(reached, tail * (1 - 1e-12))) for tail in tails]


def _smooth_quantiles(size: int, *, share: float, tails: tuple[float, ...]) -> list[float]:
    reached = _cumulative(size, share=share)
    found = []
    for count, tail in zip(_binomial_quantiles(size, share=share, tails=tails), tails, strict=True):
        before = float(reached[count - 1]) if count else 0.0
        found.append(count - (float(reached[count]) - tail) / (float(reached[count]) - before))
    return found


def _cumulative(size: int, *, share: float) -> Numbers:
    """Return the probability of so many pupils or fewer, from none to all of `size`."""
    counts = np.arange(size + 1)
    factorials = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, size + 1)))))
    logs = (
        factorials[size]
        - factorials
        - factorials[::-1]
        + counts * math.log(share)
        + (size - counts) * math.log1p(-share)
    )
    found: Numbers = np.cumsum(np.exp(logs))
    return found
