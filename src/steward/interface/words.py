"""How numbers, dates and missing values are written, everywhere the same.

Percent with the decimals of the indicator, money to the pound with commas, a true minus sign,
days as "3 July 2026". A missing value is written with the words of its reason.
"""

import math
from datetime import date, datetime
from typing import Protocol

from django.utils import timezone

from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import Known, Reason, Value

MINUS = "\N{MINUS SIGN}"


class Measured(Protocol):
    """What must be known of an indicator to write its values."""

    @property
    def unit(self) -> str:
        """One of percent, points, score, ratio, pounds, pupils."""

    @property
    def decimals(self) -> int:
        """How many decimals are shown."""


def number(amount: float, *, decimals: int = 0) -> str:
    """Return the number rounded half away from zero, with commas and a true minus sign."""
    if not math.isfinite(amount):
        return Reason.UNREADABLE.label
    rounded = round_half_away(amount, decimals)
    return f"{rounded:,.{decimals}f}".replace("-", MINUS)


def signed(amount: float, *, decimals: int = 0) -> str:
    """Return the number with a plus or minus sign, for changes and differences."""
    text = number(amount, decimals=decimals)
    return f"+{text}" if round_half_away(amount, decimals) > 0 else text


def with_unit(text: str, *, unit: str) -> str:
    """Return the written number with its unit: 64.5%, £4,532; other units stand in the heading."""
    if unit == "pounds":
        return f"{MINUS}£{text[1:]}" if text.startswith(MINUS) else f"£{text}"
    return f"{text}%" if unit == "percent" else text


def share(part: float, *, whole: float) -> str:
    """Return a part of a whole in whole percent, such as 69%; the words of the reason where there is none."""
    if whole <= 0:
        return Reason.NOT_RECORDED.label
    return with_unit(number(100 * part / whole), unit="percent")


def value_in_words(value: Value, *, measured: Measured) -> str:
    """Return a known value with its unit, or the words of the reason it is missing."""
    if not isinstance(value, Known):
        return value.reason.label
    text = number(value.value, decimals=measured.decimals)
    return with_unit(text, unit=measured.unit) if math.isfinite(value.value) else text


def ends_in_words(ends: tuple[float, float], *, measured: Measured) -> tuple[str, str]:
    """Return the lower and the upper end of an interval, each with its unit.

    Shares have at least one decimal, so that an end is seen to lie apart from a rounded figure beside it.
    """
    decimals = max(measured.decimals, 1) if measured.unit == "percent" else measured.decimals
    low, high = (with_unit(number(end, decimals=decimals), unit=measured.unit) for end in ends)
    return low, high


def interval_in_words(ends: tuple[float, float], *, measured: Measured) -> str:
    """Return a 95% interval as "95% interval 42.3% to 64.6%"."""
    low, high = ends_in_words(ends, measured=measured)
    return f"95% interval {low} to {high}"


def day(moment: date | datetime | None) -> str:
    """Return a day as "3 July 2026", in local time; "Not recorded" for None."""
    if moment is None:
        return Reason.NOT_RECORDED.label
    local = timezone.localtime(moment) if isinstance(moment, datetime) and moment.tzinfo else moment
    return f"{local.day} {local:%B %Y}"


def clock(moment: datetime) -> str:
    """Return a time of day as "9:30am", in local time."""
    local = timezone.localtime(moment)
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def day_and_time(moment: datetime | None) -> str:
    """Return a moment as "3 July 2026 at 9:30am", in local time; "Not recorded" for None."""
    return Reason.NOT_RECORDED.label if moment is None else f"{day(moment)} at {clock(moment)}"


def counted(count: int, *, one: str, many: str = "") -> str:
    """Return "1 school" or "1,204 schools"; `many` is `one` with an s unless given."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"
