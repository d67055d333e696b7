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


class CannotLookAfter(ValueError):
    """Schools cannot be given to a link officer; the message says which and why."""


@transaction.atomic
def look_after(urns: Iterable[int], *, person: Person, since: date, actor: audit.Actor) -> list[School]:
    """Make `person` the link officer of these schools from `since` and return the schools.

    Whoever looked after them until then stops on that day. A school the person looks after already is
    left as it is. Raises CannotLookAfter, and changes nothing, when a school is not in the register or
    its present link officer began later than `since`.
    """
    chosen = sorted(set(urns))
    schools = School.objects.in_bulk(chosen)
    unknown = [str(urn) for urn in chosen if urn not in schools]
    if unknown:
        raise CannotLookAfter(
            f"No school in the register has the URN {', '.join(unknown)}. Check the number."
        )
    present = {held.school_id: held for held in LinkOfficer.objects.filter(school_id__in=chosen, until=None)}
    later = [schools[urn].name for urn, held in present.items() if held.since > since]
    if later:
        raise CannotLookAfter(
            f"The present link officer of {', '.join(later)} began after {since:%-d %B %Y}."
        )
    given = [urn for urn in chosen if urn not in present or present[urn].person_id != person.pk]
    LinkOfficer.objects.filter(school_id__in=given, until=None).update(until=since)
    LinkOfficer.objects.bulk_create([LinkOfficer(school_id=urn, person=person, since=since) for urn in given])
    for urn in given:
        _record_link_officer("assigned", urn, person=person, on=since, actor=actor)
    return [schools[urn] for urn in chosen]


@transaction.atomic
def stop_looking_after(urn: int, *, until: date, actor: audit.Actor) -> None:
    """End the present link officer's care of a school on `until`; nothing happens where there is none."""
    held = LinkOfficer.objects.select_related("person").filter(school_id=urn, until=None).first()
    if held is None:
        return
    held.until = max(until, held.since)
    held.save(update_fields=["until"])
    _record_link_officer("ended", urn, person=held.person, on=held.until, actor=actor)


def _record_link_officer(act: str, urn: int, *, person: Person, on: date, actor: audit.Actor) -> None:
    audit.record(
        f"register.link_officer.{act}",
        actor=actor,
        subject_kind="school",
        subject_id=urn,
        details={"person": person.pk, "on": on.isoformat()},
    )


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
