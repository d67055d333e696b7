"""Where a warning notice can stand and what can happen to it, as a table; the diagram is printed from it."""

from dataclasses import dataclass
from enum import StrEnum

from steward.regimes.notices import NoticeDefinition


class NoticeState(StrEnum):
    """Where a warning notice stands."""

    DRAFT = "draft"
    LEGAL_REVIEW = "legal_review"
    AUTHORISED = "authorised"
    INITIAL_PERIOD = "initial_period"
    REPRESENTATIONS = "representations"
    COMPLIANCE_RUNNING = "compliance_running"
    COMPLIANCE_ENDED = "compliance_ended"
    COMPLIED = "complied"
    NOT_COMPLIED = "not_complied"
    ELIGIBLE = "eligible"
    INTERVENED = "intervened"
    WINDOW_EXPIRED = "window_expired"
    CLOSED_NO_POWER = "closed_no_power"
    LAPSED = "lapsed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    SCHOOL_CONVERTED = "school_converted"
    SCHOOL_CLOSED = "school_closed"

    @property
    def label(self) -> str:
        """The words a reader sees."""
        return self.value.replace("_", " ").capitalize()

    @property
    def ended(self) -> bool:
        """Whether nothing more can happen to the notice."""
        return self in _ENDED


class NoticeEvent(StrEnum):
    """Something that happens to a warning notice."""

    SENT_TO_LEGAL = "sent_to_legal"
    RETURNED = "returned"
    AUTHORISE = "authorise"
    GIVE = "give"
    REPRESENT = "represent"
    CONFIRM = "confirm"
    NOT_CONFIRMED = "not_confirmed"
    PERIOD_ENDS = "period_ends"
    SATISFIED = "satisfied"
    NOT_SATISFIED = "not_satisfied"
    NOTIFY_POWERS = "notify_powers"
    NO_ACTION = "no_action"
    USE_POWER = "use_power"
    WINDOW_ENDS = "window_ends"
    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"
    CONVERT = "convert"
    CLOSE = "close"

    @property
    def label(self) -> str:
        """The words a reader sees."""
        return self.value.replace("_", " ").capitalize()


_ENDED = frozenset(
    {
        NoticeState.COMPLIED,
        NoticeState.INTERVENED,
        NoticeState.WINDOW_EXPIRED,
        NoticeState.CLOSED_NO_POWER,
        NoticeState.LAPSED,
        NoticeState.SUPERSEDED,
        NoticeState.WITHDRAWN,
        NoticeState.SCHOOL_CONVERTED,
        NoticeState.SCHOOL_CLOSED,
    }
)
_GIVEN = frozenset(
    {
        NoticeState.INITIAL_PERIOD,
        NoticeState.REPRESENTATIONS,
        NoticeState.COMPLIANCE_RUNNING,
        NoticeState.COMPLIANCE_ENDED,
        NoticeState.NOT_COMPLIED,
        NoticeState.ELIGIBLE,
    }
)


class StepRefused(ValueError):
    """The step cannot be taken from here; the message says which can."""


@dataclass(frozen=True, slots=True)
class Step:
    """From one state by an event to another."""

    start: NoticeState
    event: NoticeEvent
    end: NoticeState


