"""What may be done to whose access; each check raises a refusal a user can read."""

from steward.access.models import Person
from steward.access.roles import Role


class NotAllowed(Exception):
    """A change to access was refused; the message says why and what to do."""


def check_address_is_free(email: str) -> None:
    """Raise NotAllowed when somebody has that address, which must be in lower case."""
    if Person.objects.filter(email=email).exists():
        raise NotAllowed(
            f"Somebody already has the address {email}. Find them in the list of people and restore or "
            "change their access."
        )


def check_school(role: Role, *, school_urn: int | None) -> None:
    """Raise NotAllowed when a school user has no school, or anybody else has one."""
    if role is Role.SCHOOL_USER and school_urn is None:
        raise NotAllowed("Enter the URN of the school: a school user sees one school only.")
    if role is not Role.SCHOOL_USER and school_urn is not None:
        raise NotAllowed(
            f"Remove the URN: only a school user belongs to one school, not a {role.label.lower()}."
        )


def check_not_oneself(person: Person, *, actor_id: int | None) -> None:
    """Raise NotAllowed when the actor is the person: nobody changes their own access."""
    if person.pk == actor_id:
        raise NotAllowed("You cannot change your own access: ask another administrator.")


def check_an_administrator_remains(person: Person) -> None:
    """Raise NotAllowed when `person` is the only administrator; locks the administrators meanwhile."""
    administrators = Person.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True)
    if [found.pk for found in administrators] == [person.pk]:
        raise NotAllowed(
            f"{person.name} is the only administrator. Make somebody else an administrator first."
        )
