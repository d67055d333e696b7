"""What every definition says of itself: who looks after it, until when, and what is not yet checked."""

from steward.definitions.reading import Definition
from steward.interface import markdown, words


def kept(definition: Definition) -> str:
    """Return the owner, the last review and the next."""
    reviewed, due = words.day(definition.reviewed_on), words.day(definition.review_on)
    return f"{definition.owner}; last reviewed {reviewed}, next review {due}"


def source(address: str) -> str:
    """Return the address at which the publisher explains or publishes it, or that none is recorded."""
    return address or "no address is recorded"


def unchecked(definition: Definition) -> str:
    """Return what has not been checked against the publisher's document; nothing when all has."""
    return markdown.notice(
        "Not yet checked against the publisher's own document.", text=definition.unverified
    )
