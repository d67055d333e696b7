"""The half terms of a school year: typical days, or the days of the authority."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from steward.definitions import FOLDER
from steward.definitions.reading import Definition, Part, read_definitions

_LEAP = 2000


class TypicalHalfTerm(Part):
    """The day, as month and day, on which a half term begins each year."""

    title: str
    begins: str = Field(pattern=r"^\d\d-\d\d$")

    def first_day_in(self, year: int) -> date:
        """Return the day in a calendar year. Raises ValueError for a day that is none."""
        month, day = self.begins.split("-")
        return date(year, int(month), int(day))


class NamedHalfTerm(Part):
    """A half term of one year by its days; the holiday after it counts to it."""

    title: str
    begins: date
    ends: date


class HalfTerms(Definition):
    """When half terms begin each year, and the days of single years where the authority names them."""

    about: str
    typical: tuple[TypicalHalfTerm, ...] = Field(min_length=2)
    named: tuple[NamedHalfTerm, ...] = ()

    @model_validator(mode="after")
    def _are_days(self) -> Self:
        for one in self.typical:
            one.first_day_in(_LEAP)
        if any(one.ends < one.begins for one in self.named):
            raise ValueError("a half term ends before it begins")
        return self


@dataclass(frozen=True, slots=True)
class HalfTerm:
    """One half term of one year, with its first and last day."""

    title: str
    begins: date
    ends: date
    is_typical: bool
    """Whether the days are typical ones rather than the authority's own."""


def half_term_of(day: date, *, terms: HalfTerms) -> HalfTerm:
    """Return the half term in which a day lies."""
    for one in terms.named:
        if one.begins <= day <= one.ends:
            return HalfTerm(one.title, one.begins, one.ends, is_typical=False)
    firsts = sorted(_firsts(terms, around=day.year), key=lambda first: first[0])
    place = max(index for index, first in enumerate(firsts) if first[0] <= day)
    begins, title = firsts[place]
    return HalfTerm(title, begins, firsts[place + 1][0] - timedelta(days=1), is_typical=True)


def read_half_terms(folders: Iterable[Path] = (FOLDER / "terms",)) -> dict[str, HalfTerms]:
    """Return every calendar of half terms by id; a later folder replaces an earlier id."""
    return read_definitions(folders, HalfTerms)


def _firsts(terms: HalfTerms, *, around: int) -> Iterator[tuple[date, str]]:
    for year in (around - 1, around, around + 1):
        for one in terms.typical:
            yield one.first_day_in(year), one.title
