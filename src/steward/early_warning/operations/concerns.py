"""Raising concerns and taking them forward, step by step."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from steward.access.models import Person
from steward.audit import operations as audit
from steward.early_warning import policies
from steward.early_warning.models import Concern, ConcernStep
from steward.early_warning.models.concerns import OPEN_STATES, Level, Origin, State, Topic
from steward.early_warning.steps import Act
from steward.register.models import School

_DAYS_TO_NEXT_STEP = {Level.WATCH: 42, Level.CONCERN: 21, Level.SERIOUS: 7}
"""Days until the next step is due, where no day is given."""


@dataclass(frozen=True, slots=True)
class NewConcern:
    """What is raised."""

    urn: int
    topic: Topic
    origin: Origin
    level: Level
    facts: str


@dataclass(frozen=True, slots=True)
class Step:
    """What is done with a concern, and why."""

    act: Act
    reason: str
    passed_to: str = ""
    level: Level | None = None
    """How pressing it is from now on; as before when left out."""
    next_step_by: date | None = None


@transaction.atomic
def raise_concern(new: NewConcern, *, actor: Person) -> Concern:
    """Return the concern with its first step. Raises NotPossible without facts."""
    if not new.facts.strip():
        raise policies.NotPossible("Say what is known: a concern rests on facts.")
    today = timezone.localdate()
    kept = Concern.objects.create(
        school=School.objects.get(pk=new.urn),
        topic=new.topic,
        origin=new.origin,
        level=new.level,
        facts=new.facts.strip(),
        next_step_by=_due(today, level=new.level),
        raised_on=today,
        raised_at=timezone.now(),
        raised_by=actor,
        raised_by_name=actor.name,
    )
    _keep(kept, step=Step(Act.RAISE, new.facts.strip()), before="", actor=actor)
    return kept


@transaction.atomic
def take(concern_id: int, *, step: Step, seen: str, actor: Person) -> Concern:
    """Return the concern after a step; `seen` is the state in which it was opened.

    Raises NotPossible for a step that cannot follow, without a reason, or when somebody was quicker.
    """
    kept = Concern.objects.select_for_update().get(pk=concern_id)
    if kept.state != seen:
        raise policies.NotPossible(
            f"Somebody took a step while you were writing: it is {kept.get_state_display().lower()} now. "
            "Read it again."
        )
    before, today = State(kept.state), timezone.localdate()
    following = policies.after(before, act=step.act, reason=step.reason, passed_to=step.passed_to)
    is_open = following in OPEN_STATES
    kept.state = following
    kept.level = step.level or kept.level
    kept.passed_to = step.passed_to.strip() if step.act is Act.PASS_ON else ""
    kept.closed_on = None if is_open else today
    due = step.next_step_by or _due(today, level=Level(kept.level))
    kept.next_step_by = due if is_open else None
    kept.save()
    _keep(kept, step=step, before=before.value, actor=actor)
    return kept


def _due(today: date, *, level: Level) -> date:
    return today + timedelta(days=_DAYS_TO_NEXT_STEP[level])


def _keep(kept: Concern, *, step: Step, before: str, actor: Person) -> None:
    ConcernStep.objects.create(
        concern=kept,
        act=step.act.value,
        before=before,
        after=kept.state,
        level=kept.level,
        reason=step.reason.strip(),
        passed_to=kept.passed_to,
        taken_at=timezone.now(),
        taken_by=actor,
        taken_by_name=actor.name,
    )
    audit.record(
        f"early_warning.concern.{step.act.value}",
        actor=actor,
        subject_kind="concern",
        subject_id=kept.pk,
        authority=kept.school.authority_id,
        details={"school": kept.school_id, "before": before, "after": kept.state, "level": kept.level},
    )
