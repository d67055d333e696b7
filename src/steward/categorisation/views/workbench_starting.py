"""The list of drafts, a new one, two policies side by side, and the officer days of a year."""

import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from steward.access.guards import needs, person_asking
from steward.access.permissions import Permission
from steward.analysis.rules.changes import changes_between
from steward.categorisation.models import DraftRuleset
from steward.categorisation.operations import drafting
from steward.categorisation.views import workbench_tables as tables
from steward.categorisation.views.workbench_parts import FormPage, form_page, state_tag
from steward.categorisation.workbench import books, moving
from steward.categorisation.workbench import content as contents
from steward.categorisation.workbench.item_forms import DaysForm, ImportForm, StartForm
from steward.categorisation.workbench.look_forms import CompareForm, YearForm
from steward.categorisation.workbench.workload import days_available
from steward.interface.lists import chosen_sort
from steward.interface.parts import Cell, Column, Table
from steward.register import queries as register
from steward.vocabulary.academic_year import AcademicYear

_SORTS = ("title", "state", "changed")


@needs(Permission.EDIT_POLICY)
def workbench(request: HttpRequest) -> HttpResponse:
    """Answer with every draft, what may be begun, and the officer days there are."""
    sorted_by = chosen_sort(request.GET, allowed=_SORTS, default="title")
    drafts = list(DraftRuleset.objects.prefetch_related("versions"))
    keys = {
        "title": lambda each: each.title.lower(),
        "state": lambda each: each.state,
        "changed": lambda each: each.versions.all()[0].written_at,
    }
    drafts.sort(key=keys[sorted_by.removeprefix("-")], reverse=sorted_by.startswith("-"))
    table = _drafts(drafts, sorted_by=sorted_by) if drafts else None
    return render(request, "categorisation/workbench/list.html", {"table": table})


@needs(Permission.EDIT_POLICY)
def new_draft(request: HttpRequest) -> HttpResponse:
    """Answer with the form for a new draft, or begin it from a policy."""
    form = StartForm(request.POST or None, choices=books.choices(), initial={"base": books.in_use()})

    def act() -> object:
        given = form.cleaned_data
        book = books.book(given["base"])
        return drafting.start_draft(
            given["slug"],
            title=given["title"],
            content=contents.content_of(book.ruleset),
            based_on=f"{book.ruleset.title}, version {book.ruleset.version}",
            actor=person_asking(request),
        )

    return form_page(
        request, form=form, page=_start(request, form=form, title="Begin a draft policy"), act=act
    )


@needs(Permission.EDIT_POLICY)
def import_draft(request: HttpRequest) -> HttpResponse:
    """Answer with the form for a ruleset as text, or begin a draft from it."""
    form = ImportForm(request.POST or None)

    def act() -> object:
        given = form.cleaned_data
        return drafting.start_draft(
            given["slug"],
            title=given["title"],
            content=contents.from_yaml(given["text"]),
            based_on="an imported text",
            actor=person_asking(request),
        )

    return form_page(
        request, form=form, page=_start(request, form=form, title="Import a draft policy"), act=act
    )


@needs(Permission.EDIT_POLICY)
def compare(request: HttpRequest) -> HttpResponse:
    """Answer with what differs between two policies in words, and which schools move between them."""
    form = CompareForm(request.GET or None, choices=books.choices(), first=books.in_use())
    context: dict[str, Any] = {"filter_form": form}
    if form.is_refused():
        context["problem"] = form.problem
    elif form.is_valid():
        before, after = books.book(form.cleaned_data["before"]), books.book(form.cleaned_data["after"])
        context |= {
            "before": before.ruleset,
            "after": after.ruleset,
            "changes": tables.changes_table(changes_between(before, after)),
        }
        found = form.look(before, after)
        context |= {"look": found, "problem": form.problem}
        if found is not None:
            places = moving.places_moved(found)
            context |= {
                "movers": len(places),
                "ways": moving.by_towards(found, places=places),
                "counts": tables.counts_table(found),
                "table": tables.movers_table([moving.mover(found, place=place) for place in places[:100]]),
            }
    return render(request, "categorisation/workbench/compare.html", context)


@needs(Permission.EDIT_POLICY)
def officer_days(request: HttpRequest) -> HttpResponse:
    """Answer with the days officers have by phase in a year, or keep them."""
    served = register.served_authority()
    if served is None:
        raise Http404("No authority is served here yet: load a register of schools first.")
    chosen = YearForm(request.GET or None, today=timezone.localdate())
    year = chosen.year()
    entered = days_available(served.code, year=year.ends)
    form = DaysForm(request.POST or None, initial=entered)
    if request.method == "POST" and form.is_valid():
        drafting.set_officer_days(
            served.code, year=year.ends, days=dict(form.cleaned_data), actor=person_asking(request)
        )
        return render(request, "categorisation/workbench/officer_days.html", _days(chosen, year, kept=True))
    context = _days(chosen, year, kept=False) | {"form": form}
    return render(request, "categorisation/workbench/officer_days.html", context)


def _days(chosen: YearForm, year: AcademicYear, *, kept: bool) -> dict[str, Any]:
    served = register.served_authority()
    entered = days_available(served.code, year=year.ends) if served else {}
    rows = tuple((phase.label, days) for phase, days in entered.items())
    table = Table("Days entered", (Column("Phase"), Column("Days", numeric=True)), rows) if rows else None
    return {"year": year, "filter_form": chosen, "kept": kept, "table": table}


def _start(request: HttpRequest, *, form: StartForm | ImportForm, title: str) -> FormPage:
    then = reverse("categorisation:workbench")
    if request.method == "POST" and form.is_valid():
        then = reverse("categorisation:draft-rules", args=(form.cleaned_data["slug"],))
    return FormPage(
        title=title,
        button="Begin the draft",
        said="The draft is begun",
        then=then,
        lead="A draft changes nothing until it is approved and put in use.",
        more={"back": reverse("categorisation:workbench")},
    )


def _drafts(drafts: list[DraftRuleset], *, sorted_by: str) -> Table:
    columns = (
        Column("Draft", sort="title"),
        Column("Where it stands", sort="state"),
        Column("Begun from", minor=True),
        Column("Last changed", sort="changed"),
        Column("By", minor=True),
    )
    rows = []
    for draft in drafts:
        newest = draft.versions.all()[0]
        address = reverse("categorisation:draft", args=(draft.slug,))
        day: datetime.date = timezone.localdate(newest.written_at)
        rows.append(
            (Cell(draft.title, address), state_tag(draft), draft.based_on, day, newest.written_by_name)
        )
    return Table("Draft policies", columns, tuple(rows), sorted_by=sorted_by, hide_caption=True)
