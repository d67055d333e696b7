"""Recording and ending events at a school."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from steward.access.guards import needs, person_asking
from steward.access.models import Person
from steward.access.permissions import Permission
from steward.early_warning import policies
from steward.early_warning.forms import EndEventForm, EventForm
from steward.early_warning.operations import events as operations
from steward.early_warning.queries import events as queries
from steward.early_warning.views import event_parts
from steward.register import queries as register
from steward.register.models import School


def school_or_404(urn: int) -> School:
    """Return the school, or raise Http404."""
    found = register.school(urn)
    if found is None:
        raise Http404(f"There is no school with the URN {urn}.")
    return found


@needs(Permission.RECORD_CONCERNS)
def new(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the form for an event at a school, or record it."""
    school, asking = school_or_404(urn), person_asking(request)
    kinds = queries.kinds_for(asking.role)
    form = EventForm(request.POST or None, kinds=kinds, initial={"since": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            operations.record(form.event(urn=urn), actor=asking)
        except policies.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The event is recorded. It counts from the next run of the score")
            return redirect("early_warning:school", urn=urn)
    return render(request, "early_warning/event.html", {"form": form, "school": school, "kinds": kinds})


def _ended(key: int, *, given: dict[str, Any], actor: Person) -> None:
    if given["why"] == "mistake":
        operations.take_out(key, reason=given["reason"], actor=actor)
    else:
        operations.end(key, last_day=given["last_day"], reason=given["reason"], actor=actor)


@needs(Permission.RECORD_CONCERNS)
def end(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form to end an event before its day, or end it."""
    found = get_object_or_404(queries.visible_to(request.user), pk=key)
    form = EndEventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            _ended(key, given=given, actor=person_asking(request))
        except policies.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, "The event is taken out" if given["why"] == "mistake" else "The event is ended"
            )
            return redirect("early_warning:school", urn=found.school_id)
    context = {"form": form, "school": found.school, "title": event_parts.title(found)}
    return render(request, "early_warning/end_event.html", context)
