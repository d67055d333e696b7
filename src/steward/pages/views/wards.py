"""The wards of an authority, and one of them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from steward.access.guards import needs, records
from steward.access.permissions import Permission
from steward.interface import csv_files, lists
from steward.pages.queries import wards as queries
from steward.pages.views import area_navigation, ward_maps, ward_parts
from steward.pages.views.area_navigation import says_unknown
from steward.pages.views.empty import says_when_empty

_PAGE_LENGTH = 12


@needs(Permission.VIEW_SCHOOL_LISTS)
@says_when_empty
@says_unknown
def wards(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the wards of an authority: schools, pupils, inspections and pooled results."""
    shown = area_navigation.about(code, request=request)
    found = queries.wards_of(code, viewer=request.user)
    sort = lists.chosen_sort(request.GET, allowed=ward_parts.SORTS, default="name")
    every = ward_parts.in_order(found.wards, sort=sort)
    page = Paginator(every, _PAGE_LENGTH).get_page(request.GET.get(lists.PAGE))
    context = {
        **shown,
        "found": found,
        "page": page,
        "table": ward_parts.wards_table(found, shown=list(page), sort=sort),
        "map": ward_maps.map_part(found, asked=request.GET.get(ward_maps.OF, "")),
        "sources": ward_parts.sources_of(found.wards, outlines=ward_maps.releases_of(found)),
    }
    return render(request, "pages/wards.html", context)


@needs(Permission.VIEW_SCHOOL_LISTS)
@says_when_empty
@says_unknown
def ward(request: HttpRequest, code: str, ward: str) -> HttpResponse:
    """Answer with the schools of a ward and their pooled results."""
    shown = area_navigation.about(code, request=request)
    found = queries.wards_of(code, viewer=request.user)
    one = found.named(ward)
    context = {
        **shown,
        "ward": one,
        "sentence": ward_parts.sentence_of(one),
        "results": ward_parts.results_table(one),
        "schools": ward_parts.schools_table(one),
        "sources": ward_parts.sources_of([one]),
    }
    return render(request, "pages/ward.html", context)


@needs(Permission.EXPORT_LISTS)
@records("pages.area.exported", subject="wards")
@says_when_empty
@says_unknown
def wards_as_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the wards of an authority as a CSV file, one row a ward."""
    found = queries.wards_of(code, viewer=request.user)
    header, *rows = ward_parts.csv_rows(found)
    return csv_files.csv_file(f"authority-{code}-wards.csv", header=header, rows=rows)
