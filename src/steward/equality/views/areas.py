"""Choosing an authority, and the page of its gaps."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from steward.access.guards import needs, records
from steward.access.permissions import Permission
from steward.analysis.comparison.group_gaps import Movement
from steward.equality import wording
from steward.equality.forms import GapFilters
from steward.equality.queries import (
    area_gaps,
    comparisons,
    file_gaps,
    findings,
    gap_books,
    school_gaps,
)
from steward.equality.queries.area_gaps import AreaGap, AreaGaps
from steward.equality.views import area_parts, csv_rows, index_parts, language_parts, school_parts
from steward.equality.views.empty import says_when_empty
from steward.evidence.queries import gap_indices, pupil_groups, releases, series
from steward.interface import csv_files, lists, words
from steward.register import queries as register
from steward.vocabulary.areas import Level

_DEFAULT_SORT = "-gap"
_PAGE_LENGTH = 6
_MOST_WIDENING = 6
_TOLD = 3
"""How many findings stand unfolded above the list."""


@needs(Permission.VIEW_AREA_FIGURES)
@says_when_empty
def index(request: HttpRequest) -> HttpResponse:
    """Answer for the authority served which gaps are widest and which widen; name every other authority."""
    places = [place for place in series.places().values() if place.level is Level.AUTHORITY]
    served = register.served_authority()
    context: dict[str, object] = {
        "served": served,
        "authorities": sorted(places, key=lambda place: place.name),
    }
    if served is not None and served.code in series.places():
        context |= _answers(served.code)
    return render(request, "equality/index.html", context)


def _answers(code: str) -> dict[str, object]:
    """Return what councillors ask of an authority first: widest, closing, widening, first language."""
    found = area_gaps.area_gaps(code)
    widening = found.moving(Movement.WIDENING)
    caption = "Gaps that widen by more than such gaps usually move"
    table = area_parts.moving_table(found, shown=widening[:_MOST_WIDENING], caption=caption)
    of_pupils = school_gaps.of_whole_authority(code)
    return {
        "headline": findings.headline(found),
        "findings": findings.findings(found)[:_TOLD],
        "more_findings": findings.findings(found)[_TOLD:],
        "unjudged": found.movements[Movement.UNJUDGED],
        "widening": table if widening else None,
        "widening_count": words.counted(len(widening), one="gap"),
        "first_language": language_parts.context(code, name=found.name, of_pupils=of_pupils),
        "sources": releases.titles(gap_books.sources_of(code)),
    }


@needs(Permission.VIEW_AREA_FIGURES)
@says_when_empty
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Answer which gaps of an authority are widest, which widen fastest, and whether they close."""
    area_gaps.check_area(code)
    sets = comparisons.sets_for(code)
    form = GapFilters(request.GET or None, sets=sets)
    stage, group, beside = form.wanted() if form.is_bound else (None, "", "")
    found = area_gaps.area_gaps(code, stage=stage, group=group, beside=beside)
    shown = {"filter_form": form, "plot": area_parts.widest_plot(found)}
    return render(request, "equality/area.html", _context(request, found) | shown)


def _context(request: HttpRequest, found: AreaGaps) -> dict[str, object]:
    sorted_by = lists.chosen_sort(request.GET, allowed=area_gaps.SORTS, default=_DEFAULT_SORT)
    behind = area_parts.in_order(found.behind, sorted_by=sorted_by)
    page = Paginator(behind, _PAGE_LENGTH).get_page(request.GET.get("page"))
    ahead = [one for one in found.gaps if not one.is_behind]
    of_pupils = school_gaps.of_whole_authority(found.area)
    query = request.GET.urlencode()

    def table(shown: list[AreaGap], caption: str) -> object:
        if not shown:
            return None
        return area_parts.gaps_table(found, shown=shown, sorted_by=sorted_by, caption=caption)

    return {
        "found": found,
        "headline": findings.headline(found),
        "findings": findings.findings(found)[:_TOLD],
        "more_findings": findings.findings(found)[_TOLD:],
        "page": page,
        "behind": table(list(page), "Gaps in which the group is behind"),
        "ahead": table(ahead, "Gaps in which the group is not behind"),
        "count": len(behind),
        "no_numbers": wording.MOST_HAVE_NO_NUMBERS if _any_of_files(found) else wording.NO_NUMBERS,
        "of_schools": list(school_gaps.gaps_of_schools(request.user, area=found.area).values()),
        "of_pupils": school_parts.whole_table(of_pupils, area=found.area),
        "first_language": language_parts.context(found.area, name=found.name, of_pupils=of_pupils),
        "gap_index": index_parts.index_table(gap_indices.gap_indices(found.area)),
        "any_file": pupil_groups.any_held(),
        "csv": f"gaps.csv{'?' + query if query else ''}",
        "sources": releases.titles(gap_books.sources_of(found.area)),
    }


def _any_of_files(found: AreaGaps) -> bool:
    return any(file_gaps.pair_of(one.gap) for one in found.gaps)


@needs(Permission.VIEW_AREA_FIGURES)
@records("equality.gaps.downloaded", subject="gaps")
@says_when_empty
def area_as_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with every gap that the page shows as a CSV file."""
    form = GapFilters(request.GET or None, sets=comparisons.sets_for(code))
    stage, group, beside = form.wanted() if form.is_bound else (None, "", "")
    found = area_gaps.area_gaps(code, stage=stage, group=group, beside=beside)
    return csv_files.csv_file(
        f"gaps-{code}.csv",
        header=csv_rows.HEADER,
        rows=(csv_rows.row_of(one, found=found) for one in found.gaps),
    )
