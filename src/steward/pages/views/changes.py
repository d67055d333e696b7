"""The page of all changes, and its file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from steward.access.guards import needs, person_asking, records
from steward.access.permissions import Permission
from steward.interface import csv_files
from steward.interface.lists import chosen_sort
from steward.interface.parts import Cell, Column, Table
from steward.pages.forms import ChangesFilter
from steward.pages.queries import all_changes as queries
from steward.pages.queries.all_changes import AllChanges
from steward.pages.queries.changes import Changed
from steward.pages.views.change_lines import KINDS, href_of, tag_of
from steward.pages.views.empty import says_when_empty

_PAGE_LENGTH = 50
_HEADER = ("urn", "school", "kind", "what", "which_way", "reason", "on")


@needs(Permission.VIEW_PROPOSALS)
@says_when_empty
def changes(request: HttpRequest) -> HttpResponse:
    """Show every change with its reason, filtered, sorted and in pages."""
    form = ChangesFilter(request.GET or None)
    sort = chosen_sort(request.GET, allowed=queries.SORTS, default=queries.KIND)
    found = queries.all_changes(person_asking(request), wanted=form.wanted(), sort=sort)
    page = Paginator(found.found, _PAGE_LENGTH).get_page(request.GET.get("page"))
    query = request.GET.urlencode()
    context = {
        "filter_form": form,
        "page": page,
        "count": page.paginator.count,
        "table": _table(list(page), sort=sort),
        "since": _since(found),
        "looked_at": found.looked_at,
        "now": timezone.now(),
        "csv": f"{reverse('pages:changes-csv')}{'?' + query if query else ''}",
    }
    return render(request, "pages/all_changes.html", context)


@needs(Permission.VIEW_PROPOSALS)
@records("pages.changes.exported", subject="changes")
@says_when_empty
def changes_as_csv(request: HttpRequest) -> HttpResponse:
    """Answer with the same changes as a CSV file."""
    form = ChangesFilter(request.GET or None)
    sort = chosen_sort(request.GET, allowed=queries.SORTS, default=queries.KIND)
    found = queries.all_changes(person_asking(request), wanted=form.wanted(), sort=sort)
    rows = (
        (each.urn, each.name, KINDS[each.kind], each.what, each.word, each.reason, each.on or "")
        for each in found.found
    )
    return csv_files.csv_file("changes.csv", header=_HEADER, rows=rows)


def _table(found: list[Changed], *, sort: str) -> Table:
    columns = (
        Column("School", sort=queries.NAME),
        Column("Kind", sort=queries.KIND),
        Column("What changed"),
        Column("Which way"),
        Column("Why"),
        Column("Day", sort=queries.DAY),
    )
    rows = tuple(
        (
            Cell(each.name, href_of(each)),
            KINDS[each.kind],
            each.what,
            tag_of(each),
            each.reason,
            each.on or "No one day",
        )
        for each in found
    )
    return Table("Changes", columns, rows, sorted_by=sort, hide_caption=True)


def _since(found: AllChanges) -> list[str]:
    return [f"{KINDS[kind]}: {since}" for kind, since in found.since]
