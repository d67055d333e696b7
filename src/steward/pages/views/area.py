"""The list of authorities, and the page of one."""

import datetime
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from steward.access.guards import needs
from steward.access.permissions import Permission
from steward.interface import words
from steward.pages.queries import area as queries
from steward.pages.queries.area import NoSuchAuthority
from steward.pages.views import area_csv, area_parts
from steward.pages.views.empty import says_when_empty
from steward.register import queries as register
from steward.vocabulary.phases import Phase

_PHASES = tuple(phase.value for phase in Phase)


@dataclass(frozen=True, slots=True)
class Asked:
    """The day and the phase that the address asks for; `fault` says what could not be read."""

    as_at: datetime.date
    written: str
    phase: str
    fault: str


@needs(Permission.VIEW_AREA_FIGURES)
@says_when_empty
def areas(request: HttpRequest) -> HttpResponse:
    """Answer with the authorities by region, or those that a search finds."""
    search = request.GET.get("q", "").strip()
    regions = queries.authorities(search)
    context = {
        "search": search,
        "regions": regions,
        "count": sum(len(region.authorities) for region in regions),
        "served": register.served_authority(),
    }
    return render(request, "pages/areas.html", context)


@needs(Permission.VIEW_AREA_FIGURES)
@says_when_empty
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with what is known of an authority as at a day, today when none is asked for."""
    asked = _asked(request)
    try:
        found = queries.overview(code, as_at=asked.as_at, phase=asked.phase)
    except NoSuchAuthority as unknown:
        return render(request, "pages/area_unknown.html", {"sentence": str(unknown)}, status=404)
    proposals = queries.proposals_by_category(code, viewer=request.user, as_at=asked.as_at)
    context = {
        "asked": asked,
        "found": found,
        "authority": found.authority,
        "finding": area_parts.finding(found),
        "days": area_parts.days_to_choose(code, asked=asked.as_at if asked.written else None),
        "phases": [(phase.value, phase.label) for phase in Phase],
        "standing": area_parts.standing_table(found.inspections) if found.inspections else None,
        "shares": area_parts.shares_over_time(found.inspections, name=found.authority.name),
        "over_time": area_parts.over_time_table(found.inspections) if found.inspections else None,
        "themes": area_parts.theme_parts(found.measures),
        "earlier": area_parts.earlier_table(found.measures),
        "proposals": proposals,
        "proposals_table": area_parts.proposals_table(proposals) if proposals else None,
    }
    return render(request, "pages/area.html", context, status=400 if asked.fault else 200)


@needs(Permission.VIEW_AREA_FIGURES)
@says_when_empty
def area_as_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with every figure of an authority, its region and England as a CSV file."""
    asked = _asked(request)
    try:
        authority = queries.authority_named(code)
    except NoSuchAuthority as unknown:
        return render(request, "pages/area_unknown.html", {"sentence": str(unknown)}, status=404)
    return area_csv.figures_file(queries.books_of(authority), as_at=asked.as_at)


def _asked(request: HttpRequest) -> Asked:
    """Read the day and the phase; what cannot be read is today, or every phase, with a sentence."""
    written = request.GET.get("as_at", "").strip()
    phase = request.GET.get("phase", "").strip()
    today = timezone.localdate()
    day, faults = today, []
    if written:
        try:
            day = datetime.date.fromisoformat(written)
        except ValueError:
            faults.append(
                f"“{written}” is not a date. Write it as year, month and day, such as 2013-12-31; "
                f"until then figures as at today, {words.day(today)}, are shown."
            )
    if phase and phase not in _PHASES:
        faults.append(f"There is no phase called “{phase}”; every phase is shown.")
        phase = ""
    return Asked(day, "" if faults else written, phase, " ".join(faults))
