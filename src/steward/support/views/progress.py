"""Acts on support: terms, measures, signatures, visits, reviews, and moving it on."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from steward.access.guards import needs, person_asking
from steward.access.permissions import Permission
from steward.support.deployment_steps import DeploymentState, Party, moves_from
from steward.support.forms import deployments as forms
from steward.support.forms.needs import ReasonForm
from steward.support.models import Deployment, Measure, ReviewKind
from steward.support.operations import deployments as operations
from steward.support.operations import progress
from steward.support.queries import deployments as queries
from steward.support.views.acting import ActPage, act_page, seen_by
from steward.support.views.deployments import MOVE_BUTTONS, deployment_or_404

_TITLES = {
    ReviewKind.MID: "Hold the mid review",
    ReviewKind.FINAL: "Write a view for the final review",
    ReviewKind.FOLLOW_UP: "Follow up",
}


@needs(Permission.BROKER_SUPPORT)
def scope(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form for the terms, or keep them."""
    found = deployment_or_404(request, key)
    form = forms.TermsForm(request.POST or None, initial=forms.terms_as_typed(found))

    def act() -> object:
        return operations.scope(key, terms=form.terms(), seen=seen_by(request), actor=person_asking(request))

    lead = "Signatures hold for the terms as they were signed: who has signed signs again after a change."
    page = page_of(found, title="Write the terms", button="Keep the terms", lead=lead)
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.BROKER_SUPPORT)
def measure(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form for a measure, or keep it."""
    found = deployment_or_404(request, key)
    form = forms.MeasureForm(request.POST or None)

    def act() -> object:
        return progress.add_measure(
            key, new=form.measure(), seen=seen_by(request), actor=person_asking(request)
        )

    page = page_of(found, title="Add a measure", button="Keep the measure")
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.BROKER_SUPPORT)
def drop_measure(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form that asks why, or take a measure out of terms not agreed yet."""
    one = measure_or_404(request, key)
    found = deployment_or_404(request, one.deployment_id)
    form = ReasonForm(request.POST or None)

    def act() -> object:
        reason = form.cleaned_data["reason"]
        progress.drop_measure(one, reason=reason, seen=seen_by(request), actor=person_asking(request))
        return None

    page = page_of(found, title=f"Take out “{one.name}”", button="Take out the measure")
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.AGREE_SUPPORT)
def sign(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form to sign for the council, or sign."""
    found = deployment_or_404(request, key)
    return sign_page(request, found=found, party=Party.COUNCIL, then=_then(found))


def sign_page(request: HttpRequest, *, found: Deployment, party: Party, then: str) -> HttpResponse:
    """Answer with the form to sign for a party, or sign."""
    form = forms.SignForm(request.POST or None)

    def act() -> object:
        asking = person_asking(request)
        return operations.sign(
            found.pk, party=party, name=asking.name, paper="", seen=seen_by(request), actor=asking
        )

    lead = (
        f"You sign version {found.terms_version} of the terms for the {party.label.lower()}. Read them first."
    )
    page = page_of(found, title="Sign the agreement", button="Sign", lead=lead, then=then)
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.BROKER_SUPPORT)
def paper(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form for a signature on paper, or record it."""
    found = deployment_or_404(request, key)
    form = forms.PaperForm(request.POST or None)

    def act() -> object:
        given = form.cleaned_data
        return operations.sign(
            key,
            party=Party(given["party"]),
            name=given["name"],
            paper=given["paper"],
            seen=seen_by(request),
            actor=person_asking(request),
        )

    lead = "For a school or provider that does not sign in: keep the signed paper and say where."
    page = page_of(found, title="Record a signature on paper", button="Keep the signature", lead=lead)
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.BROKER_SUPPORT)
def visit(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form for a visit, or keep it."""
    found = deployment_or_404(request, key)
    return visit_page(request, found=found, then=_then(found))


def visit_page(request: HttpRequest, *, found: Deployment, then: str) -> HttpResponse:
    """Answer with the form for a visit, or keep it."""
    form = forms.VisitForm(request.POST or None)

    def act() -> object:
        return progress.record_visit(found.pk, new=form.visit(), actor=person_asking(request))

    page = page_of(found, title="Record a visit", button="Keep the visit", then=then)
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.BROKER_SUPPORT)
def measure_after(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form for the value of a measure after the support, or keep it."""
    one = measure_or_404(request, key)
    found = deployment_or_404(request, one.deployment_id)
    initial = {"after": one.after, "on": one.after_on, "source": one.after_source or one.baseline_source}
    form = forms.AfterForm(request.POST or None, initial=initial)

    def act() -> object:
        given = form.cleaned_data
        return progress.measure_after(
            one, after=given["after"], on=given["on"], source=given["source"], actor=person_asking(request)
        )

    lead = f"{one.name}: {one.baseline.normalize():f} {one.unit} before."
    page = page_of(found, title="Value after the support", button="Keep the value", lead=lead)
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.BROKER_SUPPORT)
def review(request: HttpRequest, key: int, kind: str) -> HttpResponse:
    """Answer with the form for a review, or keep what was found."""
    found = deployment_or_404(request, key)
    if kind not in ReviewKind.values:
        raise Http404("There is no such review.")
    parties = tuple(Party) if kind == ReviewKind.FINAL else (Party.COUNCIL,)
    return review_page(request, found=found, kind=ReviewKind(kind), parties=parties)


def review_page(
    request: HttpRequest,
    *,
    found: Deployment,
    kind: ReviewKind,
    parties: tuple[Party, ...],
    then: str = "",
) -> HttpResponse:
    """Answer with the form for the view of some parties at a review, or keep it."""
    first = parties[0] if len(parties) == 1 else None
    form = forms.ReviewForm(request.POST or None, parties=parties, initial={"party": first})

    def act() -> object:
        new = form.review(kind=kind)
        return progress.review(found.pk, new=new, seen=seen_by(request), actor=person_asking(request))

    page = page_of(found, title=_TITLES[kind], button="Keep the view", then=then)
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.BROKER_SUPPORT)
def move(request: HttpRequest, key: int, act: str) -> HttpResponse:
    """Answer with the form that asks why, or begin, pause, complete, withdraw or replace the support."""
    found = deployment_or_404(request, key)
    chosen = next((one for one in moves_from(DeploymentState(found.state)) if one.value == act), None)
    if chosen is None:
        return redirect("support:deployment", key=key)
    form = ReasonForm(request.POST or None)

    def done() -> object:
        reason, asking = form.cleaned_data["reason"], person_asking(request)
        return operations.move(key, act=chosen, reason=reason, seen=seen_by(request), actor=asking)

    page = page_of(found, title=MOVE_BUTTONS[chosen], button=MOVE_BUTTONS[chosen])
    return act_page(request, form=form, page=page, act=done)


def measure_or_404(request: HttpRequest, key: int) -> Measure:
    """Return the measure of support the viewer may see, or raise Http404."""
    return get_object_or_404(Measure.objects.filter(deployment__in=queries.visible_to(request.user)), pk=key)


def page_of(found: Deployment, *, title: str, button: str, lead: str = "", then: str = "") -> ActPage:
    """Return the page of an act on a piece of support."""
    return ActPage(
        title=title,
        caption=f"{found.need.school.name}, supported by {found.provider.name}",
        button=button,
        said="It is kept",
        then=then or _then(found),
        lead=lead,
        seen=found.changes,
    )


def _then(found: Deployment) -> str:
    return reverse("support:deployment", args=(found.pk,))
