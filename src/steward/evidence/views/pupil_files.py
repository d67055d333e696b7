"""Files of pupils: what is held and since when, and deleting them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from steward.access.guards import needs, records
from steward.access.permissions import Permission
from steward.analysis.pupils.layout import Kind, PupilColumn
from steward.evidence import catalogues
from steward.evidence.models import PupilFile, PupilFileState
from steward.evidence.operations import pupil_files as operations
from steward.evidence.queries import pupil_files as queries
from steward.evidence.store import StoreBusy
from steward.evidence.views import trails
from steward.interface import csv_files, lists, words
from steward.interface.parts import Cell, Column, Concern, Fact, Table, Tag
from steward.vocabulary.academic_year import AcademicYear

_COLUMNS = (
    Column("File"),
    Column("State"),
    Column("Years"),
    Column("Pupil rows", numeric=True, sort="rows"),
    Column("Rows refused", numeric=True, sort="refused"),
    Column("Loaded", sort="loaded"),
    Column("Deleted"),
)
_SORTS = {
    "rows": lambda one: one.rows,
    "refused": lambda one: one.refused,
    "loaded": lambda one: one.loaded_at,
}
_CSV = ("file", "state", "year", "key_stage", "pupil_rows", "loaded_on", "loaded_by", "deleted_on",
        "deleted_by", "sha256")  # fmt: skip
_STAGES = {"KS2": "End of key stage 2", "KS4": "End of key stage 4", "NONE": "Attendance only"}
_WRITING = {Kind.URN: "Six digits", Kind.YEAR: "2023-2024", Kind.WARD: "An ONS code, such as E05001411"}
_A_PROGRAM = "From the command line"


@needs(Permission.MANAGE_RELEASES)
def pupil_files(request: HttpRequest) -> HttpResponse:
    """List files of pupils: those held, and those that were deleted."""
    files = queries.every()
    held = [file for file in files if file.state == PupilFileState.HELD]
    sorted_by = lists.chosen_sort(request.GET, allowed=_SORTS, default="-loaded")
    files.sort(key=_SORTS[sorted_by.removeprefix("-")], reverse=sorted_by.startswith("-"))
    return render(
        request,
        "evidence/pupil_files.html",
        {
            "sentence": _sentence(len(held), rows=sum(file.rows for file in held)),
            "held": held,
            "table": Table("Files of pupils", _COLUMNS, tuple(map(_row, files)), sorted_by=sorted_by),
            "count": words.counted(len(files), one="file"),
            "accepted": _accepted(),
            "crumbs": trails.home("Pupil files"),
        },
    )


@needs(Permission.MANAGE_RELEASES)
@records("evidence.pupil_files.listed", subject="files of pupils")
def pupil_files_as_csv(request: HttpRequest) -> HttpResponse:
    """Give what is and was held as CSV, a line for each file, year and key stage; no row of a pupil."""
    rows = (line for file in queries.every() for line in _lines(file))
    return csv_files.csv_file("pupil-files.csv", header=_CSV, rows=rows)


@needs(Permission.MANAGE_RELEASES)
def pupil_file(request: HttpRequest, file: str) -> HttpResponse:
    """Show one file of pupils: when it came and went, how many rows of which year, which were refused."""
    chosen = _or_404(file)
    counts = tuple(
        (str(AcademicYear(period)), _STAGES[stage], words.number(rows)) for period, stage, rows in chosen.held
    )
    columns = (Column("Year"), Column("Key stage"), Column("Pupil rows", numeric=True))
    return render(
        request,
        "evidence/pupil_file.html",
        {
            "file": chosen,
            "is_held": chosen.state == PupilFileState.HELD,
            "facts": _facts(chosen),
            "origin": _origin(chosen),
            "table": Table("Pupil rows by year and key stage", columns, counts),
            "reasons": queries.reasons_in_words(chosen),
            "crumbs": _crumbs(chosen.pk),
        },
    )


@needs(Permission.MANAGE_RELEASES)
@require_http_methods(["GET", "POST"])
def delete_pupil_file(request: HttpRequest, file: str) -> HttpResponseBase:
    """Ask whether a file of pupils shall be deleted, and delete it."""
    chosen = _or_404(file)
    fault = ""
    if request.method == "POST":
        try:
            operations.delete(chosen.pk, actor=request.user)  # type: ignore[arg-type]
        except (operations.CannotHold, StoreBusy) as refused:
            fault = str(refused)
        else:
            messages.success(
                request,
                f"{words.number(chosen.rows)} pupil rows, and every figure made of them, are deleted.",
            )
            return redirect("evidence:pupil-files")
    context = {
        "file": chosen,
        "fault": fault,
        "is_held": chosen.state == PupilFileState.HELD,
        "crumbs": [*_crumbs(chosen.pk)[:-1], (chosen.pk, reverse("evidence:pupil-file", args=[chosen.pk])),
                   ("Delete", "")],
    }  # fmt: skip
    return render(request, "evidence/delete_pupil_file.html", context, status=409 if fault else 200)


def _or_404(file: str) -> PupilFile:
    found = queries.pupil_file(file)
    if found is None:
        raise Http404("There is no such file of pupils.")
    return found


def _crumbs(here: str) -> trails.Crumbs:
    return [*trails.home("")[:-1], ("Pupil files", reverse("evidence:pupil-files")), (here, "")]


def _sentence(files: int, *, rows: int) -> str:
    if not files:
        return "No results of single pupils are held."
    return f"{words.number(rows)} pupil rows are held, from {words.counted(files, one='file')}."


def _row(file: PupilFile) -> tuple[object, ...]:
    by = file.loaded_by.name if file.loaded_by else _A_PROGRAM
    return (
        Cell(file.pk, href=reverse("evidence:pupil-file", args=[file.pk])),
        _state(file),
        ", ".join(str(AcademicYear(period)) for period in file.periods),
        words.number(file.rows),
        words.number(file.refused),
        Cell(words.day(timezone.localtime(file.loaded_at)), note=by),
        _deleted(file),
    )


def _deleted(file: PupilFile) -> Cell:
    if file.deleted_at is None:
        return Cell("No")
    by = file.deleted_by.name if file.deleted_by else _A_PROGRAM
    return Cell(words.day(timezone.localtime(file.deleted_at)), note=by)


def _lines(file: PupilFile) -> list[tuple[object, ...]]:
    loaded, deleted = (at and timezone.localtime(at).date() for at in (file.loaded_at, file.deleted_at))
    by = file.loaded_by.name if file.loaded_by else _A_PROGRAM
    gone_by = "" if deleted is None else file.deleted_by.name if file.deleted_by else _A_PROGRAM
    told = (loaded, by, deleted or "", gone_by, file.sha256)
    return [
        (file.pk, file.get_state_display(), AcademicYear(period), _STAGES[stage], rows, *told)
        for period, stage, rows in file.held
    ]


def _accepted() -> Table:
    columns = catalogues.pupil_rules().layout.columns
    return Table(
        "Columns that a file may have",
        (Column("Column"), Column("What it holds"), Column("How it is written")),
        tuple((Cell(one.name, note="required" if one.required else ""), one.meaning, _writing(one))
              for one in columns),
        hide_caption=True,
    )  # fmt: skip


def _writing(column: PupilColumn) -> str:
    if column.kind is Kind.CODE:
        return ", ".join(column.codes)
    if column.kind is Kind.NUMBER:
        return f"A number from {column.least:g} to {column.most:g}"
    return _WRITING[column.kind]


def _state(file: PupilFile) -> Tag:
    held = file.state == PupilFileState.HELD
    return Tag(file.get_state_display(), Concern.NONE if held else Concern.PLAIN)


def _facts(file: PupilFile) -> tuple[Fact, ...]:
    facts = [
        Fact("State", _state(file)),
        Fact("Pupil rows", words.number(file.rows)),
        Fact("Rows refused", words.number(file.refused)),
        Fact("Loaded", words.day(timezone.localtime(file.loaded_at))),
        Fact("Loaded by", file.loaded_by.name if file.loaded_by else _A_PROGRAM),
    ]
    if file.deleted_at:
        facts.append(Fact("Deleted", words.day(timezone.localtime(file.deleted_at))))
        facts.append(Fact("Deleted by", file.deleted_by.name if file.deleted_by else _A_PROGRAM))
    return tuple(facts)


def _origin(file: PupilFile) -> tuple[Fact, ...]:
    return (Fact("Columns", ", ".join(file.columns)), Fact("Hash (SHA-256)", file.sha256))
