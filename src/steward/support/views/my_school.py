"""The side of a school: asking, offering, reading the agreement, signing, visits and views."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from steward.access.guards import needs_at_own_school, person_asking, records
from steward.access.permissions import Permission
from steward.register import queries as register
from steward.register.models import School
from steward.support import deployment_policies
from steward.support.deployment_steps import DeploymentState, Party
from steward.support.forms.needs import AskForm
from steward.support.forms.offers import OfferForm
from steward.support.forms.providers import DaysForm
from steward.support.models import Deployment, Origin, ReviewKind
from steward.support.operations import needs as need_operations
from steward.support.operations import offers, supply
from steward.support.queries import deployments as queries
from steward.support.queries import needs as need_queries
from steward.support.queries import providers as provider_queries
from steward.support.steps import ProviderState
from steward.support.terms import terms_ahead
from steward.support.views import deployment_parts, progress
from steward.support.views.acting import ActPage, act_page
from steward.support.views.deployments import document_of, shown


@needs_at_own_school(Permission.TAKE_PART_IN_SUPPORT)
def my_support(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with what a school asked for, what it offers, and the support it takes part in."""
    found = [one for one in queries.visible_to(request.user) if one.state != DeploymentState.BROKERED]
    context = {
        "school": _school(urn),
        "needs": need_queries.visible_to(request.user).filter(school_id=urn),
        "providers": provider_queries.visible_to(request.user).filter(school_id=urn),
        "deployments": deployment_parts.table(found, sorted_by="", address="support:my-deployment"),
        "to_sign": [one for one in found if _to_sign(one, party=_party(request, one))],
    }
    return render(request, "support/my_support.html", context)


@needs_at_own_school(Permission.TAKE_PART_IN_SUPPORT)
def my_ask(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the form to ask for support, or send it to the council."""
    form = AskForm(request.POST or None, terms=terms_ahead(timezone.localdate()))

    def act() -> object:
        facts = form.facts(urn=urn, origin=Origin.SCHOOL, decision=None, concern=None)
        return need_operations.record(facts, actor=person_asking(request))

    page = ActPage(
        title="Ask for support",
        caption=_school(urn).name,
        button="Send to the council",
        said="Your request is sent to the council",
        then=reverse("support:my-support"),
        lead="The council answers each request. You may also ask a school directly and tell the council.",
    )
    return act_page(request, form=form, page=page, act=act)


@needs_at_own_school(Permission.TAKE_PART_IN_SUPPORT)
def my_offer(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the form to offer support, or send it to the council."""
    school = _school(urn)
    initial = {"name": school.name, "kind": "school", "phases": [school.phase]}
    form = OfferForm(request.POST or None, terms=terms_ahead(timezone.localdate()), initial=initial)

    def act() -> object:
        facts = form.facts(urn=urn, trust=school.trust)
        reason, asking = form.cleaned_data["reason"], person_asking(request)
        return offers.offer(facts, days=form.days(), reason=reason, actor=asking)

    page = ActPage(
        title="Offer support",
        caption=school.name,
        button="Send to the council",
        said="Your offer is sent to the council",
        then=reverse("support:my-support"),
        lead="Nothing is asked of you until the council has accepted and you have signed an agreement.",
    )
    return act_page(request, form=form, page=page, act=act)


@needs_at_own_school(Permission.TAKE_PART_IN_SUPPORT)
def my_days(request: HttpRequest, urn: int, key: int) -> HttpResponse:
    """Answer with the form for the days a provider of the school offers, or keep them."""
    own = provider_queries.visible_to(request.user).filter(school_id=urn).exclude(state=ProviderState.ENDED)
    found = get_object_or_404(own, pk=key)
    kept = {one.term: one.days for one in found.capacities.all()}
    form = DaysForm(request.POST or None, terms=terms_ahead(timezone.localdate()), initial=kept)

    def act() -> object:
        reason = form.cleaned_data["reason"]
        supply.offer_days(key, days=form.days(), reason=reason, actor=person_asking(request))
        return None

    page = ActPage(
        title="Days you offer",
        caption=found.name,
        button="Keep the days",
        said="The days are kept",
        then=reverse("support:my-support"),
    )
    return act_page(request, form=form, page=page, act=act)


@needs_at_own_school(Permission.TAKE_PART_IN_SUPPORT)
def my_deployment(request: HttpRequest, urn: int, key: int) -> HttpResponse:
    """Answer with support the school receives or gives, and what it can do there."""
    found = _own(request, key)
    party = _party(request, found)
    context = shown(found) | {
        "measures": deployment_parts.measures(found.measures.all(), links=""),
        "party": party,
        "to_sign": _to_sign(found, party=party),
        "may_visit": party is Party.PROVIDER,
    }
    return render(request, "support/my_deployment.html", context)


@needs_at_own_school(Permission.TAKE_PART_IN_SUPPORT)
def my_signature(request: HttpRequest, urn: int, key: int) -> HttpResponse:
    """Answer with the form to sign for the school, or sign."""
    found = _own(request, key)
    return progress.sign_page(request, found=found, party=_party(request, found), then=_then(found))


@needs_at_own_school(Permission.TAKE_PART_IN_SUPPORT)
def my_visit(request: HttpRequest, urn: int, key: int) -> HttpResponse:
    """Answer with the form for a visit that was made, or keep it."""
    found = _own(request, key)
    return progress.visit_page(request, found=found, then=_then(found))


@needs_at_own_school(Permission.TAKE_PART_IN_SUPPORT)
def my_review(request: HttpRequest, urn: int, key: int) -> HttpResponse:
    """Answer with the form for the school's view for the final review, or keep it."""
    found = _own(request, key)
    parties = (_party(request, found),)
    return progress.review_page(
        request, found=found, kind=ReviewKind.FINAL, parties=parties, then=_then(found)
    )


@needs_at_own_school(Permission.TAKE_PART_IN_SUPPORT)
@records("support.agreement.downloaded", subject="agreement")
def my_document(request: HttpRequest, urn: int, key: int, what: str, kind: str) -> HttpResponse:
    """Answer with the agreement or the review as a Word file or PDF."""
    return document_of(_own(request, key), what=what, kind=kind)


def _own(request: HttpRequest, key: int) -> Deployment:
    rows = queries.visible_to(request.user).exclude(state=DeploymentState.BROKERED)
    return get_object_or_404(rows, pk=key)


def _party(request: HttpRequest, found: Deployment) -> Party:
    party = deployment_policies.party_of(person_asking(request), deployment=found)
    if party is None:
        raise Http404("Your school does not take part in this support.")
    return party


def _to_sign(found: Deployment, *, party: Party) -> bool:
    return found.state == DeploymentState.SCOPED and party not in deployment_policies.signed(found)


def _then(found: Deployment) -> str:
    return reverse("support:my-deployment", args=(found.pk,))


def _school(urn: int) -> School:
    found = register.school(urn)
    if found is None:
        raise Http404(f"There is no school with the URN {urn}.")
    return found
