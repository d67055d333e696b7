"""The register of concerns: listing, raising, and taking the next step."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from steward.access.guards import needs, person_asking, records
from steward.access.permissions import Permission, may
from steward.early_warning import policies
from steward.early_warning.forms import ConcernFilters, ConcernForm, StepForm
from steward.early_warning.models.concerns import State
from steward.early_warning.operations import concerns as operations
from steward.early_warning.queries import concerns as queries
from steward.early_warning.queries import events as event_queries
from steward.early_warning.steps import next_steps
from steward.early_warning.views import concern_parts, event_parts, files
from steward.early_warning.views.events import school_or_404

_PAGE_LENGTH = 50


@needs(Permission.VIEW_EARLY_WARNING)
def concerns(request: HttpRequest) -> HttpResponse:
    """Answer with the register of concerns, and how many steps are overdue."""
    today = timezone.localdate()
    form = ConcernFilters(request.GET or None)
    found = queries.concerns(request.user, wanted=form.wanted(today=today))
    page = Paginator(found, _PAGE_LENGTH).get_page(request.GET.get("page"))
    query = request.GET.urlencode()
    context = {
        "filter_form": form,
        "page": page,
        "count": page.paginator.count,
        "table": concern_parts.table(page, today=today),
        "overdue": queries.overdue(request.user, today=today),
        "discussions": event_parts.talks(event_queries.discussions(today, viewer=request.user)),
        "csv": f"concerns.csv{'?' + query if query else ''}",
    }
    return render(request, "early_warning/concerns.html", context)


@needs(Permission.VIEW_EARLY_WARNING)
@records("early_warning.concerns.downloaded", subject="concerns")
def concerns_as_csv(request: HttpRequest) -> HttpResponse:
    """Answer with the register as a CSV file."""
    today = timezone.localdate()
    found = queries.concerns(request.user, wanted=ConcernFilters(request.GET or None).wanted(today=today))
    rows = (concern_parts.csv_row(one, today=today) for one in found)
    return files.csv_answer("concerns", header=concern_parts.CSV_HEADER, rows=rows)


@needs(Permission.VIEW_EARLY_WARNING)
def concern(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with one concern and its history, or take its next step."""
    found = get_object_or_404(queries.visible_to(request.user), pk=key)
    state = State(found.state)
    form = StepForm(request.POST or None, acts=next_steps(state))
    if request.method == "POST":
        if not may(request.user, Permission.RECORD_CONCERNS, urn=found.school_id):
            raise PermissionDenied(f"Your role does not let you {Permission.RECORD_CONCERNS.words} here.")
        return _taken(request, form=form, key=key)
    return _shown(request, form=form, key=key)


@needs(Permission.RECORD_CONCERNS)
def new(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the form for a concern about a school, or raise it."""
    school = school_or_404(urn)
    form = ConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.raise_concern(form.concern(urn=urn), actor=person_asking(request))
        except policies.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The concern is raised")
            return redirect("early_warning:concern", key=made.pk)
    return render(request, "early_warning/new_concern.html", {"form": form, "school": school})


def _taken(request: HttpRequest, *, form: StepForm, key: int) -> HttpResponse:
    if form.is_valid():
        seen = request.POST.get("seen", "")
        try:
            operations.take(key, step=form.step(), seen=seen, actor=person_asking(request))
        except policies.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The step is kept")
            return redirect("early_warning:concern", key=key)
    return _shown(request, form=form, key=key)


def _shown(request: HttpRequest, *, form: StepForm, key: int) -> HttpResponse:
    found = get_object_or_404(queries.visible_to(request.user), pk=key)
    context = {
        "concern": found,
        "facts": concern_parts.facts_of(found, today=timezone.localdate()),
        "happenings": concern_parts.happenings(found.steps.all()),
        "form": form,
        "title": f"{found.get_topic_display()}: {found.school.name}",
    }
    return render(request, "early_warning/concern.html", context)