_BEFORE = (
    Step(NoticeState.DRAFT, NoticeEvent.SENT_TO_LEGAL, NoticeState.LEGAL_REVIEW),
    Step(NoticeState.LEGAL_REVIEW, NoticeEvent.RETURNED, NoticeState.DRAFT),
    Step(NoticeState.LEGAL_REVIEW, NoticeEvent.AUTHORISE, NoticeState.AUTHORISED),
    Step(NoticeState.AUTHORISED, NoticeEvent.RETURNED, NoticeState.DRAFT),
)
_WITH_REPRESENTATIONS = (
    Step(NoticeState.AUTHORISED, NoticeEvent.GIVE, NoticeState.INITIAL_PERIOD),
    Step(NoticeState.INITIAL_PERIOD, NoticeEvent.REPRESENT, NoticeState.REPRESENTATIONS),
    Step(NoticeState.INITIAL_PERIOD, NoticeEvent.SATISFIED, NoticeState.COMPLIED),
    Step(NoticeState.INITIAL_PERIOD, NoticeEvent.PERIOD_ENDS, NoticeState.COMPLIANCE_ENDED),
    Step(NoticeState.REPRESENTATIONS, NoticeEvent.CONFIRM, NoticeState.COMPLIANCE_RUNNING),
    Step(NoticeState.REPRESENTATIONS, NoticeEvent.NOT_CONFIRMED, NoticeState.LAPSED),
)
_WITHOUT_REPRESENTATIONS = (Step(NoticeState.AUTHORISED, NoticeEvent.GIVE, NoticeState.COMPLIANCE_RUNNING),)
_AFTER = (
    Step(NoticeState.COMPLIANCE_RUNNING, NoticeEvent.SATISFIED, NoticeState.COMPLIED),
    Step(NoticeState.COMPLIANCE_RUNNING, NoticeEvent.PERIOD_ENDS, NoticeState.COMPLIANCE_ENDED),
    Step(NoticeState.COMPLIANCE_ENDED, NoticeEvent.SATISFIED, NoticeState.COMPLIED),
    Step(NoticeState.COMPLIANCE_ENDED, NoticeEvent.NOT_SATISFIED, NoticeState.NOT_COMPLIED),
    Step(NoticeState.NOT_COMPLIED, NoticeEvent.NOTIFY_POWERS, NoticeState.ELIGIBLE),
    Step(NoticeState.NOT_COMPLIED, NoticeEvent.NO_ACTION, NoticeState.CLOSED_NO_POWER),
    Step(NoticeState.ELIGIBLE, NoticeEvent.USE_POWER, NoticeState.INTERVENED),
    Step(NoticeState.ELIGIBLE, NoticeEvent.WINDOW_ENDS, NoticeState.WINDOW_EXPIRED),
    Step(NoticeState.ELIGIBLE, NoticeEvent.NO_ACTION, NoticeState.CLOSED_NO_POWER),
)
_EXITS = (
    (NoticeEvent.WITHDRAW, NoticeState.WITHDRAWN),
    (NoticeEvent.CONVERT, NoticeState.SCHOOL_CONVERTED),
    (NoticeEvent.CLOSE, NoticeState.SCHOOL_CLOSED),
)


def steps_of(rules: NoticeDefinition) -> tuple[Step, ...]:
    """Return every step that a notice under these rules can take."""
    middle = _WITH_REPRESENTATIONS if rules.representations else _WITHOUT_REPRESENTATIONS
    exits = tuple(
        Step(state, event, end) for state in NoticeState if not state.ended for event, end in _EXITS
    )
    superseded = tuple(
        Step(state, NoticeEvent.SUPERSEDE, NoticeState.SUPERSEDED)
        for state in NoticeState
        if state in _GIVEN and rules.superseded_by_secretary_of_state
    )
    return _reachable((*_BEFORE, *middle, *_AFTER, *exits, *superseded))


def after(state: NoticeState, event: NoticeEvent, *, rules: NoticeDefinition) -> NoticeState:
    """Return where a notice stands after the event. Raises StepRefused naming what can happen instead."""
    possible = {step.event: step.end for step in steps_of(rules) if step.start is state}
    if event in possible:
        return possible[event]
    if not possible:
        raise StepRefused(f"This notice has ended ({state.label.lower()}); nothing more can happen to it.")
    listed = ", ".join(one.label.lower() for one in possible)
    raise StepRefused(
        f"'{event.label}' cannot follow '{state.label.lower()}'. From here the notice can: {listed}."
    )


def diagram(rules: NoticeDefinition) -> str:
    """Return the steps as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    [*] --> draft"]
    lines += [f"    {step.start} --> {step.end}: {step.event.label.lower()}" for step in steps_of(rules)]
    ends = sorted({step.end for step in steps_of(rules) if step.end.ended})
    return "\n".join([*lines, *(f"    {end} --> [*]" for end in ends)]) + "\n"


def _reachable(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return the steps that a notice can come to from its draft."""
    reached, grown = {NoticeState.DRAFT}, True
    while grown:
        further = {step.end for step in steps if step.start in reached} - reached
        reached |= further
        grown = bool(further)
    return tuple(step for step in steps if step.start in reached)
