"""Reads of needs, and what a decision or a concern suggests to record as one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import models

from steward.access.permissions import Permission, Viewer, reach
from steward.categorisation.models import Decision
from steward.categorisation.queries import decisions
from steward.early_warning.models.concerns import Level
from steward.early_warning.models.concerns import State as ConcernState
from steward.early_warning.queries import concerns
from steward.support.models import Need, Origin
from steward.support.steps import NeedState

SORTS = ("school", "urgency", "days", "term", "state")
LIVE = (NeedState.ASKED, NeedState.OPEN, NeedState.PLACED)
_COLUMNS = {"school": "school__name"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which needs are asked for; empty leaves nothing out."""

    text: str = ""
    state: str = ""
    urgency: str = ""
    term: str = ""
    tag: str = ""
    origin: str = ""
    sort: str = "school"


@dataclass(frozen=True, slots=True)
class Suggested:
    """A need that a decision or a concern suggests: nothing is recorded until an officer does."""

    origin: Origin
    key: int
    urn: int
    school: str
    why: str
    since: date
    text: str
    """What was written there of what is to be improved."""


def visible_to(viewer: Viewer) -> models.QuerySet[Need]:
    """Return the needs a viewer may see: officers all, a person of a school those the school asked for."""
    found = Need.objects.select_related("school")
    within = reach(viewer, Permission.VIEW_SUPPORT)
    if within.everywhere:
        return found
    own = reach(viewer, Permission.TAKE_PART_IN_SUPPORT)
    return found.filter(school_id__in=own.urns | within.urns, origin=Origin.SCHOOL)


def needs(viewer: Viewer, *, wanted: Wanted) -> list[Need]:
    """Return the needs asked for, that the viewer may see, in the order asked for."""
    found = visible_to(viewer)
    if wanted.text:
        found = found.filter(school__name__icontains=wanted.text)
    for name in ("urgency", "term", "origin"):
        if getattr(wanted, name):
            found = found.filter(**{name: getattr(wanted, name)})
    if wanted.state == "live":
        found = found.filter(state__in=LIVE)
    elif wanted.state:
        found = found.filter(state=wanted.state)
    down = wanted.sort.startswith("-")
    name = wanted.sort.removeprefix("-")
    ordered = found.order_by(f"{'-' if down else ''}{_COLUMNS.get(name, name)}", "school__name", "pk")
    return [each for each in ordered if not wanted.tag or wanted.tag in each.tags]


def suggested(viewer: Viewer) -> list[Suggested]:
    """Return what final decisions and serious concerns suggest and nobody has recorded, the newest first."""
    found = [*_from_decisions(viewer), *_from_concerns(viewer)]
    return sorted(found, key=lambda one: (one.since, one.school), reverse=True)


def suggestion(viewer: Viewer, *, origin: str, key: int) -> Suggested | None:
    """Return one suggestion by where it comes from, None where there is no such or it was recorded."""
    return next((one for one in suggested(viewer) if one.origin == origin and one.key == key), None)


def _from_decisions(viewer: Viewer) -> Iterator[Suggested]:
    """Yield final decisions other than the one of least concern, for which no need was recorded."""
    final = decisions.visible_to(viewer).filter(final_on__isnull=False, superseded_on=None, concern__gt=0)
    for each in final.filter(needs=None).prefetch_related("versions").order_by("pk"):
        if each.final_on is not None:
            why = f"Support category (council): {each.label}"
            text = _areas(each)
            yield Suggested(
                Origin.CATEGORY, each.pk, each.school_id, each.school.name, why, each.final_on, text
            )


def _areas(decision: Decision) -> str:
    newest = max(decision.versions.all(), key=lambda one: one.number, default=None)
    return newest.areas if newest else ""


def _from_concerns(viewer: Viewer) -> Iterator[Suggested]:
    """Yield concerns that were taken up, above the level of watching, for which no need was recorded."""
    taken_up = concerns.visible_to(viewer).filter(state=ConcernState.ACTIVE).exclude(level=Level.WATCH)
    for each in taken_up.filter(needs=None).order_by("pk"):
        why = f"Concern about {each.get_topic_display().lower()}, {each.get_level_display().lower()}"
        yield Suggested(
            Origin.CONCERN, each.pk, each.school_id, each.school.name, why, each.raised_on, each.facts
        )
