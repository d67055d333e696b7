"""Reads of moderation meetings and of what may come before one."""

from django.db import models

from steward.access.permissions import Permission, Viewer, may
from steward.categorisation.models import Decision, MeetingItem, ModerationMeeting
from steward.categorisation.queries.decisions import visible_to
from steward.categorisation.steps import State


def meetings_visible_to(viewer: Viewer) -> models.QuerySet[ModerationMeeting]:
    """Return the meetings a viewer may see, the newest first, each with `taken`: how many items it took."""
    if not may(viewer, Permission.VIEW_DECISIONS):
        return ModerationMeeting.objects.none()
    return ModerationMeeting.objects.annotate(taken=models.Count("items"))


def agenda(meeting: ModerationMeeting, *, viewer: Viewer) -> list[Decision]:
    """Return the proposals the meeting has still to take, most concern first; none once it is closed."""
    if meeting.closed_at is not None:
        return []
    waiting = visible_to(viewer).filter(state=State.PROPOSED, authority=meeting.authority_id)
    left = waiting.exclude(meeting_items__meeting=meeting)
    return list(left.order_by("-concern", "school__name"))


def items(meeting: ModerationMeeting) -> list[MeetingItem]:
    """Return what a meeting said, in the order in which it took the schools."""
    return list(meeting.items.select_related("decision__school", "version"))
