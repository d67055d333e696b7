"""The life of a piece of support: each act, when it may be done, by whom, and what must be there."""

from dataclasses import dataclass

from django.db.models import TextChoices


class DeploymentState(TextChoices):
    """Where a piece of support stands. The request before it is the need."""

    BROKERED = "brokered", "Brokered"
    SCOPED = "scoped", "Scoped"
    AGREED = "agreed", "Agreed"
    ACTIVE = "active", "Active"
    MID_REVIEW = "mid_review", "At mid review"
    COMPLETE = "complete", "Complete"
    FOLLOWED_UP = "followed_up", "Followed up"
    PAUSED = "paused", "Paused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    REPLACED = "replaced", "Replaced"


class DeploymentAct(TextChoices):
    """What is done with a piece of support."""

    BROKER = "broker", "Brokered"
    SCOPE = "scope", "Terms written"
    SIGN = "sign", "Signed"
    AGREE = "agree", "Agreed by all three"
    START = "start", "Begun"
    VISIT = "visit", "Visit recorded"
    REVIEW = "review", "Mid review held"
    CONTINUE = "continue", "Goes on after the mid review"
    CLOSING = "closing", "Final review written"
    COMPLETE = "complete", "Completed"
    FOLLOW_UP = "follow_up", "Followed up"
    PAUSE = "pause", "Paused"
    RESUME = "resume", "Goes on"
    WITHDRAW = "withdraw", "Withdrawn"
    REPLACE = "replace", "Replaced by other support"


class Party(TextChoices):
    """Who takes part: the three who sign and who give their view at the end."""

    SCHOOL = "school", "Supported school"
    PROVIDER = "provider", "Provider"
    COUNCIL = "council", "Council"


class Requirement(TextChoices):
    """What must be there before an act."""

    TERMS = "terms", "objectives, days, dates, price, payer and data protection"
    MEASURES = "measures", "at least one measure, each with baseline, its day and its source"
    SIGNATURES = "signatures", "the signatures of school, provider and council under the present terms"
    MID_REVIEW = "mid_review", "a mid review"
    AFTERS = "afters", "the value after the support of each measure, with its day and source"
    VIEWS = "views", "the views of school, provider and council"


@dataclass(frozen=True, slots=True)
class DeploymentStep:
    """An act, the states in which it may be done, the state it leads to, by whom, and what must be there.

    `after` None: the state stays. Every act has its reason or its record.
    """

    act: DeploymentAct
    before: tuple[DeploymentState | None, ...]
    after: DeploymentState | None
    who: tuple[Party, ...]
    needs: tuple[Requirement, ...] = ()


_S, _A = DeploymentState, DeploymentAct
_COUNCIL, _ALL = (Party.COUNCIL,), (Party.SCHOOL, Party.PROVIDER, Party.COUNCIL)
LIVE = (_S.BROKERED, _S.SCOPED, _S.AGREED, _S.ACTIVE, _S.MID_REVIEW, _S.PAUSED)
"""States in which the days of the provider are held."""
UNDER_WAY = (_S.ACTIVE, _S.MID_REVIEW)
AGREEMENT = (Requirement.TERMS, Requirement.MEASURES)
CLOSING = (Requirement.AFTERS, Requirement.VIEWS)

DEPLOYMENT_STEPS: tuple[DeploymentStep, ...] = (
    DeploymentStep(_A.BROKER, (None,), _S.BROKERED, _COUNCIL),
    DeploymentStep(_A.SCOPE, (_S.BROKERED, _S.SCOPED), _S.SCOPED, _COUNCIL),
    DeploymentStep(_A.SIGN, (_S.SCOPED,), None, _ALL, AGREEMENT),
    DeploymentStep(_A.AGREE, (_S.SCOPED,), _S.AGREED, _ALL, (*AGREEMENT, Requirement.SIGNATURES)),
    DeploymentStep(_A.START, (_S.AGREED,), _S.ACTIVE, _COUNCIL),
    DeploymentStep(_A.VISIT, UNDER_WAY, None, (Party.PROVIDER, Party.COUNCIL)),
    DeploymentStep(_A.REVIEW, (_S.ACTIVE,), _S.MID_REVIEW, _COUNCIL),
    DeploymentStep(_A.CONTINUE, (_S.MID_REVIEW,), _S.ACTIVE, _COUNCIL, (Requirement.MID_REVIEW,)),
    DeploymentStep(_A.CLOSING, UNDER_WAY, None, _ALL),
    DeploymentStep(_A.COMPLETE, UNDER_WAY, _S.COMPLETE, _COUNCIL, CLOSING),
    DeploymentStep(_A.FOLLOW_UP, (_S.COMPLETE,), _S.FOLLOWED_UP, _COUNCIL),
    DeploymentStep(_A.PAUSE, (_S.AGREED, *UNDER_WAY), _S.PAUSED, _COUNCIL),
    DeploymentStep(_A.RESUME, (_S.PAUSED,), _S.ACTIVE, _COUNCIL),
    DeploymentStep(_A.WITHDRAW, LIVE, _S.WITHDRAWN, _COUNCIL),
    DeploymentStep(_A.REPLACE, LIVE, _S.REPLACED, _COUNCIL),
)
MOVES = (_A.START, _A.CONTINUE, _A.COMPLETE, _A.PAUSE, _A.RESUME, _A.WITHDRAW, _A.REPLACE)
"""Acts that need nothing but a reason of whoever does them."""


def step_of(act: DeploymentAct) -> DeploymentStep:
    """Return the line of the table for an act."""
    return next(step for step in DEPLOYMENT_STEPS if step.act is act)


def moves_from(state: DeploymentState) -> tuple[DeploymentAct, ...]:
    """Return the acts that need nothing but a reason and may be done in a state, in order of the table."""
    return tuple(step.act for step in DEPLOYMENT_STEPS if step.act in MOVES and state in step.before)


def diagram() -> str:
    """Return the states as a Mermaid diagram, for documents."""
    lines = ["stateDiagram-v2"]
    for step in DEPLOYMENT_STEPS:
        for before in step.before:
            after = step.after or before
            name = before.value if before else "[*]"
            lines.append(f"    {name} --> {after.value if after else '[*]'}: {step.act.label}")
    return "\n".join(lines)
