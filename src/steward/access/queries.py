"""Reading people. Only administrators see the list; the views ask for the permission."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from steward.access.models import Person
from steward.access.permissions import Permission, Viewer, may
from steward.access.roles import Role

ENOUGH_ADMINISTRATORS = 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which people are asked for."""

    text: str = ""
    role: str = ""
    ended: bool = False


def people_visible_to(viewer: Viewer) -> QuerySet[Person]:
    """Return everybody to those who manage people, nobody to others."""
    return Person.objects.all() if may(viewer, Permission.MANAGE_PEOPLE) else Person.objects.none()


def people(viewer: Viewer, *, wanted: Wanted) -> QuerySet[Person]:
    """Return the people asked for, by name."""
    found = people_visible_to(viewer).filter(is_active=not wanted.ended)
    if wanted.text:
        found = found.filter(Q(name__icontains=wanted.text) | Q(email__icontains=wanted.text))
    return found.filter(role=wanted.role) if wanted.role else found


def names_of(keys: Iterable[int]) -> dict[int, str]:
    """Return the names of people by key; for the record of what happened, which names them anyway."""
    return dict(Person.objects.filter(pk__in=list(keys)).values_list("pk", "name"))


def administrators_are_few() -> bool:
    """Return whether fewer than two administrators can sign in, so that one absence locks all out."""
    count = Person.objects.filter(role=Role.ADMINISTRATOR, is_active=True).count()
    return count < ENOUGH_ADMINISTRATORS
