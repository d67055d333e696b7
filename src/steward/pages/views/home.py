"""Home: what matters first for whoever signed in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from steward.access.guards import signed_in
from steward.access.models import Person
from steward.access.roles import Role
from steward.pages.forms import SearchForm
from steward.pages.queries import home as queries
from steward.pages.queries.home import AdviserHome, HeadHome
from steward.pages.views import home_due, home_tables
from steward.pages.views.empty import says_when_empty


@signed_in
@says_when_empty
def home(request: HttpRequest) -> HttpResponse:
    """Show the home of the viewer's role."""
    person = request.user
    assert isinstance(person, Person)  # noqa: S101 - `signed_in` lets nobody else through
    return _HOMES[Role(person.role)](request, person)


def _adviser(request: HttpRequest, person: Person) -> HttpResponse:
    found = queries.for_adviser(person)
    context = {
        **_shared(found),
        "mine": home_tables.mine(found, on=timezone.localdate()),
        "about_mine": home_tables.about_mine(found),
        "pressing": home_tables.pressing(found),
    }
    return render(request, "pages/home_adviser.html", context)


def _head(request: HttpRequest, person: Person) -> HttpResponse:
    found = queries.for_head(person)
    context = {
        **_shared(found),
        "sentence": home_tables.sentence(found),
        "counts": home_tables.counts(found),
        "pressing": home_tables.pressing(found),
        "unsettled": home_tables.unsettled(found),
        "whatever_standing": home_tables.whatever_standing(),
        "decided": home_due.decided(found.decided),
        "under_way": home_due.under_way(found.decided),
        "days": home_due.days_in_words(found.decided),
        "what_next": home_due.what_next(found.due),
    }
    return render(request, "pages/home_head.html", context)


def _data_officer(request: HttpRequest, person: Person) -> HttpResponse:
    found = queries.for_data_officer(person)
    context = {
        "found": found,
        "today": home_due.today(found.due, on=timezone.localdate()),
        "newest": home_tables.releases(found.newest, caption="Loaded last"),
        "failed": home_tables.releases(found.failed, caption="Files that failed screening"),
        "warned": home_tables.releases(found.warned, caption="Live files with warnings"),
        "search_form": SearchForm(),
    }
    return render(request, "pages/home_data.html", context)


def _scrutiny(request: HttpRequest, person: Person) -> HttpResponse:
    found = queries.for_scrutiny(person, today=timezone.localdate())
    context = {
        "found": found,
        "sentence": home_tables.phases_in_words(found),
        "figures": home_tables.area_figures(found),
        "search_form": SearchForm(),
    }
    return render(request, "pages/home_scrutiny.html", context)


def _school(request: HttpRequest, person: Person) -> HttpResponse:
    found = queries.for_school(person)
    context = {
        "found": found,
        "today": home_due.today(found.due, on=timezone.localdate()),
        "figures": home_tables.own_figures(found),
    }
    return render(request, "pages/home_school.html", context)


def _shared(found: AdviserHome | HeadHome) -> dict[str, object]:
    on = timezone.localdate()
    shown = found.listed.proposals
    return {
        "found": found,
        "shown": shown,
        "search_form": SearchForm(),
        "changes": home_tables.changes(found.changed),
        "looked_at": found.changed.looked_at,
        "now": timezone.now(),
        "today": home_due.today(found.due, on=on),
        "watch_list": home_due.watch_list(found.watched, shown=shown, due=found.due, on=on),
    }


_HOMES: dict[Role, Callable[[HttpRequest, Person], HttpResponse]] = {
    Role.ADMINISTRATOR: _head,
    Role.HEAD_OF_SERVICE: _head,
    Role.ADVISER: _adviser,
    Role.SENIOR_ADVISER: _adviser,
    Role.DATA_OFFICER: _data_officer,
    Role.SCRUTINY_MEMBER: _scrutiny,
    Role.SCHOOL_USER: _school,
}
