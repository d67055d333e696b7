"""Changes to assessments: every one keeps a version or a record, with who, when and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from steward.access.models import Person
from steward.audit import operations as audit
from steward.equality import policies
from steward.equality.models import (
    Assessment,
    AssessmentVersion,
    Decision,
    Effect,
    GroupEffect,
    Outcome,
    Review,
    State,
)
from steward.equality.policies import NotPossible

__all__ = ["NotPossible", "Written", "WrittenEffect", "decide", "review", "start", "write"]


@dataclass(frozen=True, slots=True)
class WrittenEffect:
    """What is written about one group."""

    characteristic: str
    effect: str
    evidence: str = ""
    mitigation: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What a version says; `reason` is why it was written."""

    title: str
    kind: str
    proposal: str
    evidence: str
    links: tuple[str, ...]
    effects: tuple[WrittenEffect, ...]
    reason: str


@transaction.atomic
def start(written: Written, *, authority: str, owner: Person, actor: audit.Actor) -> Assessment:
    """Return a new draft with its first version. Raises NotPossible for harm without mitigation."""
    _check_mitigated(written.effects)
    assessment = Assessment.objects.create(
        authority_id=authority,
        title=written.title,
        kind=written.kind,
        owner=owner,
        started_at=timezone.now(),
    )
    version = _keep(assessment, written=written, number=1, actor=actor)
    _record("started", assessment, actor=actor, version=version.number, reason=written.reason)
    return assessment


@transaction.atomic
def write(assessment: Assessment, *, written: Written, seen: int, actor: audit.Actor) -> AssessmentVersion:
    """Return a new version, which is a draft until it is decided; earlier versions and decisions are kept.

    `seen` is the number of the version that was opened for writing. Raises NotPossible when somebody else
    wrote a newer one since, or for harm without mitigation.
    """
    _check_mitigated(written.effects)
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    policies.check_is_newest(locked, seen=seen)
    version = _keep(locked, written=written, number=seen + 1, actor=actor)
    before = locked.state
    locked.title, locked.kind, locked.state = written.title, written.kind, State.DRAFT
    locked.save(update_fields=["title", "kind", "state"])
    _record(
        "written", locked, actor=actor, version=version.number, reason=written.reason, state_before=before
    )
    return version


@transaction.atomic
def decide(
    version: AssessmentVersion, *, outcome: Outcome, reasons: str, review_on: date, actor: audit.Actor
) -> Decision:
    """Return the decision on the newest version, to be reviewed on a day. Raises NotPossible."""
    assessment = Assessment.objects.select_for_update().get(pk=version.assessment_id)
    policies.check_is_newest(assessment, seen=version.number)
    policies.check_can_be_decided(version, review_on=review_on, today=timezone.localdate())
    decision = Decision.objects.create(
        version=version,
        outcome=outcome,
        reasons=reasons,
        decided_at=timezone.now(),
        decided_by_id=actor.pk,
        decided_by_name=actor.name,
        review_on=review_on,
    )
    assessment.state, assessment.review_on = State.DECIDED, review_on
    assessment.save(update_fields=["state", "review_on"])
    _record("decided", assessment, actor=actor, version=version.number, outcome=outcome.value, reason=reasons)
    return decision


@transaction.atomic
def review(assessment: Assessment, *, found: str, review_on: date | None, actor: audit.Actor) -> Review:
    """Return the review of the last decision; `review_on` is when to look again. Raises NotPossible."""
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    policies.check_can_be_reviewed(locked, review_on=review_on, today=timezone.localdate())
    decision = Decision.objects.filter(version__assessment=locked).latest("decided_at")
    made = Review.objects.create(
        decision=decision,
        found=found,
        reviewed_at=timezone.now(),
        reviewed_by_id=actor.pk,
        reviewed_by_name=actor.name,
        review_on=review_on,
    )
    locked.state, locked.review_on = State.REVIEWED, review_on
    locked.save(update_fields=["state", "review_on"])
    _record("reviewed", locked, actor=actor, reason=found, review_on=review_on)
    return made


def _check_mitigated(effects: Iterable[WrittenEffect]) -> None:
    for one in effects:
        if one.effect in (Effect.NEGATIVE, Effect.MIXED) and not one.mitigation.strip():
            raise NotPossible("Say how a negative effect is made less, or why it cannot be.")


def _keep(assessment: Assessment, *, written: Written, number: int, actor: audit.Actor) -> AssessmentVersion:
    version = AssessmentVersion.objects.create(
        assessment=assessment,
        number=number,
        title=written.title,
        kind=written.kind,
        proposal=written.proposal,
        evidence=written.evidence,
        links=list(written.links),
        reason=written.reason,
        written_at=timezone.now(),
        written_by_id=actor.pk,
        written_by_name=actor.name,
    )
    GroupEffect.objects.bulk_create(
        [
            GroupEffect(
                version=version,
                characteristic=one.characteristic,
                effect=one.effect,
                evidence=one.evidence,
                mitigation=one.mitigation,
            )
            for one in written.effects
        ]
    )
    return version


def _record(act: str, assessment: Assessment, *, actor: audit.Actor, **details: object) -> None:
    audit.record(
        f"equality.assessment.{act}",
        actor=actor,
        subject_kind="assessment",
        subject_id=assessment.pk,
        authority=assessment.authority_id,
        details=details,
    )
