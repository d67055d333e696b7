"""Support: the list, one piece of it, brokering, and its documents."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from steward.access.guards import needs, person_asking, records
from steward.access.permissions import Permission
from steward.documents.pdf import pdf_of
from steward.documents.word.writing import word_of
from steward.interface.lists import chosen_sort
from steward.support import deployment_policies, papers
from steward.support.deployment_steps import UNDER_WAY, DeploymentAct, DeploymentState, moves_from
from steward.support.forms.deployments import BrokerForm, DeploymentFilters
from steward.support.models import Deployment, Need
from steward.support.operations import deployments as operations
from steward.support.queries import deployments as queries
from steward.support.queries import providers as supply
from steward.support.terms import term_of, term_on
from steward.support.views import deployment_parts, files, provider_parts
from steward.support.views.acting import ActPage, act_page
from steward.support.views.navigation import links
from steward.support.views.needs import need_or_404

_PAGE_LENGTH = 50
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORMS = {"docx": _WORD, "pdf": "application/pdf"}
MOVE_BUTTONS = {
    DeploymentAct.START: "Begin the support",
    DeploymentAct.CONTINUE: "Go on after the mid review",
    DeploymentAct.COMPLETE: "Complete the support",
    DeploymentAct.PAUSE: "Pause the support",
    DeploymentAct.RESUME: "Go on with the support",
    DeploymentAct.WITHDRAW: "Withdraw the support",
    DeploymentAct.REPLACE: "Replace by other support",
}


@needs(Permission.VIEW_SUPPORT)
def deployments(request: HttpRequest) -> HttpResponse:
    """Answer with the list of support and what is overdue."""
    sort = chosen_sort(request.GET, allowed=queries.SORTS, default="school")
    form = DeploymentFilters(request.GET or None)
    found = queries.deployments(request.user, wanted=form.wanted(sort=sort))
    page = Paginator(found, _PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "filter_form": form,
        "page": page,
        "count": len(found),
        "table": deployment_parts.table(page, sorted_by=sort),
        "due": queries.due(request.user, today=timezone.localdate()),
        "csv": files.address_of("support", request=request),
        "links": links(request),
    }
    return render(request, "support/deployments.html", context)


@needs(Permission.VIEW_SUPPORT)
@records("support.deployments.downloaded", subject="support")
def deployments_as_csv(request: HttpRequest) -> HttpResponse:
    """Answer with the list of support as a CSV file."""
    sort = chosen_sort(request.GET, allowed=queries.SORTS, default="school")
    found = queries.deployments(request.user, wanted=DeploymentFilters(request.GET or None).wanted(sort=sort))
    rows = (deployment_parts.csv_row(one) for one in found)
    return files.csv_answer("support", header=deployment_parts.CSV_HEADER, rows=rows)


@needs(Permission.VIEW_SUPPORT)
def deployment(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with one piece of support."""
    found = deployment_or_404(request, key)
    context = shown(found) | {
        "moves": [(act.value, MOVE_BUTTONS[act]) for act in moves_from(DeploymentState(found.state))],
    }
    return render(request, "support/deployment.html", context)


def shown(found: Deployment) -> dict[str, object]:
    """Return what a page about a piece of support shows, whoever looks."""
    state = DeploymentState(found.state)
    scoping = state in (DeploymentState.BROKERED, DeploymentState.SCOPED)
    under_way = state in UNDER_WAY
    return {
        "deployment": found,
        "facts": deployment_parts.facts_of(found),
        "texts": deployment_parts.texts_of(found),
        "measures": deployment_parts.measures(
            found.measures.all(), links="support:measure-after" if under_way else ""
        ),
        "droppable": list(found.measures.all()) if scoping else [],
        "signatures": deployment_parts.signature_facts(found),
        "visits": deployment_parts.visits(found.visits.all()),
        "reviews": deployment_parts.reviews(found.reviews.all()),
        "happenings": deployment_parts.happenings(found.events.all()),
        "scoping": scoping,
        "signing": state == DeploymentState.SCOPED,
        "under_way": under_way,
        "lacking_to_sign": deployment_parts.lacking(found, act=DeploymentAct.SIGN) if scoping else [],
        "lacking_to_close": deployment_parts.lacking(found, act=DeploymentAct.COMPLETE) if under_way else [],
    }


@needs(Permission.BROKER_SUPPORT)
def broker(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the providers who can support a need, or broker the support by one of them."""
    need = need_or_404(request, key)
    offered = possible(request, need)
    form = BrokerForm(request.POST or None, providers=offered)

    def act() -> object:
        given = form.cleaned_data
        return operations.broker(
            need.pk,
            provider_id=int(given["provider"]),
            reason=given["reason"],
            actor=person_asking(request),
        )

    page = ActPage(
        title="Broker support",
        caption=need.school.name,
        button="Broker the support",
        said="The support is brokered. Write its terms next",
        then=reverse("support:deployments"),
        lead=f"{len(offered)} active providers can support this need: their phase fits and no veto or "
        "conflict of interest is known. The plan of the term says which choice is best for all.",
    )
    return act_page(request, form=form, page=page, act=act)


def possible(request: HttpRequest, need: Need) -> list[tuple[int, str]]:
    """Return the providers who can, those with most free days first."""
    today = timezone.localdate()
    term = term_of(need.term) or term_on(today)
    found = [
        one
        for one in supply.supporters(request.user)
        if not list(deployment_policies.pair_faults(need, provider=one, today=today))
    ]
    days = supply.days_in(term, providers=found)
    found.sort(key=lambda one: (-len(set(one.specialisms) & set(need.tags)), -days[one.pk].free, one.name))
    return [
        (one.pk, _offer(one.name, set(one.specialisms) & set(need.tags), days[one.pk].free)) for one in found
    ]


def _offer(name: str, fits: set[str], free: float) -> str:
    about = f"fits {provider_parts.tags_in_words(sorted(fits)).lower()}" if fits else "expertise does not fit"
    return f"{name}: {about}, {free:g} days free"


@needs(Permission.VIEW_SUPPORT)
@records("support.agreement.downloaded", subject="agreement")
def document(request: HttpRequest, key: int, what: str, kind: str) -> HttpResponse:
    """Answer with the agreement or the review as a Word file or PDF."""
    return document_of(deployment_or_404(request, key), what=what, kind=kind)


def document_of(found: Deployment, *, what: str, kind: str) -> HttpResponse:
    """Return the agreement or the review of a piece of support as a file; raises Http404 for another."""
    writers = {"agreement": papers.agreement, "review": papers.review}
    if what not in writers or kind not in _FORMS:
        raise Http404("There is no such document.")
    paper = writers[what](deployment_parts.paper_of(found), on=timezone.localdate())
    answer = HttpResponse(word_of(paper) if kind == "docx" else pdf_of(paper), content_type=_FORMS[kind])
    answer["Content-Disposition"] = f'attachment; filename="{what}-{found.pk}.{kind}"'
    return answer


def deployment_or_404(request: HttpRequest, key: int) -> Deployment:
    """Return the support, if the viewer may see it, or raise Http404."""
    return get_object_or_404(queries.visible_to(request.user), pk=key)
