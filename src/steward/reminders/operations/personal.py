"""What a person changes of their own reminders. Only the calendar and the settings are audited."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from steward.access.models import Person
from steward.access.permissions import Permission, may
from steward.audit import operations as audit
from steward.register import queries as register
from steward.reminders import tokens
from steward.reminders.models import Act, CalendarFeed, Choice, Frequency, LastLook, Reminder, Watched
from steward.vocabulary.due import DueKind

SNOOZE = timedelta(days=7)
_SECRET_BYTES = 32


class NotPossible(Exception):
    """A change to reminders was refused; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person chooses about e-mail."""

    frequency: Frequency
    immediate: bool
    quiet: tuple[DueKind, ...] = ()


@transaction.atomic
def choose(chosen: Chosen, *, actor: Person) -> Choice:
    """Return the choice kept of a person about e-mail."""
    kept, _ = Choice.objects.get_or_create(person=actor)
    kept.frequency, kept.immediate = chosen.frequency, chosen.immediate
    kept.quiet = sorted(kind.value for kind in chosen.quiet)
    kept.save(update_fields=["frequency", "immediate", "quiet"])
    _record("reminders.settings.changed", actor=actor, frequency=kept.frequency, immediate=kept.immediate)
    return kept


@transaction.atomic
def unsubscribe(person: Person, *, actor: audit.Actor) -> None:
    """Send a person no more e-mail; what is due stays on their list in the site."""
    kept, _ = Choice.objects.get_or_create(person=person)
    kept.frequency, kept.immediate = Frequency.OFF, False
    kept.save(update_fields=["frequency", "immediate"])
    details = {"frequency": kept.frequency, "by": "the link in an e-mail"}
    audit.record(
        "reminders.email.ended", actor=actor, subject_kind="person", subject_id=person.pk, details=details
    )


@transaction.atomic
def set_aside(key: str, *, act: Act, actor: Person) -> None:
    """Take a reminder off the actor's list, for a week or for good, or put it back.

    What it reminds of is not changed, so nothing is audited.
    """
    state, _ = Reminder.objects.get_or_create(person=actor, key=key)
    now = timezone.now()
    state.done_at = now if act is Act.DONE else None
    state.snoozed_until = timezone.localdate(now) + SNOOZE if act is Act.SNOOZE else None
    state.save(update_fields=["done_at", "snoozed_until"])


@transaction.atomic
def watch(urn: int, *, reason: str, actor: Person) -> Watched:
    """Return the school now on the actor's watch list, or with another reason where it was there.

    Raises NotPossible for a school in no register, or where the actor may not watch it.
    """
    school = register.school(urn)
    if school is None or not may(actor, Permission.VIEW_PROPOSALS, urn=urn):
        raise NotPossible(f"There is no school with the URN {urn} that you may watch.")
    if not reason.strip():
        raise NotPossible("Say why you watch the school: the reason is what you read on your home page.")
    kept = Watched.objects.filter(person=actor, school=school, until=None).first()
    kept = kept or Watched(person=actor, school=school, since=timezone.localdate())
    kept.reason = reason.strip()
    kept.save()
    return kept


@transaction.atomic
def stop_watching(urn: int, *, actor: Person) -> None:
    """Take a school off the actor's watch list."""
    Watched.objects.filter(person=actor, school_id=urn, until=None).update(until=timezone.localdate())


@transaction.atomic
def note_look(moment: datetime, *, actor: Person) -> None:
    """Keep that the actor has read what changed up to a moment; never earlier than is kept."""
    kept, made = LastLook.objects.get_or_create(person=actor, defaults={"at": moment})
    if not made and kept.at < moment:
        kept.at = moment
        kept.save(update_fields=["at"])


@transaction.atomic
def make_calendar(*, actor: Person) -> str:
    """Return the secret of a new calendar of the actor, whose earlier one stops working. It is told once."""
    now = timezone.now()
    CalendarFeed.objects.filter(person=actor, revoked_at=None).update(revoked_at=now)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    CalendarFeed.objects.create(person=actor, secret_hash=tokens.hash_of(secret), made_at=now)
    _record("reminders.calendar.made", actor=actor)
    return secret


@transaction.atomic
def end_calendar(*, actor: Person) -> None:
    """End the calendar of the actor: its address answers nobody from now on."""
    ended = CalendarFeed.objects.filter(person=actor, revoked_at=None).update(revoked_at=timezone.now())
    if ended:
        _record("reminders.calendar.ended", actor=actor)


def _record(verb: str, *, actor: Person, **details: object) -> None:
    audit.record(verb, actor=actor, subject_kind="person", subject_id=actor.pk, details=details)
