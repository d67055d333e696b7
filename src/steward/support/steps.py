"""The states of providers and needs, and which act leads from where to where."""

from dataclasses import dataclass

from django.db.models import TextChoices


class ProviderState(TextChoices):
    """Where a provider stands."""

    OFFERED = "offered", "Offered, not yet accepted"
    ACTIVE = "active", "Active"
    PAUSED = "paused", "Paused"
    ENDED = "ended", "Ended"


class ProviderAct(TextChoices):
    """What is done with a provider."""

    ADD = "add", "Added"
    OFFER = "offer", "Offered by the school"
    ACCEPT = "accept", "Offer accepted"
    CHANGE = "change", "Changed"
    PAUSE = "pause", "Paused"
    RESUME = "resume", "Active again"
    END = "end", "Ended"
    REOPEN = "reopen", "Taken up again"


@dataclass(frozen=True, slots=True)
class ProviderStep:
    """An act, the states in which it may be done, and the state it leads to (None: as before)."""

    act: ProviderAct
    before: tuple[ProviderState | None, ...]
    after: ProviderState | None


_LIVE = (ProviderState.OFFERED, ProviderState.ACTIVE, ProviderState.PAUSED)

PROVIDER_STEPS: tuple[ProviderStep, ...] = (
    ProviderStep(ProviderAct.ADD, (None,), ProviderState.ACTIVE),
    ProviderStep(ProviderAct.OFFER, (None,), ProviderState.OFFERED),
    ProviderStep(ProviderAct.ACCEPT, (ProviderState.OFFERED,), ProviderState.ACTIVE),
    ProviderStep(ProviderAct.CHANGE, _LIVE, None),
    ProviderStep(ProviderAct.PAUSE, (ProviderState.ACTIVE,), ProviderState.PAUSED),
    ProviderStep(ProviderAct.RESUME, (ProviderState.PAUSED,), ProviderState.ACTIVE),
    ProviderStep(ProviderAct.END, _LIVE, ProviderState.ENDED),
    ProviderStep(ProviderAct.REOPEN, (ProviderState.ENDED,), ProviderState.ACTIVE),
)


def provider_acts(state: ProviderState) -> tuple[ProviderAct, ...]:
    """Return the acts that move a provider on from a state, in the order of the page."""
    return tuple(
        step.act for step in PROVIDER_STEPS if state in step.before and step.act != ProviderAct.CHANGE
    )


def provider_after(act: ProviderAct, *, state: ProviderState | None) -> ProviderState | None:
    """Return the state to which an act leads; None where it may not be done."""
    for step in PROVIDER_STEPS:
        if step.act == act and state in step.before:
            return step.after or state
    return None


class NeedState(TextChoices):
    """Where a need stands."""

    ASKED = "asked", "Asked for by the school"
    OPEN = "open", "Open"
    PLACED = "placed", "Support brokered"
    MET = "met", "Support completed"
    DECLINED = "declined", "Declined"
    CLOSED = "closed", "Closed without support"


class NeedAct(TextChoices):
    """What is done with a need."""

    ASK = "ask", "Asked for by the school"
    RECORD = "record", "Recorded"
    ACCEPT = "accept", "Accepted"
    DECLINE = "decline", "Declined"
    CHANGE = "change", "Changed"
    PLACE = "place", "Support brokered"
    RELEASE = "release", "Open again: the support did not go on"
    MEET = "meet", "Support completed"
    CLOSE = "close", "Closed without support"
    REOPEN = "reopen", "Opened again"


@dataclass(frozen=True, slots=True)
class NeedStep:
    """An act, the states in which it may be done, and the state it leads to (None: as before).

    `by_deployment`: it follows from a deployment and has no button of its own.
    """

    act: NeedAct
    before: tuple[NeedState | None, ...]
    after: NeedState | None
    by_deployment: bool = False


NEED_STEPS: tuple[NeedStep, ...] = (
    NeedStep(NeedAct.ASK, (None,), NeedState.ASKED),
    NeedStep(NeedAct.RECORD, (None,), NeedState.OPEN),
    NeedStep(NeedAct.ACCEPT, (NeedState.ASKED,), NeedState.OPEN),
    NeedStep(NeedAct.DECLINE, (NeedState.ASKED,), NeedState.DECLINED),
    NeedStep(NeedAct.CHANGE, (NeedState.ASKED, NeedState.OPEN), None),
    NeedStep(NeedAct.PLACE, (NeedState.OPEN, NeedState.PLACED), NeedState.PLACED, by_deployment=True),
    NeedStep(NeedAct.RELEASE, (NeedState.PLACED,), NeedState.OPEN, by_deployment=True),
    NeedStep(NeedAct.MEET, (NeedState.PLACED,), NeedState.MET, by_deployment=True),
    NeedStep(NeedAct.CLOSE, (NeedState.OPEN,), NeedState.CLOSED),
    NeedStep(NeedAct.REOPEN, (NeedState.DECLINED, NeedState.CLOSED), NeedState.OPEN),
)


def need_acts(state: NeedState) -> tuple[NeedAct, ...]:
    """Return the acts of an officer that move a need on from a state, in the order of the page."""
    return tuple(
        step.act
        for step in NEED_STEPS
        if state in step.before and not step.by_deployment and step.act != NeedAct.CHANGE
    )


def need_after(act: NeedAct, *, state: NeedState | None) -> NeedState | None:
    """Return the state to which an act leads; None where it may not be done."""
    for step in NEED_STEPS:
        if step.act == act and state in step.before:
            return step.after or state
    return None
