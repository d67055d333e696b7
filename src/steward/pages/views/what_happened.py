"""What happened: the audit log in sentences, filtered, and as a file."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from steward.access.guards import needs, records
from steward.access.permissions import Permission
from steward.audit import queries as audit
from steward.interface import csv_files
from steward.interface.parts import Cell, Column, Table
from steward.pages.forms_of_records import WhatHappenedFilter
from steward.pages.queries import what_happened as queries
from steward.pages.queries.what_happened import Happened

_PAGE_LENGTH = 50
_MOST = 100_000
"""Rows of a file; a longer record is taken in parts, by days."""
_COLUMNS = (Column("Event"), Column("What"), Column("School"), Column("When"))
_HEADER = (
    "number",
    "at",
    "who",
    "what",
    "verb",
    "about",
    "id",
    "urn",
    "school",
    "authority",
    "details",
    "hash",
)


@needs(Permission.VIEW_AUDIT)
def what_happened(request: HttpRequest) -> HttpResponse:
    """Answer with the audit log, newest first, and whether the events on the page are as recorded."""
    form = WhatHappenedFilter(request.GET or None, areas=queries.areas())
    wanted = queries.asked_for(form.wanted())
    page = Paginator(audit.found(wanted), _PAGE_LENGTH).get_page(request.GET.get("page"))
    events = list(page)
    query = request.GET.urlencode()
    shown = {
        "filter_form": form,
        "page": page,
        "table": Table(
            "Events, newest first", _COLUMNS, tuple(map(_row, queries.told(events))), hide_caption=True
        ),
        "count": page.paginator.count,
        "verdict": queries.verdict_on(events, whole=wanted == audit.Wanted()),
        "csv": f"{reverse('pages:what-happened-csv')}{'?' + query if query else ''}",
    }
    return render(request, "pages/what_happened.html", shown)


@needs(Permission.VIEW_AUDIT)
@records("audit.events.exported", subject="what happened")
def what_happened_as_csv(request: HttpRequest) -> HttpResponse:
    """Answer with the same events as a CSV file, each with its hash."""
    form = WhatHappenedFilter(request.GET or None, areas=queries.areas())
    found = audit.found(queries.asked_for(form.wanted()))[:_MOST]
    return csv_files.csv_file("what-happened.csv", header=_HEADER, rows=map(_csv_row, queries.told(found)))


def _row(one: Happened) -> tuple[object, ...]:
    school = Cell(one.school, reverse("pages:school", args=[one.urn])) if one.urn else "No one school"
    what = Cell(f"{one.event.actor_name} {one.what}", note=one.details)
    return (str(one.event.number), what, school, one.event.at)


def _csv_row(one: Happened) -> tuple[object, ...]:
    event = one.event
    return (
        event.number,
        event.at.isoformat(),
        event.actor_name,
        one.what,
        event.verb,
        event.subject_kind,
        event.subject_id,
        one.urn or "",
        one.school,
        event.authority,
        one.details,
        event.hash,
    )
