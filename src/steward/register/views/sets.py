"""Officers' own sets of schools, to compare a school with."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from steward.access.guards import needs, person_asking, records
from steward.access.permissions import Permission
from steward.interface import csv_files
from steward.interface.parts import Cell, Column, Fact, Table
from steward.register import operations, queries
from steward.register.forms import EVERYBODY, MINE, SchoolSetForm
from steward.register.models import School, SchoolSet
from steward.register.policies import CannotKeepSet
from steward.vocabulary.phases import Standing

_LONGEST_NAME = 80


@needs(Permission.MANAGE_SETS)
def listed(request: HttpRequest) -> HttpResponse:
    """Answer with the viewer's own sets and those that others share."""
    found = list(queries.sets_visible_to(person_asking(request)))
    counts = queries.sizes_of(found)
    rows = tuple(
        (
            Cell(one.name, f"/sets/{one.pk}/", note=one.purpose),
            counts[one.pk],
            "You" if one.owner_id == person_asking(request).pk else str(one.owner),
            _who(one),
            one.changed_on,
        )
        for one in found
    )
    columns = (
        Column("Set"),
        Column("Schools", numeric=True),
        Column("Made by"),
        Column("Who may use it"),
        Column("Last changed"),
    )
    table = Table("Sets of schools", columns, rows, hide_caption=True)
    return render(request, "register/sets.html", {"table": table, "found": found})


@needs(Permission.MANAGE_SETS)
def one(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with a set: what it is for, whose it is, and its schools."""
    found = _visible(request, key)
    schools = queries.members_of(found)
    context = {
        "set": found,
        "facts": [
            Fact("What it is for", found.purpose),
            Fact("Made by", str(found.owner)),
            Fact("Who may use it", _who(found)),
            Fact("Made on", found.made_on),
            Fact("Last changed", found.changed_on),
        ],
        "table": _schools_table(schools),
        "schools": schools,
        "closed": closed_sentence(schools),
        "is_owner": found.owner_id == person_asking(request).pk,
    }
    return render(request, "register/set.html", context)


@needs(Permission.MANAGE_SETS)
@records("register.school_set.downloaded", subject="school set")
def as_csv(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the schools of a set as a CSV file."""
    found = _visible(request, key)
    return csv_files.csv_file(
        f"school-set-{found.pk}.csv",
        header=("urn", "name", "phase", "authority", "standing"),
        rows=(
            (school.urn, school.name, school.phase, school.authority_id, school.standing)
            for school in queries.members_of(found)
        ),
    )


@needs(Permission.MANAGE_SETS)
def add(request: HttpRequest) -> HttpResponse:
    """Ask for a new set, or make it; `urns` in the address fills the schools in."""
    form = SchoolSetForm(request.POST or None, initial={"urns": request.GET.get("urns", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.make_set(_written(form), on=timezone.localdate(), actor=person_asking(request))
        except CannotKeepSet as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{made.name} is kept. Choose it on the page of a school.")
            _warn_of_closed(request, made)
            return redirect("register:set", key=made.pk)
    return render(request, "register/set_form.html", {"form": form, "title": "Make a set of schools"})


@needs(Permission.MANAGE_SETS)
def change(request: HttpRequest, key: int) -> HttpResponse:
    """Ask what is to change about a set, or change it."""
    found = _visible(request, key)
    form = SchoolSetForm(request.POST or None, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        try:
            operations.change_set(key, written=_written(form), on=today, actor=person_asking(request))
        except CannotKeepSet as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The set is changed")
            _warn_of_closed(request, found)
            return redirect("register:set", key=key)
    context = {"form": form, "title": f"Change {found.name}", "set": found}
    return render(request, "register/set_form.html", context)


@needs(Permission.MANAGE_SETS)
def copy(request: HttpRequest, key: int) -> HttpResponse:
    """Ask for a new set that begins as a copy of another."""
    found = _visible(request, key)
    name = f"Copy of {found.name}"[:_LONGEST_NAME]
    form = SchoolSetForm(initial={**_initial(found), "name": name, "shared": MINE})
    context = {"form": form, "title": f"Copy {found.name}", "copied": found}
    return render(request, "register/set_form.html", context)


@needs(Permission.MANAGE_SETS)
def retire(request: HttpRequest, key: int) -> HttpResponse:
    """Ask whether a set is to be retired, or retire it."""
    found = _visible(request, key)
    refusal = ""
    if request.method == "POST":
        try:
            operations.retire_set(key, on=timezone.localdate(), actor=person_asking(request))
        except CannotKeepSet as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"{found.name} is retired")
            return redirect("register:sets")
    return render(request, "register/retire_set.html", {"set": found, "refusal": refusal})


def closed_sentence(schools: list[School]) -> str:
    """Return a warning that names the schools of a set that are closed, or "" where none is."""
    closed = [f"{school.name} ({school.urn})" for school in schools if school.standing == Standing.CLOSED]
    if not closed:
        return ""
    are = "is closed" if len(closed) == 1 else "are closed"
    return (
        f"{', '.join(closed)} {are}: no newer figures of {'it' if len(closed) == 1 else 'them'} will come. "
        "Put in the successor, or take out what is closed."
    )


def _warn_of_closed(request: HttpRequest, found: SchoolSet) -> None:
    sentence = closed_sentence(queries.members_of(found))
    if sentence:
        messages.warning(request, sentence)


def _visible(request: HttpRequest, key: int) -> SchoolSet:
    return get_object_or_404(queries.sets_visible_to(person_asking(request)), pk=key)


def _written(form: SchoolSetForm) -> operations.Written:
    given = form.cleaned_data
    return operations.Written(given["name"], given["purpose"], given["shared"], tuple(given["urns"]))


def _initial(found: SchoolSet) -> dict[str, str]:
    return {
        "name": found.name,
        "purpose": found.purpose,
        "shared": EVERYBODY if found.shared else MINE,
        "urns": "\n".join(str(school.urn) for school in queries.members_of(found)),
    }


def _who(found: SchoolSet) -> str:
    return "Every officer of the service" if found.shared else "Only the officer who made it"


def _schools_table(schools: list[School]) -> Table:
    rows = tuple(
        (
            Cell(school.name, f"/schools/{school.urn}/"),
            school.urn,
            school.get_phase_display(),
            school.standing.capitalize(),
        )
        for school in schools
    )
    columns = (Column("School"), Column("URN", numeric=True), Column("Phase"), Column("Standing"))
    return Table("Schools of the set", columns, rows, hide_caption=True)
