"""One sign-in for each role, for the sample authority: the passwords stand in this source."""

from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.db import transaction

from steward.access import operations
from steward.access.models import Person
from steward.access.policies import NotAllowed
from steward.access.roles import Role
from steward.audit import operations as audit

_NAMES = {
    Role.ADMINISTRATOR: "Ama Brightwell",
    Role.DATA_OFFICER: "Dev Larkspur",
    Role.ADVISER: "Agnes Thornbury",
    Role.SENIOR_ADVISER: "Silas Marchbank",
    Role.HEAD_OF_SERVICE: "Hester Quillfeather",
    Role.SCRUTINY_MEMBER: "Councillor Moss Penhallow",
    Role.SCHOOL_USER: "Samira Underhill",
}
_WORDS = (
    "amber",
    "barley",
    "birch",
    "brook",
    "cedar",
    "copper",
    "cotton",
    "dapple",
    "fennel",
    "finch",
    "garnet",
    "hazel",
    "holly",
    "ivory",
    "juniper",
    "lantern",
    "lavender",
    "maple",
    "meadow",
    "nettle",
    "olive",
    "otter",
    "pepper",
    "poplar",
    "quill",
    "river",
    "saffron",
    "silver",
    "teal",
    "thyme",
    "velvet",
    "willow",
)


@dataclass(frozen=True, slots=True)
class DemonstrationSignIn:
    """A sign-in to print after the sample authority is made."""

    role: str
    email: str
    password: str


@transaction.atomic
def create_demo_people(
    *, actor: audit.Actor, school_urn: int, despite_authority: str = ""
) -> list[DemonstrationSignIn]:
    """Return one sign-in for each role, made or renewed; the school user belongs to `school_urn`.

    Raises NotAllowed when STEWARD_AUTHORITY names an authority, unless `despite_authority` repeats its
    code: everybody who reads the source knows these passwords.
    """
    if settings.STEWARD_AUTHORITY not in {"", despite_authority}:
        raise NotAllowed(
            "Demonstration sign-ins are refused, since this site serves authority "
            f"{settings.STEWARD_AUTHORITY}: everybody knows their passwords. Add people by name."
        )
    return [_sign_in(role, actor=actor, school_urn=school_urn) for role in Role]


def password_for(role: Role) -> str:
    """Return the same four words for a role each time."""
    drawn = sha256(f"steward demonstration {role.value}".encode()).digest()
    return "-".join(_WORDS[byte % len(_WORDS)] for byte in drawn[:4])


def _sign_in(role: Role, *, actor: audit.Actor, school_urn: int) -> DemonstrationSignIn:
    email, password = f"{role.value.replace('_', '.')}@demo.example", password_for(role)
    urn = school_urn if role is Role.SCHOOL_USER else None
    person = Person.objects.filter(email=email).first()
    if person is None:
        newcomer = operations.Newcomer(_NAMES[role], email, role, urn)
        operations.add_person(newcomer, actor=actor, password=password, must_change=False)
    elif person.school_urn != urn or not person.check_password(password):
        person.school_urn = urn
        person.save(update_fields=["school_urn"])
        operations.change_password(person, actor=actor, password=password)
    return DemonstrationSignIn(role.label, email, password)
