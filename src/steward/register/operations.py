"""Changes to the register: it is brought in step with published releases, whole or not at all."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from steward.access.models import Person
from steward.audit import operations as audit
from steward.register import writing
from steward.register.models import Authority, LinkOfficer, Predecessor, School, ServedAuthority


@transaction.atomic
def synchronise(
    *,
    authorities: Iterable[Authority],
    schools: Iterable[School],
    predecessors: Iterable[Predecessor],
    actor: audit.Actor,
) -> int:
    """Make the register equal to the published description and return the number of schools in it.

    A school that is in no register any more is kept: what was recorded about it stays readable.
    """
    Authority.objects.bulk_create(
        authorities, update_conflicts=True, unique_fields=["code"], update_fields=["name", "region"]
    )
    writing.put(schools, model=School)
    Predecessor.objects.all().delete()
    writing.add(predecessors, model=Predecessor)
    count = School.objects.count()
    audit.record(
        "register.synchronised",
        actor=actor,
        subject_kind="register",
        subject_id="england",
        details={"schools": count},
    )
    return count


@transaction.atomic
def assign_link_officer(*, school: School, person: Person, since: date, actor: audit.Actor) -> LinkOfficer:
    """Make `person` the link officer of `school` from `since`, ending the present one that day."""
    LinkOfficer.objects.filter(school=school, until=None).update(until=since)
    made = LinkOfficer.objects.create(school=school, person=person, since=since)
    audit.record(
        "register.link_officer.assigned",
        actor=actor,
        subject_kind="school",
        subject_id=str(school.urn),
        details={"person": person.pk, "since": since.isoformat()},
    )
    return made


class UnknownAuthority(LookupError):
    """No loaded register names an authority with this code."""


@transaction.atomic
def serve_authority(code: str, *, actor: audit.Actor) -> Authority:
    """Make the authority with this code the one this installation serves, or raise UnknownAuthority."""
    chosen = Authority.objects.filter(pk=code).first()
    if chosen is None:
        raise UnknownAuthority(
            f"No loaded register has an authority with the code {code}. "
            "Check the code (Leeds is 383), or load a register of schools first."
        )
    before = ServedAuthority.objects.filter(only=1, authority=chosen).exists()
    if not before:
        ServedAuthority.objects.update_or_create(only=1, defaults={"authority": chosen})
        audit.record(
            "register.authority.served",
            actor=actor,
            subject_kind="authority",
            subject_id=code,
            authority=code,
        )
    return chosen
