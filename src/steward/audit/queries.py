"""Reading the audit log. Who may read it is decided by the app that shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from steward.audit.chain import START
from steward.audit.models import AuditEvent, ChainHead
from steward.audit.wording import areas as areas
from steward.audit.wording import detail_of as detail_of
from steward.audit.wording import subject_of as subject_of
from steward.audit.wording import what as what


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the chain holds, over how many events, and where it is broken first."""

    events: int
    fault: str = ""

    @property
    def holds(self) -> bool:
        """Whether no event was changed, removed or put in."""
        return not self.fault


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events are asked for; empty leaves nothing out."""

    who: str = ""
    """Part of the name of whoever did it."""
    app: str = ""
    """The part of Steward, such as "categorisation"."""
    text: str = ""
    """Part of the verb or of the subject."""
    verbs: tuple[str, ...] = ()
    """Verbs whose words have `text` in them."""
    school: int | None = None
    since: date | None = None
    until: date | None = None
    """The last day."""


def found(wanted: Wanted) -> QuerySet[AuditEvent]:
    """Return the events asked for, newest first."""
    chosen = events()
    if wanted.who:
        chosen = chosen.filter(actor_name__icontains=wanted.who)
    if wanted.app:
        chosen = chosen.filter(verb__startswith=f"{wanted.app}.")
    if wanted.text:
        about = Q(subject_id__icontains=wanted.text) | Q(subject_kind__icontains=wanted.text)
        chosen = chosen.filter(about | Q(verb__icontains=wanted.text) | Q(verb__in=wanted.verbs))
    if wanted.school is not None:
        own = Q(subject_kind="school", subject_id=str(wanted.school))
        told = Q(details__urn=wanted.school) | Q(details__school=wanted.school)
        chosen = chosen.filter(own | told | Q(details__school_urn=wanted.school))
    if wanted.since is not None:
        chosen = chosen.filter(at__date__gte=wanted.since)
    if wanted.until is not None:
        chosen = chosen.filter(at__date__lte=wanted.until)
    return chosen


def apps_told_of() -> list[str]:
    """Return the parts of Steward of which there are events."""
    verbs = AuditEvent.objects.order_by().values_list("verb", flat=True).distinct()
    return sorted({verb.partition(".")[0] for verb in verbs})


def verbs_told_of() -> list[str]:
    """Return every verb of which there are events."""
    return sorted(AuditEvent.objects.order_by().values_list("verb", flat=True).distinct())


def events() -> QuerySet[AuditEvent]:
    """Return all events, newest first."""
    return AuditEvent.objects.all()


def events_about(subject_kind: str, *, subject_id: str | int) -> QuerySet[AuditEvent]:
    """Return what was done to one subject, newest first."""
    return events().filter(subject_kind=subject_kind, subject_id=str(subject_id))


def events_by(actor_id: int) -> QuerySet[AuditEvent]:
    """Return what one person did, newest first."""
    return events().filter(actor_id=actor_id)


def verify_chain() -> Verdict:
    """Return whether every event is as it was recorded, naming the first that is not."""
    previous, expected = START, 1
    for event in AuditEvent.objects.order_by("number").iterator(chunk_size=2000):
        fault = _fault(event, previous=previous, expected=expected)
        if fault:
            return Verdict(expected - 1, fault)
        previous, expected = event.hash, expected + 1
    head = ChainHead.objects.filter(only=1).first()
    if head is not None and (head.number, head.hash) != (expected - 1, previous):
        return Verdict(expected - 1, f"Event {expected} is missing: the log once went on to {head.number}.")
    if head is None and expected > 1:
        return Verdict(expected - 1, "The head of the chain is missing, so later events may be too.")
    return Verdict(expected - 1)


def verify_events(shown: Iterable[AuditEvent]) -> Verdict:
    """Return whether these events, newest first and without gaps, are as recorded and follow each other."""
    listed = sorted(shown, key=lambda event: event.number)
    for place, event in enumerate(listed):
        before = listed[place - 1] if place else None
        previous = before.hash if before else event.previous_hash
        expected = before.number + 1 if before else event.number
        fault = _fault(event, previous=previous, expected=expected)
        if fault:
            return Verdict(place, fault)
    return Verdict(len(listed))


def _fault(event: AuditEvent, *, previous: str, expected: int) -> str:
    if event.number != expected:
        return f"Event {expected} is missing: the next one found is {event.number}."
    if event.previous_hash != previous:
        return f"Event {event.number} does not follow event {event.number - 1} as it stands."
    if not event.is_whole():
        return f"Event {event.number} ({event.verb}) was changed after it was recorded."
    return ""
