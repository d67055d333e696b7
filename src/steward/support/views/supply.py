"""What is kept beside a provider, and supply by term."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from steward.access.guards import needs, person_asking, records
from steward.access.permissions import Permission
from steward.support.forms import providers as forms
from steward.support.models import Commitment, Conflict, Designation, Provider, Quality
from steward.support.operations import supply as operations
from steward.support.queries import capacity as capacity_queries
from steward.support.queries import providers as queries
from steward.support.terms import Term, term_of, term_on, terms_ahead
from steward.support.views import files, provider_parts
from steward.support.views.acting import ActPage, act_page
from steward.support.views.navigation import links
from steward.support.views.providers import provider_or_404


@needs(Permission.VIEW_SUPPORT)
def capacity(request: HttpRequest) -> HttpResponse:
    """Answer with days by term, and gaps by specialism in one term."""
    terms = terms_ahead(timezone.localdate())
    term = _asked(request)
    specialisms = capacity_queries.by_specialism(request.user, term=term)
    short = [one.label for one in specialisms if one.short]
    context = {
        "links": links(request),
        "term": term,
        "terms": terms,
        "supply": provider_parts.supply_table(capacity_queries.by_term(request.user, terms=terms)),
        "specialisms": provider_parts.specialisms_table(specialisms, term=term),
        "short": short,
        "scarce": sum(one.scarce for one in specialisms),
        "specialism_count": len(specialisms),
        "csv": files.address_of("gaps", request=request),
        "fewest": capacity_queries.SCARCE,
    }
    return render(request, "support/capacity.html", context)


@needs(Permission.VIEW_SUPPORT)
@records("support.gaps.downloaded", subject="gaps by specialism")
def gaps_as_csv(request: HttpRequest) -> HttpResponse:
    """Answer with supply by specialism in a term as a CSV file."""
    term = _asked(request)
    found = capacity_queries.by_specialism(request.user, term=term)
    rows = (
        (
            term.words,
            s.label,
            s.providers,
            s.with_days,
            s.free,
            s.needs,
            s.needed,
            _yes(s.short),
            _yes(s.scarce),
        )
        for s in found
    )
    header = (
        "term",
        "specialism",
        "providers",
        "with_a_day_free",
        "free_days",
        "open_needs",
        "days_needed",
        "short",
        "scarce",
    )
    return files.csv_answer("gaps", header=header, rows=rows)


@needs(Permission.BROKER_SUPPORT)
def designate(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form for a designation, or keep it."""
    found = provider_or_404(request, key)
    form = forms.DesignationForm(request.POST or None)

    def act() -> object:
        return operations.designate(key, new=form.designation(), actor=person_asking(request))

    return act_page(request, form=form, page=_page(found, "Add a designation", "Keep it"), act=act)


@needs(Permission.BROKER_SUPPORT)
def end_designation(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form for the last day of a designation, or end it."""
    visible = queries.visible_to(request.user)
    one = get_object_or_404(Designation.objects.filter(provider__in=visible), pk=key)
    form = forms.LastDayForm(request.POST or None, initial={"last_day": timezone.localdate()})

    def act() -> object:
        given = form.cleaned_data
        operations.end_designation(
            one, last_day=given["last_day"], reason=given["reason"], actor=person_asking(request)
        )
        return None

    title = f"End the designation as {provider_parts.kind_in_words(one.kind).lower()}"
    return act_page(request, form=form, page=_page(one.provider, title, "End the designation"), act=act)


@needs(Permission.BROKER_SUPPORT)
def offer_days(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form for days by term, or keep them."""
    found = provider_or_404(request, key)
    terms = terms_ahead(timezone.localdate())
    kept = {one.term: one.days for one in found.capacities.all()}
    form = forms.DaysForm(request.POST or None, terms=terms, initial=kept)

    def act() -> object:
        reason = form.cleaned_data["reason"]
        operations.offer_days(key, days=form.days(), reason=reason, actor=person_asking(request))
        return None

    return act_page(request, form=form, page=_page(found, "Days offered", "Keep the days"), act=act)


@needs(Permission.BROKER_SUPPORT)
def commit(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form for days promised elsewhere, or keep them."""
    found = provider_or_404(request, key)
    form = forms.CommitmentForm(request.POST or None, terms=terms_ahead(timezone.localdate()))

    def act() -> object:
        given = form.cleaned_data
        term = term_of(given["term"]) or term_on(timezone.localdate())
        return operations.commit_days(
            key, term=term, days=given["days"], what=given["what"], actor=person_asking(request)
        )

    return act_page(
        request, form=form, page=_page(found, "Days promised elsewhere", "Keep the days"), act=act
    )


@needs(Permission.BROKER_SUPPORT)
def release(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form that asks why, or give promised days back."""
    visible = queries.visible_to(request.user)
    one = get_object_or_404(Commitment.objects.filter(provider__in=visible, released_on=None), pk=key)
    form = forms.WhyForm(request.POST or None)

    def act() -> object:
        operations.release_days(one, reason=form.cleaned_data["reason"], actor=person_asking(request))
        return None

    return act_page(
        request, form=form, page=_page(one.provider, "Give days back", "Give the days back"), act=act
    )


@needs(Permission.BROKER_SUPPORT)
def bar(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form for a conflict of interest, or keep it."""
    found = provider_or_404(request, key)
    form = forms.ConflictForm(request.POST or None, initial={"since": timezone.localdate()})

    def act() -> object:
        return operations.bar(key, new=form.conflict(), actor=person_asking(request))

    return act_page(
        request, form=form, page=_page(found, "Record a conflict of interest", "Keep it"), act=act
    )


@needs(Permission.BROKER_SUPPORT)
def lift(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form that asks why, or end a conflict."""
    visible = queries.visible_to(request.user)
    one = get_object_or_404(Conflict.objects.filter(provider__in=visible, until=None), pk=key)
    form = forms.WhyForm(request.POST or None)

    def act() -> object:
        operations.lift(one, reason=form.cleaned_data["reason"], actor=person_asking(request))
        return None

    return act_page(
        request, form=form, page=_page(one.provider, "Lift the conflict", "Lift the conflict"), act=act
    )


@needs(Permission.BROKER_SUPPORT)
def assure(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form for an assurance of quality, or keep it."""
    found = provider_or_404(request, key)
    form = forms.AssuranceForm(request.POST or None, initial={"on": timezone.localdate()})

    def act() -> object:
        given = form.cleaned_data
        return operations.assure(
            key,
            quality=Quality(given["quality"]),
            on=given["on"],
            evidence=given["evidence"],
            actor=person_asking(request),
        )

    return act_page(request, form=form, page=_page(found, "Assure the quality", "Keep it"), act=act)


def _page(found: Provider, title: str, button: str) -> ActPage:
    return ActPage(
        title=title,
        caption=found.name,
        button=button,
        said="It is kept",
        then=reverse("support:provider", args=(found.pk,)),
        seen=found.changes,
    )


def _yes(said: object) -> str:
    return "yes" if said else "no"


def _asked(request: HttpRequest) -> Term:
    return term_of(request.GET.get("term", "")) or term_on(timezone.localdate())
