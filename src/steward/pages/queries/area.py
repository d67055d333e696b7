"""What is known of an authority as at a day, for its page and the command line."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from steward.access.permissions import Permission, Viewer, reach
from steward.categorisation import queries as categorisation
from steward.categorisation.queries import CategoryCount
from steward.evidence.queries import releases
from steward.pages.queries import area_measures, area_standing, comparators
from steward.pages.queries.area_measures import AreaBooks, AreaMeasures
from steward.pages.queries.area_standing import InspectionStanding
from steward.pages.queries.school import UsedRelease, used_releases
from steward.register import queries as register
from steward.vocabulary.areas import Level


class NoSuchAuthority(LookupError):
    """There is no authority with this code in the registers loaded; the message says so."""


@dataclass(frozen=True, slots=True)
class AuthorityName:
    """An authority of England."""

    code: str
    name: str
    region: str


@dataclass(frozen=True, slots=True)
class RegionList:
    """The authorities of a region, by name."""

    region: str
    authorities: tuple[AuthorityName, ...]


@dataclass(frozen=True, slots=True)
class AreaProposals:
    """How many schools of an authority the policy proposes for each category, by phase."""

    as_at: datetime.date
    ruleset: str
    ruleset_title: str
    counts: tuple[CategoryCount, ...]


@dataclass(frozen=True, slots=True)
class AreaOverview:
    """An authority: how its schools stand in inspection, its figures, and what they rest on.

    `inspections` is None where no list of inspection outcomes has a school of it, with `why_none`
    when there is one but none so early.
    """

    authority: AuthorityName
    as_at: datetime.date
    newest_year: int
    inspections: InspectionStanding | None
    why_none: str
    measures: AreaMeasures
    sources: tuple[UsedRelease, ...]


def authority_named(code: str) -> AuthorityName:
    """Return an authority by its code. Raises NoSuchAuthority, or NothingLoaded."""
    found = register.authority(code)
    if found is None:
        releases.current()
        raise NoSuchAuthority(
            f"There is no local authority with the code {code} in the registers that have been loaded. "
            "Codes have three digits, such as 383 for Leeds."
        )
    return AuthorityName(found.code, found.name, found.region)


def overview(code: str, *, as_at: datetime.date, phase: str = "") -> AreaOverview:
    """Return what is known of an authority as at a day. Raises NoSuchAuthority, or NothingLoaded."""
    authority = authority_named(code)
    standing, why = _standing(code, as_at=as_at)
    measures = area_measures.measures_of(books_of(authority), as_at=as_at, phase=phase)
    used = area_measures.releases_in(measures.current) | ({standing.release} if standing else set())
    return AreaOverview(
        authority=authority,
        as_at=as_at,
        newest_year=area_measures.newest_year(as_at),
        inspections=standing,
        why_none=why,
        measures=measures,
        sources=used_releases(used),
    )


def _standing(code: str, *, as_at: datetime.date) -> tuple[InspectionStanding | None, str]:
    try:
        return area_standing.inspection_standing(code, as_at=as_at), ""
    except area_standing.NothingSoEarly as early:
        return None, str(early)


def books_of(authority: AuthorityName) -> AreaBooks:
    """Return the figures of an authority, its region and England. Raises NothingLoaded."""
    region = authority.region
    return AreaBooks(
        authority=comparators.book(Level.AUTHORITY, authority.code, name=authority.name),
        region=comparators.book(Level.REGION, region, name=region) if region else None,
        england=comparators.england(),
    )


def proposals_by_category(code: str, *, viewer: Viewer, as_at: datetime.date) -> AreaProposals | None:
    """Return how many schools are proposed for what, by the current run.

    None where no run was made, the viewer may see none, or the run is as at a later day than `as_at`.
    """
    run = categorisation.current_run(code)
    seen = reach(viewer, Permission.VIEW_PROPOSALS)
    if run is None or run.as_at > as_at or not (seen.everywhere or seen.urns):
        return None
    counts = categorisation.counts(run, within=seen)
    return AreaProposals(run.as_at, run.ruleset, run.ruleset_title, tuple(counts))


def authorities(search: str = "") -> list[RegionList]:
    """Return the authorities whose name or code holds `search`, by region."""
    wanted = search.strip().casefold()
    found: dict[str, list[AuthorityName]] = defaultdict(list)
    for one in register.authorities():
        if wanted in one.name.casefold() or wanted == one.code:
            found[one.region or "Region not recorded"].append(AuthorityName(one.code, one.name, one.region))
    return [RegionList(region, tuple(listed)) for region, listed in sorted(found.items())]
