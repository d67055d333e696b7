"""Assessments of equality, diversity, cohesion and integration: listing, reading, writing, deciding."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from steward.access.guards import needs, person_asking, records
from steward.access.permissions import Permission
from steward.equality import operations, policies
from steward.equality.forms import AssessmentFilters, AssessmentForm, DecisionForm, ReviewForm, initial_of
from steward.equality.models import Assessment, AssessmentVersion, Outcome
from steward.equality.queries import assessments as queries
from steward.equality.views import assessment_parts
from steward.interface import csv_files
from steward.register import queries as register

_PAGE_LENGTH = 25


@needs(Permission.VIEW_ASSESSMENTS)
def assessments(request: HttpRequest) -> HttpResponse:
    """Answer with the assessments the viewer may read, and how many reviews are overdue."""
    today = timezone.localdate()
    form = AssessmentFilters(request.GET or None)
    found = queries.assessments(request.user, wanted=form.wanted(today=today))
    page = Paginator(found, _PAGE_LENGTH).get_page(request.GET.get("page"))
    query = request.GET.urlencode()
    context = {
        "filter_form": form,
        "page": page,
        "count": page.paginator.count,
        "table": assessment_parts.list_table(page, today=today),
        "overdue": queries.overdue(request.user, today=today),
        "csv": f"assessments.csv{'?' + query if query else ''}",
    }
    return render(request, "equality/assessments.html", context)


@needs(Permission.VIEW_ASSESSMENTS)
@records("equality.assessments.downloaded", subject="assessments")
def assessments_as_csv(request: HttpRequest) -> HttpResponse:
    """Answer with the list as a CSV file."""
    today = timezone.localdate()
    form = AssessmentFilters(request.GET or None)
    found = queries.assessments(request.user, wanted=form.wanted(today=today))
    return csv_files.csv_file(
        "assessments.csv",
        header=assessment_parts.CSV_HEADER,
        rows=(assessment_parts.csv_row(one, today=today) for one in found),
    )


@needs(Permission.VIEW_ASSESSMENTS)
def assessment(request: HttpRequest, key: int, number: int | None = None) -> HttpResponse:
    """Answer with one assessment, the newest version the viewer may read or the one asked for."""
    found = get_object_or_404(queries.visible_to(request.user), pk=key)
    versions = queries.versions_visible_to(request.user, assessment=found)
    wanted = [one for one in versions if number is None or one.number == number]
    version = wanted[0] if wanted else get_object_or_404(AssessmentVersion.objects.none())
    context = {
        "assessment": found,
        "version": version,
        "is_newest": version.number == versions[0].number,
        "facts": assessment_parts.facts_of(found, version=version, today=timezone.localdate()),
        "effects": assessment_parts.effects_table(version),
        "links": assessment_parts.links_of(version),
        "happenings": assessment_parts.happenings_of(versions),
        "unverified": assessment_parts.UNVERIFIED,
        "not_considered": assessment_parts.not_considered(version),
    }
    return render(request, "equality/assessment.html", context)


@needs(Permission.WRITE_ASSESSMENTS)
def new(request: HttpRequest) -> HttpResponse:
    """Answer with the form for a new assessment, or start it."""
    form = AssessmentForm(request.POST or None)
    served = register.served_authority()
    if request.method == "POST" and form.is_valid():
        asking = person_asking(request)
        if served is None:
            form.add_error(None, "No authority is served here yet: load a register of schools first.")
        else:
            try:
                made = operations.start(form.written(), authority=served.code, owner=asking, actor=asking)
            except operations.NotPossible as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "The assessment is kept as a draft")
                return redirect("equality:assessment", key=made.pk)
    return render(request, "equality/write.html", {"form": form, "unverified": assessment_parts.UNVERIFIED})


@needs(Permission.WRITE_ASSESSMENTS)
def edit(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form for a new version, or write it."""
    found = get_object_or_404(queries.visible_to(request.user), pk=key)
    newest = _newest(found)
    form = AssessmentForm(request.POST or None, initial=initial_of(newest))
    seen = _seen(request, newest=newest)
    if request.method == "POST" and form.is_valid():
        try:
            version = operations.write(found, written=form.written(), seen=seen, actor=person_asking(request))
        except operations.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Version {version.number} is kept as a draft")
            return redirect("equality:assessment", key=found.pk)
    shown = {"form": form, "assessment": found, "seen": seen, "unverified": assessment_parts.UNVERIFIED}
    return render(request, "equality/write.html", shown)


@needs(Permission.DECIDE_ASSESSMENTS)
def decide(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form for a decision on the newest version, or decide."""
    found = get_object_or_404(queries.visible_to(request.user), pk=key)
    newest = _newest(found)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            operations.decide(
                newest,
                outcome=Outcome(given["outcome"]),
                reasons=given["reasons"],
                review_on=given["review_on"],
                actor=person_asking(request),
            )
        except operations.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Version {newest.number} is decided")
            return redirect("equality:assessment", key=found.pk)
    shown = {"form": form, "assessment": found, "version": newest}
    return render(request, "equality/decide.html", shown)


@needs(Permission.WRITE_ASSESSMENTS)
def review(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form for a review of the decision, or keep it."""
    found = get_object_or_404(queries.visible_to(request.user), pk=key)
    form = ReviewForm(request.POST or None)
    refused = _why_no_review(found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            operations.review(
                found, found=given["found"], review_on=given["review_on"], actor=person_asking(request)
            )
        except operations.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The review is kept")
            return redirect("equality:assessment", key=found.pk)
    return render(request, "equality/review.html", {"form": form, "assessment": found, "refused": refused})


def _why_no_review(found: Assessment) -> str:
    try:
        policies.check_can_be_reviewed(found, review_on=None, today=timezone.localdate())
    except operations.NotPossible as refusal:
        return str(refusal)
    return ""


def _newest(found: Assessment) -> AssessmentVersion:
    return found.versions.latest("number")


def _seen(request: HttpRequest, *, newest: AssessmentVersion) -> int:
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() else newest.number
