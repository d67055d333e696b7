"""Taking one step with a decision: locked, held against what the officer saw, and kept as a row."""

from django.utils import timezone

from steward.audit import operations as audit
from steward.audit.operations import Actor
from steward.categorisation.models import Decision, DecisionStep, DecisionVersion
from steward.categorisation.steps import Act, State, allows, step_of


class NotPossible(Exception):
    """A change to a decision was refused; the message says why and what to do."""


class Overtaken(NotPossible):
    """Somebody else changed the decision since it was opened; `theirs` is what it says now."""

    def __init__(self, sentence: str, *, theirs: DecisionVersion) -> None:
        """Keep the sentence and the newest version."""
        super().__init__(sentence)
        self.theirs = theirs


def locked(decision: Decision, *, act: Act, seen: int) -> Decision:
    """Return the decision, locked; raises Overtaken when it changed since `seen`, or NotPossible."""
    found = Decision.objects.select_for_update().select_related("school").get(pk=decision.pk)
    if found.changes != seen:
        raise Overtaken(_overtaken(found), theirs=newest_version(found))
    check(found, act=act)
    return found


def check(decision: Decision, *, act: Act) -> None:
    """Raise NotPossible when the act is not allowed in the state the decision is in."""
    if allows(act, state=State(decision.state), council_view=decision.council_view):
        return
    may_be = " or ".join(f"“{state.label}”" for state in step_of(act).before if state is not None)
    raise NotPossible(
        f"The decision about {decision.school.name} is “{State(decision.state).label}”. "
        f"“{act.label}” is possible when it is {may_be}. Open the decision again to see what comes next."
    )


def taken(decision: Decision, *, act: Act, actor: Actor, note: str = "") -> DecisionStep:
    """Return the row of a step, which has moved the decision to its new state."""
    before, after = decision.state, step_of(act).after
    decision.state = after
    decision.changes += 1
    decision.save()
    return DecisionStep.objects.create(
        decision=decision,
        number=decision.changes,
        act=act,
        before=before,
        after=after,
        note=note,
        at=timezone.now(),
        by_id=actor.pk,
        by_name=actor.name,
    )


def recorded(act: str, decision: Decision, *, actor: Actor, **details: object) -> None:
    """Record in the log what was done to a decision, with the state it is in now."""
    audit.record(
        f"categorisation.decision.{act}",
        actor=actor,
        subject_kind="decision",
        subject_id=decision.pk,
        authority=decision.authority_id,
        details={"urn": decision.school_id, "state": str(decision.state), **details},
    )


def newest_version(decision: Decision) -> DecisionVersion:
    """Return what the decision says now."""
    return DecisionVersion.objects.filter(decision=decision).latest("number")


def _overtaken(decision: Decision) -> str:
    last = DecisionStep.objects.filter(decision=decision).latest("number")
    return (
        f"{last.by_name} changed this while you were writing (“{Act(last.act).label}”). What you typed is "
        "kept below, and what it says now stands beside it. Take over what you need and save again."
    )
