"""How a school stood against the national measures of each year: bands, floor standards, coasting."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from steward.analysis.accountability import banding as bands
from steward.analysis.accountability import catalogue
from steward.analysis.accountability.banding import Banding, Tables
from steward.analysis.accountability.clauses import Figures, limits_in
from steward.analysis.accountability.definition import Standard
from steward.analysis.accountability.standards import Judgement, judge
from steward.evidence.queries import figures as evidence
from steward.evidence.queries import releases
from steward.pages.queries.school import SchoolIdentity, UsedRelease, used_releases
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.phases import Governance, Phase
from steward.vocabulary.values import Value

ABOLISHED = datetime.date(2019, 9, 1)
"""From this day no floor standard and no coasting was in force. Source: methods 1.2."""
_PHASES = {
    Phase.PRIMARY: ("primary",),
    Phase.SECONDARY: ("secondary",),
    Phase.ALL_THROUGH: ("primary", "secondary"),
}
Book = Mapping[tuple[str, int], evidence.Figure]
"""Figures of one school by code and year."""


@dataclass(frozen=True, slots=True)
class YearOfAccount:
    """A year of a school: its bands, and the standards in force that it was held against."""

    year: int
    bandings: tuple[Banding, ...]
    judgements: tuple[Judgement, ...]
    has_results: bool

    @property
    def after_standards(self) -> bool:
        """Whether the results of the year came out when floor standards and coasting had been abolished."""
        return AcademicYear(self.year).last_day >= ABOLISHED - datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Account:
    """How a school stood in every year, the newest first, and the releases that this rests on.

    `why_no_standards` says why the school was held against none; empty where it was.
    """

    years: tuple[YearOfAccount, ...]
    why_no_standards: str
    figures: Book
    sources: tuple[UsedRelease, ...]


def account_of(school: SchoolIdentity) -> Account:
    """Return how a school stood in each year since 2014. Raises NothingLoaded."""
    book = book_of([school.urn])[school.urn]
    why_none = why_no_standards(school.phase, governance=school.governance)
    phases = () if why_none else _PHASES[school.phase]
    years = tuple(
        year_of_account(year, book=book, phases=phases)
        for year in _years(book, opened_on=school.opened_on, closed_on=school.closed_on, phases=phases)
    )
    return Account(
        years=years,
        why_no_standards=why_none,
        figures=book,
        sources=sources_of([book]),
    )


def year_of_account(year: int, *, book: Book, phases: Iterable[str]) -> YearOfAccount:
    """Return one year of a school with the figures in `book`."""
    figures = values_in(book)
    found = (bands.banding(one, year=year, figures=figures, tables=tables()) for one in bands.MEASURES)
    together = bands.with_limits_of_the_score(figures)
    return YearOfAccount(
        year=year,
        bandings=tuple(one for one in found if one is not None),
        judgements=tuple(judge(one, figures=together) for one in standards_of(year, phases=phases)),
        has_results=any(period == year for _, period in book),
    )


def standards_of(year: int, *, phases: Iterable[str]) -> tuple[Standard, ...]:
    """Return the standards that the results of a year were held against, floor first."""
    chosen = set(phases)
    return tuple(one for one in catalogue.standards() if one.year == year and one.phase in chosen)


def tables() -> Tables:
    """Return the tables of every year by which bands are told."""
    return Tables(catalogue.key_stage_2_tables(), catalogue.progress_8_tables())


def book_of(urns: Iterable[int]) -> Mapping[int, Book]:
    """Return the figures that bands and standards need, for each school. Raises NothingLoaded."""
    return _books(releases.current_folder(), tuple(urns))


@lru_cache(maxsize=8)
def _books(_folder: Path, urns: tuple[int, ...]) -> Mapping[int, Book]:
    books: dict[int, dict[tuple[str, int], evidence.Figure]] = {urn: {} for urn in urns}
    for figure in evidence.figures_of(books, indicators=needed()):
        books[figure.urn][figure.indicator, figure.period] = figure
    return MappingProxyType({urn: MappingProxyType(book) for urn, book in books.items()})


def sources_of(books: Iterable[Book]) -> tuple[UsedRelease, ...]:
    """Return the releases of the figures since the first year with a standard."""
    first = min(part.year for one in catalogue.standards() for part in one.years)
    return used_releases(
        {figure.release for book in books for (_, year), figure in book.items() if year >= first}
    )


def values_in(book: Book) -> Figures:
    """Return the values of a school by code and year."""
    found: dict[tuple[str, int], Value] = {key: figure.value for key, figure in book.items()}
    return found


def needed() -> frozenset[str]:
    """Return the codes of every indicator that a band or a standard is told by."""
    limits = (
        limit for one in catalogue.standards() for part in one.years for limit in limits_in(part.clause)
    )
    with_bands = (f"{code}{end}" for code in bands.MEASURES for end in ("", "_lower", "_upper", "_band"))
    return frozenset({*(limit.indicator for limit in limits if limit.indicator), *with_bands, *_counted_by()})


def why_no_standards(phase: Phase, *, governance: Governance) -> str:
    """Return why schools of a kind were held against no standard, or nothing where they were."""
    if governance is Governance.INDEPENDENT:
        return "Floor standards and coasting were for state-funded schools; this school is independent."
    if phase not in _PHASES:
        return (
            "Floor standards and coasting were for mainstream schools at the end of primary or secondary "
            f"education; the register lists this school under “{phase.label}”."
        )
    return ""


def phases_of(phase: Phase, *, governance: Governance) -> tuple[str, ...]:
    """Return the phases whose standards schools of a kind were held against."""
    return () if why_no_standards(phase, governance=governance) else _PHASES[phase]


def _counted_by() -> frozenset[str]:
    return frozenset(one.pupils_of for one in catalogue.standards())


def _years(
    book: Book,
    *,
    opened_on: datetime.date | None,
    closed_on: datetime.date | None,
    phases: Iterable[str],
) -> list[int]:
    """Return the years to show, newest first: with results, or with a standard while the school was open."""
    chosen = set(phases)
    ruled = {one.year for one in catalogue.standards() if one.phase in chosen}
    opened = {
        year
        for year in ruled
        if (opened_on is None or opened_on <= AcademicYear(year).last_day)
        and (closed_on is None or closed_on >= AcademicYear(year).first_day)
    }
    scored = {period for code, period in book if code in bands.MEASURES}
    return sorted(opened | scored, reverse=True)
