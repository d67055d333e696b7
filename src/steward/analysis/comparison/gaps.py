"""The gap between two figures, in words that say which way is good."""

from dataclasses import dataclass
from enum import StrEnum

from steward.analysis.indicators.definition import IndicatorDefinition
from steward.vocabulary.rounding import round_half_away


class Side(StrEnum):
    """On which side of the comparator a figure lies, in the sense of the indicator."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Gap:
    """A difference as shown, its words such as "4 percentage points below England", and its side."""

    amount: float
    words: str
    side: Side


def gap(value: float, *, comparator: float, name: str, indicator: IndicatorDefinition) -> Gap:
    """Return the gap of `value` to `comparator`, called `name` in the words (England, Leeds).

    Both are rounded to the decimals of the indicator first, so that a reader can check the sum.
    """
    places = indicator.decimals
    shown, beside = round_half_away(value, places), round_half_away(comparator, places)
    amount = round_half_away(shown - beside, places)
    if amount == 0:
        return Gap(0.0, f"the same as {name}", Side.SAME)
    where = "above" if amount > 0 else "below"
    words = f"{_size(abs(amount), indicator=indicator)} {where} {name}"
    return Gap(amount, words, _side(amount, indicator=indicator))


def _size(size: float, *, indicator: IndicatorDefinition) -> str:
    number = f"{size:,.{indicator.decimals}f}"
    if indicator.unit == "pounds":
        return f"£{number}"
    one = float(number.replace(",", "")) == 1
    words = {
        "percent": " percentage point" if one else " percentage points",
        "points": " point" if one else " points",
        "score": " point" if one else " points",
        "pupils": " pupil" if one else " pupils",
    }
    return number + words.get(indicator.unit, "")


def _side(amount: float, *, indicator: IndicatorDefinition) -> Side:
    if indicator.polarity == "none":
        return Side.NEITHER
    return Side.BETTER if (amount > 0) == (indicator.polarity == "high") else Side.WORSE
