"""The annual standards of an authority."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from steward.access.guards import needs, records
from steward.access.permissions import Permission
from steward.pages.queries import standards as queries
from steward.pages.queries.school import used_releases
from steward.pages.queries.standards import NoStandards, Standards
from steward.pages.views import area_navigation, standards_csv, standards_parts
from steward.pages.views.area_navigation import says_unknown
from steward.pages.views.empty import says_when_empty
from steward.vocabulary.academic_year import AcademicYear

Content = dict[str, object]  # what a template is given besides what all pages of standards are


@needs(Permission.VIEW_AREA_FIGURES)
@says_when_empty
@says_unknown
def newest(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the year asked for, or the newest one of which there are figures."""
    shown = area_navigation.about(code, request=request)
    years = queries.years_of(code)
    if not years:
        return render(request, "pages/standards_none.html", {**shown, "sentence": _none(shown)})
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else years[0]
    return redirect("pages:standards-year", code=code, year=year)


@needs(Permission.VIEW_AREA_FIGURES)
@says_when_empty
@says_unknown
def year(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Answer with the standards of a school year in short: one finding a section, which leads to its page."""
    return _answer(request, code, year, page="standards", content=_overview)


@needs(Permission.VIEW_AREA_FIGURES)
@says_when_empty
@says_unknown
def section(request: HttpRequest, code: str, year: int, section: str) -> HttpResponse:
    """Answer with one section of the standards of a school year."""

    def content(found: Standards) -> Content:
        chosen = [one for one in found.sections if one.id == section]
        if not chosen:
            raise Http404(f"The standards have no section “{section}”: choose one of the list.")
        return {
            "section": standards_parts.section_of(chosen[0], found=found),
            "links": standards_parts.links_of(found, current=section),
        }

    return _answer(request, code, year, page="standards_section", content=content)


@needs(Permission.VIEW_AREA_FIGURES)
@says_when_empty
@says_unknown
def whole(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Answer with every section of the standards of a school year on one page, for paper."""

    def content(found: Standards) -> Content:
        return {"sections": standards_parts.sections_of(found)}

    return _answer(request, code, year, page="standards_whole", content=content)


def _overview(found: Standards) -> Content:
    return {
        "lines": standards_parts.lines_of(found),
        "years": [(one, str(AcademicYear(one)), one == found.year) for one in found.years],
    }


def _answer(
    request: HttpRequest, code: str, year: int, *, page: str, content: Callable[[Standards], Content]
) -> HttpResponse:
    shown = area_navigation.about(code, request=request)
    try:
        found = queries.standards_of(code, year=year, list_id=request.GET.get("list", ""))
    except NoStandards as fault:
        context = {**shown, "sentence": str(fault)}
        return render(request, "pages/standards_none.html", context, status=404)
    context = {
        **shown,
        "found": found,
        "company": found.company,
        "sources": used_releases(found.releases),
        **content(found),
    }
    return render(request, f"pages/{page}.html", context)


@needs(Permission.VIEW_AREA_FIGURES)
@records("pages.area.exported", subject="standards")
@says_when_empty
@says_unknown
def year_as_csv(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """Answer with every table of the standards of a school year as a CSV file."""
    try:
        found = queries.standards_of(code, year=year, list_id=request.GET.get("list", ""))
    except NoStandards as fault:
        shown = area_navigation.about(code, request=request)
        context = {**shown, "sentence": str(fault)}
        return render(request, "pages/standards_none.html", context, status=404)
    return standards_csv.standards_file(found)


def _none(shown: area_navigation.Context) -> str:
    name = area_navigation.name_of(shown)
    return f"No series of measures that has been loaded has {name}, so there are no standards yet."
