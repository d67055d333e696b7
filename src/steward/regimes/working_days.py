"""Working days and clear days of England, and the dates that clocks of the law end on."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import holidays

from steward.definitions import FOLDER
from steward.definitions.reading import Definition, read_definitions

_SATURDAY = 5


class OutsideCalendar(ValueError):
    """A day lies in a year whose bank holidays are not known; the message says which years are."""


class CalendarDefinition(Definition):
    """Which days are no working days, beside Saturdays and Sundays."""

    source_url: str
    about: str
    known_from: int
    known_to: int
    additional: tuple[date, ...] = ()
    """Bank holidays proclaimed since the list that is shipped was made."""
    removed: tuple[date, ...] = ()


def read_calendars(folders: tuple[Path, ...] = (FOLDER / "calendars",)) -> dict[str, CalendarDefinition]:
    """Return every calendar by id."""
    return read_definitions(folders, CalendarDefinition)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days of the years from `first` to `last`; `bank_holidays` are none of them."""

    bank_holidays: frozenset[date]
    first: int
    last: int

    def is_working(self, day: date) -> bool:
        """Return whether `day` is a working day. Raises OutsideCalendar."""
        if not self.first <= day.year <= self.last:
            raise OutsideCalendar(
                f"{day:%-d %B %Y} lies outside the years whose bank holidays are known "
                f"({self.first} to {self.last}); check gov.uk/bank-holidays "
                "and extend definitions/calendars/england.yaml."
            )
        return day.weekday() < _SATURDAY and day not in self.bank_holidays

    def after(self, day: date, *, working_days: int) -> date:
        """Return the day that is the given number of working days after `day`, which is not counted.

        A period "to the fifteenth working day following that day" ends on `after(day, working_days=15)`.
        Raises OutsideCalendar.
        """
        return self._stepped(day, working_days=working_days, step=1)

    def before(self, day: date, *, working_days: int) -> date:
        """Return the day that is the given number of working days before `day`. Raises OutsideCalendar."""
        return self._stepped(day, working_days=working_days, step=-1)

    def clear_before(self, day: date, *, clear_days: int) -> date:
        """Return the last day on which papers may be opened for a meeting on `day`.

        Clear days are working days between the two, neither of them counted. Raises OutsideCalendar.
        """
        return self.before(day, working_days=clear_days + 1)

    def between(self, start: date, end: date) -> int:
        """Return how many working days come after `start` up to and with `end`; none where it is earlier."""
        days = (start + timedelta(days=count) for count in range(1, (end - start).days + 1))
        return sum(self.is_working(day) for day in days)

    def _stepped(self, day: date, *, working_days: int, step: int) -> date:
        if working_days < 0:
            raise ValueError(f"{working_days} working days cannot be counted; give none or more.")
        left, reached = working_days, day
        while left:
            reached += timedelta(days=step)
            left -= self.is_working(reached)
        return reached


def months_after(day: date, *, months: int) -> date:
    """Return the corresponding date some months after `day`, or the last day of a shorter month.

    Source: the corresponding date rule for periods of months in notices (Dodds v Walker, 1981).
    """
    whole = day.year * 12 + day.month - 1 + months
    year, month = divmod(whole, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


@lru_cache(maxsize=4)
def working_days(name: str = "england") -> WorkingDays:
    """Return the working days of the calendar called `name`."""
    definition = read_calendars()[name]
    years = range(definition.known_from, definition.known_to + 1)
    listed = set(holidays.country_holidays("GB", subdiv="ENG", years=years))
    days = (listed | set(definition.additional)) - set(definition.removed)
    return WorkingDays(frozenset(days), definition.known_from, definition.known_to)
