"""Reads of the register of concerns."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from steward.access.permissions import Permission, Viewer, reach
from steward.early_warning.models import Concern
from steward.early_warning.models.concerns import OPEN_STATES


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which concerns are asked for; empty leaves nothing out."""

    text: str = ""
    topic: str = ""
    level: str = ""
    state: str = ""
    """A state, or "open" or "closed"."""
    overdue_on: date | None = None


def visible_to(viewer: Viewer) -> QuerySet[Concern]:
    """Return the concerns the viewer may see, the newest first."""
    within = reach(viewer, Permission.VIEW_EARLY_WARNING)
    found = Concern.objects.select_related("school")
    return found if within.everywhere else found.filter(school_id__in=within.urns)


def concerns(viewer: Viewer, *, wanted: Wanted) -> QuerySet[Concern]:
    """Return the concerns asked for, that the viewer may see."""
    found = visible_to(viewer)
    if wanted.text:
        found = found.filter(school__name__icontains=wanted.text)
    for name in ("topic", "level"):
        if getattr(wanted, name):
            found = found.filter(**{name: getattr(wanted, name)})
    if wanted.state == "open":
        found = found.filter(state__in=OPEN_STATES)
    elif wanted.state == "closed":
        found = found.exclude(state__in=OPEN_STATES)
    elif wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.overdue_on is not None:
        found = found.filter(state__in=OPEN_STATES, next_step_by__lt=wanted.overdue_on)
    return found


def concerns_of(urn: int, *, viewer: Viewer) -> list[Concern]:
    """Return every concern ever raised about a school, the newest first."""
    return list(visible_to(viewer).filter(school_id=urn))


def overdue(viewer: Viewer, *, today: date) -> int:
    """Return how many open concerns have a next step that was due before today."""
    return concerns(viewer, wanted=Wanted(overdue_on=today)).count()
