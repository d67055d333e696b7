"""Pages on how schools stood against the national measures of each year: of one school, of an authority."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from steward.access.guards import needs, records
from steward.access.permissions import Permission, may
from steward.interface import csv_files, lists
from steward.pages.queries import accountability as queries
from steward.pages.queries import area_accountability as area_queries
from steward.pages.queries import school as schools
from steward.pages.queries.school import UnknownSchool
from steward.pages.views import (
    accountability_parts,
    area_accountability_parts,
    area_navigation,
    school_parts,
)
from steward.pages.views.area_navigation import says_unknown
from steward.pages.views.empty import says_when_empty


@needs(Permission.VIEW_OWN_SCHOOL)
@says_when_empty
def school(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the bands, floor standards and coasting of a school, year by year, with their workings."""
    try:
        shown = schools.header(urn, viewer=request.user)
    except UnknownSchool as unknown:
        return render(request, "pages/school_unknown.html", {"sentence": str(unknown)}, status=404)
    account = queries.account_of(shown.school)
    context = {
        "shown": shown,
        "school": shown.school,
        "caption": school_parts.caption(shown.school),
        "notice": school_parts.notice(shown.school),
        "strip": school_parts.strip(shown),
        "tabs": school_parts.tabs(shown, current="school-accountability"),
        "finding": accountability_parts.finding(account),
        "account": account,
        "years": accountability_parts.year_parts(account, urn=shown.school.urn),
        "sources": account.sources,
    }
    return render(request, "pages/school_accountability.html", context)


@needs(Permission.VIEW_SCHOOL_LISTS)
@says_when_empty
@says_unknown
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with how many schools of an authority were below, by year, and the schools of one list."""
    account = area_queries.account_of(code)
    asked = request.GET.get("year", "")
    chosen = account.chosen(request.GET.get("list", ""), year=int(asked) if asked.isdecimal() else None)
    allowed = (area_accountability_parts.NAME, area_accountability_parts.SCORE)
    sort = lists.chosen_sort(request.GET, allowed=allowed, default=area_accountability_parts.NAME)
    exporting = may(request.user, Permission.EXPORT_LISTS)
    context = {
        **area_navigation.about(code, request=request),
        "finding": area_accountability_parts.finding(account),
        "csv": reverse("pages:area-accountability-csv", args=[code]) if exporting else "",
        "sources": account.sources,
    }
    if chosen:
        context |= {
            "years": area_accountability_parts.years_to_choose(account, shown=chosen.year),
            "counts": area_accountability_parts.counts_table(account, year=chosen.year, chosen=chosen),
            "chosen": area_accountability_parts.chosen_part(chosen, sort=sort),
        }
    return render(request, "pages/area_accountability.html", context)


@needs(Permission.EXPORT_LISTS)
@records("pages.accountability.exported", subject="accountability")
@says_when_empty
@says_unknown
def area_as_csv(_request: HttpRequest, code: str) -> HttpResponse:
    """Answer with every school of every list of an authority as a CSV file."""
    account = area_queries.account_of(code)
    name = f"authority-{account.authority.code}-accountability.csv"
    return csv_files.saved_as(name, content=area_accountability_parts.as_csv(account))
