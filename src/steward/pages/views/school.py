"""The pages of one school."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from steward.access.guards import needs, records
from steward.access.permissions import Permission
from steward.pages.queries import school as queries
from steward.pages.queries import school_proposal, similar_schools
from steward.pages.queries.school import SchoolHeader, UnknownSchool
from steward.pages.queries.school_proposal import MET, NOT_MET, UNKNOWN
from steward.pages.queries.similar_schools import Company
from steward.pages.views import measure_page, measure_parts, school_csv, school_parts, similar_parts
from steward.pages.views.empty import says_when_empty

Context = dict[str, Any]  # what a template is given
_LONGEST_KEY = 10
_WITHIN = {"school-measure": "school-performance"}
"""The tab that a page without one of its own stands under."""


@needs(Permission.VIEW_OWN_SCHOOL)
@says_when_empty
def overview(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer how the pupils are doing, what has changed, what the policy proposes, and the facts."""
    return _answer(request, urn, name="school", content=_overview)


def _overview(shown: SchoolHeader) -> Context:
    found = queries.overview(shown)
    reasons = shown.proposal.first_reasons[:3] if shown.proposal else ()
    return {
        "overview": found,
        "sources": found.sources,
        "facts": school_parts.facts_of(shown.school, measures=found.measures),
        "reasons": reasons,
    }


@needs(Permission.VIEW_OWN_SCHOOL)
@says_when_empty
def performance(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with every measure of the school, by theme, beside similar schools or the set asked for."""

    def content(shown: SchoolHeader) -> Context:
        company = similar_schools.company_of(urn, viewer=request.user, key=_set_asked_for(request))
        choices = similar_schools.choices_of(request.user, company=company)
        return {
            **_performance(shown, company=company),
            "company": company,
            "choices": choices,
        }

    return _answer(request, urn, name="school-performance", content=content)


def _set_asked_for(request: HttpRequest) -> int | None:
    asked = request.GET.get("set", "")
    return int(asked) if asked.isdecimal() and len(asked) < _LONGEST_KEY else None


def _performance(shown: SchoolHeader, *, company: Company | None) -> Context:
    found = queries.performance_beside(shown, company=company)
    return {
        "themes": measure_parts.themes(found.current),
        "earlier": [measure_parts.measure_part(one) for one in found.earlier],
        "sources": queries.used_releases(one.figure.release for one in (*found.current, *found.earlier)),
    }


@needs(Permission.VIEW_OWN_SCHOOL)
@says_when_empty
def performance_as_csv(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with every figure of the school as a CSV file."""
    try:
        shown = queries.header(urn, viewer=request.user)
    except UnknownSchool as unknown:
        return _unknown(request, str(unknown))
    return school_csv.figures_file(shown.school, measures=queries.performance(shown))


@needs(Permission.VIEW_OWN_SCHOOL)
@says_when_empty
def measure(request: HttpRequest, urn: int, indicator: str) -> HttpResponse:
    """Answer with one measure: this year, year by year, as a table, and the best of the schools beside it."""

    def content(shown: SchoolHeader) -> Context:
        company = similar_schools.company_of(urn, viewer=request.user, key=_set_asked_for(request))
        found = queries.performance_beside(shown, company=company)
        chosen = [one for one in (*found.current, *found.earlier) if one.indicator.id == indicator]
        if not chosen:
            raise Http404(f"No figure of {indicator} has been loaded for this school.")
        return {
            "page": measure_page.page_of(chosen[0], company=company, shown=shown),
            "company": company,
            "choices": similar_schools.choices_of(request.user, company=company),
            "sources": queries.used_releases([chosen[0].figure.release]),
        }

    return _answer(request, urn, name="school-measure", content=content)


@needs(Permission.VIEW_OWN_SCHOOL)
@says_when_empty
def similar(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer why the school is held beside the schools it is: what each is like, and how close."""

    def content(shown: SchoolHeader) -> Context:
        found = similar_schools.why_set(urn, phase=shown.school.phase)
        return similar_parts.page_of(found, shown=shown, query=request.GET)

    return _answer(request, urn, name="school-similar", content=content)


@needs(Permission.VIEW_OWN_SCHOOL)
@records("pages.similar_schools.downloaded", subject="similar schools")
@says_when_empty
def similar_as_csv(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the similar schools and what they were found by, as a CSV file."""
    try:
        shown = queries.header(urn, viewer=request.user)
    except UnknownSchool as unknown:
        return _unknown(request, str(unknown))
    return similar_parts.csv_of(similar_schools.why_set(urn, phase=shown.school.phase), urn=urn)


@needs(Permission.VIEW_OWN_SCHOOL)
@says_when_empty
def inspections(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with every inspection, each in the words of its own framework."""
    return _answer(request, urn, name="school-inspections", content=_inspections)


def _inspections(shown: SchoolHeader) -> Context:
    return {
        "table": school_parts.inspections_table(shown) if shown.inspections else None,
        "sources": queries.used_releases(line.release for line in shown.inspections),
    }


@needs(Permission.VIEW_PROPOSALS)
@says_when_empty
def proposal(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer why the school is proposed for what it is: every rule in one of three groups."""
    return _answer(request, urn, name="school-proposal", content=_proposal)


def _proposal(shown: SchoolHeader) -> Context:
    found = shown.proposal
    if found is None:
        return {"groups": ()}
    used = queries.used_releases(school_proposal.releases_of(found.rules))
    titles = {one.id: one.title for one in used}
    groups = [
        {
            "title": title,
            "empty": empty,
            "rules": school_parts.rule_parts(found.answered(answer), urn=found.urn, titles=titles),
        }
        for answer, title, empty in (
            (MET, "Met", "No rule is met."),
            (UNKNOWN, "Could not be settled", "Every rule could be settled."),
            (NOT_MET, "Not met", "There is no rule that is not met."),
        )
    ]
    return {"groups": groups, "sources": used}


@needs(Permission.VIEW_OWN_SCHOOL)
@says_when_empty
def history(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer who came before and after, and what happened when."""
    return _answer(request, urn, name="school-history", content=_history)


def _history(shown: SchoolHeader) -> Context:
    found = queries.history(shown)
    before, after = found.predecessors, found.successors
    return {
        "predecessors": school_parts.relatives_table(before, title="Schools before it", opens=shown.opens)
        if before
        else None,
        "successors": school_parts.relatives_table(after, title="Schools after it", opens=shown.opens)
        if after
        else None,
        "results": school_parts.earlier_results(shown, measures=found.measures),
        "happenings": school_parts.timeline_of(shown, successors=after),
    }


def _answer(
    request: HttpRequest, urn: int, *, name: str, content: Callable[[SchoolHeader], Context]
) -> HttpResponse:
    try:
        shown = queries.header(urn, viewer=request.user)
    except UnknownSchool as unknown:
        return _unknown(request, str(unknown))
    context = {
        "shown": shown,
        "school": shown.school,
        "caption": school_parts.caption(shown.school),
        "notice": school_parts.notice(shown.school),
        "strip": school_parts.strip(shown),
        "tabs": school_parts.tabs(shown, current=_WITHIN.get(name, name)),
        "proposal": shown.proposal,
        "proposal_tag": school_parts.proposal_tag(shown.proposal) if shown.proposal else None,
        **content(shown),
    }
    return render(request, f"pages/{name.replace('-', '_')}.html", context)


def _unknown(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "pages/school_unknown.html", {"sentence": sentence}, status=404)
