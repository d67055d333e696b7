"""What the law asks about a school before a notice or a power: plain facts on a day."""

from dataclasses import dataclass
from enum import StrEnum

from steward.vocabulary.phases import Governance, Standing


class Circumstance(StrEnum):
    """When somebody must be consulted, told or sent a copy."""

    ALWAYS = "always"
    CHURCH_SCHOOL = "church_school"
    FOUNDATION_OR_VOLUNTARY = "foundation_or_voluntary"
    GIVEN_BY_AUTHORITY = "given_by_authority"
    GIVEN_BY_SECRETARY_OF_STATE = "given_by_secretary_of_state"


class Giver(StrEnum):
    """Who gives a notice or holds a power."""

    AUTHORITY = "authority"
    SECRETARY_OF_STATE = "secretary_of_state"


@dataclass(frozen=True, slots=True)
class SchoolInLaw:
    """A school as Part 4 of the Education and Inspections Act 2006 sees it on one day.

    `church` is a Church of England or Roman Catholic school; `foundation_or_voluntary` any other school
    with foundation governors; `referral_unit` a pupil referral unit, to which Part 4 does not apply.
    """

    name: str
    governance: Governance
    standing: Standing
    church: bool = False
    foundation_or_voluntary: bool = False
    referral_unit: bool = False

    def meets(self, circumstance: Circumstance, *, giver: Giver) -> bool:
        """Return whether the circumstance holds for this school and whoever gives the notice."""
        return {
            Circumstance.ALWAYS: True,
            Circumstance.CHURCH_SCHOOL: self.church,
            Circumstance.FOUNDATION_OR_VOLUNTARY: self.foundation_or_voluntary and not self.church,
            Circumstance.GIVEN_BY_AUTHORITY: giver is Giver.AUTHORITY,
            Circumstance.GIVEN_BY_SECRETARY_OF_STATE: giver is Giver.SECRETARY_OF_STATE,
        }[circumstance]


def refused_by_kind(school: SchoolInLaw, *, what: str) -> str:
    """Return why `what` cannot be used on a school of this kind, with the way to go instead, or nothing.

    Source: Part 4 of the Education and Inspections Act 2006 applies to maintained schools, not to academies.
    """
    if school.standing is Standing.CLOSED:
        return f"{school.name} is closed, so there is no {what}."
    if school.governance is Governance.ACADEMY:
        return (
            f"{school.name} is an academy, and there is no {what} for an academy. Raise the concern with the "
            "head teacher, then with the chair of the trust, then with the regional director and Ofsted."
        )
    if school.referral_unit:
        return (
            f"{school.name} is a pupil referral unit, which Part 4 of the Education and Inspections Act 2006 "
            f"does not cover, so there is no {what}. Its own rules apply: ask legal services."
        )
    if school.governance is not Governance.MAINTAINED:
        return f"{school.name} is not a maintained school, so there is no {what}."
    return ""
