"""Reads of the register. Published facts about schools are public; visibility is decided by access."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models

from steward.access.permissions import Permission, Viewer, may
from steward.register.models import (
    Authority,
    LinkOfficer,
    Predecessor,
    School,
    SchoolSet,
    ServedAuthority,
    SetMember,
)
from steward.vocabulary.phases import Standing


def all_urns() -> frozenset[int]:
    """Return the URN of every school in the register."""
    return frozenset(School.objects.values_list("urn", flat=True))


def all_authorities() -> frozenset[str]:
    """Return the code of every authority in the register."""
    return frozenset(Authority.objects.values_list("code", flat=True))


def school(urn: int) -> School | None:
    """Return the school with this URN, or None."""
    return School.objects.select_related("authority").filter(pk=urn).first()


def authority(code: str) -> Authority | None:
    """Return the authority with this code, or None."""
    return Authority.objects.filter(pk=code).first()


def authorities() -> list[Authority]:
    """Return every authority named in a register, by name."""
    return list(Authority.objects.all())


def predecessors_of(urn: int) -> list[int]:
    """Return the URNs that came before `urn`, nearest first, through any number of links."""
    found: list[int] = []
    waiting = [urn]
    while waiting:
        links = Predecessor.objects.filter(urn__in=waiting).order_by("-since", "predecessor_urn")
        waiting = [link.predecessor_urn for link in links if link.predecessor_urn not in (urn, *found)]
        waiting = list(dict.fromkeys(waiting))
        found.extend(waiting)
    return found


def successors_of(urn: int) -> list[int]:
    """Return the URNs that directly followed `urn`."""
    return list(Predecessor.objects.filter(predecessor_urn=urn).order_by("urn").values_list("urn", flat=True))


def followed_by(urn: int) -> str:
    """Return a sentence, after a space, that names the schools that directly followed `urn`, or ""."""
    found = schools_by_urn(successors_of(urn)).values()
    named = " and ".join(f"{school.name} (URN {school.urn})" for school in found)
    return f" It was followed by {named}." if named else ""


def links_of(urns: Iterable[int]) -> list[Predecessor]:
    """Return every published link in which one of these schools is either side, oldest first."""
    chosen = list(urns)
    either = models.Q(urn__in=chosen) | models.Q(predecessor_urn__in=chosen)
    return list(Predecessor.objects.filter(either).order_by("since", "urn"))


def schools_by_urn(urns: Iterable[int]) -> dict[int, School]:
    """Return the schools with these URNs that are in the register."""
    return School.objects.in_bulk(list(urns))


def schools_of(authority_code: str, *, standings: tuple[Standing, ...] = (Standing.OPEN,)) -> list[School]:
    """Return the schools of an authority in the standings asked for, by name."""
    chosen = School.objects.filter(authority_id=authority_code, standing__in=[s.value for s in standings])
    return list(chosen.order_by("name", "urn"))


def served_authority() -> Authority | None:
    """Return the authority this installation serves: that of the setting, else of the load that named one."""
    if settings.STEWARD_AUTHORITY:
        return authority(settings.STEWARD_AUTHORITY)
    served = ServedAuthority.objects.select_related("authority").filter(only=1).first()
    return served.authority if served else None


def council_name() -> str:
    """Return the name of the council for files that leave Steward: the setting's, else the authority's."""
    named: str = settings.STEWARD_COUNCIL_NAME
    if named != settings.STEWARD_COUNCIL_UNNAMED:
        return named
    served = served_authority()
    return served.name if served else named


def link_officer_names(urns: list[int]) -> dict[int, str]:
    """Return the name of the present link officer of each school that has one."""
    present = LinkOfficer.objects.filter(school_id__in=urns, until=None).select_related("person")
    return {officer.school_id: str(officer.person) for officer in present}


def schools_looked_after_by(person_id: int) -> list[int]:
    """Return the URNs of the schools a person is link officer of at present."""
    return list(
        LinkOfficer.objects.filter(person_id=person_id, until=None).values_list("school_id", flat=True)
    )


def link_officers(authority_code: str) -> list[LinkOfficer]:
    """Return the present link officers of an authority's schools, by person and then school."""
    present = LinkOfficer.objects.filter(until=None, school__authority_id=authority_code)
    return list(present.select_related("person", "school").order_by("person__name", "school__name"))


def sets_visible_to(viewer: Viewer) -> models.QuerySet[SchoolSet]:
    """Return the sets of schools in use that a viewer may compare with: their own and the shared ones."""
    if not may(viewer, Permission.MANAGE_SETS):
        return SchoolSet.objects.none()
    own = models.Q(owner_id=getattr(viewer, "pk", None))
    chosen = SchoolSet.objects.filter(own | models.Q(shared=True), retired_on=None)
    return chosen.select_related("owner")


def sizes_of(sets: Iterable[SchoolSet]) -> dict[int, int]:
    """Return how many schools are in each set at present, by the key of the set."""
    sizes = {one.pk: 0 for one in sets}
    for key in SetMember.objects.filter(school_set__in=sizes, until=None).values_list(
        "school_set", flat=True
    ):
        sizes[key] += 1
    return sizes


def members_of(school_set: SchoolSet) -> list[School]:
    """Return the schools that are in a set at present, by name."""
    present = school_set.members.filter(until=None).select_related("school")
    return [member.school for member in present]
