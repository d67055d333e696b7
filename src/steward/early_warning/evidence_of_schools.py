"""What the score reads of every school of an authority; nothing is stored here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from steward.analysis.rules.school_evidence import ROLL, EvidenceTables, SchoolEvidence, gather
from steward.analysis.scoring.workings import Scoring
from steward.early_warning import definitions
from steward.evidence.queries import tables
from steward.register import queries as register
from steward.register.models import School
from steward.vocabulary.phases import Standing


class NothingToScore(RuntimeError):
    """The method cannot be asked; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The method, the day asked about, the day of the events, and the evidence of each school by URN."""

    scoring: Scoring
    as_at: date
    events_on: date
    schools: Mapping[int, SchoolEvidence]


def gathered(authority: str, *, method: str, as_at: date | None) -> Gathered:
    """Return what the method reads of each school of the authority open on the day.

    Without a day, as at the newest list of inspection outcomes. Raises NothingToScore, or NothingLoaded.
    """
    if method not in definitions.methods():
        known = ", ".join(sorted(definitions.methods()))
        raise NothingToScore(f"There is no method of scoring '{method}'. There are: {known}.")
    scoring = definitions.scoring(method)
    day = as_at or tables.newest_snapshot() or timezone.localdate()
    schools = list(_open_on(day, authority=authority))
    if not schools:
        raise NothingToScore(
            f"No school of authority {authority} was open on {day:%d %B %Y} in the registers loaded. "
            "Check the code, or load a register of schools."
        )
    indicators = scoring.method.indicators()
    about = tables.tables_about(schools, authority=authority, indicators=indicators | {ROLL})
    evidence = gather(
        EvidenceTables(
            establishments=about.establishments,
            values=about.values,
            areas=about.areas,
            inspections=about.inspections,
            facts=about.facts,
            links=about.links,
            attendance=about.attendance,
        ),
        as_at=day,
        indicators=indicators,
    )
    return Gathered(
        scoring, day, as_at or timezone.localdate(), {int(urn): one for urn, one in evidence.items()}
    )


def _open_on(day: date, *, authority: str) -> Iterator[School]:
    """Yield the schools open on the day, by their dates; an open school without a date counts as open."""
    for school in register.schools_of(authority, standings=(Standing.OPEN, Standing.CLOSED)):
        opened = school.opened_on is None or school.opened_on <= day
        unknown = school.standing == Standing.CLOSED and school.closed_on is None
        if opened and not unknown and (school.closed_on is None or school.closed_on > day):
            yield school
