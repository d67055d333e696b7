"""Whether a change of a figure from one year to the next is more than chance, or than rounding, explains."""

from steward.analysis.comparison.intervals import (
    Interval,
    mean_difference_interval,
    share_difference_interval,
)
from steward.analysis.indicators.change import Point
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import Known

_TINY = 1e-9


def is_beyond_chance(earlier: Point, later: Point, *, indicator: IndicatorDefinition) -> bool:
    """Return whether the 95% interval of the change leaves out no change at all.

    It is Newcombe's for a share of pupils whose numbers are known in both years, and that of two means
    where the definition gives the spread of pupils, of the nearest year it gives. Where there is neither,
    the change must be more than the rounding of both figures explains. A missing figure is never beyond
    chance.
    """
    if not isinstance(earlier.value, Known) or not isinstance(later.value, Known):
        return False
    before, after = earlier.value, later.value
    interval = _interval(before, after, indicator=indicator, period=later.period)
    if interval is not None:
        return interval.low > 0 or interval.high < 0
    places = indicator.decimals
    amount = round_half_away(after.value, places) - round_half_away(before.value, places)
    return abs(amount) > 10.0**-places + _TINY


def is_tested(earlier: Point, later: Point, *, indicator: IndicatorDefinition) -> bool:
    """Return whether a change can be held against chance: both figures and their numbers of pupils are known.

    Where it cannot, `is_beyond_chance` asks only whether rounding explains the change.
    """
    if not isinstance(earlier.value, Known) or not isinstance(later.value, Known):
        return False
    return _interval(earlier.value, later.value, indicator=indicator, period=later.period) is not None


def _interval(before: Known, after: Known, *, indicator: IndicatorDefinition, period: int) -> Interval | None:
    """Return the interval of the later figure less the earlier; None where there is none."""
    sizes = [round(one.cohort) for one in (after, before) if one.cohort is not None and one.cohort >= 1]
    if len(sizes) < 2:
        return None
    if indicator.share_of_pupils:
        return _of_shares(after.value, before.value, sizes=sizes)
    if not indicator.pupil_spreads:
        return None
    spread = min(indicator.pupil_spreads, key=lambda one: abs(one.year - period))
    return mean_difference_interval(
        after.value - before.value,
        spread=spread.deviation,
        pupils=sizes[0],
        other_pupils=sizes[1],
        quantile=spread.quantile,
    )


def _of_shares(now: float, then: float, *, sizes: list[int]) -> Interval | None:
    if not (0 <= now <= 100 and 0 <= then <= 100):
        return None
    pairs = zip((now, then), sizes, strict=True)
    count, other = (int(round_half_away(share * size / 100)) for share, size in pairs)
    return share_difference_interval(count, pupils=sizes[0], other_count=other, other_pupils=sizes[1])
