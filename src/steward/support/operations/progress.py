"""What is recorded while support is agreed, given and reviewed: measures, visits, reviews and views."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from steward.access.models import Person
from steward.audit import operations as audit
from steward.support import deployment_policies, policies
from steward.support.deployment_steps import DeploymentAct, Party
from steward.support.models import Deployment, Measure, Review, ReviewKind, SupportVisit, Verdict
from steward.support.operations.deployments import locked, moved

_ACT_OF = {
    ReviewKind.MID: DeploymentAct.REVIEW,
    ReviewKind.FINAL: DeploymentAct.CLOSING,
    ReviewKind.FOLLOW_UP: DeploymentAct.FOLLOW_UP,
}


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """What is to be measured: where it stands, from what source, and what is to be reached by when."""

    name: str
    unit: str
    baseline: Decimal
    baseline_on: date
    baseline_source: str
    target: Decimal
    target_on: date


@dataclass(frozen=True, slots=True)
class NewVisit:
    """A visit that was made."""

    on: date
    hours: Decimal
    activity: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class NewReview:
    """What a party found; `party` is set by whom the person acts for, unless the council writes for it."""

    kind: ReviewKind
    verdict: Verdict
    text: str
    party: Party


@transaction.atomic
def add_measure(key: int, *, new: NewMeasure, seen: int, actor: Person) -> Measure:
    """Return the measure kept; earlier signatures no longer hold. Raises NotPossible."""
    found = locked(key, act=DeploymentAct.SCOPE, actor=actor, seen=seen)
    for text in (new.name, new.unit, new.baseline_source):
        policies.check_reason(text)
    if new.baseline_on > timezone.localdate():
        raise policies.NotPossible("The day of the baseline is still to come: give the day it is of.")
    if new.target_on <= new.baseline_on:
        raise policies.NotPossible("The target is due before the baseline: give a later day.")
    if found.measures.filter(name=new.name.strip()).exists():
        raise policies.NotPossible(f"“{new.name.strip()}” is measured already.")
    made = Measure.objects.create(
        deployment=found,
        name=new.name.strip(),
        unit=new.unit.strip(),
        baseline=new.baseline,
        baseline_on=new.baseline_on,
        baseline_source=new.baseline_source.strip(),
        target=new.target,
        target_on=new.target_on,
    )
    found.terms_version += 1
    moved(found, act=DeploymentAct.SCOPE, reason=f"Measure: {made.name}", actor=actor)
    return made


@transaction.atomic
def drop_measure(measure: Measure, *, reason: str, seen: int, actor: Person) -> None:
    """Take a measure out of terms that are not agreed yet. Raises NotPossible afterwards."""
    policies.check_reason(reason)
    found = locked(measure.deployment_id, act=DeploymentAct.SCOPE, actor=actor, seen=seen)
    name = measure.name
    measure.delete()
    found.terms_version += 1
    moved(found, act=DeploymentAct.SCOPE, reason=f"Measure taken out: {name}. {reason}", actor=actor)


@transaction.atomic
def measure_after(measure: Measure, *, after: Decimal, on: date, source: str, actor: Person) -> Measure:
    """Return a measure with its value after the support. Raises NotPossible without day and source."""
    found = locked(measure.deployment_id, act=DeploymentAct.CLOSING, actor=actor, seen=None)
    policies.check_reason(source)
    if not measure.baseline_on < on <= timezone.localdate():
        raise policies.NotPossible("Give a day after that of the baseline and not still to come.")
    measure.after, measure.after_on, measure.after_source = after, on, source.strip()
    measure.save()
    said = f"{measure.name}: {measure.baseline:g} before, {after:g} after"
    moved(found, act=DeploymentAct.CLOSING, reason=said, actor=actor)
    return measure


@transaction.atomic
def record_visit(key: int, *, new: NewVisit, actor: Person) -> SupportVisit:
    """Return the visit kept. Raises NotPossible outside support that is under way."""
    found = locked(key, act=DeploymentAct.VISIT, actor=actor, seen=None)
    policies.check_reason(new.activity)
    if new.on > timezone.localdate():
        raise policies.NotPossible("The day is still to come: a visit is recorded once it was made.")
    if not 0 < new.hours <= 24:
        raise policies.NotPossible("Give the hours of the visit: more than 0 and at most 24.")
    made = SupportVisit.objects.create(
        deployment=found,
        on=new.on,
        hours=new.hours,
        activity=new.activity.strip(),
        outcome=new.outcome.strip(),
        at=timezone.now(),
        by=actor,
        by_name=actor.name,
    )
    moved(found, act=DeploymentAct.VISIT, reason=f"{new.on}, {new.hours:g} hours", actor=actor)
    return made


@transaction.atomic
def review(key: int, *, new: NewReview, seen: int | None, actor: Person) -> Review:
    """Return what a party found at the mid review, the end or the follow-up. Raises NotPossible.

    School and provider give their own view; the council may write down theirs where they told it.
    """
    act = _ACT_OF[new.kind]
    found = locked(key, act=act, actor=actor, seen=seen)
    policies.check_reason(new.text)
    acting = deployment_policies.party_of(actor, deployment=found)
    if acting is not new.party and acting is not Party.COUNCIL:
        raise policies.NotPossible("You give the view of your own school only.")
    made = _reviewed(found, new=new, actor=actor)
    moved(found, act=act, reason=f"{new.party.label}: {new.verdict.label}", actor=actor)
    return made


def _reviewed(deployment: Deployment, *, new: NewReview, actor: Person) -> Review:
    made = Review.objects.create(
        deployment=deployment,
        kind=new.kind,
        party=new.party,
        verdict=new.verdict,
        text=new.text.strip(),
        at=timezone.now(),
        by=actor,
        by_name=actor.name,
    )
    audit.record(
        "support.review",
        actor=actor,
        subject_kind="deployment",
        subject_id=deployment.pk,
        authority=deployment.authority_id,
        details={"kind": new.kind.value, "party": new.party.value, "verdict": new.verdict.value},
    )
    return made
