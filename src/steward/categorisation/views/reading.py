"""The list of schools to decide on, and the page of one school's decision with its history."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from steward.access.guards import needs, records
from steward.access.permissions import Permission
from steward.categorisation import stepping
from steward.categorisation.forms import WorklistFilters
from steward.categorisation.models import Decision
from steward.categorisation.queries import decisions as queries
from steward.categorisation.queries import worklist as lists
from steward.categorisation.queries.moved_on import moved_on
from steward.categorisation.steps import OverrideState
from steward.categorisation.views import decision_parts as parts
from steward.interface import csv_files
from steward.interface.lists import chosen_sort
from steward.register import queries as register

_PAGE_LENGTH = 50


@needs(Permission.VIEW_DECISIONS)
def worklist(request: HttpRequest) -> HttpResponse:
    """Answer with the schools of the authority, what is proposed, what was decided and where it stands."""
    form, sorted_by, found = _listed(request)
    page = Paginator(found, _PAGE_LENGTH).get_page(request.GET.get("page"))
    query = request.GET.urlencode()
    counts = lists.counts_by_state(found)
    context = {
        "filter_form": form,
        "page": page,
        "count": len(found),
        "counts": [(parts.state_tag(state), number) for state, number in counts.items()],
        "table": parts.worklist_table(page, sorted_by=sorted_by),
        "csv": f"decisions.csv{'?' + query if query else ''}",
    }
    return render(request, "categorisation/worklist.html", context)


@needs(Permission.VIEW_DECISIONS)
@records("categorisation.decisions.downloaded", subject="decisions")
def worklist_as_csv(request: HttpRequest) -> HttpResponse:
    """Answer with the list as a CSV file."""
    _, _, found = _listed(request)
    return csv_files.csv_file("decisions.csv", header=parts.CSV_HEADER, rows=map(parts.csv_row, found))


@needs(Permission.VIEW_DECISIONS)
def decision(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with what the policy proposes, what officers decided, what comes next, and the history."""
    school = register.school(urn)
    if school is None:
        raise Http404("No school in the register has this URN.")
    hand = queries.decision_at_hand(urn, viewer=request.user)
    every = list(queries.visible_to(request.user).filter(school_id=urn).prefetch_related("steps"))
    terms = queries.terms_of(urn, viewer=request.user)
    context: dict[str, object] = {
        "school": school,
        "proposal": queries.proposal_to_decide_on(urn, viewer=request.user),
        "hand": hand,
        "terms": parts.terms_table(terms) if terms else None,
        "direction": terms[-1].direction if terms else "",
        "happenings": parts.happenings_of(every),
    }
    if hand is not None:
        context |= _of_hand(request, hand=hand)
    final = queries.final_decision(urn, viewer=request.user)
    if final is not None and hand is not None and final.pk != hand.pk:
        context["in_force"] = {"hand": final, **_of_hand(request, hand=final)}
    return render(request, "categorisation/decision.html", context)


def _of_hand(request: HttpRequest, *, hand: Decision) -> dict[str, object]:
    version = stepping.newest_version(hand)
    letters = list(hand.letters.all())
    note = hand.disclosure_notes.first()
    today = timezone.localdate()
    tasks = parts.tasks_of(hand, viewer=request.user, letters=letters, note=note, today=today)
    override = queries.override_in_force(hand, on=today)
    return {
        "version": version,
        "override": override,
        "facts": parts.facts_of(hand, version=version, override=override),
        "tasks": tasks,
        "news": moved_on(hand),
        "letters": letters,
        "answers": list(hand.answers.all()),
        "items": list(hand.meeting_items.select_related("meeting", "version")),
        "look": getattr(hand, "second_look", None),
        "note": note,
        "waiting": list(hand.overrides.filter(state=OverrideState.WAITING)),
        "earlier": list(hand.versions.all())[1:],
    }


def _listed(request: HttpRequest) -> tuple[WorklistFilters, str, list[lists.Line]]:
    served = register.served_authority()
    code = served.code if served else ""
    form = WorklistFilters(request.GET or None, officers=lists.officers(code))
    sorted_by = chosen_sort(request.GET, allowed=lists.SORTS, default="name")
    wanted = form.wanted() if form.is_bound else lists.Wanted()
    return form, sorted_by, lists.lines(code, viewer=request.user, wanted=wanted, sorted_by=sorted_by)
