"""Outcomes of an authority: all topics, one topic, one measure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from steward.access.guards import needs, records
from steward.access.permissions import Permission
from steward.interface import lists
from steward.pages.queries import area_measure as one_measure
from steward.pages.queries import area_outcomes as queries
from steward.pages.queries import outcome_findings, outcome_topics
from steward.pages.queries.area import authority_named
from steward.pages.queries.area_measure import Asked
from steward.pages.queries.area_outcomes import Company
from steward.pages.views import area_navigation, outcome_csv, outcome_parts
from steward.pages.views.area_navigation import says_unknown
from steward.pages.views.empty import says_when_empty


@needs(Permission.VIEW_AREA_FIGURES)
@says_when_empty
@says_unknown
def outcomes(request: HttpRequest, code: str) -> HttpResponse:
    """Answer what is high, what is low and what moved, and the headline measures of each topic."""
    shown = area_navigation.about(code, request=request)
    company = _company(request, code)
    topics = queries.topics_of(company)
    found = outcome_findings.findings_of(topics, name=company.name)
    context = {
        **shown,
        "company": company,
        "findings": outcome_parts.findings_parts(found, code=code),
        "topics": [outcome_parts.topic_part(one, company=company, headlines=True) for one in topics],
        "more": outcome_topics.published_topics(company.area),
        "lists": outcome_parts.list_choices(company),
        "sources": outcome_parts.sources_of(topics),
    }
    return render(request, "pages/area_outcomes.html", context)


@needs(Permission.VIEW_AREA_FIGURES)
@says_when_empty
@says_unknown
def topic(request: HttpRequest, code: str, topic: str) -> HttpResponse:
    """Answer with every measure of a topic."""
    shown = area_navigation.about(code, request=request)
    company = _company(request, code)
    found = outcome_topics.topic_named(topic, company=company)
    findings = outcome_findings.findings_of([found], name=company.name)
    context = {
        **shown,
        "company": company,
        "topic": outcome_parts.topic_part(found, company=company, headlines=False),
        "findings": outcome_parts.findings_parts(findings, code=code),
        "lists": outcome_parts.list_choices(company),
        "sources": outcome_parts.sources_of([found]),
    }
    return render(request, "pages/area_topic.html", context)


@needs(Permission.VIEW_AREA_FIGURES)
@records("pages.area.exported", subject="outcomes")
@says_when_empty
@says_unknown
def topic_as_csv(request: HttpRequest, code: str, topic: str) -> HttpResponse:
    """Answer with every year of every measure of a topic, beside the comparators, as a CSV file."""
    company = _company(request, code)
    return outcome_csv.topic_file(outcome_topics.topic_named(topic, company=company), company=company)


@needs(Permission.VIEW_AREA_FIGURES)
@says_when_empty
@says_unknown
def measure(request: HttpRequest, code: str, measure: str) -> HttpResponse:
    """Answer with a measure over time beside its comparators, and every authority in one year."""
    shown = area_navigation.about(code, request=request)
    asked = _asked(request, code=code, measure=measure)
    found = one_measure.measure_of(asked)
    context = {
        **shown,
        "asked": asked,
        "found": found,
        "part": outcome_parts.measure_part(found, page=request.GET.get("page", "1")),
        "lists": outcome_parts.list_choices(asked.company),
        "sources": outcome_parts.sources_of_measure(found),
    }
    return render(request, "pages/area_measure.html", context)


@needs(Permission.VIEW_AREA_FIGURES)
@records("pages.area.exported", subject="measure")
@says_when_empty
@says_unknown
def measure_as_csv(request: HttpRequest, code: str, measure: str) -> HttpResponse:
    """Answer with a measure of every area in every year as a CSV file."""
    asked = _asked(request, code=code, measure=measure)
    return outcome_csv.measure_file(one_measure.measure_of(asked))


def _company(request: HttpRequest, code: str) -> Company:
    name = authority_named(code).name
    return queries.company_of(code, name=name, list_id=request.GET.get("list", ""))


def _asked(request: HttpRequest, *, code: str, measure: str) -> Asked:
    query = request.GET
    return Asked(
        measure=measure,
        company=_company(request, code),
        label=query.get("year", ""),
        beside=tuple(one for one in dict.fromkeys(query.getlist("with")) if one and one != code),
        search=query.get("q", "").strip(),
        sort=lists.chosen_sort(query, allowed=one_measure.SORTS, default="rank"),
        only=query.get("only", ""),
    )
