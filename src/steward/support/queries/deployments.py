"""Reads of support: what a viewer may see, the list, what is due, and what came of a provider's work."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db import models

from steward.access.permissions import Permission, Viewer, reach
from steward.support.deployment_steps import UNDER_WAY, DeploymentState
from steward.support.models import Deployment, Provider, Review, ReviewKind, Verdict

SORTS = ("school", "provider", "state", "ends_on")
HOURS_A_DAY = 6.5
"""Hours that count as a day of support, when hours of visits are held against days agreed."""
_COLUMNS = {"school": "need__school__name", "provider": "provider__name"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pieces of support are asked for; empty leaves nothing out."""

    text: str = ""
    state: str = ""
    term: str = ""
    sort: str = "school"


@dataclass(frozen=True, slots=True)
class Used:
    """Days agreed and used, and pounds agreed and spent at the agreed price."""

    days_agreed: float
    hours: float
    price_per_day: float

    @property
    def days(self) -> float:
        """Days used."""
        return self.hours / HOURS_A_DAY

    @property
    def agreed_cost(self) -> float:
        """Pounds agreed."""
        return self.days_agreed * self.price_per_day

    @property
    def cost(self) -> float:
        """Pounds that the days used come to."""
        return self.days * self.price_per_day


def visible_to(viewer: Viewer) -> models.QuerySet[Deployment]:
    """Return the support a viewer may see: officers all, a school what it receives or gives."""
    found = Deployment.objects.select_related("need__school", "provider__school")
    within = reach(viewer, Permission.VIEW_SUPPORT)
    if within.everywhere:
        return found
    own = reach(viewer, Permission.TAKE_PART_IN_SUPPORT).urns
    return found.filter(models.Q(need__school_id__in=own) | models.Q(provider__school_id__in=own))


def deployments(viewer: Viewer, *, wanted: Wanted) -> list[Deployment]:
    """Return the support asked for, that the viewer may see, in the order asked for."""
    found = visible_to(viewer)
    if wanted.text:
        named = models.Q(need__school__name__icontains=wanted.text)
        found = found.filter(named | models.Q(provider__name__icontains=wanted.text))
    if wanted.state == "under_way":
        found = found.filter(state__in=UNDER_WAY)
    elif wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.term:
        found = found.filter(term=wanted.term)
    name = wanted.sort.removeprefix("-")
    sign = "-" if wanted.sort.startswith("-") else ""
    return list(found.order_by(f"{sign}{_COLUMNS.get(name, name)}", "pk"))


def used(deployment: Deployment) -> Used:
    """Return days and money agreed and used."""
    hours = deployment.visits.aggregate(hours=models.Sum("hours"))["hours"] or 0
    return Used(float(deployment.days), float(hours), float(deployment.price_per_day))


def due(viewer: Viewer, *, today: date) -> list[tuple[str, Deployment]]:
    """Return what is overdue: final reviews past the last day, and follow-ups past theirs."""
    seen = visible_to(viewer)
    late = [("Final review", one) for one in seen.filter(state__in=UNDER_WAY, ends_on__lt=today)]
    follow = seen.filter(state=DeploymentState.COMPLETE, follow_up_on__lte=today)
    return late + [("Follow-up", one) for one in follow]


def outcomes_of(provider: Provider) -> list[tuple[str, int]]:
    """Return how often supported schools found the objective met, partly met or not, in completed support."""
    done = [DeploymentState.COMPLETE, DeploymentState.FOLLOWED_UP]
    found = Review.objects.filter(
        deployment__provider=provider, deployment__state__in=done, kind=ReviewKind.FINAL, party="school"
    )
    newest = {one.deployment_id: one.verdict for one in found.order_by("pk")}
    counted = Counter(newest.values())
    return [(verdict.label, counted[verdict.value]) for verdict in Verdict if counted[verdict.value]]
