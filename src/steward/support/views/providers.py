"""The register of providers: list, one provider, adding, changing, importing."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from steward.access.guards import needs, person_asking, records
from steward.access.permissions import Permission, may
from steward.interface.lists import chosen_sort
from steward.support.forms.providers import ImportForm, ProviderFilters, ProviderForm, WhyForm, as_typed
from steward.support.models import Provider
from steward.support.operations import importing
from steward.support.operations import providers as operations
from steward.support.queries import deployments
from steward.support.queries import providers as queries
from steward.support.steps import ProviderAct, ProviderState, provider_acts
from steward.support.terms import term_of, term_on, terms_ahead
from steward.support.views import deployment_parts, files, provider_parts
from steward.support.views.acting import ActPage, act_page, seen_by, served_or_404
from steward.support.views.navigation import links

_PAGE_LENGTH = 50
_BUTTONS = {
    ProviderAct.ACCEPT: "Accept the offer",
    ProviderAct.PAUSE: "Pause the provider",
    ProviderAct.RESUME: "Make active again",
    ProviderAct.END: "End the provider",
    ProviderAct.REOPEN: "Take up again",
}


@needs(Permission.VIEW_SUPPORT)
def providers(request: HttpRequest) -> HttpResponse:
    """Answer with the register of providers, with their free days in the present term."""
    today = timezone.localdate()
    sort = chosen_sort(request.GET, allowed=queries.SORTS, default="name")
    form = ProviderFilters(request.GET or None)
    found = queries.providers(request.user, wanted=form.wanted(sort=sort))
    warned = queries.warnings_of(found, viewer=request.user, today=today)
    page = Paginator(found, _PAGE_LENGTH).get_page(request.GET.get("page"))
    listed = list(page)
    days = queries.days_in(term_on(today), providers=listed)
    context = {
        "filter_form": form,
        "page": page,
        "count": len(found),
        "table": provider_parts.table(listed, days=days, warnings=warned, sorted_by=sort),
        "term": term_on(today).words,
        "watch": sum(bool(said) for said in warned.values()),
        "csv": files.address_of("providers", request=request),
        "links": links(request),
    }
    return render(request, "support/providers.html", context)


@needs(Permission.VIEW_SUPPORT)
@records("support.providers.downloaded", subject="providers")
def providers_as_csv(request: HttpRequest) -> HttpResponse:
    """Answer with the register as a CSV file."""
    today = timezone.localdate()
    sort = chosen_sort(request.GET, allowed=queries.SORTS, default="name")
    found = queries.providers(request.user, wanted=ProviderFilters(request.GET or None).wanted(sort=sort))
    warned = queries.warnings_of(found, viewer=request.user, today=today)
    days = queries.days_in(term_on(today), providers=found)
    rows = (provider_parts.csv_row(one, days=days[one.pk], warned=warned.get(one.pk, ())) for one in found)
    return files.csv_answer("providers", header=provider_parts.CSV_HEADER, rows=rows)


@needs(Permission.VIEW_SUPPORT)
def provider(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with one provider."""
    found, today = provider_or_404(request, key), timezone.localdate()
    may_change = may(request.user, Permission.BROKER_SUPPORT) and found.state != ProviderState.ENDED
    context = {
        "provider": found,
        "facts": provider_parts.facts_of(found),
        "warnings": queries.warnings_of([found], viewer=request.user, today=today).get(found.pk, ()),
        "designations": provider_parts.designations(
            found.designations.all(), today=today, may_change=may_change
        ),
        "days": provider_parts.days_table(queries.terms_of(found, terms=terms_ahead(today))),
        "commitments": found.commitments.filter(released_on=None),
        "conflicts": provider_parts.conflicts(
            found.conflicts.select_related("school"), may_change=may_change
        ),
        "outcomes": deployments.outcomes_of(found),
        "deployments": deployment_parts.table(
            deployments.visible_to(request.user).filter(provider=found), sorted_by=""
        ),
        "happenings": provider_parts.happenings(found.events.all()),
        "may_change": may_change,
        "acts": [(act.value, _BUTTONS[act]) for act in provider_acts(ProviderState(found.state))],
    }
    return render(request, "support/provider.html", context)


@needs(Permission.BROKER_SUPPORT)
def new(request: HttpRequest) -> HttpResponse:
    """Answer with the form for a provider, or add it."""
    authority = served_or_404()
    form = ProviderForm(request.POST or None)

    def act() -> object:
        reason, asking = form.cleaned_data["reason"], person_asking(request)
        return operations.add(form.facts(), authority=authority.pk, reason=reason, actor=asking)

    page = ActPage(
        title="Add a provider",
        button="Add the provider",
        said="The provider is added. Enter its days next",
        then=reverse("support:providers"),
        lead="Where this is a person, keep to the name and the work: no private address or telephone.",
    )
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.BROKER_SUPPORT)
def edit(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form to change a provider, or change it."""
    found = provider_or_404(request, key)
    form = ProviderForm(request.POST or None, initial=as_typed(found))

    def act() -> object:
        reason, asking = form.cleaned_data["reason"], person_asking(request)
        return operations.change(key, facts=form.facts(), reason=reason, seen=seen_by(request), actor=asking)

    page = _page_of(found, title="Change the provider", button="Keep the change", said="The change is kept")
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.BROKER_SUPPORT)
def move(request: HttpRequest, key: int, act: str) -> HttpResponse:
    """Answer with the form that asks why, or pause, resume, end, accept or take up the provider."""
    found = provider_or_404(request, key)
    chosen = next((one for one in provider_acts(ProviderState(found.state)) if one.value == act), None)
    if chosen is None:
        return redirect("support:provider", key=key)
    form = WhyForm(request.POST or None)

    def done() -> object:
        reason, asking = form.cleaned_data["reason"], person_asking(request)
        return operations.move(key, act=chosen, reason=reason, seen=seen_by(request), actor=asking)

    page = _page_of(found, title=_BUTTONS[chosen], button=_BUTTONS[chosen], said="It is done")
    return act_page(request, form=form, page=page, act=done)


@needs(Permission.BROKER_SUPPORT)
def take_in(request: HttpRequest) -> HttpResponse:
    """Answer with the form for a file of providers, or take it in."""
    authority = served_or_404()
    form = ImportForm(request.POST or None, request.FILES or None, terms=terms_ahead(timezone.localdate()))
    faults: list[str] = []

    def act() -> object:
        term = term_of(form.cleaned_data["term"]) or term_on(timezone.localdate())
        content = form.cleaned_data["file"].read()
        try:
            return importing.import_providers(
                content, authority=authority.pk, term=term, actor=person_asking(request)
            )
        except importing.CannotImport as refusal:
            faults.extend(refusal.faults)
            raise

    page = ActPage(
        title="Take in a file of providers",
        button="Take in the file",
        said="The providers are taken in",
        then=reverse("support:providers"),
        more={"faults": faults, "columns": importing.COLUMNS},
        template="support/import.html",
        upload=True,
    )
    return act_page(request, form=form, page=page, act=act)


def provider_or_404(request: HttpRequest, key: int) -> Provider:
    """Return the provider, if the viewer may see it, or raise Http404."""
    return get_object_or_404(queries.visible_to(request.user), pk=key)


def _page_of(found: Provider, *, title: str, button: str, said: str) -> ActPage:
    return ActPage(
        title=title,
        caption=found.name,
        button=button,
        said=said,
        then=reverse("support:provider", args=(found.pk,)),
        seen=found.changes,
    )
