"""The states of a draft policy, and which act leads from where to where: one table."""

from dataclasses import dataclass

from django.db.models import TextChoices

from steward.categorisation.models import DraftState


class DraftAct(TextChoices):
    """What somebody does to a draft."""

    EDIT = "edit", "Edited"
    SUBMIT = "submit", "Submitted for approval"
    SEND_BACK = "send_back", "Sent back to be edited"
    APPROVE = "approve", "Approved"
    RETIRE = "retire", "Retired"


@dataclass(frozen=True, slots=True)
class DraftStep:
    """An act, the states in which it may be done, and the state it leads to."""

    act: DraftAct
    before: tuple[DraftState, ...]
    after: DraftState


DRAFT_STEPS = (
    DraftStep(DraftAct.EDIT, (DraftState.DRAFT,), DraftState.DRAFT),
    DraftStep(DraftAct.SUBMIT, (DraftState.DRAFT,), DraftState.SUBMITTED),
    DraftStep(DraftAct.SEND_BACK, (DraftState.SUBMITTED,), DraftState.DRAFT),
    DraftStep(DraftAct.APPROVE, (DraftState.SUBMITTED,), DraftState.APPROVED),
    DraftStep(
        DraftAct.RETIRE,
        (DraftState.DRAFT, DraftState.SUBMITTED, DraftState.APPROVED),
        DraftState.RETIRED,
    ),
)


def draft_step(act: DraftAct) -> DraftStep:
    """Return the line of the table for an act."""
    return next(step for step in DRAFT_STEPS if step.act is act)


def allowed_acts(state: DraftState) -> tuple[DraftAct, ...]:
    """Return what may be done to a draft in a state."""
    return tuple(step.act for step in DRAFT_STEPS if state in step.before)
