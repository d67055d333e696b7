"""What a person chose, watches and last read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from steward.access.models import Person
from steward.access.permissions import Permission, Viewer, reach
from steward.reminders.models import CalendarFeed, Choice, LastLook, Watched


@dataclass(frozen=True, slots=True)
class WatchedSchool:
    """A school on a person's watch list."""

    urn: int
    name: str
    reason: str
    since: date


def choice_of(person: Person) -> Choice:
    """Return what a person chose, or what holds for who chose nothing (not saved)."""
    return Choice.objects.filter(person=person).first() or Choice(person=person)


def choices() -> Mapping[int, Choice]:
    """Return what each person chose who chose something, by key of the person."""
    return {each.person_id: each for each in Choice.objects.all()}


def watched_by(viewer: Viewer) -> tuple[WatchedSchool, ...]:
    """Return the schools that a viewer watches and may still see, by name."""
    if not isinstance(viewer, Person):
        return ()
    within = reach(viewer, Permission.VIEW_PROPOSALS)
    found = Watched.objects.filter(person=viewer, until=None)
    return tuple(
        WatchedSchool(each.school_id, each.school.name, each.reason, each.since)
        for each in found.select_related("school")
        if within.covers(each.school_id)
    )


def last_look(viewer: Viewer) -> datetime | None:
    """Return the moment up to which a viewer has read what changed, None where they never said so."""
    if not isinstance(viewer, Person):
        return None
    return LastLook.objects.filter(person=viewer).values_list("at", flat=True).first()


def calendar_of(person: Person) -> CalendarFeed | None:
    """Return the calendar of a person that is in use, or None."""
    return CalendarFeed.objects.filter(person=person, revoked_at=None).first()


def person_of_calendar(secret_hash: str) -> Person | None:
    """Return whose calendar has this hash of a secret, None where it was ended or their access was."""
    feed = CalendarFeed.objects.filter(secret_hash=secret_hash, revoked_at=None).select_related("person")
    found = feed.first()
    return found.person if found and found.person.is_active else None
