"""Reads of live events, and which schools appear three times in one half term."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from steward.access.permissions import Permission, Viewer, reach
from steward.analysis.scoring.events import EventDefinition
from steward.early_warning import definitions
from steward.early_warning.models import LiveEvent
from steward.regimes.half_terms import HalfTerm, half_term_of

APPEARANCES = 3
"""So many events of a school in one half term prompt a talk, and nothing more."""


@dataclass(frozen=True, slots=True)
class Discussion:
    """A school to be talked about at the next meeting about concerns, and why."""

    urn: int
    name: str
    events: tuple[LiveEvent, ...]
    half_term: HalfTerm


def visible_to(viewer: Viewer) -> QuerySet[LiveEvent]:
    """Return the events the viewer may see, the newest first."""
    within = reach(viewer, Permission.VIEW_EARLY_WARNING)
    found = LiveEvent.objects.select_related("school")
    return found if within.everywhere else found.filter(school_id__in=within.urns)


def events_of(urn: int, *, viewer: Viewer) -> list[LiveEvent]:
    """Return every event ever recorded of a school, the newest first."""
    return list(visible_to(viewer).filter(school_id=urn))


def live_on(day: date, *, viewer: Viewer) -> QuerySet[LiveEvent]:
    """Return the events in force on a day."""
    return counted(visible_to(viewer)).filter(since__lte=day, expires__gte=day)


def counted(found: QuerySet[LiveEvent]) -> QuerySet[LiveEvent]:
    """Return those of the events that were not recorded by mistake."""
    return found.filter(fact__isnull=False)


def kind_of(event: LiveEvent) -> EventDefinition | None:
    """Return the kind of an event, None where the authority's own file of it has gone."""
    return definitions.events().get(event.kind)


def kinds_for(role: str) -> list[EventDefinition]:
    """Return the kinds of event that people with a role record."""
    return [one for one in definitions.events().values() if role in one.recorded_by]


def discussions(day: date, *, viewer: Viewer, urn: int | None = None) -> list[Discussion]:
    """Return the schools with three or more events that began in the half term of a day, most first."""
    term = half_term_of(day, terms=definitions.half_terms())
    found = counted(visible_to(viewer)).filter(since__gte=term.begins, since__lte=min(day, term.ends))
    found = found if urn is None else found.filter(school_id=urn)
    by_school: dict[int, list[LiveEvent]] = defaultdict(list)
    no_sign = [one.id for one in definitions.events().values() if not one.is_sign]
    for event in found.exclude(kind__in=no_sign):
        by_school[event.school_id].append(event)
    often = [tuple(events) for events in by_school.values() if len(events) >= APPEARANCES]
    listed = [Discussion(each[0].school_id, each[0].school.name, each, term) for each in often]
    return sorted(listed, key=lambda one: (-len(one.events), one.name))
