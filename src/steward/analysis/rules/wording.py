"""How numbers, years and lists are written in sentences of the policy and of explanations."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from steward.analysis.indicators.definition import IndicatorDefinition
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.rounding import round_half_away

_MINUS = "\N{MINUS SIGN}"
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def amount(number: float, *, of: IndicatorDefinition) -> str:
    """Return a value of the indicator with its unit and decimals, such as 54.3% or £1,200."""
    return _with_unit(signed(f"{round_half_away(number, of.decimals):,.{of.decimals}f}"), of=of)


def limit(number: float, *, of: IndicatorDefinition) -> str:
    """Return a threshold as it was written, without decimals it does not need: 65%, 0.5."""
    return _with_unit(signed(f"{number:,.10g}"), of=of)


def gap(number: float, *, of: IndicatorDefinition) -> str:
    """Return a difference between two values: 5 percentage points, 0.5 points, £100."""
    written = signed(f"{number:,.10g}")
    if of.unit == "pounds":
        return _with_unit(written, of=of)
    unit = {"percent": "percentage point", "points": "point", "score": "point", "pupils": "pupil"}.get(
        of.unit
    )
    if unit is None:
        return written
    return f"{written} {unit}" if number == 1 else f"{written} {unit}s"


def signed(written: str) -> str:
    """Return a number with a minus sign instead of a hyphen, and with none before nothing but zeros."""
    if not written.startswith("-"):
        return written
    return f"{_MINUS}{written[1:]}" if written.strip("-0.,") else written[1:]


def _with_unit(written: str, *, of: IndicatorDefinition) -> str:
    if of.unit == "percent":
        return f"{written}%"
    if of.unit == "pounds":
        return f"{_MINUS}£{written[1:]}" if written.startswith(_MINUS) else f"£{written}"
    return f"{written} pupils" if of.unit == "pupils" else written


def quoted(indicator: IndicatorDefinition) -> str:
    """Return the title of the indicator in quotation marks."""
    return f"“{indicator.title}”"


@lru_cache(maxsize=256)
def year(period: int) -> str:
    """Return an academic year in words, 2018 to 2019."""
    return str(AcademicYear(period))


@lru_cache(maxsize=8192)
def day(on: date) -> str:
    """Return a date in words, 31 December 2013."""
    return f"{on.day} {on:%B %Y}"


def count(number: int) -> str:
    """Return a small number in words."""
    return _COUNTS[number] if number < len(_COUNTS) else str(number)


def listed(items: Iterable[str], *, last: str) -> str:
    """Return items as a list in a sentence: a, b or c."""
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def denied(sentence: str) -> str:
    """Return a sentence that says that another is not so."""
    return f"it is not so that {sentence}"


def pupils(number: float) -> str:
    """Return a number of pupils: 1 pupil, 1,200 pupils."""
    return f"{number:,.0f} pupil{'s' if number != 1 else ''}"


def aside(cohort: float | None, *, size: str = "", predecessor: int | None = None) -> str:
    """Return " (30 pupils, under its earlier URN 107866)", with what is known of it, else nothing.

    `size`, when given, is said in place of the number of pupils.
    """
    parts = [size] if size else [] if cohort is None else [pupils(cohort)]
    if predecessor is not None:
        parts.append(f"under its earlier URN {predecessor}")
    return f" ({', '.join(parts)})" if parts else ""
