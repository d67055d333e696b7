"""What is believed of a school after its few pupils are weighed against how schools ordinarily differ.

A figure on few pupils says little, so the estimate lies between it and what schools of the phase reach
(empirical Bayes). How much schools differ is estimated from all of them at once. Means have a
normal-normal model. Shares have a beta-binomial one rather than a normal model on the arcsine scale: it
stays between 0 and 1, is exact for the counts of small schools, and gives mean and deviation in the unit
that is shown, while the arcsine scale bends where most pupils succeed, as with destinations.
Arrays hold one number for each school; shares are between 0 and 1.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Numbers = NDArray[np.float64]

_ROUNDS = 8
_LOW_END, _HIGH_END = 0.025, 0.975
_LEAST, _MOST = 1e-6, 1 - 1e-6


@dataclass(frozen=True, slots=True)
class Belief:
    """For each school mean and standard deviation of what is believed, and the ends of its 95% interval."""

    mean: Numbers
    deviation: Numbers
    low: Numbers
    high: Numbers


@dataclass(frozen=True, slots=True)
class SpreadOfMeans:
    """How the true means of schools lie: around `middle` with the standard deviation `tau`."""

    middle: float
    tau: float


@dataclass(frozen=True, slots=True)
class SpreadOfShares:
    """How the true shares of schools lie: a beta distribution with these two parameters."""

    successes: float
    failures: float

    @property
    def middle(self) -> float:
        """The mean of the true shares."""
        return self.successes / (self.successes + self.failures)

    @property
    def deviation(self) -> float:
        """The standard deviation of the true shares."""
        whole = self.successes + self.failures
        return float(np.sqrt(self.middle * (1 - self.middle) / (whole + 1)))


def spread_of_means(values: ArrayLike, *, standard_errors: ArrayLike) -> SpreadOfMeans:
    """Return how the true means of schools lie, from their figures and standard errors.

    The variance between schools is that for which the weighted squares of what is left come out as
    expected (DerSimonian and Laird, 1986, repeated with the weights that follow from it).
    """
    given = np.asarray(values, dtype=np.float64)
    squared = np.asarray(standard_errors, dtype=np.float64) ** 2
    tau_squared = 0.0
    middle = 0.0
    for _ in range(_ROUNDS):
        weights = 1.0 / (squared + tau_squared)
        whole = np.sum(weights)
        middle = float(np.sum(weights * given) / whole)
        left = weights * (1 - weights / whole)
        excess = np.sum(weights * (given - middle) ** 2) - np.sum(left * squared)
        tau_squared = max(0.0, float(excess / np.sum(left))) if len(given) > 1 else 0.0
    return SpreadOfMeans(middle, tau_squared**0.5)


def belief_of_means(values: ArrayLike, *, standard_errors: ArrayLike, spread: SpreadOfMeans) -> Belief:
    """Return what is believed of the mean of each school, in the unit of the values.

    The share of a school's own figure in it is tau squared / (tau squared + squared standard error).
    """
    given = np.asarray(values, dtype=np.float64)
    squared = np.asarray(standard_errors, dtype=np.float64) ** 2
    kept = own_share(squared, tau=spread.tau)
    mean = spread.middle + kept * (given - spread.middle)
    deviation = spread.tau * np.sqrt(1 - kept)
    reach = special.ndtri(_HIGH_END) * deviation
    return Belief(mean, deviation, mean - reach, mean + reach)


def own_share(squared_errors: Numbers, *, tau: float) -> Numbers:
    """Return how much of an estimate is the school's own figure, 0 to 1."""
    if tau <= 0:
        return np.zeros_like(squared_errors)
    found: Numbers = tau**2 / (tau**2 + squared_errors)
    return found


