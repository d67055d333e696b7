"""The list of what is due, and what a person does with a line of it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from steward.access.guards import person_asking, records, signed_in
from steward.interface import csv_files
from steward.reminders.forms import Filters, LookForm, MarkForm
from steward.reminders.models import Act
from steward.reminders.operations import personal as operations
from steward.reminders.queries import items
from steward.reminders.queries.items import Told
from steward.reminders.views import parts
from steward.vocabulary.due import Waiting

_PAGE_LENGTH = 50
_SAID = {
    Act.SNOOZE: "You will be reminded again in a week",
    Act.DONE: "It is off your list; what it is about has not changed",
    Act.RESTORE: "It is back on your list",
}


@signed_in
def reminders(request: HttpRequest) -> HttpResponse:
    """Answer with what is due from whoever asks."""
    today = timezone.localdate()
    form = Filters(request.GET or None)
    page = Paginator(_found(request, form=form), _PAGE_LENGTH).get_page(request.GET.get("page"))
    query = request.GET.urlencode()
    context = {
        "filter_form": form,
        "page": page,
        "count": page.paginator.count,
        "groups": parts.groups(page, on=today),
        "csv": f"{reverse('reminders:reminders-csv')}{'?' + query if query else ''}",
        "back": request.get_full_path(),
        "narrowed": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "reminders/reminders.html", context)


@signed_in
@records("reminders.list.downloaded", subject="reminders")
def reminders_as_csv(request: HttpRequest) -> HttpResponse:
    """Answer with the same list as a CSV file."""
    today = timezone.localdate()
    found = _found(request, form=Filters(request.GET or None))
    rows = (parts.csv_row(each, on=today) for each in found)
    return csv_files.csv_file("reminders.csv", header=parts.CSV_HEADER, rows=rows)


@signed_in
@require_POST
def mark(request: HttpRequest) -> HttpResponse:
    """Set one reminder aside, or put it back, and answer with the list it stood on."""
    form = MarkForm(request.POST)
    if form.is_valid():
        act = Act(form.cleaned_data["act"])
        operations.set_aside(form.cleaned_data["key"], act=act, actor=person_asking(request))
        messages.success(request, _SAID[act])
    asked = request.POST.get("back", "")
    listed = reverse("reminders:reminders")
    return HttpResponseRedirect(asked if asked.partition("?")[0] == listed else listed)


@signed_in
@require_POST
def looked(request: HttpRequest) -> HttpResponse:
    """Keep that what changed was read up to the moment the page was made, and answer with home."""
    form = LookForm(request.POST)
    if form.is_valid():
        moment = min(form.cleaned_data["moment"], timezone.now())
        operations.note_look(moment, actor=person_asking(request))
        messages.success(request, "From now on you see what changes after this")
    return redirect("pages:home")


def address_of(**filters: str) -> str:
    """Return the address of the list with filters."""
    return f"{reverse('reminders:reminders')}?{urlencode(filters)}"


def _found(request: HttpRequest, *, form: Filters) -> list[Told]:
    today = timezone.localdate()
    given = form.cleaned_data if form.is_valid() else {}
    aside = given.get("state") == "aside"
    found = [each for each in items.told_to(person_asking(request)) if each.is_open(today) is not aside]
    if given.get("text"):
        found = [each for each in found if given["text"].lower() in each.item.school.lower()]
    if given.get("waiting"):
        side = Waiting[given["waiting"].upper()]
        found = [each for each in found if each.item.kind.waiting is side]
    if given.get("kind"):
        found = [each for each in found if each.item.kind == given["kind"]]
    if given.get("overdue"):
        found = [each for each in found if each.item.is_overdue(today)]
    order = list(Waiting)
    return sorted(found, key=lambda each: order.index(each.item.kind.waiting))
