"""What happened, the statements every visitor may read, and the gallery of components."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from steward.access.guards import needs, public
from steward.access.permissions import Permission
from steward.audit import queries as audit
from steward.interface.gallery import specimens
from steward.interface.parts import Cell, Column, Table

PAGE_LENGTH = 50
_COLUMNS = (Column("Event", numeric=True), Column("When"), Column("Who"), Column("What"), Column("About"))


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """Answer with the accessibility statement."""
    return render(request, "access/accessibility.html", {"authority": settings.STEWARD_AUTHORITY})


@public
def privacy(request: HttpRequest) -> HttpResponse:
    """Answer with the privacy notice."""
    return render(request, "access/privacy.html", {"session_hours": settings.SESSION_COOKIE_AGE // 3600})


@needs(Permission.VIEW_AUDIT)
def what_happened(request: HttpRequest) -> HttpResponse:
    """Answer with the audit log, newest first, and whether the events on the page are as recorded."""
    page = Paginator(audit.events(), PAGE_LENGTH).get_page(request.GET.get("page"))
    rows = tuple(
        (
            event.number,
            event.at,
            event.actor_name,
            event.verb,
            Cell(f"{event.subject_kind} {event.subject_id}", note=_said(event.details)),
        )
        for event in page
    )
    table = Table("Events, newest first", _COLUMNS, rows, hide_caption=True)
    shown = {
        "page": page,
        "table": table,
        "count": page.paginator.count,
        "verdict": audit.verify_events(page),
    }
    return render(request, "access/what_happened.html", shown)


def _said(details: dict[str, object]) -> str:
    return "; ".join(
        f"{name.replace('_', ' ')}: {told}" for name, told in details.items() if told is not None
    )


@needs(Permission.MANAGE_PEOPLE)
def components(request: HttpRequest) -> HttpResponse:
    """Answer with every component of the interface, for those who look after the site and for tests."""
    return render(request, "interface/gallery.html", specimens(request.GET))
