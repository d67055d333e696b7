"""People, for administrators."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from steward.access import operations, queries
from steward.access.forms import PeopleFilter, PersonForm, RoleForm
from steward.access.guards import needs, person_asking
from steward.access.models import Person
from steward.access.passwords import starting_password
from steward.access.permissions import Permission, sentences
from steward.access.policies import NotAllowed
from steward.access.roles import Role
from steward.audit.queries import events_about
from steward.interface import words
from steward.interface.parts import Cell, Column, Happening, Table

PAGE_LENGTH = 20
_COLUMNS = (Column("Name"), Column("Email address"), Column("Role"), Column("Last signed in"))
_ACTS = {
    "added": "Added",
    "role_changed": "Role changed",
    "ended": "Access ended",
    "restored": "Access restored",
    "password_given": "New password given",
    "password_changed": "Password changed",
    "signed_in": "Signed in",
    "second_step_added": "Second step added",
    "second_step_removed": "Second step removed",
}
_SHOWN_HAPPENINGS = 20


@needs(Permission.MANAGE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    """Answer with the list of people."""
    form = PeopleFilter(request.GET or None)
    found = queries.people(person_asking(request), wanted=form.wanted())
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    rows = tuple(_row(person) for person in page)
    table = Table("People", _COLUMNS, rows, hide_caption=True)
    shown = {"filter_form": form, "page": page, "table": table, "count": page.paginator.count}
    return render(request, "access/people.html", shown | {"few": queries.administrators_are_few()})


def _row(person: Person) -> tuple[object, ...]:
    seen = words.day(person.last_login) if person.last_login else "Never"
    role = Role(person.role).label + (f" (school {person.school_urn})" if person.school_urn else "")
    return (Cell(person.name, href=f"{person.pk}/"), person.email, role, seen)


@never_cache
@needs(Permission.MANAGE_PEOPLE)
def add(request: HttpRequest) -> HttpResponse:
    """Answer with the form for somebody new, or add them and show their starting password once."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        newcomer = operations.Newcomer(
            given["name"], given["email"], Role(given["role"]), given["school_urn"]
        )
        password = starting_password()
        try:
            person = operations.add_person(newcomer, actor=person_asking(request), password=password)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            return _show_password(request, person, password)
    return render(request, "access/add.html", {"form": form})


@needs(Permission.MANAGE_PEOPLE)
def person(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with one person: role, what they may do, what was done to their access."""
    found = get_object_or_404(queries.people_visible_to(person_asking(request)), pk=key)
    events = events_about("person", subject_id=found.pk)[:_SHOWN_HAPPENINGS]
    happenings = [
        Happening(_ACTS.get(event.verb.rpartition(".")[2], event.verb), event.at, event.actor_name)
        for event in events
    ]
    shown = {"person": found, "sentences": sentences(Role(found.role)), "happenings": happenings}
    return render(request, "access/person.html", shown | {"is_self": found == request.user})


@needs(Permission.MANAGE_PEOPLE)
def role(request: HttpRequest, key: int) -> HttpResponse:
    """Answer with the form for another role, or change it."""
    found = get_object_or_404(queries.people_visible_to(person_asking(request)), pk=key)
    form = RoleForm(request.POST or None, initial={"role": found.role, "school_urn": found.school_urn})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            operations.change_role(
                found,
                actor=person_asking(request),
                role=Role(given["role"]),
                school_urn=given["school_urn"],
            )
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{found.name} is now: {Role(found.role).label.lower()}")
            return redirect("access:person", key=found.pk)
    return render(request, "access/role.html", {"form": form, "person": found})


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def end_access(request: HttpRequest, key: int) -> HttpResponse:
    """End somebody's access, or say why not."""
    return _act(request, key, operations.end_access, "{name} can no longer sign in")


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def restore_access(request: HttpRequest, key: int) -> HttpResponse:
    """Let somebody sign in again."""
    return _act(request, key, operations.restore_access, "{name} can sign in again")


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def remove_second_step(request: HttpRequest, key: int) -> HttpResponse:
    """Forget somebody's second step, so that they can set up another."""
    return _act(request, key, operations.remove_second_step, "The second step of {name} is removed")


@never_cache
@require_POST
@needs(Permission.MANAGE_PEOPLE)
def new_password(request: HttpRequest, key: int) -> HttpResponse:
    """Give somebody a new starting password and show it once."""
    found = get_object_or_404(queries.people_visible_to(person_asking(request)), pk=key)
    password = operations.give_new_password(found, actor=person_asking(request))
    return _show_password(request, found, password)


def _show_password(request: HttpRequest, found: Person, password: str) -> HttpResponse:
    return render(request, "access/starting_password.html", {"person": found, "password": password})


def _act(request: HttpRequest, key: int, operation: Callable[..., None], said: str) -> HttpResponse:
    found = get_object_or_404(queries.people_visible_to(person_asking(request)), pk=key)
    try:
        operation(found, actor=person_asking(request))
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, said.format(name=found.name))
    return redirect("access:person", key=found.pk)
