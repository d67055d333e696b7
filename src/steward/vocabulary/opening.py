"""How the disclosure gate reads a protected value; the import contract lets nothing else use this."""

from typing import TypeVar

from steward.vocabulary.protection import Protected

T = TypeVar("T")


def opened(protected: Protected[T]) -> T:
    """Return what `protected` holds, for `steward.analysis.disclosure` to decide what of it may be shown."""
    return protected._protected
