"""One row of a list of schools: what is published of the school, and what is proposed for it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from steward.access.permissions import Permission, Reach, Viewer, reach
from steward.categorisation import queries as categorisation
from steward.evidence.queries import releases
from steward.pages.queries import measures, outcomes
from steward.pages.queries.measures import Measure, Newest
from steward.pages.queries.outcomes import LatestInspection
from steward.register import queries as register
from steward.vocabulary.identifiers import AuthorityCode, Laestab
from steward.vocabulary.phases import Governance, Phase, Standing


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the policy proposes for a school, in words; a person decides."""

    category: str
    """Key of the category; empty when it is not settled."""
    label: str
    concern: int | None
    """0 is the category of least concern; None when it is not settled."""
    reason: str
    decided_by: int
    """How many rules give the category."""
    known_label: str = ""

    @property
    def settled(self) -> bool:
        """Whether nothing unknown could mean more concern."""
        return self.concern is not None


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school as a list shows it. `proposal` is None where there is none, or the viewer may not see it."""

    urn: int
    laestab: str
    name: str
    phase: Phase
    type: str
    governance: Governance
    standing: Standing
    closed_on: datetime.date | None
    ward: str
    trust: str
    postcode: str
    town: str
    inspection: LatestInspection
    measures: Mapping[str, Measure]
    register_release: str
    headline: str
    """Code of the measure that stands for the phase; empty where there is none."""
    proposal: Proposed | None = None

    @property
    def shown_name(self) -> str:
        """The name, followed by when it closed."""
        if self.standing is Standing.OPEN:
            return self.name
        if self.standing is Standing.CLOSED and self.closed_on:
            return f"{self.name} (closed {self.closed_on.day} {self.closed_on:%B %Y})"
        return f"{self.name} ({_STANDING_NOTES[self.standing]})"

    @property
    def headline_measure(self) -> Measure | None:
        """The measure that stands for the phase, None where there is none."""
        return self.measures.get(self.headline)


_STANDING_NOTES = {
    Standing.CLOSED: "closed",
    Standing.PROPOSED: "proposed to open",
    Standing.UNKNOWN: "not in the newest register",
}


@dataclass(frozen=True, slots=True)
class ProposalsShown:
    """The run whose proposals a viewer sees: by which policy, and as at which day."""

    run: int
    ruleset: str
    title: str
    as_at: datetime.date
    labels: Mapping[str, str]
    """Categories in words by key, least concern first."""

    @property
    def worst(self) -> int:
        """The concern of the last category."""
        return len(self.labels) - 1


@dataclass(frozen=True, slots=True)
class Listed:
    """Every school of an authority that a viewer may see, whatever its standing, by name."""

    authority_code: str
    authority_name: str
    rows: tuple[SchoolRow, ...]
    proposals: ProposalsShown | None
    """None where no policy has been asked yet, or the viewer may not see what it proposes."""
    folder: Path


class NoAuthority(LookupError):
    """This installation does not serve an authority yet; the message says what to do."""


def schools_for(viewer: Viewer) -> Listed:
    """Return the schools of the authority served, with proposals for those who may see them.

    Raises NothingLoaded, or NoAuthority when no load has named the authority served.
    """
    folder = releases.current_folder()
    authority = register.served_authority()
    if authority is None:
        raise NoAuthority(
            "No authority has been chosen yet. Load with its code: steward load FOLDER --authority CODE"
        )
    seen = reach(viewer, Permission.VIEW_PUBLISHED_FIGURES)
    rows = tuple(row for row in _published(folder, authority.code) if seen.covers(row.urn))
    within = reach(viewer, Permission.VIEW_PROPOSALS)
    shown, proposed = _proposals(authority.code, within=within)
    if shown is not None:
        rows = tuple(replace(row, proposal=proposed.get(row.urn)) for row in rows)
    return Listed(authority.code, authority.name, rows, shown, folder)


def published_in(authority: str) -> tuple[SchoolRow, ...]:
    """Return what is published of each school of an authority, without proposals. Raises NothingLoaded."""
    return _published(releases.current_folder(), authority)


@lru_cache(maxsize=4)
def _published(folder: Path, authority: str) -> tuple[SchoolRow, ...]:
    """Return what is published of each school; the register changes only together with the folder."""
    found = register.schools_of(authority, standings=tuple(Standing))
    urns = [school.urn for school in found]
    stands = outcomes.latest_of(urns)
    newest = measures.newest_of(urns)
    return tuple(
        SchoolRow(
            urn=school.urn,
            laestab=_laestab(authority, school.establishment_number),
            name=school.name,
            phase=Phase(school.phase),
            type=school.type,
            governance=Governance(school.governance),
            standing=Standing(school.standing),
            closed_on=school.closed_on,
            ward=school.ward,
            trust=school.trust,
            postcode=school.postcode,
            town=school.town,
            inspection=stands[school.urn],
            measures=_measures(newest, urn=school.urn, phase=Phase(school.phase)),
            register_release=school.release,
            headline=newest.headline(Phase(school.phase)),
        )
        for school in found
    )


def _measures(newest: Newest, *, urn: int, phase: Phase) -> Mapping[str, Measure]:
    codes = [code for code in (measures.ROLL, measures.ABSENCE, newest.headline(phase)) if code]
    found = {code: newest.measure(urn, code=code) for code in codes}
    return MappingProxyType({code: measure for code, measure in found.items() if measure is not None})


def _laestab(authority: str, number: str) -> str:
    return str(Laestab(AuthorityCode(authority), number)) if number else ""


def _proposals(authority: str, *, within: Reach) -> tuple[ProposalsShown | None, Mapping[int, Proposed]]:
    run = categorisation.current_run(authority) if within.everywhere or within.urns else None
    if run is None:
        return None, {}
    shown = ProposalsShown(
        run.pk, run.ruleset, run.ruleset_title, run.as_at, categorisation.category_labels(run)
    )
    return shown, _proposed(authority, run.pk, run.run_at, within)


@lru_cache(maxsize=4)
def _proposed(authority: str, run: int, run_at: datetime.datetime, within: Reach) -> Mapping[int, Proposed]:
    """Return the proposals of the current run, which never change once made; `run` and `run_at` name it."""
    current = categorisation.current_run(authority)
    found = categorisation.proposals_in(current, within=within) if current else ()
    return MappingProxyType(
        {
            each.school_id: Proposed(
                category=each.category,
                label=each.label,
                concern=each.concern,
                reason=each.reason,
                decided_by=len(each.decided_by),
                known_label=each.known_label,
            )
            for each in found
        }
    )
