"""Recording and ending live events."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from steward.access.models import Person
from steward.audit import operations as audit
from steward.early_warning import definitions, policies
from steward.early_warning.models import LiveEvent
from steward.evidence.operations import facts
from steward.register.models import School

_SOURCE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What is to be recorded; without a last day it lasts as long as the kind says."""

    urn: int
    kind: str
    since: date
    evidence: str
    expires: date | None = None
    number: int | None = None
    link: str = ""


@transaction.atomic
def record(event: NewEvent, *, actor: Person) -> LiveEvent:
    """Return the event, recorded with its local fact for rules and scores to read. Raises NotPossible."""
    definition = definitions.events().get(event.kind)
    if definition is None:
        raise policies.NotPossible("Choose one of the kinds of event there are.")
    policies.check_may_record(definition, role=actor.role)
    policies.check_open(School.objects.get(pk=event.urn))
    policies.check_since(event.since, today=timezone.localdate())
    last = event.expires or event.since + timedelta(days=definition.lasts_days)
    policies.check_event(definition, days=(event.since, last), number=event.number)
    if not event.evidence.strip():
        raise policies.NotPossible(f"Say what the evidence is. {definition.evidence_needed}")
    source = _source(event.evidence, number=event.number)
    fact = facts.record(
        facts.NewFact(event.urn, definition.fact, event.since, source, until=last), actor=actor
    )
    kept = LiveEvent.objects.create(
        school=School.objects.get(pk=event.urn),
        kind=event.kind,
        since=event.since,
        expires=last,
        number=event.number,
        evidence=event.evidence.strip(),
        link=event.link.strip(),
        fact=fact,
        recorded_at=timezone.now(),
        recorded_by=actor,
        recorded_by_name=actor.name,
    )
    _note("recorded", kept, actor=actor, expires=last.isoformat())
    return kept


@transaction.atomic
def end(event_id: int, *, last_day: date, reason: str, actor: Person) -> LiveEvent:
    """Return the event, ended on a day before its own. Raises NotPossible without a reason."""
    kept = _locked(event_id, actor=actor)
    if not reason.strip():
        raise policies.NotPossible("Say why the event has ended.")
    if kept.fact_id is None or kept.ended_because:
        raise policies.NotPossible("Somebody has ended this event already. Read it again.")
    if not kept.since <= last_day <= kept.expires:
        raise policies.NotPossible("The last day must lie between the first day and the day it would end.")
    facts.end(kept.fact_id, last_day=last_day, reason=reason, actor=actor)
    kept.expires, kept.ended_because = last_day, reason.strip()
    kept.save(update_fields=["expires", "ended_because"])
    _note("ended", kept, actor=actor, reason=reason, expires=last_day.isoformat())
    return kept


@transaction.atomic
def take_out(event_id: int, *, reason: str, actor: Person) -> LiveEvent:
    """Return an event that should not have been recorded: it counts for nothing and stays readable.

    Raises NotPossible without a reason.
    """
    kept = _locked(event_id, actor=actor)
    if not reason.strip():
        raise policies.NotPossible("Say why it should not have been recorded.")
    if kept.fact_id is None:
        raise policies.NotPossible("Somebody has taken this event out already. Read it again.")
    fact, kept.fact, kept.mistaken_because = kept.fact_id, None, reason.strip()
    kept.save(update_fields=["fact", "mistaken_because"])
    facts.withdraw(fact, reason=reason, actor=actor)
    _note("taken_out", kept, actor=actor, reason=reason)
    return kept


def _locked(event_id: int, *, actor: Person) -> LiveEvent:
    kept = LiveEvent.objects.select_for_update().get(pk=event_id)
    definition = definitions.events().get(kept.kind)
    if definition is not None:
        policies.check_may_record(definition, role=actor.role)
    return kept


def _source(evidence: str, *, number: int | None) -> str:
    said = evidence.strip() if number is None else f"{number}: {evidence.strip()}"
    return said if len(said) <= _SOURCE_LENGTH else f"{said[: _SOURCE_LENGTH - 1]}…"


def _note(act: str, kept: LiveEvent, *, actor: audit.Actor, **details: object) -> None:
    audit.record(
        f"early_warning.event.{act}",
        actor=actor,
        subject_kind="school",
        subject_id=kept.school_id,
        authority=kept.school.authority_id,
        details={"event": kept.pk, "kind": kept.kind, **details},
    )
