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
from steward.pages.queries import area_counts, area_outcomes, outcome_findings
from steward.pages.queries.area import AreaOverview, AuthorityName, NoSuchAuthority
from steward.pages.queries.area_outcomes import TopicOutcomes
from steward.pages.queries.school import UsedRelease, used_releases
from steward.pages.views import area_csv, area_navigation, area_parts, outcome_parts
from steward.pages.views.area_navigation import says_unknown
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
@says_unknown
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Answer what stands out about an authority as at a day, and lead to its other pages."""
    asked = _asked(request)
    shown = area_navigation.about(code, request=request)
    found = queries.overview(code, as_at=asked.as_at, phase=asked.phase)
    proposals = queries.proposals_by_category(code, viewer=request.user, as_at=asked.as_at)
    topics = _topics(found, asked=asked)
    context = {
        **shown,
        "asked": asked,
        "found": found,
        "finding": area_parts.finding(found),
        "outcomes": _outcomes(topics, authority=found.authority),
        "counts": area_counts.counts_of(code, inspections=found.inspections),
        "days": area_parts.days_to_choose(code, asked=asked.as_at if asked.written else None),
        "standing": area_parts.standing_table(found.inspections) if found.inspections else None,
        "shares": area_parts.shares_over_time(found.inspections, name=found.authority.name),
        "over_time": area_parts.over_time_table(found.inspections) if found.inspections else None,
        "proposals": proposals,
        "proposals_table": area_parts.proposals_table(proposals) if proposals else None,
        "sources": _sources(found, topics=topics),
    }
    return render(request, "pages/area.html", context, status=400 if asked.fault else 200)


def _topics(found: AreaOverview, *, asked: Asked) -> list[TopicOutcomes]:
    """Return the outcomes of years that had ended by the day asked about."""
    until = found.newest_year if asked.written else None
    authority = found.authority
    return area_outcomes.topics_of(area_outcomes.company_of(authority.code, name=authority.name, until=until))


def _outcomes(topics: list[TopicOutcomes], *, authority: AuthorityName) -> outcome_parts.FindingsPart | None:
    """Return what stands out in the outcomes; None where the series has nothing of the authority."""
    if not any(topic.headlines for topic in topics):
        return None
    findings = outcome_findings.findings_of(topics, name=authority.name, most=2)
    return outcome_parts.findings_parts(findings, code=authority.code)


def _sources(found: AreaOverview, *, topics: list[TopicOutcomes]) -> tuple[UsedRelease, ...]:
    used = {one.id for one in outcome_parts.sources_of(topics)}
    used |= {found.inspections.release} if found.inspections else set()
    return used_releases(used)


@needs(Permission.VIEW_AREA_FIGURES)
@says_when_empty
@says_unknown
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with the figures of indicators of an authority beside its region and England."""
    asked = _asked(request)
    shown = area_navigation.about(code, request=request)
    found = queries.overview(code, as_at=asked.as_at, phase=asked.phase)
    context = {
        **shown,
        "asked": asked,
        "found": found,
        "days": area_parts.days_to_choose(code, asked=asked.as_at if asked.written else None),
        "phases": [(phase.value, phase.label) for phase in Phase],
        "themes": area_parts.theme_parts(found.measures),
        "earlier": area_parts.earlier_table(found.measures),
        "sources": found.sources,
    }
    return render(request, "pages/area_figures.html", context, status=400 if asked.fault else 200)


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
