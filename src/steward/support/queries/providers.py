"""Reads of providers: the register, one provider, and who rises in concern."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models

from steward.access.permissions import Permission, Viewer, reach
from steward.early_warning.queries import concerns, events, scores
from steward.support.deployment_steps import DeploymentState
from steward.support.models import Provider
from steward.support.steps import ProviderState
from steward.support.terms import Term

GIVEN_UP = (DeploymentState.WITHDRAWN, DeploymentState.REPLACED)
"""States in which support holds no days any more."""
SORTS = ("name", "kind", "cost_per_day", "state")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which providers are asked for; empty leaves nothing out."""

    text: str = ""
    kind: str = ""
    state: str = ""
    phase: str = ""
    specialism: str = ""
    sort: str = "name"


@dataclass(frozen=True, slots=True)
class Days:
    """Days of a provider in a term: offered, promised, and free; free may be below 0."""

    offered: float
    committed: float

    @property
    def free(self) -> float:
        """The days still free."""
        return self.offered - self.committed


NO_DAYS = Days(0.0, 0.0)


def visible_to(viewer: Viewer) -> models.QuerySet[Provider]:
    """Return the providers a viewer may see: officers all, a person of a school those of the school."""
    found = Provider.objects.select_related("school")
    within = reach(viewer, Permission.VIEW_SUPPORT)
    if within.everywhere:
        return found
    own = reach(viewer, Permission.TAKE_PART_IN_SUPPORT)
    return found.filter(school_id__in=own.urns | within.urns)


def providers(viewer: Viewer, *, wanted: Wanted) -> list[Provider]:
    """Return the providers asked for, that the viewer may see, in the order asked for."""
    found = visible_to(viewer)
    if wanted.text:
        named = models.Q(name__icontains=wanted.text) | models.Q(school__name__icontains=wanted.text)
        found = found.filter(named)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.state:
        found = found.filter(state=wanted.state)
    ordered = found.order_by(wanted.sort, "name", "pk")
    return [each for each in ordered if _fits(each, wanted=wanted)]


def _fits(provider: Provider, *, wanted: Wanted) -> bool:
    """Return whether phase and specialism fit: lists in JSON that no two databases search alike."""
    phase = not wanted.phase or wanted.phase in provider.phases
    return phase and (not wanted.specialism or wanted.specialism in provider.specialisms)


def supporters(viewer: Viewer) -> list[Provider]:
    """Return the providers who may be asked now."""
    return providers(viewer, wanted=Wanted(state=ProviderState.ACTIVE))


def days_in(term: Term, *, providers: Iterable[Provider]) -> dict[int, Days]:
    """Return offered and promised days of a term by key of the provider."""
    found = list(providers)
    models.prefetch_related_objects(found, "capacities", "commitments", "deployments")
    return {each.pk: _days(each, term=term) for each in found}


def terms_of(provider: Provider, *, terms: Iterable[Term]) -> list[tuple[Term, Days]]:
    """Return the days of a provider in each of some terms."""
    models.prefetch_related_objects([provider], "capacities", "commitments", "deployments")
    return [(term, _days(provider, term=term)) for term in terms]


def _days(provider: Provider, *, term: Term) -> Days:
    offered = sum(float(one.days) for one in provider.capacities.all() if one.term == term.key)
    promised = [one for one in provider.commitments.all() if one.term == term.key]
    elsewhere = sum(float(one.days) for one in promised if one.released_on is None)
    held = [one for one in provider.deployments.all() if one.term == term.key and one.state not in GIVEN_UP]
    return Days(offered, elsewhere + sum(float(one.days) for one in held))


def warnings_of(providers: Iterable[Provider], *, viewer: Viewer, today: date) -> dict[int, tuple[str, ...]]:
    """Return by key of the provider why its own school should be looked at before it supports another.

    Signals rise when the early-warning score is higher than in the run before, an event is in force, or
    a concern is open. Nothing is said of providers without a school, or to who may not see signals.
    """
    found = [each for each in providers if each.school_id is not None]
    if not found:
        return {}
    urns = {each.school_id for each in found if each.school_id is not None}
    said = _rises(found[0].authority_id, urns=urns, viewer=viewer)
    for event in events.live_on(today, viewer=viewer).filter(school_id__in=urns):
        kind = events.kind_of(event)
        said.setdefault(event.school_id, []).append(f"Event in force: {kind.title if kind else event.kind}.")
    for concern in concerns.concerns(viewer, wanted=concerns.Wanted(state="open")).filter(school_id__in=urns):
        about = f"Open concern: {concern.get_topic_display()} ({concern.get_level_display().lower()})."
        said.setdefault(concern.school_id, []).append(about)
    return {each.pk: tuple(said.get(each.school_id or 0, ())) for each in found}


def _rises(authority: str, *, urns: set[int], viewer: Viewer) -> dict[int, list[str]]:
    run = scores.current_run(authority)
    if run is None:
        return {}
    risen = [
        one for one in scores.moved(run, within=scores.reach_of(viewer)) if one.by > 0 and one.urn in urns
    ]
    return {
        one.urn: [f"Early-warning score rose from {one.before.points:g} to {one.after.points:g} points."]
        for one in risen
    }
