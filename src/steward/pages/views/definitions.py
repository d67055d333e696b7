"""Every definition file in force: who looks after it, and when it is looked at again."""

import datetime
from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from steward.access.guards import needs, records
from steward.access.permissions import Permission
from steward.evidence.queries import upkeep
from steward.evidence.queries.upkeep import Upkeep
from steward.interface import csv_files
from steward.interface.lists import chosen_sort
from steward.interface.parts import Cell, Column, Table
from steward.pages.forms import DefinitionsFilter

_PAGE_LENGTH = 50
_OWN = ", the authority's own"
_HEADER = ("kind", "id", "title", "owner", "reviewed_on", "review_on", "overdue", "own")
_SORTS: dict[str, Callable[[Upkeep], tuple[object, ...]]] = {
    "review": lambda each: (each.review_on, each.title),
    "title": lambda each: (each.title, each.kind),
    "kind": lambda each: (each.kind, each.title),
    "owner": lambda each: (each.owner, each.title),
}


@needs(Permission.VIEW_RELEASES)
def definitions(request: HttpRequest, kind: str = "") -> HttpResponse:
    """Show definition files, those to be looked at soonest first; of one kind where it is named."""
    today = timezone.localdate()
    form = DefinitionsFilter(request.GET or None)
    sort = chosen_sort(request.GET, allowed=_SORTS, default="review")
    found = _found(kind, form=form, sort=sort)
    page = Paginator(found, _PAGE_LENGTH).get_page(request.GET.get("page"))
    query = request.GET.urlencode()
    context = {
        "filter_form": form,
        "kind": kind.replace("_", " "),
        "page": page,
        "count": len(found),
        "overdue": sum(each.review_on < today for each in found),
        "table": _table(list(page), sort=sort, today=today),
        "csv": f"{reverse('pages:definitions-csv')}{'?' + query if query else ''}",
    }
    return render(request, "pages/definitions.html", context)


@needs(Permission.VIEW_RELEASES)
@records("pages.definitions.exported", subject="definitions")
def definitions_as_csv(request: HttpRequest) -> HttpResponse:
    """Answer with definition files of every kind as a CSV file."""
    today = timezone.localdate()
    rows = (
        (
            each.kind,
            each.id,
            each.title,
            each.owner,
            each.reviewed_on,
            each.review_on,
            "yes" if each.review_on < today else "no",
            "yes" if each.own else "no",
        )
        for each in _found("", form=DefinitionsFilter(request.GET or None), sort="review")
    )
    return csv_files.csv_file("definitions.csv", header=_HEADER, rows=rows)


def _found(kind: str, *, form: DefinitionsFilter, sort: str) -> list[Upkeep]:
    every = upkeep.definitions()
    if kind and not any(each.kind == kind for each in every):
        raise Http404(f"There are no definitions of the kind '{kind}'.")
    found = form.fitting(tuple(each for each in every if kind in ("", each.kind)))
    return sorted(found, key=_SORTS[sort.removeprefix("-")], reverse=sort.startswith("-"))


def _table(found: list[Upkeep], *, sort: str, today: datetime.date) -> Table:
    columns = (
        Column("Definition", sort="title"),
        Column("Kind", sort="kind"),
        Column("Looked after by", sort="owner"),
        Column("Last looked at"),
        Column("Next", sort="review"),
    )
    rows = tuple(
        (
            Cell(each.title, note=f"{each.id}.yaml{_OWN if each.own else ''}"),
            Cell(each.kind_in_words, reverse("pages:definitions-of", args=[each.kind])),
            each.owner,
            each.reviewed_on,
            Cell(each.review_on, note="Overdue") if each.review_on < today else each.review_on,
        )
        for each in found
    )
    return Table("Definitions", columns, rows, sorted_by=sort, hide_caption=True)
