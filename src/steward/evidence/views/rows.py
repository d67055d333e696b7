"""One record of a published file, as the publisher printed it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from steward.access.guards import needs
from steward.access.permissions import Permission, Viewer, may
from steward.evidence.forms import RowChoice
from steward.evidence.models import DataRelease
from steward.evidence.queries import releases, rows
from steward.evidence.queries.rows import PrintedCell, PrintedRow
from steward.evidence.views import trails
from steward.evidence.views.release_parts import breakable, hash_in_groups
from steward.interface import words
from steward.interface.parts import Cell, Column, Table


@needs(Permission.VIEW_RELEASES)
def row(request: HttpRequest, release: str, row: int) -> HttpResponse:
    """Show a record of the file of a release with its column names."""
    chosen = release_or_404(release)
    found = rows.printed_row(chosen, row=row)
    if found is None:
        raise Http404(
            f"{chosen.file_name} has no record at row {words.number(row)}: the header is row 1, the first "
            f"record row 2, and {words.counted(chosen.rows, one='record')} were read."
        )
    source, layout = releases.definition_of(chosen)
    return render(
        request,
        "evidence/row.html",
        {
            "release": chosen,
            "row": found,
            "file_name": breakable(chosen.file_name),
            "licence": source.licence.rstrip("."),
            "hash": hash_in_groups(chosen.sha256),
            "publisher": source.publisher,
            "personal": layout.personal,
            "hidden": _hidden(found),
            "hidden_names": [breakable(cell.column) for cell in found.hidden],
            "read": _table(found.read, caption="What this service reads from it"),
            "whole": _table(found.shown, caption="The columns shown, in the order of the file"),
            "before": _address(chosen, found.before),
            "after": _address(chosen, found.after),
            "school": _school(found, viewer=request.user),
            "crumbs": trails.release(f"Row {words.number(row)}", release_id=chosen.id, title=chosen.title),
        },
    )


@needs(Permission.VIEW_RELEASES)
def find_row(request: HttpRequest, release: str) -> HttpResponseBase:
    """Open the row whose number was typed, or say what is wrong with it."""
    chosen = release_or_404(release)
    form = RowChoice(request.GET)
    if form.is_valid():
        return redirect("evidence:row", chosen.id, form.cleaned_data["row"])
    return render(
        request,
        "evidence/find_row.html",
        {
            "form": form,
            "release": chosen,
            "crumbs": trails.release("Find a row", release_id=chosen.id, title=chosen.title),
        },
    )


def release_or_404(release_id: str) -> DataRelease:
    """Return the release with this id; raises Http404 in plain words."""
    found = releases.release(release_id)
    if found is None:
        raise Http404(f"There is no release called {release_id}. The list of releases has them all.")
    return found


def _table(cells: tuple[PrintedCell, ...], *, caption: str) -> Table:
    columns = (Column("Column"), Column("Printed"), Column("Read as"))
    made = tuple(
        (
            breakable(cell.column),
            Cell(cell.text or "Blank", note=cell.meaning),
            ", ".join(cell.read_as) or "Not read",
        )
        for cell in cells
    )
    return Table(caption, columns, made)


def _hidden(found: PrintedRow) -> str:
    """Return how many columns are not shown, and of how many; empty where all are."""
    if not found.hidden:
        return ""
    every = words.counted(len(found.cells), one="column")
    if len(found.hidden) == 1:
        return f"1 of {every} is not shown here: it may tell a small group."
    return f"{words.number(len(found.hidden))} of {every} are not shown here: they may tell a small group."


def _address(chosen: DataRelease, number: int | None) -> str:
    return reverse("evidence:row", args=[chosen.id, number]) if number is not None else ""


def _school(found: PrintedRow, *, viewer: Viewer) -> Cell | None:
    if found.urn is None:
        return None
    opens = may(viewer, Permission.VIEW_OWN_SCHOOL, urn=found.urn)
    return Cell(found.school, href=reverse("pages:school", args=[found.urn]) if opens else "")
