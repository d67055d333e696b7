"""Changes to who may sign in and what they may do; each is audited in its own transaction."""

from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django_otp import devices_for_user
from django_otp.plugins.otp_totp.models import TOTPDevice

from steward.access import policies, second_factor
from steward.access.models import Person
from steward.access.passwords import starting_password
from steward.access.policies import NotAllowed
from steward.access.roles import Role
from steward.audit import operations as audit


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to be given access; `school_urn` only for a school user."""

    name: str
    email: str
    role: Role
    school_urn: int | None = None


@transaction.atomic
def add_person(newcomer: Newcomer, *, actor: audit.Actor, password: str, must_change: bool = True) -> Person:
    """Return the person added, who must choose another password at once unless `must_change` is False.

    Raises NotAllowed when the address is taken, the school is missing, or the password too weak.
    """
    email = newcomer.email.strip().lower()
    policies.check_address_is_free(email)
    policies.check_school(newcomer.role, school_urn=newcomer.school_urn)
    person = Person(
        name=newcomer.name.strip(),
        email=email,
        role=newcomer.role,
        school_urn=newcomer.school_urn,
        must_change_password=must_change,
    )
    _set_password(person, password)
    person.save()
    _record("access.person.added", person, actor=actor, role=person.role, school_urn=person.school_urn)
    return person


@transaction.atomic
def change_role(person: Person, *, actor: audit.Actor, role: Role, school_urn: int | None = None) -> None:
    """Give a person another role; raises NotAllowed for one's own and for the last administrator."""
    policies.check_not_oneself(person, actor_id=actor.pk)
    policies.check_school(role, school_urn=school_urn)
    if role is not Role.ADMINISTRATOR:
        policies.check_an_administrator_remains(person)
    before = person.role
    person.role, person.school_urn = role, school_urn
    person.save(update_fields=["role", "school_urn"])
    _record(
        "access.person.role_changed", person, actor=actor, before=before, after=role, school_urn=school_urn
    )


@transaction.atomic
def end_access(person: Person, *, actor: audit.Actor) -> None:
    """Stop a person from signing in; raises NotAllowed for oneself and for the last administrator."""
    policies.check_not_oneself(person, actor_id=actor.pk)
    policies.check_an_administrator_remains(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    _record("access.person.ended", person, actor=actor)


@transaction.atomic
def restore_access(person: Person, *, actor: audit.Actor) -> None:
    """Let a person sign in again with the role they had."""
    person.is_active = True
    person.save(update_fields=["is_active"])
    _record("access.person.restored", person, actor=actor, role=person.role)


@transaction.atomic
def give_new_password(person: Person, *, actor: audit.Actor) -> str:
    """Return a new starting password for somebody who has lost theirs; it must be changed at once."""
    password = starting_password()
    person.set_password(password)
    person.must_change_password = True
    person.save(update_fields=["password", "must_change_password"])
    _record("access.person.password_given", person, actor=actor)
    return password


@transaction.atomic
def change_password(person: Person, *, actor: audit.Actor, password: str) -> None:
    """Set the password a person chose; raises NotAllowed when it is too weak."""
    _set_password(person, password)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    _record("access.person.password_changed", person, actor=actor)


@transaction.atomic
def note_sign_in(person: Person, *, actor: audit.Actor, with_second_step: bool) -> None:
    """Keep that a person signed in, and whether with a second step."""
    _record("access.person.signed_in", person, actor=actor, second_step=with_second_step)


@transaction.atomic
def confirm_second_step(person: Person, *, actor: audit.Actor, code: str) -> TOTPDevice:
    """Return the device now in use; raises NotAllowed when the code is not the one the app shows."""
    device = second_factor.waiting_device(person)
    if not device.verify_token(code):
        raise NotAllowed("Enter the six digits the app shows now. Each code lasts 30 seconds.")
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    _record("access.person.second_step_added", person, actor=actor)
    return device


@transaction.atomic
def remove_second_step(person: Person, *, actor: audit.Actor) -> None:
    """Forget the devices of somebody who has lost theirs, so that they can set up another."""
    for device in devices_for_user(person, confirmed=None):
        device.delete()
    _record("access.person.second_step_removed", person, actor=actor)


def _set_password(person: Person, password: str) -> None:
    try:
        validate_password(password, user=person)
    except ValidationError as fault:
        raise NotAllowed(" ".join(fault.messages)) from fault
    person.set_password(password)


def _record(verb: str, person: Person, *, actor: audit.Actor, **details: object) -> None:
    audit.record(verb, actor=actor, subject_kind="person", subject_id=person.pk, details=details)
