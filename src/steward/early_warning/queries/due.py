"""What is due from a viewer about concerns and events, for home pages and reminders."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from steward.access.permissions import Permission, Viewer, may
from steward.early_warning.models import Concern, LiveEvent
from steward.early_warning.models.concerns import OPEN_STATES, State
from steward.early_warning.queries import concerns, events
from steward.early_warning.queries.expected_files import expected_files
from steward.register import queries as register
from steward.vocabulary.due import DueItem, DueKind, in_order

_AHEAD = timedelta(days=14)
"""So long before its last day an event is listed."""
_NEXT = {
    State.RAISED: "Begin to assess a concern",
    State.ASSESSING: "Finish the assessment of a concern",
    State.ACTIVE: "Take the next step of a concern",
}


def due_items(viewer: Viewer, *, on: date | None = None) -> tuple[DueItem, ...]:
    """Return what is due from a viewer about concerns, events and files to load, the earliest day first.

    An adviser is told of the schools they look after and of what they raised; who moderates decisions of all.
    """
    today = on or timezone.localdate()
    files = tuple(expected_files(viewer, on=today))
    if not may(viewer, Permission.RECORD_CONCERNS):
        return in_order(files)
    key = getattr(viewer, "pk", None)
    everything = may(viewer, Permission.MODERATE_DECISIONS)
    mine = frozenset(register.schools_looked_after_by(key)) if isinstance(key, int) else frozenset()

    def is_for(urn: int, by: int | None) -> bool:
        return everything or urn in mine or (by is not None and by == key)

    found = [
        *files,
        *(_of(one) for one in _open(viewer) if is_for(one.school_id, one.raised_by_id)),
        *(_end_of(one) for one in _ending(viewer, on=today) if is_for(one.school_id, one.recorded_by_id)),
        *(item for item in _discussions(viewer, on=today) if is_for(item.urn or 0, None)),
    ]
    return in_order(found)


def _open(viewer: Viewer) -> Iterator[Concern]:
    yield from concerns.visible_to(viewer).filter(state__in=OPEN_STATES)


def _ending(viewer: Viewer, *, on: date) -> Iterator[LiveEvent]:
    yield from events.live_on(on, viewer=viewer).filter(expires__lte=on + _AHEAD)


def _of(concern: Concern) -> DueItem:
    return DueItem(
        what=_NEXT[State(concern.state)],
        school=concern.school.name,
        urn=concern.school_id,
        due=concern.next_step_by,
        since=concern.raised_on,
        href_name="early_warning:concern",
        href_args=(concern.pk,),
        kind=DueKind.CONCERN_STEP,
    )


def _end_of(event: LiveEvent) -> DueItem:
    return DueItem(
        what="An event ends: record it again if it still holds",
        school=event.school.name,
        urn=event.school_id,
        due=event.expires,
        since=event.since,
        href_name="early_warning:school",
        href_args=(event.school_id,),
        kind=DueKind.EVENT_ENDS,
    )


def _discussions(viewer: Viewer, *, on: date) -> Iterator[DueItem]:
    for one in events.discussions(on, viewer=viewer):
        yield DueItem(
            what="Discuss at the next concern meeting",
            school=one.name,
            urn=one.urn,
            due=None,
            since=one.half_term.begins,
            href_name="early_warning:school",
            href_args=(one.urn,),
            kind=DueKind.DISCUSSION,
        )
