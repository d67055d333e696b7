"""How numbers, years and lists are written in sentences of the policy and of explanations."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from steward.analysis.indicators.definition import IndicatorDefinition
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.rounding import round_half_away

_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def amount(number: float, *, of: IndicatorDefinition) -> str:
    """Return a value of the indicator with its unit and decimals, such as 54.3% or £1,200."""
    return _with_unit(f"{round_half_away(number, of.decimals):,.{of.decimals}f}", of=of)


def limit(number: float, *, of: IndicatorDefinition) -> str:
    """Return a threshold as it was written, without decimals it does not need: 65%, -0.5."""
    return _with_unit(f"{number:,.10g}", of=of)


def gap(number: float, *, of: IndicatorDefinition) -> str:
    """Return a difference between two values: 5 percentage points, 0.5 points, £100."""
    written = f"{number:,.10g}"
    if of.unit == "pounds":
        return f"£{written}"
    unit = {"percent": "percentage point", "points": "point", "score": "point", "pupils": "pupil"}.get(
        of.unit
    )
    if unit is None:
        return written
    return f"{written} {unit}" if number == 1 else f"{written} {unit}s"


def _with_unit(written: str, *, of: IndicatorDefinition) -> str:
    if of.unit == "percent":
        return f"{written}%"
    if of.unit == "pounds":
        return f"-£{written[1:]}" if written.startswith("-") else f"£{written}"
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


def pupils(cohort: float | None) -> str:
    """Return " (30 pupils)" for a known cohort, else nothing."""
    return "" if cohort is None else f" ({cohort:,.0f} pupil{'s' if cohort != 1 else ''})"
