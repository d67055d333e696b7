"""What a person chooses about reminders: e-mail, and the calendar."""

from django.conf import settings as site
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from steward.access.guards import person_asking, public, signed_in
from steward.reminders import tokens
from steward.reminders.forms import SettingsForm
from steward.reminders.operations import personal as operations
from steward.reminders.queries import people


@signed_in
def settings(request: HttpRequest) -> HttpResponse:
    """Answer with the form of what a person chooses, or keep it."""
    person = person_asking(request)
    form = SettingsForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        operations.choose(form.chosen(), actor=person)
        messages.success(request, "Your choice is kept")
        return redirect("reminders:settings")
    return _shown(request, form=form or SettingsForm.showing(people.choice_of(person)))


@never_cache
@signed_in
@require_POST
def calendar(request: HttpRequest) -> HttpResponse:
    """Make a calendar and answer with its address, which is told this once; or end it."""
    person = person_asking(request)
    if request.POST.get("act") == "end":
        operations.end_calendar(actor=person)
        messages.success(request, "The calendar is ended: its address answers nobody any more")
        return redirect("reminders:settings")
    secret = operations.make_calendar(actor=person)
    address = request.build_absolute_uri(reverse("reminders:feed", args=[secret]))
    return _shown(request, form=SettingsForm.showing(people.choice_of(person)), address=address)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Answer with the question whether e-mail is to stop, or stop it; for who follows the link in one."""
    person = tokens.person_of_token(token)
    if person is None:
        raise Http404("This link is not one that was sent in an e-mail. Sign in to change your settings.")
    if request.method == "POST":
        operations.unsubscribe(person, actor=person)
    context = {"done": request.method == "POST", "token": token}
    return render(request, "reminders/unsubscribe.html", context)


def _shown(request: HttpRequest, *, form: SettingsForm, address: str = "") -> HttpResponse:
    person = person_asking(request)
    context = {
        "form": form,
        "calendar": people.calendar_of(person),
        "address": address,
        "mails": bool(site.EMAIL_HOST),
    }
    return render(request, "reminders/settings.html", context)
