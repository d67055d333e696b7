"""Changes to officers' own sets of schools. Nothing is deleted: schools leave, and sets retire, on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from steward.access.models import Person
from steward.audit import operations as audit
from steward.register import policies
from steward.register.models import School, SchoolSet, SetMember


@dataclass(frozen=True, slots=True)
class Written:
    """What an officer says of a set."""

    name: str
    purpose: str
    shared: bool
    urns: tuple[int, ...]


@transaction.atomic
def make_set(written: Written, *, on: date, actor: Person) -> SchoolSet:
    """Return a new set of schools owned by `actor`. Raises CannotKeepSet."""
    schools = _checked(written)
    policies.check_name_is_free(written.name, owner_id=actor.pk)
    made = SchoolSet.objects.create(
        name=written.name,
        purpose=written.purpose,
        shared=written.shared,
        owner=actor,
        made_on=on,
        changed_on=on,
    )
    _put(made, schools=schools, on=on)
    _record("made", made, written=written, actor=actor)
    return made


@transaction.atomic
def change_set(key: int, *, written: Written, on: date, actor: Person) -> SchoolSet:
    """Return the set as it now is: schools that are no longer named leave it on that day.

    Raises CannotKeepSet, also when `actor` does not own it.
    """
    held = _in_use(key, actor=actor)
    schools = _checked(written)
    policies.check_name_is_free(written.name, owner_id=held.owner_id, but=held.pk)
    held.name, held.purpose, held.shared = written.name, written.purpose, written.shared
    held.changed_on = max(on, held.changed_on)
    held.save(update_fields=["name", "purpose", "shared", "changed_on"])
    _put(held, schools=schools, on=on)
    _record("changed", held, written=written, actor=actor)
    return held


@transaction.atomic
def retire_set(key: int, *, on: date, actor: Person) -> SchoolSet:
    """Take a set out of use; what it was stays readable in the audit log. Raises CannotKeepSet."""
    held = _in_use(key, actor=actor)
    held.retired_on = on
    held.save(update_fields=["retired_on"])
    _record("retired", held, written=None, actor=actor)
    return held


def _in_use(key: int, *, actor: Person) -> SchoolSet:
    held = SchoolSet.objects.select_for_update(of=("self",)).select_related("owner").filter(pk=key).first()
    if held is None or held.retired_on is not None:
        raise policies.CannotKeepSet("This set is no longer in use. Make a new one.")
    policies.check_owner(held, actor_id=actor.pk)
    return held


def _checked(written: Written) -> list[School]:
    urns = tuple(dict.fromkeys(written.urns))
    known = School.objects.in_bulk(urns)
    policies.check_schools(urns, known=known)
    return [known[urn] for urn in urns]


def _put(held: SchoolSet, *, schools: Iterable[School], on: date) -> None:
    wanted = {school.urn for school in schools}
    present = {member.school_id: member for member in SetMember.objects.filter(school_set=held, until=None)}
    for urn in present.keys() - wanted:
        present[urn].until = on
        present[urn].save(update_fields=["until"])
    SetMember.objects.bulk_create(
        [SetMember(school_set=held, school_id=urn, since=on) for urn in sorted(wanted - present.keys())]
    )


def _record(act: str, held: SchoolSet, *, written: Written | None, actor: Person) -> None:
    details: dict[str, object] = {"name": held.name, "shared": held.shared}
    if written is not None:
        details["schools"] = sorted(set(written.urns))
    audit.record(
        f"register.school_set.{act}",
        actor=actor,
        subject_kind="school set",
        subject_id=held.pk,
        details=details,
    )
