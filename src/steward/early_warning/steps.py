"""Which step may follow which in the life of a concern."""

from collections.abc import Mapping
from enum import StrEnum

from steward.early_warning.models.concerns import State


class Act(StrEnum):
    """Something that is done with a concern."""

    RAISE = "raise"
    ASSESS = "assess"
    TAKE_UP = "take_up"
    REVIEW = "review"
    RESOLVE = "resolve"
    NO_ACTION = "no_action"
    PASS_ON = "pass_on"  # noqa: S105 - no password
    REOPEN = "reopen"

    @property
    def label(self) -> str:
        """What a button or a line of the history says."""
        return _LABELS[self][0]

    @property
    def done(self) -> str:
        """The same once it has been done."""
        return _LABELS[self][1]


_LABELS = {
    Act.RAISE: ("Raise", "Raised"),
    Act.ASSESS: ("Begin to assess", "Assessment begun"),
    Act.TAKE_UP: ("Take up", "Taken up"),
    Act.REVIEW: ("Note progress", "Progress noted"),
    Act.RESOLVE: ("Resolve", "Resolved"),
    Act.NO_ACTION: ("Close without action", "Closed without action"),
    Act.PASS_ON: ("Pass on", "Passed on"),
    Act.REOPEN: ("Open again", "Opened again"),
}

STEPS: Mapping[State, Mapping[Act, State]] = {
    State.RAISED: {Act.ASSESS: State.ASSESSING, Act.PASS_ON: State.PASSED_ON},
    State.ASSESSING: {
        Act.TAKE_UP: State.ACTIVE,
        Act.NO_ACTION: State.NO_ACTION,
        Act.PASS_ON: State.PASSED_ON,
    },
    State.ACTIVE: {
        Act.REVIEW: State.ACTIVE,
        Act.RESOLVE: State.RESOLVED,
        Act.PASS_ON: State.PASSED_ON,
    },
    State.RESOLVED: {Act.REOPEN: State.ASSESSING},
    State.NO_ACTION: {Act.REOPEN: State.ASSESSING},
    State.PASSED_ON: {Act.REOPEN: State.ASSESSING},
}
"""From each state, what may be done and where that leads. What is not written here is refused."""


def next_steps(state: State) -> tuple[Act, ...]:
    """Return what may be done with a concern in a state, in the order of the page."""
    return tuple(STEPS[state])
