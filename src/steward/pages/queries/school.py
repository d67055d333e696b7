"""What is known of one school, for its page, its exports and the command line."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from steward.access.permissions import Permission, Reach, Viewer, may, reach
from steward.evidence.queries import releases
from steward.pages.queries import (
    comparators,
    lineage,
    school_measures,
    school_proposal,
    school_words,
    similar_schools,
)
from steward.pages.queries.comparators import AreaBook
from steward.pages.queries.lineage import InspectionLine, Relative
from steward.pages.queries.school_measures import SchoolMeasures
from steward.pages.queries.school_proposal import SchoolProposal
from steward.pages.queries.school_words import Changed, MeasureSentence, StandingOut
from steward.pages.queries.similar_schools import Company
from steward.register import queries as register
from steward.vocabulary.areas import Level
from steward.vocabulary.identifiers import Urn
from steward.vocabulary.phases import Governance, Phase, Standing


class UnknownSchool(LookupError):
    """There is no school with this URN in the registers loaded; the message says so."""


@dataclass(frozen=True, slots=True)
class SchoolIdentity:
    """What the newest register says of a school."""

    urn: Urn
    laestab: str
    name: str
    phase: Phase
    type: str
    governance: Governance
    standing: Standing
    trust: str
    ward: str
    authority: str
    authority_name: str
    region: str
    opened_on: datetime.date | None
    closed_on: datetime.date | None
    ages: str
    gender: str
    religious_character: str
    admissions: str
    address: str
    as_at: datetime.date
    release: str


@dataclass(frozen=True, slots=True)
class SchoolHeader:
    """What stands above every tab of a school.

    `proposal` is None where none was made or the viewer may not see it; `may_see_proposal` says which.
    """

    school: SchoolIdentity
    latest_inspection: InspectionLine | None
    link_officer: str
    proposal: SchoolProposal | None
    may_see_proposal: bool
    may_see_groups: bool
    may_see_early_warning: bool
    predecessors: tuple[Relative, ...]
    inspections: tuple[InspectionLine, ...]
    opens: Reach
    """The schools whose pages the viewer may open."""


@dataclass(frozen=True, slots=True)
class UsedRelease:
    """A release the page rests on."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class SchoolOverview:
    """The answers of the overview, in the order in which they are asked."""

    headline: MeasureSentence | None
    standing_out: StandingOut
    changed: Changed
    measures: SchoolMeasures
    sources: tuple[UsedRelease, ...]


@dataclass(frozen=True, slots=True)
class SchoolHistory:
    """Who came before and after, and the results under each earlier URN."""

    predecessors: tuple[Relative, ...]
    successors: tuple[Relative, ...]
    measures: SchoolMeasures


def header(urn: int, *, viewer: Viewer) -> SchoolHeader:
    """Return what stands above every tab. Raises UnknownSchool, or NothingLoaded."""
    school = identity(urn)
    predecessors = tuple(lineage.predecessors_of(urn))
    inspections = lineage.inspection_lines(
        school.urn, predecessors=[one.urn for one in predecessors], opened_on=school.opened_on
    )
    return SchoolHeader(
        school=school,
        latest_inspection=inspections[0] if inspections else None,
        link_officer=register.link_officer_names([urn]).get(urn, ""),
        proposal=school_proposal.proposal_for(urn, viewer=viewer),
        may_see_proposal=may(viewer, Permission.VIEW_PROPOSALS, urn=urn),
        may_see_groups=may(viewer, Permission.VIEW_PUBLISHED_FIGURES, urn=urn),
        may_see_early_warning=may(viewer, Permission.VIEW_EARLY_WARNING, urn=urn),
        predecessors=predecessors,
        inspections=tuple(inspections),
        opens=reach(viewer, Permission.VIEW_OWN_SCHOOL),
    )


def identity(urn: int) -> SchoolIdentity:
    """Return what the register says of a school. Raises UnknownSchool, or NothingLoaded."""
    found = register.school(urn)
    if found is None:
        releases.current()
        raise UnknownSchool(
            f"There is no school with URN {urn} in the registers that have been loaded. "
            "Check the number, or search by name."
        )
    authority = found.authority
    lines = (found.street, found.town, found.postcode)
    return SchoolIdentity(
        urn=Urn(found.urn),
        laestab=f"{authority.code}/{found.establishment_number}" if found.establishment_number else "",
        name=found.name,
        phase=Phase(found.phase),
        type=found.type,
        governance=Governance(found.governance),
        standing=Standing(found.standing),
        trust=found.trust,
        ward=found.ward,
        authority=authority.code,
        authority_name=authority.name,
        region=authority.region,
        opened_on=found.opened_on,
        closed_on=found.closed_on,
        ages=_ages(found.age_low, found.age_high),
        gender=found.gender,
        religious_character=found.religious_character,
        admissions=found.admissions,
        address=", ".join(line for line in lines if line),
        as_at=found.as_at,
        release=found.release,
    )


def _ages(low: int | None, high: int | None) -> str:
    return "" if low is None or high is None else f"{low} to {high}"


def books_beside(school: SchoolIdentity) -> tuple[AreaBook, ...]:
    """Return the areas a school is compared with, in their fixed order: its authority, then England."""
    own = comparators.book(Level.AUTHORITY, school.authority, name=school.authority_name)
    return own, comparators.england()


def performance(shown: SchoolHeader) -> SchoolMeasures:
    """Return every measure of a school. Raises NothingLoaded."""
    return school_measures.measures_of(
        shown.school.urn,
        phase=shown.school.phase,
        predecessors=[one.urn for one in shown.predecessors],
        books=books_beside(shown.school),
    )


def performance_beside(shown: SchoolHeader, *, company: Company | None) -> SchoolMeasures:
    """Return every measure of a school with the schools of a set beside it. Raises NothingLoaded."""
    found = performance(shown)
    shown_here = {one.indicator.id for one in (*found.current, *found.earlier)}
    years = similar_schools.years_beside(company, indicators=shown_here)
    return school_measures.beside_company(found, company=company, years=years)


def overview(shown: SchoolHeader) -> SchoolOverview:
    """Return the answers of the overview. Raises NothingLoaded."""
    found = performance(shown)
    phase = shown.school.phase
    return SchoolOverview(
        headline=school_words.headline(found.current, phase=phase),
        standing_out=school_words.standing_out(found.current, urn=shown.school.urn, phase=phase),
        changed=school_words.changed(found.current, phase=phase),
        measures=found,
        sources=used_releases(
            [
                shown.school.release,
                *(one.figure.release for one in found.current),
                *(line.release for line in shown.inspections[:1]),
            ]
        ),
    )


def history(shown: SchoolHeader) -> SchoolHistory:
    """Return the history of a school. Raises NothingLoaded."""
    return SchoolHistory(
        predecessors=shown.predecessors,
        successors=tuple(lineage.successors_of(shown.school.urn)),
        measures=performance(shown),
    )


def used_releases(ids: Iterable[str]) -> tuple[UsedRelease, ...]:
    """Return the releases with these ids by title, each once."""
    titles = releases.titles(sorted(set(ids)))
    return tuple(UsedRelease(id_, title) for id_, title in sorted(titles.items(), key=lambda one: one[1]))
