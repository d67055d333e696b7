"""Data releases: the list, one release with its screening report, and making an earlier one live again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from steward.access.guards import needs
from steward.access.permissions import Permission, may
from steward.analysis.sources.screening import Verdict
from steward.evidence.forms import ReleaseFilters, RowChoice
from steward.evidence.models import DataRelease, ReleaseStatus
from steward.evidence.operations import releases as operations
from steward.evidence.queries import releases as queries
from steward.evidence.queries import screening, unmatched
from steward.evidence.store import StoreBusy
from steward.evidence.views import release_parts, trails
from steward.evidence.views.findings_csv import findings_file
from steward.evidence.views.rows import release_or_404
from steward.interface import lists, words
from steward.interface.parts import Cell, Column, Table
from steward.register import queries as register

_ON_A_PAGE = 25
_SORTS = {
    "loaded": lambda one: one.loaded_at,
    "rows": lambda one: one.rows,
}


@needs(Permission.VIEW_RELEASES)
def releases(request: HttpRequest) -> HttpResponse:
    """List what was ever loaded, by publication and year, cut by the filters in the address."""
    form = ReleaseFilters(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    year = chosen.get("year")
    found = queries.found(
        publication=chosen.get("publication", ""),
        year=int(year) if year else None,
        status=chosen.get("status", ""),
        text=chosen.get("text", ""),
    )
    sorted_by = lists.chosen_sort(request.GET, allowed=_SORTS, default="")
    if sorted_by:
        found.sort(key=_SORTS[sorted_by.removeprefix("-")], reverse=sorted_by.startswith("-"))
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "evidence/releases.html",
        {
            "filter_form": form,
            "count": len(found),
            "nothing": not found and not queries.every(),
            "page": page,
            "table": release_parts.list_table(page.object_list, sorted_by=sorted_by),
            "crumbs": trails.home("Data releases"),
        },
    )


@needs(Permission.VIEW_RELEASES)
def release(request: HttpRequest, release: str) -> HttpResponse:
    """Show a release: what it is, how it was screened, and what else was loaded in its place."""
    chosen = release_or_404(release)
    report = screening.report_of(chosen)
    served = register.served_authority()
    differences = screening.differences_of(chosen, authority=served.code if served else "")
    manages = may(request.user, Permission.MANAGE_RELEASES)
    source, layout = queries.definition_of(chosen)
    return render(
        request,
        "evidence/release.html",
        {
            "release": chosen,
            "status": release_parts.status_tag(chosen),
            "sentence": release_parts.sentence(chosen, report=report),
            "facts": release_parts.facts(chosen, source=source, layout=layout),
            "personal": layout.personal,
            "report": report,
            "noted": release_parts.noted_table(chosen, report=report),
            "passed": release_parts.passed_table(report),
            "passed_summary": f"{words.counted(len(report.of(Verdict.PASS)), one='test')} passed",
            "places": release_parts.places_table(chosen, report=report),
            "differences": release_parts.differences_table(differences),
            "unmatched": unmatched.unmatched_of(chosen.id),
            "others": release_parts.others_table(queries.others_of_slot(chosen)),
            "can_make_live": manages and chosen.status in (ReleaseStatus.REPLACED, ReleaseStatus.WITHDRAWN),
            "row_form": RowChoice(),
            "source": source,
            "crumbs": trails.releases(chosen.title),
        },
    )


@needs(Permission.VIEW_RELEASES)
def findings_as_csv(request: HttpRequest, release: str) -> HttpResponse:
    """Give the rows that screening points at as CSV, with what is wrong in the first columns."""
    return findings_file(release_or_404(release))


@needs(Permission.MANAGE_RELEASES)
@require_http_methods(["GET", "POST"])
def make_live(request: HttpRequest, release: str) -> HttpResponseBase:
    """Ask whether an earlier release shall be live again, and make it so."""
    chosen = release_or_404(release)
    fault = ""
    if request.method == "POST":
        try:
            operations.make_live_again(chosen.id, actor=request.user)  # type: ignore[arg-type]
        except (operations.CannotChange, StoreBusy) as refused:
            fault = str(refused)
        else:
            messages.success(request, f"{chosen.title} is live. Every figure was worked out again.")
            return redirect("evidence:release", chosen.id)
    return render(
        request,
        "evidence/make_live.html",
        {
            "release": chosen,
            "fault": fault,
            "live": _live_of_slot(chosen),
            "possible": chosen.status in (ReleaseStatus.REPLACED, ReleaseStatus.WITHDRAWN),
            "crumbs": trails.release("Make live again", release_id=chosen.id, title=chosen.title),
        },
        status=409 if fault else 200,
    )


def _live_of_slot(chosen: DataRelease) -> DataRelease | None:
    others = queries.others_of_slot(chosen)
    return next((one for one in others if one.status == ReleaseStatus.LIVE), None)


@needs(Permission.VIEW_RELEASES)
def unmatched_urns(request: HttpRequest) -> HttpResponse:
    """List the URNs that a live release prints and no register lists."""
    try:
        found = unmatched.unmatched()
    except queries.NothingLoaded:
        found = ()
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page"))
    titles = queries.titles([one.release for one in page.object_list])
    rows = tuple(
        (
            str(one.urn),
            Cell(titles.get(one.release, one.release), href=reverse("evidence:release", args=[one.release])),
            Cell(words.number(one.row), href=reverse("evidence:row", args=[one.release, one.row])),
        )
        for one in page.object_list
    )
    columns = (Column("URN"), Column("Release that prints it"), Column("Row", numeric=True))
    return render(
        request,
        "evidence/unmatched.html",
        {
            "schools": len({one.urn for one in found}),
            "page": page,
            "table": Table("Schools in no register", columns, rows),
            "crumbs": trails.releases("Schools in no register"),
        },
    )
