"""The list of schools, its downloads, and the search box."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from steward.access.guards import needs, records
from steward.access.permissions import Permission, may
from steward.interface import csv_files, lists
from steward.interface.parts import Cell, Column, Table
from steward.pages import exports
from steward.pages.forms import SchoolsForm, SearchForm
from steward.pages.queries import exports as downloads
from steward.pages.queries import rows
from steward.pages.queries import schools as queries
from steward.pages.queries.schools import SchoolList
from steward.pages.views.empty import says_when_empty
from steward.pages.views.school_table import inspection_cell, school_cell, table_of

ROWS, ROWS_ASKED = 20, "rows"
ROWS_CHOICES = (20, 100, 300, 500)
_CSV = csv_files.KIND
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Permission.VIEW_SCHOOL_LISTS)
@says_when_empty
def schools(request: HttpRequest) -> HttpResponse:
    """Show the schools asked for in the address, a page at a time."""
    asked = _asked(request)
    found = asked.found
    page = Paginator(found.rows, _rows_asked(request)).get_page(request.GET.get(lists.PAGE))
    query = request.GET.urlencode()
    exporting = may(request.user, Permission.EXPORT_LISTS)
    context = {
        "found": found,
        "filter_form": asked.form,
        "page": page,
        "table": table_of(found, rows=list(page), caption=f"Schools {found.words}"),
        "csv": f"{reverse('pages:schools-csv')}?{query}" if exporting else "",
        "xlsx": f"{reverse('pages:schools-xlsx')}?{query}" if exporting else "",
        "rows_links": _rows_links(request, total=len(found.rows)),
    }
    return render(request, "pages/schools.html", context)


@needs(Permission.EXPORT_LISTS)
@records("pages.schools.exported", subject="schools")
@says_when_empty
def as_csv(request: HttpRequest) -> HttpResponse:
    """Download every school asked for as CSV, in the order of the list."""
    download = downloads.download_of(_asked(request).found)
    return _file(exports.as_csv(download), kind=_CSV, name=_file_name(download.authority, "csv"))


@needs(Permission.EXPORT_LISTS)
@records("pages.schools.exported", subject="schools")
@says_when_empty
def as_workbook(request: HttpRequest) -> HttpResponse:
    """Download every school asked for as a workbook with a cover sheet."""
    download = downloads.download_of(_asked(request).found)
    address = f"{request.build_absolute_uri(reverse('pages:schools'))}?{request.GET.urlencode()}"
    asked = exports.Asked(by=str(request.user), at=timezone.localtime(), address=address)
    body = exports.as_workbook(download, asked=asked)
    return _file(body, kind=_XLSX, name=_file_name(download.authority, "xlsx"))


@needs(Permission.VIEW_SCHOOL_LISTS)
@says_when_empty
def search(request: HttpRequest) -> HttpResponseBase:
    """Find a school: to its page when only one fits, else to those that do."""
    form = SearchForm(request.GET if "q" in request.GET else None)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.found_by(request.user, text=text) if text else []
    only = found[0].urn if len(found) == 1 else None if found else queries.elsewhere(text)
    if only is not None:
        return redirect("pages:school", urn=only)
    page = Paginator(found, ROWS).get_page(request.GET.get(lists.PAGE))
    table = Table(
        caption=f"Schools found for “{text}”",
        columns=(Column("School"), Column("Phase"), Column("Where"), Column("Latest inspection")),
        rows=tuple(
            (
                school_cell(row),
                Cell(row.phase.label, note=row.governance.label),
                Cell(row.town or row.ward or "Not recorded", note=row.postcode),
                inspection_cell(row),
            )
            for row in page
        ),
        hide_caption=True,
    )
    context = {"form": form, "text": text, "count": len(found), "page": page, "table": table}
    return render(request, "pages/search.html", context)


@dataclass(frozen=True, slots=True)
class _Asked:
    form: SchoolsForm
    found: SchoolList


def _asked(request: HttpRequest) -> _Asked:
    """Return the filter form and the schools that the address asks for."""
    listed = rows.schools_for(request.user)
    form = SchoolsForm(request.GET, choices=queries.choices_of(listed))
    allowed = [sort for sort in queries.SORTS if sort != queries.PROPOSAL or listed.proposals]
    sort = lists.chosen_sort(request.GET, allowed=allowed, default=queries.NAME)
    return _Asked(form, queries.listed_by(listed, chosen=form.chosen(), sort=sort))


def _rows_asked(request: HttpRequest) -> int:
    asked = request.GET.get(ROWS_ASKED, "")
    return min(max(int(asked), 1), ROWS_CHOICES[-1]) if asked.isdecimal() and len(asked) < 5 else ROWS


def _rows_links(request: HttpRequest, *, total: int) -> list[tuple[int, str]]:
    """Return how many rows may be asked for, each with its address; "" for the number in use."""
    if total <= ROWS:
        return []
    now = _rows_asked(request)
    smaller = [number for number in ROWS_CHOICES if number < total]
    enough = [number for number in ROWS_CHOICES if number >= total][:1]
    return [
        (number, "" if number == now else lists.with_changes(request.GET, {ROWS_ASKED: str(number)}))
        for number in (*smaller, *enough)
    ]


def _file_name(authority: str, ending: str) -> str:
    return f"{timezone.localdate():%Y-%m-%d}-schools-{slugify(authority)}.{ending}"


def _file(body: bytes, *, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        body,
        headers={
            "Content-Type": kind,
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )
