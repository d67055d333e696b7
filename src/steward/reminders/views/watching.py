"""The schools a person watches by their own choice."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from steward.access.guards import needs, person_asking, records
from steward.access.permissions import Permission
from steward.interface import csv_files
from steward.interface.parts import Cell, Column, Table
from steward.register import queries as register
from steward.reminders.forms import WatchForm
from steward.reminders.operations import personal as operations
from steward.reminders.queries import people

_HEADER = ("urn", "school", "reason", "since")


@needs(Permission.VIEW_PROPOSALS)
def watching(request: HttpRequest) -> HttpResponse:
    """Answer with the schools whoever asks watches, and why."""
    found = people.watched_by(request.user)
    rows = tuple(
        (
            Cell(each.name, reverse("pages:school", args=[each.urn])),
            each.reason,
            each.since,
            Cell("Change or stop", reverse("reminders:watch", args=[each.urn])),
        )
        for each in found
    )
    columns = (Column("School"), Column("Why"), Column("Since"), Column("Change"))
    table = Table("Schools you watch", columns, rows, hide_caption=True)
    return render(request, "reminders/watching.html", {"table": table, "count": len(found)})


@needs(Permission.VIEW_PROPOSALS)
@records("reminders.watch_list.downloaded", subject="watch list")
def watching_as_csv(request: HttpRequest) -> HttpResponse:
    """Answer with the watch list as a CSV file."""
    rows = (
        (each.urn, each.name, each.reason, each.since.isoformat()) for each in people.watched_by(request.user)
    )
    return csv_files.csv_file("watching.csv", header=_HEADER, rows=rows)


@needs(Permission.VIEW_PROPOSALS)
def watch(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the question why a school is watched, or put it on the watch list."""
    school = register.school(urn)
    if school is None:
        raise Http404(f"There is no school with the URN {urn} in the registers loaded.")
    kept = next((each for each in people.watched_by(request.user) if each.urn == urn), None)
    form = WatchForm(request.POST or None, initial={"reason": kept.reason if kept else ""})
    if request.method == "POST" and form.is_valid():
        try:
            operations.watch(urn, reason=form.cleaned_data["reason"], actor=person_asking(request))
        except operations.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{school.name} is on your watch list")
            return redirect("reminders:watching")
    return render(request, "reminders/watch.html", {"form": form, "school": school, "kept": kept})


@needs(Permission.VIEW_PROPOSALS)
@require_POST
def stop(request: HttpRequest, urn: int) -> HttpResponse:
    """Take a school off the watch list."""
    operations.stop_watching(urn, actor=person_asking(request))
    messages.success(request, "The school is off your watch list")
    return redirect("reminders:watching")
