"""Changes to the register and to what officers add to it."""

from steward.register.operations.schools import (
    CannotLookAfter,
    UnknownAuthority,
    look_after,
    serve_authority,
    stop_looking_after,
    synchronise,
)
from steward.register.operations.sets import Written, change_set, make_set, retire_set

__all__ = [
    "CannotLookAfter",
    "UnknownAuthority",
    "Written",
    "change_set",
    "look_after",
    "make_set",
    "retire_set",
    "serve_authority",
    "stop_looking_after",
    "synchronise",
]
