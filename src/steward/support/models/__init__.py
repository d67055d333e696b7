"""What the service keeps about support."""

from steward.support.models.deployments import (
    Deployment,
    DeploymentEvent,
    Measure,
    Review,
    ReviewKind,
    Signature,
    SupportVisit,
    Verdict,
)
from steward.support.models.needs import Need, NeedEvent, Origin, Urgency
from steward.support.models.plans import Answer, MatchingPlan, PlannedPair
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
    "Answer",
    "Assurance",
    "Capacity",
    "Commitment",
    "Conflict",
    "Deployment",
    "DeploymentEvent",
    "Designation",
    "MatchingPlan",
    "Measure",
    "Need",
    "NeedEvent",
    "Origin",
    "PlannedPair",
    "Provider",
    "ProviderEvent",
    "Quality",
    "Review",
    "ReviewKind",
    "Signature",
    "SupportVisit",
    "Urgency",
    "Verdict",
    "someone",
]
