"""Which schools of an authority were below a standard or well below average, year by year."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from steward.analysis.accountability import banding as bands
from steward.analysis.accountability import catalogue
from steward.analysis.accountability.banding import Banding
from steward.analysis.accountability.clauses import Figures, limits_in
from steward.analysis.accountability.definition import Standard
from steward.analysis.accountability.progress8 import Band
from steward.analysis.accountability.standards import Answer, Judgement, judge
from steward.evidence import catalogues
from steward.pages.queries import accountability, area
from steward.pages.queries.accountability import Book
from steward.pages.queries.area import AuthorityName
from steward.pages.queries.school import UsedRelease
from steward.register import queries as register
from steward.vocabulary.phases import Governance, Phase, Standing

_EVER = (Standing.OPEN, Standing.CLOSED, Standing.UNKNOWN)
WELL_BELOW = "well_below"
APART = (Phase.SPECIAL, Phase.ALTERNATIVE)
"""Phases whose schools are shown apart: their pupils are not those that a national measure compares."""


@dataclass(frozen=True, slots=True)
class ListedSchool:
    """A school in a list, with what was asked of it: a judgement against a standard, or a band."""

    urn: int
    name: str
    phase: Phase
    standing: Standing
    answer: Answer
    judgement: Judgement | None = None
    banding: Banding | None = None


@dataclass(frozen=True, slots=True)
class SchoolsAsked:
    """The schools of an authority held against one standard, or one band, in one year.

    `schools` are those with a row in the results of the year; `without_results` counts open schools of
    the phase that have none, of which nothing is known.
    """

    key: str
    title: str
    year: int
    schools: tuple[ListedSchool, ...]
    without_results: int
    standard: Standard | None = None
    measure: str = ""

    @property
    def mainstream(self) -> tuple[ListedSchool, ...]:
        """The schools that the measure was meant for: all but special schools and alternative provision."""
        return tuple(one for one in self.schools if one.phase not in APART)

    @property
    def apart(self) -> tuple[ListedSchool, ...]:
        """Special schools and alternative provision, whose pupils the measure was not made for."""
        return tuple(one for one in self.schools if one.phase in APART)

    def having(self, answer: Answer) -> tuple[ListedSchool, ...]:
        """Return the mainstream schools with an answer."""
        return tuple(one for one in self.mainstream if one.answer is answer)

    @property
    def counts(self) -> Mapping[Answer, int]:
        """How many mainstream schools have each answer."""
        return Counter(one.answer for one in self.mainstream)


@dataclass(frozen=True, slots=True)
class AreaAccount:
    """An authority: every list of every year that has results, the newest year first."""

    authority: AuthorityName
    lists: tuple[SchoolsAsked, ...]
    books: Mapping[int, Book]
    sources: tuple[UsedRelease, ...]

    def chosen(self, key: str, *, year: int | None = None) -> SchoolsAsked | None:
        """Return the list with a key, else the first of a year (or of all) with a school below, else any."""
        named = [one for one in self.lists if one.key == key]
        within = [one for one in self.lists if one.year == year] or list(self.lists)
        return next(iter([*named, *(one for one in within if one.having(Answer.BELOW)), *within]), None)


@dataclass(frozen=True, slots=True)
class _Held:
    """A school of the register with its figures."""

    urn: int
    name: str
    phase: Phase
    governance: Governance
    standing: Standing
    book: Book
    figures: Figures
    together: Figures
    """The same, with limits that belong to the score beside them: standards hold the two together."""

    def has_results(self, codes: Collection[str], *, year: int) -> bool:
        return any((code, year) in self.book for code in codes)


def account_of(code: str) -> AreaAccount:
    """Return how the schools of an authority stood in each year.

    Raises NoSuchAuthority, or NothingLoaded.
    """
    authority = area.authority_named(code)
    held = _schools(code)
    lists = (*_standards_asked(held), *_bands_asked(held))
    books = {one.urn: one.book for one in held}
    return AreaAccount(
        authority=authority,
        lists=tuple(sorted(lists, key=lambda one: -one.year)),
        books=books,
        sources=accountability.sources_of(books.values()),
    )


def _schools(code: str) -> list[_Held]:
    found = register.schools_of(code, standings=_EVER)
    books = accountability.book_of([one.urn for one in found])
    values = {urn: accountability.values_in(book) for urn, book in books.items()}
    return [
        _Held(
            urn=one.urn,
            name=one.name,
            phase=Phase(one.phase),
            governance=Governance(one.governance),
            standing=Standing(one.standing),
            book=books[one.urn],
            figures=values[one.urn],
            together=bands.with_limits_of_the_score(values[one.urn]),
        )
        for one in found
    ]


def _standards_asked(held: Sequence[_Held]) -> Iterable[SchoolsAsked]:
    for standard in catalogue.standards():
        codes = {limit.indicator for limit in limits_in(standard.years[-1].clause)}
        asked = [
            one
            for one in held
            if standard.phase in accountability.phases_of(one.phase, governance=one.governance)
        ]
        listed = [one for one in asked if one.has_results(codes, year=standard.year)]
        if listed:
            yield SchoolsAsked(
                key=standard.id,
                title=standard.title,
                year=standard.year,
                schools=tuple(_judged(one, standard) for one in listed),
                without_results=_without(asked, listed=listed),
                standard=standard,
            )


def _judged(one: _Held, standard: Standard) -> ListedSchool:
    found = judge(standard, figures=one.together)
    return ListedSchool(one.urn, one.name, one.phase, one.standing, found.answer, judgement=found)


def _bands_asked(held: Sequence[_Held]) -> Iterable[SchoolsAsked]:
    for measure in bands.MEASURES:
        phases = catalogues.indicators()[measure].phases
        asked = [one for one in held if one.phase in phases and one.governance is not Governance.INDEPENDENT]
        for year in sorted({year for one in asked for code, year in one.book if code == measure}):
            listed = [one for one in asked if one.has_results([measure], year=year)]
            banded = tuple(_banded(one, measure=measure, year=year) for one in listed)
            if any(one.banding and one.banding.band for one in banded):
                yield SchoolsAsked(
                    key=f"{WELL_BELOW}_{measure}_{year}",
                    title=f"{catalogues.indicators()[measure].title}: well below average, {year}",
                    year=year,
                    schools=banded,
                    without_results=_without(asked, listed=listed),
                    measure=measure,
                )


def _banded(one: _Held, *, measure: str, year: int) -> ListedSchool:
    found = bands.banding(measure, year=year, figures=one.figures, tables=accountability.tables())
    answer = Answer.NOT_SETTLED
    if found is not None and found.band is not None:
        answer = Answer.BELOW if found.band is Band.WELL_BELOW else Answer.NOT_BELOW
    return ListedSchool(one.urn, one.name, one.phase, one.standing, answer, banding=found)


def _without(asked: Sequence[_Held], *, listed: Sequence[_Held]) -> int:
    """Return how many open schools are not in the results of the year."""
    found = {one.urn for one in listed}
    return sum(one.standing is Standing.OPEN and one.urn not in found for one in asked)
