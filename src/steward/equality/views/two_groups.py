"""Pupils who are in two groups at once, for those who may see them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from steward.access.guards import needs, records
from steward.access.permissions import Permission
from steward.equality.forms import TwoGroupsFilters
from steward.equality.queries import comparisons
from steward.equality.queries import two_groups as queries
from steward.equality.queries.area_gaps import NoSuchArea
from steward.equality.views import two_groups_parts as parts
from steward.equality.views.empty import says_when_empty
from steward.evidence.queries import pupil_groups
from steward.interface import csv_files, lists
from steward.register import queries as register

_DEFAULT_SORT = "-behind"


@needs(Permission.VIEW_GROUP_CROSSINGS)
@says_when_empty
def two_groups(request: HttpRequest, code: str) -> HttpResponse:
    """Answer how pupils do who are in two groups at once, such as disadvantaged boys, beside all others."""
    name = _name(code)
    form = TwoGroupsFilters(request.GET or None, held=queries.held(code))
    crossing = form.wanted()
    found = queries.of_two(crossing, authority=code) if crossing else None
    sorted_by = lists.chosen_sort(request.GET, allowed=parts.SORTS, default=_DEFAULT_SORT)
    query = request.GET.urlencode()
    context = {
        "code": code,
        "name": name,
        "filter_form": form,
        "any_held": bool(form.held),
        "any_file": pupil_groups.any_held(),
        "found": found,
        "finding": parts.finding(found, name=name) if found else "",
        "table": parts.table(found, sorted_by=sorted_by) if found and found.rows else None,
        "csv": f"two-groups.csv{'?' + query if query else ''}",
    }
    return render(request, "equality/two_groups.html", context)


@needs(Permission.VIEW_GROUP_CROSSINGS)
@records("equality.two_groups.downloaded", subject="two groups")
@says_when_empty
def two_groups_as_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with what the page shows as a CSV file."""
    _name(code)
    crossing = TwoGroupsFilters(request.GET or None, held=queries.held(code)).wanted()
    found = queries.of_two(crossing, authority=code) if crossing else None
    if found is None or found.rows is None:
        raise Http404("There are no figures of two groups at once that may be downloaded.")
    return csv_files.csv_file(
        f"two-groups-{code}.csv",
        header=parts.CSV_HEADER,
        rows=[parts.csv_row(one, found=found) for one in found.rows],
    )


def _name(code: str) -> str:
    """Return the name of an authority. Raises NoSuchArea or NothingLoaded."""
    authority = register.authority(code)
    if authority is not None:
        return authority.name
    name = comparisons.name_of(code)
    if name == code:
        raise NoSuchArea(f"No authority has the code {code} in the registers that were loaded.")
    return name
