"""The states of a decision and of an override, and which act leads from where to where: one table."""

from dataclasses import dataclass

from django.db.models import TextChoices


class State(TextChoices):
    """Where a decision stands."""

    PROPOSED = "proposed", "Proposed"
    MODERATED = "moderated", "Moderated"
    SHARED = "shared", "Shared with the school"
    AGREED = "agreed", "School agreed"
    NOT_AGREED = "not_agreed", "School did not agree"
    NO_ANSWER = "no_answer", "No answer from the school"
    LOOKED_AT = "looked_at", "Second look taken"
    FINAL = "final", "Final"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Act(TextChoices):
    """What somebody does to a decision."""

    PROPOSE = "propose", "Proposed"
    WRITE = "write", "Proposal written anew"
    DEFER = "defer", "Deferred by the moderation meeting"
    MODERATE = "moderate", "Moderated"
    SHARE = "share", "Letter sent to the school"
    AGREE = "agree", "School agreed"
    DISAGREE = "disagree", "School did not agree"
    PASS_UNANSWERED = "pass_unanswered", "No answer by the date"
    LOOK_AGAIN = "look_again", "Second officer looked"
    FINALISE = "finalise", "Made final"
    RECORD_VIEW = "record_view", "Recorded as the council's view, not sent"
    SUPERSEDE = "supersede", "Superseded by a newer decision"
    WITHDRAW = "withdraw", "Withdrawn"


@dataclass(frozen=True, slots=True)
class Step:
    """An act, the states in which it may be done, and the state it leads to."""

    act: Act
    before: tuple[State | None, ...]
    """None: there is no decision yet."""
    after: State
    only_council_view: bool = False


OPEN = (
    State.PROPOSED,
    State.MODERATED,
    State.SHARED,
    State.AGREED,
    State.NOT_AGREED,
    State.NO_ANSWER,
    State.LOOKED_AT,
)
"""The states in which something is still to be done; a school has one such decision at most."""

STEPS: tuple[Step, ...] = (
    Step(Act.PROPOSE, (None,), State.PROPOSED),
    Step(Act.WRITE, (State.PROPOSED,), State.PROPOSED),
    Step(Act.DEFER, (State.PROPOSED,), State.PROPOSED),
    Step(Act.MODERATE, (State.PROPOSED,), State.MODERATED),
    Step(Act.SHARE, (State.MODERATED,), State.SHARED),
    Step(Act.AGREE, (State.SHARED, State.NO_ANSWER), State.AGREED),
    Step(Act.DISAGREE, (State.SHARED, State.NO_ANSWER), State.NOT_AGREED),
    Step(Act.PASS_UNANSWERED, (State.SHARED,), State.NO_ANSWER),
    Step(Act.LOOK_AGAIN, (State.NOT_AGREED,), State.LOOKED_AT),
    Step(Act.FINALISE, (State.AGREED, State.NO_ANSWER, State.LOOKED_AT), State.FINAL),
    Step(Act.RECORD_VIEW, (State.MODERATED,), State.FINAL, only_council_view=True),
    Step(Act.SUPERSEDE, (State.FINAL,), State.SUPERSEDED),
    Step(Act.WITHDRAW, OPEN, State.WITHDRAWN),
)


class OverrideState(TextChoices):
    """Where an override of a final decision stands."""

    WAITING = "waiting", "Waiting for the second reader"
    IN_FORCE = "in_force", "In force"
    REFUSED = "refused", "Refused by the second reader"
    LAPSED = "lapsed", "Lapsed"
    ENDED = "ended", "Ended with its decision"


class OverrideAct(TextChoices):
    """What somebody does to an override."""

    ASK = "ask", "Asked for"
    CONFIRM = "confirm", "Confirmed by the second reader"
    REFUSE = "refuse", "Refused by the second reader"
    LAPSE = "lapse", "Lapsed on its last day"
    END = "end", "Ended with its decision"


OVERRIDE_STEPS: tuple[tuple[OverrideAct, tuple[OverrideState | None, ...], OverrideState], ...] = (
    (OverrideAct.ASK, (None,), OverrideState.WAITING),
    (OverrideAct.CONFIRM, (OverrideState.WAITING,), OverrideState.IN_FORCE),
    (OverrideAct.REFUSE, (OverrideState.WAITING,), OverrideState.REFUSED),
    (OverrideAct.LAPSE, (OverrideState.WAITING, OverrideState.IN_FORCE), OverrideState.LAPSED),
    (OverrideAct.END, (OverrideState.WAITING, OverrideState.IN_FORCE), OverrideState.ENDED),
)


def step_of(act: Act) -> Step:
    """Return the line of the table for an act."""
    return next(step for step in STEPS if step.act is act)


def allows(act: Act, *, state: State | None, council_view: bool = False) -> bool:
    """Return whether an act may be done in a state."""
    step = step_of(act)
    return state in step.before and (council_view or not step.only_council_view)


def override_allows(act: OverrideAct, *, state: OverrideState | None) -> bool:
    """Return whether an act may be done to an override in a state."""
    return any(state in before for each, before, _ in OVERRIDE_STEPS if each is act)


def after_override(act: OverrideAct) -> OverrideState:
    """Return the state to which an act leads an override."""
    return next(after for each, _, after in OVERRIDE_STEPS if each is act)


def diagram() -> str:
    """Return the states of a decision as a Mermaid diagram, for documents."""
    lines = ["stateDiagram-v2"]
    for step in STEPS:
        said = step.act.label + (" (academies)" if step.only_council_view else "")
        for before in step.before:
            lines.append(f"    {before.value if before else '[*]'} --> {step.after.value}: {said}")
    return "\n".join([*lines, "    superseded --> [*]", "    withdrawn --> [*]"])


def override_diagram() -> str:
    """Return the states of an override as a Mermaid diagram, for documents."""
    lines = ["stateDiagram-v2"]
    for act, befores, after in OVERRIDE_STEPS:
        for before in befores:
            lines.append(f"    {before.value if before else '[*]'} --> {after.value}: {act.label}")
    return "\n".join(lines)
