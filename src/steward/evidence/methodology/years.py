"""Years and days that a definition covers, in words."""

from datetime import date

from steward.interface import words
from steward.vocabulary.academic_year import AcademicYear


def run(first: int, *, last: int) -> str:
    """Return school years by the calendar years of their ends: "2018 to 2019", "2015 to 2019 (4 "
    "years)"."""
    if first == last:
        return str(AcademicYear(first))
    return f"{first - 1} to {last} ({last - first + 1} years)"


def covered(first: date, *, last: date) -> str:
    """Return what lies between two days: school years where they begin and end with one, else the "
    "days."""
    begun, ended = AcademicYear.containing(first), AcademicYear.containing(last)
    if (begun.first_day, ended.last_day) == (first, last):
        return run(begun.ends, last=ended.ends)
    return words.day(first) if first == last else f"{words.day(first)} to {words.day(last)}"
