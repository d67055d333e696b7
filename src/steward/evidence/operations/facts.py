"""Recording, ending and correcting dated local facts about schools, for rules to read."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from steward.access.models import Person
from steward.audit import operations as audit
from steward.evidence.models import LocalFact
from steward.vocabulary.facts import FactKind

_LONGEST_SOURCE = 200


class FactRefused(ValueError):
    """A local fact cannot be recorded or changed so; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class NewFact:
    """What is to be recorded: `until` is the last day in force, None while it lasts."""

    urn: int
    kind: FactKind
    since: date
    source: str
    until: date | None = None


@transaction.atomic
def record(fact: NewFact, *, actor: Person) -> LocalFact:
    """Return the fact as it is kept. Raises FactRefused without a source or when it ends before it begins."""
    _check(since=fact.since, until=fact.until, source=fact.source)
    kept = LocalFact.objects.create(
        school_id=fact.urn,
        kind=fact.kind.value,
        since=fact.since,
        until=fact.until,
        source=fact.source.strip(),
        recorded_at=timezone.now(),
        recorded_by=actor,
    )
    _note("recorded", kept, actor=actor, source=kept.source)
    return kept


@transaction.atomic
def end(fact_id: int, *, last_day: date, reason: str, actor: audit.Actor) -> LocalFact:
    """Return the fact, in force until `last_day`. Raises FactRefused for a day before it began."""
    kept = LocalFact.objects.select_for_update().get(pk=fact_id)
    _check(since=kept.since, until=last_day, source=kept.source)
    kept.until = last_day
    kept.save(update_fields=["until"])
    _note("ended", kept, actor=actor, reason=reason)
    return kept


@transaction.atomic
def correct(fact_id: int, *, since: date, until: date | None, reason: str, actor: audit.Actor) -> LocalFact:
    """Return the fact with other days; the log keeps those before. Raises FactRefused without a reason."""
    if not reason.strip():
        raise FactRefused("Say why the days are corrected.")
    kept = LocalFact.objects.select_for_update().get(pk=fact_id)
    _check(since=since, until=until, source=kept.source)
    before = {"since_before": kept.since, "until_before": kept.until}
    kept.since, kept.until = since, until
    kept.save(update_fields=["since", "until"])
    _note("corrected", kept, actor=actor, reason=reason, **before)
    return kept


@transaction.atomic
def withdraw(fact_id: int, *, reason: str, actor: audit.Actor) -> None:
    """Take out a fact that never was so; the log keeps it. Raises FactRefused without a reason."""
    if not reason.strip():
        raise FactRefused("Say why the fact is withdrawn.")
    kept = LocalFact.objects.select_for_update().get(pk=fact_id)
    _note("withdrawn", kept, actor=actor, reason=reason, source=kept.source)
    kept.delete()


def _check(*, since: date, until: date | None, source: str) -> None:
    if not source.strip():
        raise FactRefused("Say where the fact is known from.")
    if len(source.strip()) > _LONGEST_SOURCE:
        raise FactRefused(f"Say in at most {_LONGEST_SOURCE} characters where the fact is known from.")
    if until is not None and until < since:
        raise FactRefused("The last day is before the first: give a later one.")


def _note(act: str, kept: LocalFact, *, actor: audit.Actor, **details: object) -> None:
    dates = {"since": kept.since.isoformat(), "until": kept.until.isoformat() if kept.until else None}
    told = {name: one.isoformat() if isinstance(one, date) else one for name, one in details.items()}
    audit.record(
        f"evidence.fact.{act}",
        actor=actor,
        subject_kind="school",
        subject_id=kept.school_id,
        authority=kept.school.authority_id,
        details={"fact": kept.pk, "kind": kept.kind, **dates, **told},
    )
