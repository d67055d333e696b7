"""Files of pupils: what is held and since when, and deleting them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from steward.access.guards import needs
from steward.access.permissions import Permission
from steward.evidence.models import PupilFile, PupilFileState
from steward.evidence.operations import pupil_files as operations
from steward.evidence.queries import pupil_files as queries
from steward.evidence.store import StoreBusy
from steward.evidence.views import trails
from steward.interface import words
from steward.interface.parts import Cell, Column, Concern, Fact, Table, Tag
from steward.vocabulary.academic_year import AcademicYear

_COLUMNS = (
    Column("File"),
    Column("State"),
    Column("Years"),
    Column("Pupil rows", numeric=True),
    Column("Rows refused", numeric=True),
    Column("Loaded"),
    Column("By"),
)
_STAGES = {"KS2": "End of key stage 2", "KS4": "End of key stage 4", "NONE": "Attendance only"}
_A_PROGRAM = "The command line"


@needs(Permission.MANAGE_RELEASES)
def pupil_files(request: HttpRequest) -> HttpResponse:
    """List files of pupils: those held, and those that were deleted."""
    files = queries.every()
    held = [file for file in files if file.state == PupilFileState.HELD]
    rows = sum(file.rows for file in held)
    return render(
        request,
        "evidence/pupil_files.html",
        {
            "sentence": _sentence(len(held), rows=rows),
            "held": held,
            "table": Table("Files of pupils", _COLUMNS, tuple(map(_row, files))),
            "crumbs": trails.releases("Files of pupils"),
        },
    )


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
    above = ("Files of pupils", reverse("evidence:pupil-files"))
    return [*trails.releases("")[:-1], above, (here, "")]


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
        words.day(timezone.localtime(file.loaded_at)),
        by,
    )


def _state(file: PupilFile) -> Tag:
    held = file.state == PupilFileState.HELD
    return Tag(file.get_state_display(), Concern.MEDIUM if held else Concern.PLAIN)


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
    return (*facts, Fact("Columns", ", ".join(file.columns)), Fact("Hash of the file (SHA-256)", file.sha256))
