"""Needs: list, suggestions, one need, recording, changing and moving it on."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from steward.access.guards import needs, person_asking, records
from steward.access.permissions import Permission, may
from steward.interface.lists import chosen_sort
from steward.support.forms.needs import ChangeNeedForm, NeedFilters, NeedForm, ReasonForm, as_typed
from steward.support.models import Deployment, Need, Origin
from steward.support.operations import needs as operations
from steward.support.queries import deployments
from steward.support.queries import needs as queries
from steward.support.queries.needs import Suggested
from steward.support.steps import NeedAct, NeedState, need_acts
from steward.support.terms import terms_ahead
from steward.support.views import deployment_parts, files, need_parts
from steward.support.views.acting import ActPage, act_page, seen_by
from steward.support.views.navigation import links

_PAGE_LENGTH = 50
_BUTTONS = {
    NeedAct.ACCEPT: "Accept the request",
    NeedAct.DECLINE: "Decline the request",
    NeedAct.CLOSE: "Close without support",
    NeedAct.REOPEN: "Open again",
}


@needs(Permission.VIEW_SUPPORT)
def needs_list(request: HttpRequest) -> HttpResponse:
    """Answer with the list of needs."""
    sort = chosen_sort(request.GET, allowed=queries.SORTS, default="school")
    form = NeedFilters(request.GET or None)
    found = queries.needs(request.user, wanted=form.wanted(sort=sort))
    page = Paginator(found, _PAGE_LENGTH).get_page(request.GET.get("page"))
    waiting = queries.visible_to(request.user).filter(state=NeedState.ASKED).count()
    context = {
        "filter_form": form,
        "page": page,
        "count": len(found),
        "table": need_parts.table(page, sorted_by=sort),
        "waiting": waiting,
        "open": queries.visible_to(request.user).filter(state=NeedState.OPEN).count(),
        "suggested": len(queries.suggested(request.user)),
        "csv": files.address_of("needs", request=request),
        "links": links(request),
    }
    return render(request, "support/needs.html", context)


@needs(Permission.VIEW_SUPPORT)
@records("support.needs.downloaded", subject="needs")
def needs_as_csv(request: HttpRequest) -> HttpResponse:
    """Answer with the list of needs as a CSV file."""
    sort = chosen_sort(request.GET, allowed=queries.SORTS, default="school")
    found = queries.needs(request.user, wanted=NeedFilters(request.GET or None).wanted(sort=sort))
    rows = (need_parts.csv_row(one) for one in found)
    return files.csv_answer("needs", header=need_parts.CSV_HEADER, rows=rows)


@needs(Permission.VIEW_SUPPORT)
def suggested(request: HttpRequest) -> HttpResponse:
    """Answer with what decisions and concerns suggest to record as a need."""
    found = queries.suggested(request.user)
    may_record = may(request.user, Permission.BROKER_SUPPORT)
    table = need_parts.suggested(found, may_record=may_record)
    context = {"table": table, "count": len(found), "links": links(request)}
    return render(request, "support/suggested.html", context)


@needs(Permission.VIEW_SUPPORT)
def need(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with one need."""
    found = need_or_404(request, key)
    state = NeedState(found.state)
    context = {
        "need": found,
        "facts": need_parts.facts_of(found),
        "brokerable": state in (NeedState.OPEN, NeedState.PLACED),
        "deployments": deployment_parts.table(_support_of(found, request), sorted_by=""),
        "happenings": need_parts.happenings(found.events.all()),
        "may_change": state in (NeedState.ASKED, NeedState.OPEN),
        "acts": [(act.value, _BUTTONS[act]) for act in need_acts(state)],
    }
    return render(request, "support/need.html", context)


@needs(Permission.BROKER_SUPPORT)
def new(request: HttpRequest) -> HttpResponse:
    """Answer with the form for a need, filled from a suggestion where one is named, or record it."""
    source = _suggestion(request)
    form = NeedForm(
        request.POST or None, terms=terms_ahead(timezone.localdate()), initial=_initial(request, source)
    )

    def act() -> object:
        given = form.cleaned_data
        facts = form.facts(
            urn=given["urn"],
            origin=source.origin if source else Origin(given["origin"]),
            decision=source.key if source and source.origin is Origin.CATEGORY else None,
            concern=source.key if source and source.origin is Origin.CONCERN else None,
        )
        return operations.record(facts, actor=person_asking(request))

    page = ActPage(
        title="Record a need",
        caption=source.school if source else "",
        button="Record the need",
        said="The need is recorded",
        then=reverse("support:needs"),
        lead=f"{source.why}. What was written there: {source.text or 'nothing'}" if source else "",
    )
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.BROKER_SUPPORT)
def edit(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form to change a need, or change it."""
    found = need_or_404(request, key)
    form = ChangeNeedForm(
        request.POST or None, terms=terms_ahead(timezone.localdate()), initial=as_typed(found)
    )

    def act() -> object:
        facts = form.facts(
            urn=found.school_id,
            origin=Origin(found.origin),
            decision=found.decision_id,
            concern=found.concern_id,
        )
        reason, asking = form.cleaned_data["reason"], person_asking(request)
        return operations.change(key, facts=facts, reason=reason, seen=seen_by(request), actor=asking)

    page = _page(found, title="Change the need", said="The change is kept")
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.BROKER_SUPPORT)
def move(request: HttpRequest, key: int, act: str) -> HttpResponse:
    """Answer with the form that asks why, or accept, decline, close or open a need again."""
    found = need_or_404(request, key)
    chosen = next((one for one in need_acts(NeedState(found.state)) if one.value == act), None)
    if chosen is None:
        return redirect("support:need", key=key)
    form = ReasonForm(request.POST or None)

    def done() -> object:
        reason, asking = form.cleaned_data["reason"], person_asking(request)
        return operations.move(key, act=chosen, reason=reason, seen=seen_by(request), actor=asking)

    return act_page(
        request, form=form, page=_page(found, title=_BUTTONS[chosen], said="It is done"), act=done
    )


def need_or_404(request: HttpRequest, key: int) -> Need:
    """Return the need, if the viewer may see it, or raise Http404."""
    return get_object_or_404(queries.visible_to(request.user), pk=key)


def _support_of(found: Need, request: HttpRequest) -> list[Deployment]:
    return list(deployments.visible_to(request.user).filter(need=found))


def _page(found: Need, *, title: str, said: str) -> ActPage:
    return ActPage(
        title=title,
        caption=found.school.name,
        button=title,
        said=said,
        then=reverse("support:need", args=(found.pk,)),
        seen=found.changes,
    )


def _suggestion(request: HttpRequest) -> Suggested | None:
    origin, _, key = request.GET.get("from", "").partition("-")
    if not (key.isascii() and key.isdigit()):
        return None
    return queries.suggestion(request.user, origin=origin, key=int(key))


def _initial(request: HttpRequest, source: Suggested | None) -> dict[str, object]:
    if source is None:
        return {"urn": request.GET.get("urn", ""), "origin": Origin.OFFICER}
    return {"urn": source.urn, "origin": source.origin, "funder": "The council"}
