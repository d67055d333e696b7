"""Gaps within the schools of an authority, and those of one school."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from steward.access.guards import needs, records
from steward.access.permissions import Permission
from steward.equality.queries import comparisons, school_gaps
from steward.equality.queries.one_gap import NoSuchGap
from steward.equality.queries.school_gaps import SchoolGaps
from steward.equality.views import school_parts
from steward.equality.views.empty import says_when_empty
from steward.evidence.queries import releases
from steward.interface import csv_files
from steward.register import queries as register

_POOLED = "pooled"


@needs(Permission.VIEW_PUBLISHED_FIGURES)
@says_when_empty
def schools(request: HttpRequest, code: str, gap_id: str) -> HttpResponse:
    """Answer how wide a gap is within each school, how sure that is, and which schools buck the trend."""
    found = _found(request, code, gap_id=gap_id)
    name = _name(code)
    sources = releases.titles(sorted({release for line in found.lines for release in line.releases}))
    query = request.GET.urlencode()
    context = {
        "found": found,
        "code": code,
        "name": name,
        "finding": school_parts.finding(found, name=name),
        "years": school_parts.years_words(found.years),
        "plot": school_parts.schools_plot(found, name=name, source="; ".join(sources.values())),
        "table": school_parts.schools_table(found) if found.lines else None,
        "england": school_parts.england_words(found),
        "bucking": school_parts.bucking_table(found),
        "nobody_bucks": school_parts.nobody_bucks(found),
        "others": list(school_gaps.gaps_of_schools(request.user, area=code).values()),
        "whole": school_parts.whole_sentence(found, name=name),
        "csv": f"schools.csv{'?' + query if query else ''}",
        "sources": sources,
    }
    return render(request, "equality/schools.html", context)


@needs(Permission.VIEW_PUBLISHED_FIGURES)
@records("equality.schools.downloaded", subject="schools")
@says_when_empty
def schools_as_csv(request: HttpRequest, code: str, gap_id: str) -> HttpResponse:
    """Answer with the gap of every school as a CSV file."""
    found = _found(request, code, gap_id=gap_id)
    return csv_files.csv_file(
        f"gaps-within-schools-{code}-{gap_id}.csv",
        header=school_parts.CSV_HEADER,
        rows=(school_parts.csv_row(line, measured=found.definition) for line in found.lines),
    )


@needs(Permission.VIEW_PUBLISHED_FIGURES)
@says_when_empty
def school(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the gaps within one school."""
    known = register.school(urn)
    if known is None:
        raise Http404(f"No school in the register has the URN {urn}.")
    found = school_gaps.of_school(request.user, school=known)
    shown = [
        {
            "found": one,
            "years": school_parts.years_words(one.lines[0].gap.of.years),
            "said": school_parts.what_can_be_said(
                one.lines[0].gap, decimals=school_parts.interval_places(one.definition)
            ),
            "table": school_parts.schools_table(one),
        }
        for one in found
    ]
    sources = {release for one in found for line in one.lines for release in line.releases}
    context = {"school": known, "shown": shown, "sources": releases.titles(sorted(sources))}
    return render(request, "equality/school.html", context)


def _found(request: HttpRequest, code: str, *, gap_id: str) -> SchoolGaps:
    try:
        return school_gaps.of_authority(
            request.user, area=code, gap_id=gap_id, pooled=bool(request.GET.get(_POOLED))
        )
    except NoSuchGap as unknown:
        raise Http404(str(unknown)) from unknown


def _name(code: str) -> str:
    authority = register.authority(code)
    return authority.name if authority else comparisons.name_of(code)
