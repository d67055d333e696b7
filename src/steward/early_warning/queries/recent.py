"""What was done about concerns and events since a moment."""

from dataclasses import dataclass
from datetime import datetime

from steward.access.permissions import Viewer
from steward.early_warning import definitions
from steward.early_warning.models import ConcernStep
from steward.early_warning.queries import concerns, events
from steward.early_warning.steps import Act as Act


@dataclass(frozen=True, slots=True)
class ConcernMoved:
    """One step of a concern."""

    urn: int
    name: str
    key: int
    topic: str
    act: Act
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EventRecorded:
    """An event that was recorded."""

    urn: int
    name: str
    title: str
    evidence: str
    at: datetime


def concerns_since(moment: datetime, *, viewer: Viewer) -> list[ConcernMoved]:
    """Return the steps taken after a moment in concerns the viewer may see, the newest first."""
    found = ConcernStep.objects.filter(taken_at__gt=moment, concern__in=concerns.visible_to(viewer))
    return [
        ConcernMoved(
            each.concern.school_id,
            each.concern.school.name,
            each.concern_id,
            each.concern.get_topic_display(),
            Act(each.act),
            each.reason,
            each.taken_at,
        )
        for each in found.select_related("concern__school").order_by("-taken_at", "-pk")
    ]


def events_since(moment: datetime, *, viewer: Viewer) -> list[EventRecorded]:
    """Return the events recorded after a moment that the viewer may see, the newest first."""
    kinds = definitions.events()
    return [
        EventRecorded(
            each.school_id,
            each.school.name,
            kinds[each.kind].title if each.kind in kinds else each.kind,
            each.evidence,
            each.recorded_at,
        )
        for each in events.visible_to(viewer).filter(recorded_at__gt=moment).order_by("-recorded_at", "-pk")
    ]
