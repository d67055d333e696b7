"""Intervals of shares, counts, means and differences of shares: how far chance alone could move a figure."""

import math
from dataclasses import dataclass
from statistics import NormalDist

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Interval:
    """A range from `low` to `high`, in the unit of the figure it belongs to."""

    low: float
    high: float

    def times(self, factor: float) -> "Interval":
        """Return the range with both ends multiplied by `factor`, which is above zero."""
        return Interval(self.low * factor, self.high * factor)


def share_interval(count: int, *, pupils: int, confidence: float = CONFIDENCE) -> Interval:
    """Return the Wilson score interval of the share `count` of `pupils`, between 0 and 1.

    Raises ValueError where there are no pupils, or the count is not between none and all of them.
    Source: E. B. Wilson, Probable inference (1927); the method of the public health indicators of England
    (PHEindicatormethods, phe_proportion).
    """
    _refuse_impossible(count, pupils=pupils)
    z = _quantile(confidence)
    share = count / pupils
    middle = share + z * z / (2 * pupils)
    reach = z * math.sqrt(share * (1 - share) / pupils + z * z / (4 * pupils * pupils))
    whole = 1 + z * z / pupils
    low = 0.0 if count == 0 else (middle - reach) / whole
    high = 1.0 if count == pupils else (middle + reach) / whole
    return Interval(low, high)


def count_interval(count: int, *, confidence: float = CONFIDENCE) -> Interval:
    """Return the interval of a count of independent events by Byar's method, in events.

    Raises ValueError for a count below zero. Source: Breslow and Day, Statistical methods in cancer
    research, volume 2 (1987); the method of PHEindicatormethods, byars_lower and byars_upper.
    """
    if count < 0:
        raise ValueError(f"A count of {count} is below zero; count events from 0.")
    z = _quantile(confidence)
    more = count + 1
    low = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3 if count else 0.0
    return Interval(low, more * (1 - 1 / (9 * more) + z / (3 * math.sqrt(more))) ** 3)


def share_difference_interval(
    count: int,
    *,
    pupils: int,
    other_count: int,
    other_pupils: int,
    confidence: float = CONFIDENCE,
) -> Interval:
    """Return the interval of one share less another of other pupils, between -1 and 1.

    It is Newcombe's hybrid of two Wilson score intervals, and holds for small groups. Raises ValueError as
    `share_interval` does. Source: R. G. Newcombe, Interval estimation for the difference between
    independent proportions, Statistics in Medicine 17 (1998), method 10.
    """
    one = share_interval(count, pupils=pupils, confidence=confidence)
    other = share_interval(other_count, pupils=other_pupils, confidence=confidence)
    share, other_share = count / pupils, other_count / other_pupils
    difference = share - other_share
    down = math.hypot(share - one.low, other.high - other_share)
    up = math.hypot(one.high - share, other_share - other.low)
    return Interval(difference - down, difference + up)


def mean_interval(mean: float, *, spread: float, pupils: int, quantile: float) -> Interval:
    """Return the interval of the mean of `pupils` whose scores have the standard deviation `spread`.

    Mean, spread and interval are in the unit of the score. The spread is that of pupils across England, as
    in the limits of Progress 8 and of progress at key stage 2; the interval reaches `quantile` standard
    errors each way, 1.96 for 95% in the published limits of Progress 8.
    Raises ValueError where there are no pupils or the spread is below zero. Source: Secondary
    accountability measures, and Primary school accountability (Department for Education).
    """
    if pupils < 1:
        raise ValueError(f"A mean of {pupils} pupils has no interval; at least one pupil is needed.")
    if spread < 0:
        raise ValueError(f"A spread of {spread} is below zero; give a standard deviation.")
    reach = quantile * spread / math.sqrt(pupils)
    return Interval(mean - reach, mean + reach)


def mean_difference_interval(
    difference: float, *, spread: float, pupils: int, other_pupils: int, quantile: float
) -> Interval:
    """Return the interval of the mean of one group of pupils less that of another, in the unit of the score.

    No pupil is in both groups; `spread` and `quantile` are as in `mean_interval`. Raises ValueError as that
    does. Source: the variance of a difference of two independent means, spread squared (1/n1 + 1/n2).
    """
    one = mean_interval(0.0, spread=spread, pupils=pupils, quantile=quantile)
    other = mean_interval(0.0, spread=spread, pupils=other_pupils, quantile=quantile)
    reach = math.hypot(one.high, other.high)
    return Interval(difference - reach, difference + reach)


def _quantile(confidence: float) -> float:
    if not 0 < confidence < 1:
        raise ValueError(f"A confidence of {confidence} is not between 0 and 1, such as 0.95.")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _refuse_impossible(count: int, *, pupils: int) -> None:
    if pupils < 1:
        raise ValueError(f"A share of {pupils} pupils has no interval; at least one pupil is needed.")
    if not 0 <= count <= pupils:
        raise ValueError(f"{count} of {pupils} pupils is no share; count between none and all of them.")
