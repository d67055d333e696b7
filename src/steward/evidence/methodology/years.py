"""Years and days that a definition covers, in words."""

from datetime import date

from steward.interface import words
from steward.vocabulary.academic_year import AcademicYear

_EARLIEST, _LATEST = date(2000, 1, 1), date(2099, 12, 31)
"""Written in a definition for "at any time"."""


def run(first: int, *, last: int) -> str:
    """Return school years by the years of their ends: "2018 to 2019", "2015 to 2019 (4 years)"."""
    if first == last:
        return str(AcademicYear(first))
    return f"{first - 1} to {last} ({last - first + 1} years)"


def days(first: date, *, last: date) -> str:
    """Return a run of days; bounds set so wide that they exclude nothing are any day."""
    if (first, last) == (_EARLIEST, _LATEST):
        return "any day"
    return words.day(first) if first == last else f"{words.day(first)} to {words.day(last)}"


def school_years(first: date, *, last: date) -> str:
    """Return the school years between two days, or the days where they do not begin and end with one."""
    begun, ended = AcademicYear.containing(first), AcademicYear.containing(last)
    if (begun.first_day, ended.last_day) == (first, last):
        return run(begun.ends, last=ended.ends)
    return days(first, last=last)
