"""When each release was first published: the day before which nobody could have known it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import Field, model_validator

from steward.definitions import FOLDER
from steward.definitions.reading import Definition, read_definitions

_DAY = r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"

_FURTHEST = 15
"""So many years back the newest year that is out is looked for: longer than any stop in publishing."""


class PublicationDates(Definition):
    """On which day the figures of a year of a publication come out."""

    source: str
    """Id of a file in definitions/sources."""
    layouts: tuple[str, ...] = ()
    """The layouts it is about; empty for all that no other file names."""
    month_and_day: str = Field(pattern=_DAY)
    years_after: int = Field(ge=0, le=5)
    """How many calendar years after the one in which the academic year ends."""
    days: Mapping[int, date] = Field(default_factory=dict)
    """Days that are known one by one, by the calendar year in which the academic year ends."""
    not_published: Mapping[int, str] = Field(default_factory=dict)
    """Why nothing came out for a year, by the calendar year in which the academic year ends."""
    superseded: str = ""
    """Why no newer file is waited for: what takes its place."""
    knows_what_came_later: str = ""
    """Why rows of the file tell of later years though its figures do not; such a file is left out."""

    @model_validator(mode="after")
    def _after_the_year_began(self) -> "PublicationDates":
        early = [period for period, day in self.days.items() if day < date(period - 1, 9, 1)]
        if early:
            raise ValueError(f"the day given for {early[0]} is before that academic year begins")
        return self

    @model_validator(mode="after")
    def _published_or_not(self) -> "PublicationDates":
        both = sorted({*self.days} & {*self.not_published})
        if both:
            raise ValueError(f"{both[0]} has a day and a reason why nothing was published")
        return self

    def newest_out(self, on: date) -> int | None:
        """Return the newest year that should be out on a day, or None where no newer file is waited for."""
        if self.superseded:
            return None
        years = range(on.year + 1, on.year - _FURTHEST - 1, -1)
        return next(
            (year for year in years if year not in self.not_published and self.day_of(year) <= on), None
        )

    def day_of(self, period: int) -> date:
        """Return when the figures of the academic year that ends in `period` were published."""
        if period in self.days:
            return self.days[period]
        month, day = (int(part) for part in self.month_and_day.split("-"))
        return date(period + self.years_after, month, day)


@dataclass(frozen=True, slots=True)
class Release:
    """A release as far as its day matters: what it is, and the year or day it is about."""

    id: str
    title: str
    source: str
    layout: str
    period: int | None
    as_at: date | None


Dates = dict[str, PublicationDates]


def read_publication_dates(folders: Iterable[Path] = (FOLDER / "publication_dates",)) -> Dates:
    """Return the days of publication by id; a later folder may replace an id. Raises DefinitionFault."""
    return read_definitions(folders, PublicationDates)


def rule_for(release: Release, *, dates: Iterable[PublicationDates]) -> PublicationDates | None:
    """Return the file that says when the release was published; one that names its layout goes first."""
    of_source = [one for one in dates if one.source == release.source]
    named = [one for one in of_source if release.layout in one.layouts]
    general = [one for one in of_source if not one.layouts]
    return next(iter((*named, *general)), None)


def published_on(release: Release, *, period: int, dates: Iterable[PublicationDates]) -> date | None:
    """Return when figures of the year `period` in the release were published, or None where nobody says."""
    rule = rule_for(release, dates=dates)
    return rule.day_of(period) if rule is not None else None
