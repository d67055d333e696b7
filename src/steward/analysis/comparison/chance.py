"""Whether chance alone could explain that a school's figure differs from England's."""

import math
from dataclasses import dataclass
from enum import StrEnum

from steward.analysis.comparison.intervals import Interval, mean_interval, share_interval
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import Known

_AVERAGE = 0.0
"""The average of a progress score, by the way it is made; published bands are beside it."""

_EVEN, _NEARLY_CERTAIN = 0.5, 0.99
_AS_LIKELY_AS_NOT = 54
"""Up to so many percent nothing is said of the side."""


class Chance(StrEnum):
    """Whether chance could explain a difference."""

    UNLIKELY = "unlikely"
    POSSIBLE = "possible"
    TOO_FEW = "too_few"


_CLAUSES = {
    Chance.UNLIKELY: "and unlikely to be chance",
    Chance.POSSIBLE: "but chance could explain it",
}


@dataclass(frozen=True, slots=True)
class ChanceFinding:
    """The 95% interval of a figure in its own unit, and what it says of the difference from England.

    `interval` is None where none is published or can be worked out; `chance` where nothing can be said of
    it, or the two figures are the same. `published` tells an interval that was printed from one
    worked out here.
    """

    interval: Interval | None
    published: bool
    chance: Chance | None
    words: str
    """Such as "Below England, but chance could explain it"; empty where nothing can be said."""


def chance_of(
    value: Known,
    *,
    indicator: IndicatorDefinition,
    period: int,
    england: float | None,
    limits: Interval | None = None,
) -> ChanceFinding:
    """Return whether chance could explain that `value` of the year `period` differs from `england`.

    Both are in the unit of the indicator; `limits` is the published 95% interval, used where there is one.
    A share of pupils has its Wilson interval, a mean the one that follows from the spread of pupils in the
    definition of the indicator. England's figure rests on so many pupils that it counts as exact. Chance
    is unlikely only where the interval leaves out England's figure, and for a score of progress zero too,
    so that it never says more than the published bands; an interval that ends at it could be chance.
    """
    small = value.cohort is not None and value.cohort < max(indicator.minimum_cohort, 1)
    worked_out = None if small else _interval(value, indicator=indicator, period=period)
    interval = limits or worked_out
    published = limits is not None
    if small:
        return ChanceFinding(interval, published, Chance.TOO_FEW, "Too few pupils to say")
    if interval is None or england is None:
        return ChanceFinding(interval, published, None, "")
    shown, beside = (round_half_away(one, indicator.decimals) for one in (value.value, england))
    if shown == beside:
        return ChanceFinding(interval, published, None, "The same as England")
    marks = (england,) if indicator.share_of_pupils else (england, _AVERAGE)
    apart = interval.low > max(marks) or interval.high < min(marks)
    chance = Chance.UNLIKELY if apart else Chance.POSSIBLE
    where = "Above" if shown > beside else "Below"
    return ChanceFinding(interval, published, chance, f"{where} England, {_CLAUSES[chance]}")


def belief_in_words(estimate: str, *, below: float, beside: str) -> str:
    """Return what is believed of a school once its few pupils are weighed, in one sentence.

    `estimate` is the believed value as written, `below` the probability that the true value is below that
    of `beside` (England, or "special schools in England").
    """
    lower = below >= _EVEN
    probable = below if lower else 1 - below
    side = "below" if lower else "above"
    how = _how_likely(probable)
    return (
        f"Weighed against how schools of its phase differ, the best estimate is {estimate}, and it is {how} "
        f"that its true level is {side} {beside}."
    )


def _how_likely(probability: float) -> str:
    percent = math.floor(100 * probability)
    if probability > _NEARLY_CERTAIN:
        return "more than 99% likely"
    return "as likely as not" if percent <= _AS_LIKELY_AS_NOT else f"{percent}% likely"


def _interval(value: Known, *, indicator: IndicatorDefinition, period: int) -> Interval | None:
    if value.cohort is None or not math.isfinite(value.value):
        return None
    pupils = round(value.cohort)
    if indicator.share_of_pupils:
        return _share_interval(value.value, pupils=pupils)
    spread = indicator.pupil_spread_in(period)
    if spread is None:
        return None
    return mean_interval(value.value, spread=spread.deviation, pupils=pupils, quantile=spread.quantile)


def _share_interval(percent: float, *, pupils: int) -> Interval | None:
    """Return the interval in percent, from the number of pupils nearest to the printed share."""
    if not 0 <= percent <= 100:
        return None
    count = int(round_half_away(percent * pupils / 100))
    return share_interval(count, pupils=pupils).times(100)
