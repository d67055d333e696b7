"""The plan of a term: making it, its pairs with reasons and alternatives, and answering each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from steward.access.guards import needs, person_asking, records
from steward.access.permissions import Permission
from steward.interface.parts import Cell, Column, Concern, Table, Tag
from steward.support.forms.plans import AnswerForm, ChangePairForm, MakePlanForm
from steward.support.models import Answer, MatchingPlan, PlannedPair
from steward.support.operations import plans as operations
from steward.support.queries import plans as queries
from steward.support.queries import questions
from steward.support.terms import Term, term_of, term_on, terms_ahead
from steward.support.views import files
from steward.support.views.acting import ActPage, act_page, served_or_404
from steward.support.views.deployments import possible
from steward.support.views.navigation import links

_ANSWERS = {
    Answer.WAITING: Concern.UNSETTLED,
    Answer.ACCEPTED: Concern.NONE,
    Answer.CHANGED: Concern.LOW,
    Answer.REFUSED: Concern.MEDIUM,
}
_HEADER = ("term", "school", "provider", "value", "pounds", "reasons", "answer", "why", "chosen_instead")


@needs(Permission.VIEW_SUPPORT)
def plan_now(request: HttpRequest) -> HttpResponse:
    """Answer with the way to the plan of the present term."""
    return redirect("support:plan", term=term_on(timezone.localdate()).key)


@needs(Permission.VIEW_SUPPORT)
def plan(request: HttpRequest, term: str) -> HttpResponse:
    """Answer with the newest plan of a term, or how to make the first."""
    chosen, authority = _term(term), served_or_404()
    found = queries.newest(request.user, term=chosen, authority=authority.pk)
    context = {
        "term": chosen,
        "terms": terms_ahead(timezone.localdate(), count=4),
        "plan": found,
        "links": links(request),
        "method": questions.weights(),
    }
    if found is not None:
        pairs = queries.pairs_of(found)
        context |= {
            "table": _table(pairs),
            "count": len(pairs),
            "waiting": sum(one.answer == Answer.WAITING for one in pairs),
            "better": _better(found),
            "cost": sum(one.cost for one in pairs),
        }
    return render(request, "support/plan.html", context)


@needs(Permission.VIEW_SUPPORT)
@records("support.plan.downloaded", subject="plan")
def plan_as_csv(request: HttpRequest, term: str) -> HttpResponse:
    """Answer with the pairs of the newest plan of a term as a CSV file."""
    chosen = _term(term)
    found = queries.newest(request.user, term=chosen, authority=served_or_404().pk)
    rows = [
        (
            chosen.words,
            one.need.school.name,
            one.provider.name,
            round(one.value, 5),
            one.cost,
            " ".join(one.reasons),
            one.get_answer_display(),
            one.reason,
            one.chosen.name if one.chosen else "",
        )
        for one in (queries.pairs_of(found) if found else [])
    ]
    return files.csv_answer(f"plan-{chosen.key}", header=_HEADER, rows=rows)


@needs(Permission.BROKER_SUPPORT)
def make(request: HttpRequest, term: str) -> HttpResponse:
    """Answer with the form that asks for the budget, or make the plan."""
    chosen, authority = _term(term), served_or_404()
    form = MakePlanForm(request.POST or None)

    def act() -> object:
        budget, asking = form.cleaned_data["budget"], person_asking(request)
        return operations.make(chosen, authority=authority.pk, budget=budget, actor=asking)

    page = ActPage(
        title="Make the plan",
        caption=chosen.words,
        button="Make the plan",
        said="The plan is made. Nothing is brokered until you answer each pair",
        then=reverse("support:plan", args=(term,)),
        lead="The plan looks at all open needs and all providers with free days together. You decide.",
    )
    return act_page(request, form=form, page=page, act=act)


@needs(Permission.VIEW_SUPPORT)
def pair(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with one pair: its reasons, and what choosing another provider would cost the whole plan."""
    found = _pair_or_404(request, key)
    tried = request.GET.get("try") == "yes"
    context = {
        "pair": found,
        "tag": Tag(found.get_answer_display(), _ANSWERS[Answer(found.answer)]),
        "tried": tried,
        "alternatives": queries.alternatives(found) if tried else (),
        "waiting": found.answer == Answer.WAITING,
    }
    return render(request, "support/pair.html", context)


@needs(Permission.BROKER_SUPPORT)
def answer(request: HttpRequest, key: int, act: str) -> HttpResponse:
    """Answer with the form that asks why, or accept or refuse a pair."""
    found = _pair_or_404(request, key)
    acts = {"accept": operations.accept, "refuse": operations.refuse}
    if act not in acts:
        raise Http404("A pair is accepted, changed or refused.")
    form = AnswerForm(request.POST or None)

    def done() -> object:
        return acts[act](key, reason=form.cleaned_data["reason"], actor=person_asking(request))

    return act_page(request, form=form, page=_page(found, title=f"{act.capitalize()} the pair"), act=done)


@needs(Permission.BROKER_SUPPORT)
def change(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form for another provider, or broker the support by that one."""
    found = _pair_or_404(request, key)
    others = [one for one in possible(request, found.need) if one[0] != found.provider_id]
    form = ChangePairForm(
        request.POST or None, providers=others, initial={"provider": request.GET.get("provider")}
    )

    def act() -> object:
        given = form.cleaned_data
        return operations.change(
            key, provider=int(given["provider"]), reason=given["reason"], actor=person_asking(request)
        )

    return act_page(request, form=form, page=_page(found, title="Choose another provider"), act=act)


def _table(pairs: list[PlannedPair]) -> Table | None:
    columns = (
        Column("School"),
        Column("Provider"),
        Column("Why", minor=True),
        Column("Pounds", numeric=True),
        Column("Answer"),
    )
    rows = tuple(
        (
            Cell(one.need.school.name, href=reverse("support:pair", args=(one.pk,))),
            Cell(one.provider.name, note=f"Chosen instead: {one.chosen.name}" if one.chosen else ""),
            " ".join(one.reasons),
            f"{one.cost:,.0f}",
            Tag(one.get_answer_display(), _ANSWERS[Answer(one.answer)]),
        )
        for one in pairs
    )
    return Table("Pairs", columns, rows, hide_caption=True) if rows else None


def _better(found: MatchingPlan) -> str:
    """Return how the plan compares with the nearest who is free, in a sentence."""
    if found.nearest_value <= 0:
        return "Giving each school, neediest first, the nearest who is free would be worth nothing."
    more = found.value / found.nearest_value - 1
    return (
        f"It is worth {more:.0%} more than giving each school, neediest first, the nearest who is free."
        if more > 0.005
        else "It is worth as much as giving each school, neediest first, the nearest who is free."
    )


def _page(found: PlannedPair, *, title: str) -> ActPage:
    return ActPage(
        title=title,
        caption=f"{found.need.school.name}: {found.provider.name}",
        button=title,
        said="Your answer is kept",
        then=reverse("support:plan", args=(found.plan.term,)),
    )


def _pair_or_404(request: HttpRequest, key: int) -> PlannedPair:
    rows = PlannedPair.objects.select_related("plan", "need__school", "provider", "chosen")
    return get_object_or_404(rows, plan__in=queries.visible_to(request.user), pk=key)


def _term(key: str) -> Term:
    found = term_of(key)
    if found is None:
        raise Http404("There is no such term.")
    return found
