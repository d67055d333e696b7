"""The page of one gap of an authority."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from steward.access.guards import needs, records
from steward.access.permissions import Permission
from steward.equality import wording
from steward.equality.forms import GapFilters
from steward.equality.queries import comparisons, one_gap
from steward.equality.queries.one_gap import NoSuchGap, OneGap, YearBeside
from steward.equality.views import csv_rows, gap_parts
from steward.equality.views.empty import says_when_empty
from steward.evidence.queries import releases
from steward.interface import csv_files

_HEADER = (
    "area",
    "gap",
    "year",
    "group_value",
    "other_value",
    "gap_amount",
    "movement",
    "wider_by",
    "said",
    "england_gap",
    "region_gap",
    "beside_mean_gap",
    "gap_to_national_others",
    "release",
    "group_row",
    "other_row",
)


@needs(Permission.VIEW_AREA_FIGURES)
@says_when_empty
def gap(request: HttpRequest, code: str, gap_id: str) -> HttpResponse:
    """Answer with both groups and the gap over the years, beside England and authorities like it."""
    found = _found(request, code, gap_id=gap_id)
    charts = [gap_parts.gap_over_time(found), gap_parts.both_groups(found)]
    sources = {side.release for one in found.years for side in (one.own.group, one.own.other) if side.release}
    table, earlier = gap_parts.years_tables(found)
    context = {
        "found": found,
        "gap": found.gap,
        "finding": gap_parts.finding(found),
        "further": gap_parts.further(found),
        "charts": charts,
        "table": table,
        "earlier": earlier,
        "sets": comparisons.sets_for(code),
        "numbers": wording.FILE_NUMBERS if found.of_files else wording.NO_NUMBERS,
        "sources": releases.titles(sorted(sources)),
    }
    return render(request, "equality/gap.html", context)


@needs(Permission.VIEW_AREA_FIGURES)
@records("equality.gap.downloaded", subject="gap")
@says_when_empty
def gap_as_csv(request: HttpRequest, code: str, gap_id: str) -> HttpResponse:
    """Answer with every year of the gap as a CSV file."""
    found = _found(request, code, gap_id=gap_id)
    return csv_files.csv_file(
        f"gap-{code}-{gap_id}.csv",
        header=_HEADER,
        rows=(_row(one, found=found) for one in found.years),
    )


def _found(request: HttpRequest, code: str, *, gap_id: str) -> OneGap:
    form = GapFilters(request.GET or None, sets=comparisons.sets_for(code))
    beside = form.wanted()[2] if form.is_bound else ""
    try:
        return one_gap.one_gap(code, gap_id, beside=beside)
    except NoSuchGap as unknown:
        raise Http404(str(unknown)) from unknown


def _row(one: YearBeside, *, found: OneGap) -> tuple[object, ...]:
    own, change = one.own, one.change
    return (
        found.area,
        found.gap.id,
        own.label,
        csv_rows.plain(own.group.value, decimals=own.group.decimals),
        csv_rows.plain(own.other.value, decimals=own.other.decimals),
        csv_rows.plain(own.amount, decimals=own.decimals),
        "" if change is None else one.movement.value,
        csv_rows.rounded(change),
        wording.change_words(change, gap=found.gap, usual=one.usual),
        csv_rows.plain(one.england_gap, decimals=own.decimals),
        csv_rows.plain(one.region, decimals=own.decimals),
        csv_rows.plain(one.beside, decimals=2),
        csv_rows.plain(one.national_others, decimals=own.decimals),
        own.group.release or own.other.release,
        own.group.row or "",
        own.other.row or "",
    )
