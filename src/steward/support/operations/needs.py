"""Recording needs and moving them from state to state."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from steward.audit import operations as audit
from steward.audit.operations import Actor
from steward.register.models import School
from steward.support import need_policies, policies
from steward.support.models import Need, NeedEvent, Origin
from steward.support.need_policies import NeedFacts
from steward.support.steps import NeedAct, NeedState


@dataclass(frozen=True, slots=True)
class _Done:
    act: NeedAct
    reason: str
    before: str


@transaction.atomic
def record(facts: NeedFacts, *, actor: Actor) -> Need:
    """Return the need kept: asked for where its school asks, else open. Raises NotPossible."""
    need_policies.check_facts(facts)
    act = NeedAct.ASK if facts.origin is Origin.SCHOOL else NeedAct.RECORD
    school = School.objects.get(pk=facts.urn)
    made = Need(
        authority_id=school.authority_id,
        school=school,
        state=need_policies.after(act, state=None),
        origin=facts.origin,
        decision_id=facts.decision_id,
        concern_id=facts.concern_id,
        recorded_at=timezone.now(),
        recorded_by_id=actor.pk,
        recorded_by_name=actor.name,
    )
    _write(made, facts=facts)
    made.save()
    _keep(made, done=_Done(act, facts.objective, ""), actor=actor)
    return made


@transaction.atomic
def change(key: int, *, facts: NeedFacts, reason: str, seen: int, actor: Actor) -> Need:
    """Return the need with new facts; where it came from is kept. Raises NotPossible."""
    found = _locked(key, reason=reason, seen=seen)
    need_policies.after(NeedAct.CHANGE, state=NeedState(found.state))
    need_policies.check_facts(facts)
    _write(found, facts=facts)
    _keep(found, done=_Done(NeedAct.CHANGE, reason, found.state), actor=actor)
    return found


@transaction.atomic
def move(key: int, *, act: NeedAct, reason: str, seen: int | None, actor: Actor) -> Need:
    """Return the need after an act such as accepting or closing. Raises NotPossible.

    `seen` is None where it follows from a step of a deployment.
    """
    found = _locked(key, reason=reason, seen=seen)
    before = found.state
    found.state = need_policies.after(act, state=NeedState(before))
    _keep(found, done=_Done(act, reason, before), actor=actor)
    return found


def _locked(key: int, *, reason: str, seen: int | None) -> Need:
    policies.check_reason(reason)
    found = Need.objects.select_for_update().get(pk=key)
    if seen is not None and found.changes != seen:
        raise policies.NotPossible(
            "Somebody changed this need while you were writing: it is "
            f"{found.get_state_display().lower()} now. What you typed is kept below. Read the need again."
        )
    return found


def _write(need: Need, *, facts: NeedFacts) -> None:
    need.phase = facts.phase or need.school.phase
    need.objective = facts.objective.strip()
    need.tags = sorted(set(facts.tags))
    need.urgency = facts.urgency
    need.term = facts.term
    need.days = facts.days
    need.funder = facts.funder.strip()
    need.target_groups = sorted(set(facts.target_groups))
    need.vetoes = sorted({veto.strip() for veto in facts.vetoes if veto.strip()})


def _keep(need: Need, *, done: _Done, actor: Actor) -> None:
    need.changes += 1
    need.save()
    NeedEvent.objects.create(
        need=need,
        act=done.act,
        before=done.before,
        after=need.state,
        reason=done.reason.strip(),
        at=timezone.now(),
        by_id=actor.pk,
        by_name=actor.name,
    )
    audit.record(
        f"support.need.{done.act.value}",
        actor=actor,
        subject_kind="need",
        subject_id=need.pk,
        authority=need.authority_id,
        details={"school": need.school_id, "before": done.before, "after": need.state},
    )
