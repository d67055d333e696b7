"""Schools of an authority that stand out, and the funnel of a measure."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from steward.access.guards import needs, records
from steward.access.permissions import Permission, may
from steward.interface import lists
from steward.pages.queries import funnels, standing_out
from steward.pages.queries.area import authority_named
from steward.pages.queries.funnels import FunnelFound, NoFunnel, Placed
from steward.pages.queries.standing_out import SURE, Asked, Beyond, Shown, StandingOut
from steward.pages.views import area_navigation, standing_parts
from steward.pages.views.area_navigation import says_unknown
from steward.pages.views.empty import says_when_empty
from steward.pages.views.standing_csv import left_out_rows, standings_file
from steward.pages.views.standing_parts import Choice
from steward.vocabulary.phases import Phase

ROWS = 50
"""How many results a page of schools that stand out lists, folded by school."""
_FUNNEL_ROWS = 10
_SORTS = standing_out.SORTS
_YEARS = {"": "The latest year", "3": "Up to three years put together"}


@needs(Permission.VIEW_SCHOOL_LISTS)
@says_when_empty
@says_unknown
def standing(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the schools whose results are unlikely to be chance, weaker and stronger."""
    about = area_navigation.about(code, request=request)
    found = standing_out.standing_out(code, asked=_asked(request))
    page = Paginator(found.rows, ROWS).get_page(request.GET.get(lists.PAGE))
    context = {
        **about,
        "found": found,
        "finding": standing_parts.finding(found, name=area_navigation.name_of(about)),
        "phases": standing_parts.phase_table(found),
        "choices": _choices(found),
        "page": page,
        "folds": standing_parts.folds(list(page), code=code),
        "csv": _csv(request, "pages:standing-out-csv", code),
    }
    return render(request, "pages/standing_out.html", context)


@needs(Permission.EXPORT_LISTS)
@records("pages.standings.exported", subject="standing out")
@says_when_empty
@says_unknown
def standing_as_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Download exactly the schools and measures listed."""
    authority_named(code)
    found = standing_out.standing_out(code, asked=_asked(request))
    return standings_file(f"authority-{code}-standing-out.csv", rows=((one, "") for one in found.rows))


@needs(Permission.VIEW_SCHOOL_LISTS)
@says_when_empty
@says_unknown
def funnel(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """Answer with the funnel of a measure and the schools in it."""
    about = area_navigation.about(code, request=request)
    try:
        found = _funnel_asked(request, code, indicator)
    except NoFunnel as fault:
        return render(request, "pages/funnel_none.html", {**about, "sentence": str(fault)}, status=404)
    sort = lists.chosen_sort(request.GET, allowed=_SORTS, default=SURE)
    page = Paginator(_in_order(found, sort=sort), _FUNNEL_ROWS).get_page(request.GET.get(lists.PAGE))
    context = {
        **about,
        "found": found,
        "chart": standing_parts.funnel_chart(found),
        "page": page,
        "table": standing_parts.funnel_table(found, rows=list(page), sort=sort),
        "left_out": standing_parts.left_out_table(found),
        "left_out_words": standing_parts.left_out_words(found),
        "choices": _funnel_choices(found),
        "csv": _csv(request, "pages:funnel-csv", code, indicator),
    }
    return render(request, "pages/funnel.html", context)


@needs(Permission.EXPORT_LISTS)
@records("pages.standings.exported", subject="funnel")
@says_when_empty
@says_unknown
def funnel_as_csv(request: HttpRequest, code: str, indicator: str) -> HttpResponse:
    """Download the authority's schools of a funnel."""
    about = area_navigation.about(code, request=request)
    try:
        found = _funnel_asked(request, code, indicator)
    except NoFunnel as fault:
        return render(request, "pages/funnel_none.html", {**about, "sentence": str(fault)}, status=404)
    rows = ((one.school, one.where) for one in _in_order(found, sort=SURE))
    return standings_file(
        f"authority-{code}-funnel-{indicator}.csv", rows=rows, left_out=left_out_rows(found)
    )


def _asked(request: HttpRequest) -> Asked:
    """Read what is asked for; what there is not is as if nothing was asked."""
    query = request.GET
    return Asked(
        pooled=query.get("years") == "3",
        beyond=Beyond(_among(query.get("beyond", ""), standing_parts.BEYOND) or Beyond.CHANCE),
        shown=Shown(_among(query.get("show", ""), standing_parts.SHOWN) or Shown.LISTED),
        phase=_among(query.get("phase", ""), {phase.value: phase.label for phase in Phase}),
        measure=query.get("measure", ""),
        side=_among(query.get("side", ""), standing_parts.SIDES),
        sort=lists.chosen_sort(query, allowed=_SORTS, default=SURE),
    )


def _funnel_asked(request: HttpRequest, code: str, indicator: str) -> FunnelFound:
    query = request.GET
    return funnels.funnel_of(
        code,
        indicator=indicator,
        phase=query.get("phase", ""),
        pooled=query.get("years") == "3",
        beyond=Beyond(_among(query.get("beyond", ""), standing_parts.LIMITS) or Beyond.SPREAD),
    )


def _among(asked: str, allowed: Mapping[Any, str]) -> str:
    return asked if asked in allowed else ""


def _csv(request: HttpRequest, name: str, *args: str) -> str:
    if not may(request.user, Permission.EXPORT_LISTS):
        return ""
    return f"{reverse(name, args=args)}?{request.GET.urlencode()}"


def _choices(found: StandingOut) -> dict[str, list[Choice]]:
    asked = found.asked
    phases = {"": "Every phase"} | {one.value: one.label for one in standing_out.phases_of(found)}
    measures = {"": "Every measure"} | {one.id: one.title for one in found.measures}
    return {
        "years": _options(_YEARS, chosen="3" if asked.pooled else ""),
        "beyond": _options(standing_parts.BEYOND, chosen=asked.beyond.value),
        "show": _options(standing_parts.SHOWN, chosen=asked.shown.value),
        "phase": _options(phases, chosen=asked.phase),
        "measure": _options(measures, chosen=asked.measure),
        "side": _options(standing_parts.SIDES, chosen=asked.side),
        "sort": _options(standing_parts.ORDERS, chosen=asked.sort),
    }


def _funnel_choices(found: FunnelFound) -> dict[str, list[Choice]]:
    return {
        "phase": _options({one.value: one.label for one in found.phases}, chosen=found.phase.value),
        "years": _options(_YEARS, chosen="3" if found.pooled else ""),
        "beyond": _options(standing_parts.LIMITS, chosen=found.beyond.value),
    }


def _options(texts: Mapping[Any, str], *, chosen: str) -> list[Choice]:
    return [Choice(str(value), text, str(value) == chosen) for value, text in texts.items()]


def _in_order(found: FunnelFound, *, sort: str) -> list[Placed]:
    keys: dict[str, Callable[[Placed], Any]] = {
        standing_out.SURE: lambda one: (one.school.standing.few, one.school.standing.chance or 0.0),
        standing_out.NAME: lambda one: one.school.name.casefold(),
        standing_out.MEASURE: lambda one: one.school.indicator.title,
        standing_out.PUPILS: lambda one: one.school.standing.pupils,
        standing_out.ESTIMATE: lambda one: one.school.standing.estimate or 0.0,
    }
    by_name = sorted(found.schools, key=lambda one: one.school.name.casefold())
    return sorted(by_name, key=keys[sort.removeprefix("-")], reverse=sort.startswith("-"))
