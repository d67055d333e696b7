"""Changes to proposals and decisions."""

from steward.categorisation.operations.deciding import (
    Considered,
    Written,
    begin,
    finalise,
    note_disclosure,
    review_disclosure,
    withdraw,
    write,
)
from steward.categorisation.operations.moderating import (
    Said,
    call_meeting,
    close_meeting,
    take_item,
    write_minutes,
)
from steward.categorisation.operations.overriding import (
    ask_override,
    confirm_override,
    lapse_overrides,
    refuse_override,
)
from steward.categorisation.operations.proposing import CannotPropose, propose, try_out, watch
from steward.categorisation.operations.sharing import (
    Looked,
    OnBehalf,
    acknowledge,
    answer,
    look_again,
    pass_unanswered,
    record_silence,
    send,
)
from steward.categorisation.stepping import NotPossible, Overtaken

__all__ = [
    "CannotPropose",
    "Considered",
    "Looked",
    "NotPossible",
    "OnBehalf",
    "Overtaken",
    "Said",
    "Written",
    "acknowledge",
    "answer",
    "ask_override",
    "begin",
    "call_meeting",
    "close_meeting",
    "confirm_override",
    "finalise",
    "lapse_overrides",
    "look_again",
    "note_disclosure",
    "pass_unanswered",
    "propose",
    "record_silence",
    "refuse_override",
    "review_disclosure",
    "send",
    "take_item",
    "try_out",
    "watch",
    "withdraw",
    "write",
    "write_minutes",
]
