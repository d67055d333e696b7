"""What the service keeps about support."""

from steward.support.models.needs import Need, NeedEvent, Origin, Urgency
from steward.support.models.supply import (
    Assurance,
    Capacity,
    Commitment,
    Conflict,
    Designation,
    Provider,
    ProviderEvent,
    Quality,
    someone,
)

__all__ = [
    "Assurance",
    "Capacity",
    "Commitment",
    "Conflict",
    "Designation",
    "Need",
    "NeedEvent",
    "Origin",
    "Provider",
    "ProviderEvent",
    "Quality",
    "Urgency",
    "someone",
]