def mean_is_below(threshold: ArrayLike, *, belief: Belief) -> Numbers:
    """Return for each school the probability that its true mean lies below the threshold."""
    away = np.asarray(threshold, dtype=np.float64) - belief.mean
    certain = np.where(away > 0, 1.0, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Numbers = np.where(belief.deviation > 0, special.ndtr(away / belief.deviation), certain)
    return found


def spread_of_shares(counts: ArrayLike, *, pupils: ArrayLike) -> SpreadOfShares:
    """Return how the true shares of schools lie, from how many of how many pupils succeeded in each.

    By moments with the weights that follow from the spread, repeated (J. C. Kleinman, JASA 68, 1973).
    Schools that differ no more than by chance have a very narrow spread.
    """
    sizes = np.asarray(pupils, dtype=np.float64)
    shares = np.asarray(counts, dtype=np.float64) / sizes
    likeness, middle = 0.0, 0.5
    for _ in range(_ROUNDS):
        weights = sizes / (1 + (sizes - 1) * likeness)
        whole = np.sum(weights)
        middle = float(np.clip(np.sum(weights * shares) / whole, _LEAST, _MOST))
        left = weights * (1 - weights / whole)
        by_chance, all_of_it = np.sum(left / sizes), np.sum(left)
        seen = np.sum(weights * (shares - middle) ** 2) / (middle * (1 - middle))
        room = all_of_it - by_chance
        likeness = float(np.clip((seen - by_chance) / room, _LEAST, _MOST)) if room > 0 else _LEAST
    whole_prior = 1 / likeness - 1
    return SpreadOfShares(middle * whole_prior, (1 - middle) * whole_prior)


def belief_of_shares(counts: ArrayLike, *, pupils: ArrayLike, spread: SpreadOfShares) -> Belief:
    """Return what is believed of the share of each school, 0 to 1."""
    ups, downs = _posterior(counts, pupils=pupils, spread=spread)
    whole = ups + downs
    mean = ups / whole
    deviation = np.sqrt(mean * (1 - mean) / (whole + 1))
    return Belief(
        mean, deviation, special.betaincinv(ups, downs, _LOW_END), special.betaincinv(ups, downs, _HIGH_END)
    )


def share_is_below(
    threshold: ArrayLike, *, counts: ArrayLike, pupils: ArrayLike, spread: SpreadOfShares
) -> Numbers:
    """Return for each school the probability that its true share lies below the threshold."""
    ups, downs = _posterior(counts, pupils=pupils, spread=spread)
    found: Numbers = special.betainc(ups, downs, np.asarray(threshold, dtype=np.float64))
    return found


def drift_between(belief: Belief, *, later: ArrayLike, later_errors: ArrayLike) -> float:
    """Return how far the true level of a school moves to the next year: a standard deviation, in their unit.

    `later` are the figures of the same schools a year on, less what all of them moved, and `later_errors`
    their standard errors by chance. What is believed of one year says so much less of the next; 0 where
    chance explains what moved.
    """
    moved = np.asarray(later, dtype=np.float64) - belief.mean
    explained = belief.deviation**2 + np.asarray(later_errors, dtype=np.float64) ** 2
    return float(np.sqrt(max(0.0, float(np.mean(moved**2 - explained)))))


def tails_of_counts(counts: ArrayLike, *, pupils: ArrayLike, spread: SpreadOfShares) -> Numbers:
    """Return for each school twice the chance of a count as far out, among schools that differ as `spread`.

    It is the smaller tail of the beta-binomial distribution, the count itself included; 1 at most.
    """
    given, sizes = np.asarray(counts, dtype=np.float64), np.asarray(pupils, dtype=np.float64)
    lower = given <= sizes * spread.middle
    ends = np.where(lower, given, sizes - given)
    ups = np.where(lower, spread.successes, spread.failures)[:, None]
    downs = np.where(lower, spread.failures, spread.successes)[:, None]
    steps, whole = np.arange(int(np.max(ends, initial=0)) + 1)[None, :], sizes[:, None]
    inside = steps <= ends[:, None]
    left = np.where(inside, whole - steps, 0.0)
    logs = (
        special.betaln(steps + ups, left + downs)
        - special.betaln(ups, downs)
        - special.betaln(steps + 1, left + 1)
        - np.log(whole + 1)
    )
    found: Numbers = np.minimum(2 * np.where(inside, np.exp(logs), 0.0).sum(axis=1), 1.0)
    return found


def _posterior(counts: ArrayLike, *, pupils: ArrayLike, spread: SpreadOfShares) -> tuple[Numbers, Numbers]:
    given, sizes = np.asarray(counts, dtype=np.float64), np.asarray(pupils, dtype=np.float64)
    return spread.successes + given, spread.failures + sizes - given
