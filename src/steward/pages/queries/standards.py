"""The annual standards of an authority: one school year, section by section, as plain values."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from steward.analysis.comparison.standing_of_areas import AreaChange, Band
from steward.analysis.indicators.standards import StandardsSection
from steward.evidence import catalogues
from steward.evidence.queries import series
from steward.interface import words
from steward.pages.queries import area_standing
from steward.pages.queries.area import AuthorityName, authority_named
from steward.pages.queries.area_outcomes import (
    AreaOutcome,
    Company,
    TopicOutcomes,
    beside_words,
    change_words,
    company_of,
    outcomes_of,
    standing_words,
)
from steward.pages.queries.area_standing import InspectionStanding
from steward.pages.queries.outcome_findings import moved_words
from steward.pages.queries.standards_gaps import GapLine, gaps_of, most_moved
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.values import Known

MOST_SENTENCES = 3
"""How many sentences stand above a table; the table has every measure."""
OLDEST = 1
"""How many years before the one asked for a figure may be of, where none is published for it yet."""


class NoStandards(LookupError):
    """There is nothing to say about an authority or year; the message says which."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section: sentences, measures with a figure, titles of measures without, gaps or inspections."""

    id: str
    title: str
    kind: str
    findings: tuple[str, ...]
    outcomes: tuple[AreaOutcome, ...] = ()
    without: tuple[str, ...] = ()
    gaps: tuple[GapLine, ...] = ()
    inspections: InspectionStanding | None = None


@dataclass(frozen=True, slots=True)
class Standards:
    """The standards of an authority in the school year that ends in `year`."""

    authority: AuthorityName
    company: Company
    year: int
    years: tuple[int, ...]
    about: str
    sentence: str
    sections: tuple[Section, ...]

    @property
    def school_year(self) -> str:
        """The school year in words, such as "2024 to 2025"."""
        return str(AcademicYear(self.year))

    @property
    def releases(self) -> frozenset[str]:
        """The releases on which everything rests."""
        found = {one.measure.release for section in self.sections for one in section.outcomes}
        found |= {
            one.newest.point.release
            for section in self.sections
            for one in section.outcomes
            if one.newest and one.newest.point
        }
        found |= {section.inspections.release for section in self.sections if section.inspections}
        return frozenset(found)


def years_of(area: str) -> tuple[int, ...]:
    """Return the years of which the series has a headline figure of an area, newest first."""
    codes = [
        one.code for topic in catalogues.outcome_topics().values() for one in topic.measures if one.headline
    ]
    found = series.series_of(codes, areas=[area])
    years = {
        point.year
        for points in found.values()
        for point in points
        if point.year is not None and isinstance(point.value, Known)
    }
    return tuple(sorted(years, reverse=True))


def standards_of(code: str, *, year: int | None = None, list_id: str = "") -> Standards:
    """Return the standards of an authority, of the newest year when none is given.

    Raises NoSuchAuthority, NothingLoaded, or NoStandards where the series has nothing of that year.
    """
    authority = authority_named(code)
    years = years_of(code)
    if not years:
        raise NoStandards(
            f"No series of measures that has been loaded has {authority.name}, so there are no standards yet."
        )
    chosen = years[0] if year is None else year
    if chosen not in years:
        raise NoStandards(
            f"The series has no figures of {authority.name} for {chosen}. It has those of the years that "
            f"end in {years[-1]} to {years[0]}."
        )
    company = company_of(code, name=authority.name, list_id=list_id, until=chosen)
    account = catalogues.standards()["annual"]
    sections = tuple(_section(one, company=company, year=chosen) for one in account.sections)
    return Standards(
        authority=authority,
        company=company,
        year=chosen,
        years=years,
        about=account.about,
        sentence=_sentence(sections, name=authority.name, year=chosen),
        sections=sections,
    )


def _section(section: StandardsSection, *, company: Company, year: int) -> Section:
    if section.kind == "inspection":
        return _inspections(section, company=company, year=year)
    if section.kind == "gaps":
        found = gaps_of(company, year=year)
        said = tuple(one.sentence for one in most_moved(found)[:MOST_SENTENCES])
        return Section(section.id, section.title, section.kind, said, gaps=found)
    titles = _titles()
    outcomes = outcomes_of(company, asked=[(code, titles.get(code, ""), True) for code in section.measures])
    recent = tuple(one for one in outcomes if one.newest and (one.newest.year or 0) >= year - OLDEST)
    return Section(
        id=section.id,
        title=section.title,
        kind=section.kind,
        findings=tuple(sentence_of(one, name=company.name) for one in recent[:MOST_SENTENCES]),
        outcomes=recent,
        without=tuple(one.title for one in outcomes if one not in recent),
    )


def _titles() -> dict[str, str]:
    found: dict[str, str] = {}
    for topic in catalogues.outcome_topics().values():
        for one in topic.measures:
            found.setdefault(one.code, one.title)
    return found


def sentence_of(one: AreaOutcome, *, name: str) -> str:
    """Return what a measure says of an authority in one sentence: value, England, rank and change."""
    if one.newest is None:
        return f"{one.title}: no figure."
    value = words.value_in_words(one.newest.value, measured=one.measure)
    beside = beside_words(one.newest.value, other=one.newest.england, name="England", measure=one.measure)
    parts = [f"{value} in {one.newest.label}", *([beside] if beside else [])]
    if one.rank:
        parts.append(standing_words(one))
    change = (
        f" {change_words(one.change, measure=one.measure)}." if isinstance(one.change, AreaChange) else ""
    )
    return f"{one.title} in {name}: {', '.join(parts)}.{change}"


def _inspections(section: StandardsSection, *, company: Company, year: int) -> Section:
    day = AcademicYear(year).last_day
    try:
        standing = area_standing.inspection_standing(company.area, as_at=day)
    except area_standing.NothingSoEarly as early:
        return Section(section.id, section.title, section.kind, (str(early),))
    if standing is None:
        none = f"No list of inspection outcomes that has been loaded has {company.name}."
        return Section(section.id, section.title, section.kind, (none,))
    said = [area_standing.sentence(standing, name=company.name)]
    said += _old_list(standing, day=day)
    return Section(section.id, section.title, section.kind, tuple(said), inspections=standing)


def _old_list(standing: InspectionStanding, *, day: datetime.date) -> list[str]:
    """Return that the newest list is more than a year older than the end of the school year."""
    if (day - standing.as_at).days <= 366:
        return []
    return [
        f"That is the newest list loaded; it is of {words.day(standing.as_at)}, before the school year began."
    ]


def _sentence(sections: Sequence[Section], *, name: str, year: int) -> str:
    outcomes = {one.measure.code: one for section in sections for one in section.outcomes}
    ranked = [one for one in outcomes.values() if one.band is not None]
    if not ranked:
        return f"No measure of {name} can be ranked for {AcademicYear(year)}."
    best = sum(1 for one in ranked if one.band is Band.A)
    worst = sum(1 for one in ranked if one.band is Band.D)
    changed = [one.change for one in ranked if isinstance(one.change, AreaChange)]
    moved = f" {moved_words(changed)}" if changed else ""
    return (
        f"Of {words.counted(len(ranked), one='measure')} of {AcademicYear(year)}, {name} is in the best "
        f"quarter of authorities in {best} and in the lowest in {worst}.{moved}"
    )


def as_topic(found: Standards) -> TopicOutcomes:
    """Return every measure of the standards as one topic, for findings and files."""
    outcomes = tuple(one for section in found.sections for one in section.outcomes)
    return TopicOutcomes("standards", f"Standards {found.school_year}", found.about, outcomes)
