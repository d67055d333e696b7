"""What is kept beside a provider: designations, days, commitments, conflicts and assurance."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from steward.audit import operations as audit
from steward.audit.operations import Actor
from steward.register import queries as register
from steward.support import definitions, policies
from steward.support.keeping import Because, keep, locked
from steward.support.models import Assurance, Capacity, Commitment, Conflict, Designation, Provider, Quality
from steward.support.steps import ProviderAct
from steward.support.terms import Term


@dataclass(frozen=True, slots=True)
class NewDesignation:
    """What a provider was designated as, by whom, and when it is to be looked at again."""

    kind: str
    body: str
    since: date
    until: date | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewConflict:
    """A school, by URN, or a trust that a provider must not support, and why."""

    reason: str
    since: date
    urn: int | None = None
    trust: str = ""


@transaction.atomic
def designate(key: int, *, new: NewDesignation, actor: Actor) -> Designation:
    """Return the designation kept. Raises NotPossible for an unknown kind or days in the wrong order."""
    words = definitions.provider_kinds().labels()
    if new.kind not in words:
        raise policies.NotPossible(f"'{new.kind}' is no kind of provider. Use one of: {', '.join(words)}.")
    if not new.body.strip():
        raise policies.NotPossible("Say who designated the provider.")
    policies.check_span(new.since, new.until)
    found = _opened(key)
    made = Designation.objects.create(
        provider=found,
        kind=new.kind,
        body=new.body.strip(),
        since=new.since,
        until=new.until,
        review_on=new.review_on,
    )
    _note(found, said=f"Designated as {words[new.kind]} by {made.body} from {new.since}", actor=actor)
    return made


@transaction.atomic
def end_designation(designation: Designation, *, last_day: date, reason: str, actor: Actor) -> None:
    """End a designation on a day. Raises NotPossible without a reason or for a day before it began."""
    policies.check_reason(reason)
    policies.check_span(designation.since, last_day)
    found = _opened(designation.provider_id)
    designation.until = last_day
    designation.save()
    _note(found, said=f"Designation ended on {last_day}: {reason.strip()}", actor=actor)


@transaction.atomic
def offer_days(key: int, *, days: dict[Term, Decimal], reason: str, actor: Actor) -> None:
    """Keep how many days a provider offers in each term. Raises NotPossible for days that cannot be."""
    policies.check_reason(reason)
    for each in days.values():
        policies.check_days(each)
    found = _opened(key)
    before = {one.term: one.days for one in found.capacities.all()}
    told = [
        f"{term.words} {before.get(term.key, 0):g} to {each:g} days"
        for term, each in sorted(days.items())
        if before.get(term.key) != each
    ]
    for term, each in days.items():
        Capacity.objects.update_or_create(provider=found, term=term.key, defaults={"days": each})
    if told:
        _note(found, said=f"{'; '.join(told)}: {reason.strip()}", actor=actor)


@transaction.atomic
def commit_days(key: int, *, term: Term, days: Decimal, what: str, actor: Actor) -> Commitment:
    """Return days promised elsewhere. Raises NotPossible without days or without what for."""
    policies.check_reason(what)
    policies.check_days(days)
    if not days:
        raise policies.NotPossible("Say how many days are promised: at least half a day.")
    found = _opened(key)
    made = Commitment.objects.create(provider=found, term=term.key, days=days, what=what.strip())
    _note(found, said=f"{days:g} days of {term.words} promised: {made.what}", actor=actor)
    return made


@transaction.atomic
def release_days(commitment: Commitment, *, reason: str, actor: Actor) -> None:
    """Give days back that were promised elsewhere. Raises NotPossible without a reason."""
    policies.check_reason(reason)
    found = _opened(commitment.provider_id)
    commitment.released_on = timezone.localdate()
    commitment.save()
    _note(
        found, said=f"{commitment.days:g} days given back ({commitment.what}): {reason.strip()}", actor=actor
    )


@transaction.atomic
def bar(key: int, *, new: NewConflict, actor: Actor) -> Conflict:
    """Return the conflict kept. Raises NotPossible unless it names one school or one trust."""
    policies.check_reason(new.reason)
    if (new.urn is None) == (not new.trust.strip()):
        raise policies.NotPossible("Name one school by its URN, or one trust: one of the two.")
    if new.urn is not None and register.school(new.urn) is None:
        raise policies.NotPossible(f"There is no school with the URN {new.urn} in the register.")
    found = _opened(key)
    made = Conflict.objects.create(
        provider=found,
        school_id=new.urn,
        trust=new.trust.strip(),
        reason=new.reason.strip(),
        since=new.since,
    )
    _note(found, said=f"Conflict with {new.urn or made.trust}: {made.reason}", actor=actor)
    return made


@transaction.atomic
def lift(conflict: Conflict, *, reason: str, actor: Actor) -> None:
    """End a conflict today. Raises NotPossible without a reason."""
    policies.check_reason(reason)
    found = _opened(conflict.provider_id)
    conflict.until = timezone.localdate()
    conflict.save()
    _note(found, said=f"Conflict no longer holds: {reason.strip()}", actor=actor)


@transaction.atomic
def assure(key: int, *, quality: Quality, on: date, evidence: str, actor: Actor) -> Assurance:
    """Return what was found of the quality of a provider's work. Raises NotPossible without evidence."""
    policies.check_reason(evidence)
    if on > timezone.localdate():
        raise policies.NotPossible("The day is still to come: give the day on which the work was looked at.")
    found = _opened(key)
    made = Assurance.objects.create(
        provider=found,
        quality=quality,
        on=on,
        evidence=evidence.strip(),
        by_id=actor.pk,
        by_name=actor.name,
    )
    _note(found, said=f"Quality assured: {quality.label}", actor=actor)
    return made


def _opened(key: int) -> Provider:
    return locked(key, act=ProviderAct.CHANGE, reason="kept beside it", seen=None)


def _note(provider: Provider, *, said: str, actor: Actor) -> None:
    keep(provider, because=Because(ProviderAct.CHANGE, said[:2000], {}), by=actor)
    audit.record(
        "support.provider.supply",
        actor=actor,
        subject_kind="provider",
        subject_id=provider.pk,
        authority=provider.authority_id,
        details={"said": said},
    )
