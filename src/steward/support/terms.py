"""School terms as support is planned by: their keys sort in order of time."""

from dataclasses import dataclass
from datetime import date

_WORDS = {1: "Spring", 2: "Summer", 3: "Autumn"}
_FIRST_MONTH = {1: 1, 2: 5, 3: 9}
"""Months from which on a day counts to a term: support is planned by terms, not by the days of a calendar."""


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A term of a calendar year: 1 spring, 2 summer, 3 autumn."""

    year: int
    part: int

    @property
    def key(self) -> str:
        """The text by which it is kept, such as "2026-3"."""
        return f"{self.year}-{self.part}"

    @property
    def words(self) -> str:
        """The term as it is said, such as "Autumn 2026"."""
        return f"{_WORDS[self.part]} {self.year}"

    @property
    def begins(self) -> date:
        """The first day that counts to it."""
        return date(self.year, _FIRST_MONTH[self.part], 1)

    def after(self, terms: int = 1) -> "Term":
        """Return the term so many terms later."""
        place = self.year * 3 + self.part - 1 + terms
        return Term(place // 3, place % 3 + 1)


def term_on(day: date) -> Term:
    """Return the term a day counts to; August counts to the summer."""
    return Term(day.year, max(part for part, month in _FIRST_MONTH.items() if month <= day.month))


def term_of(key: str) -> Term | None:
    """Return the term with a key, None where it is none."""
    year, _, part = key.partition("-")
    right = year.isascii() and year.isdigit() and len(year) == 4 and part in ("1", "2", "3")
    return Term(int(year), int(part)) if right and int(year) >= 1990 else None


def term_in_words(key: str) -> str:
    """Return a kept term as it is said."""
    found = term_of(key)
    return found.words if found else key


def terms_ahead(day: date, *, count: int = 6) -> tuple[Term, ...]:
    """Return the term of a day and those after it."""
    now = term_on(day)
    return tuple(now.after(number) for number in range(count))
