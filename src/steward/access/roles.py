"""The roles people hold in an authority's learning improvement service."""

from enum import StrEnum

from django.db.models import TextChoices


class Role(TextChoices):
    """What a person does; the table of permissions says what each role may see and do."""

    ADMINISTRATOR = "administrator", "Administrator"
    DATA_OFFICER = "data_officer", "Data officer"
    ADVISER = "adviser", "Adviser"
    SENIOR_ADVISER = "senior_adviser", "Senior adviser"
    HEAD_OF_SERVICE = "head_of_service", "Head of service"
    SCRUTINY_MEMBER = "scrutiny_member", "Scrutiny member"
    SCHOOL_USER = "school_user", "School user"


class Marking(StrEnum):
    """How closely something is held, from what anyone may see to what is exempt from publication."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    EXEMPT = "exempt"


class Scope(StrEnum):
    """Over which schools a permission holds."""

    ALL = "all schools"
    ASSIGNED = "the schools assigned to them"
    OWN_SCHOOL = "their own school"


_UP_TO_INTERNAL = frozenset({Marking.PUBLIC, Marking.INTERNAL})
_ALL = frozenset(Marking)

CLEARANCE: dict[Role, frozenset[Marking]] = {
    Role.ADMINISTRATOR: _ALL,
    Role.DATA_OFFICER: _ALL - {Marking.EXEMPT},
    Role.ADVISER: _ALL - {Marking.EXEMPT},
    Role.SENIOR_ADVISER: _ALL,
    Role.HEAD_OF_SERVICE: _ALL,
    Role.SCRUTINY_MEMBER: _UP_TO_INTERNAL,
    Role.SCHOOL_USER: _UP_TO_INTERNAL,
}
"""The most closely held things each role may be given; no permission may go beyond it."""
