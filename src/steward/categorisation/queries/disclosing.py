"""The list of support categories with their reasons, for a request for information."""

from dataclasses import dataclass
from datetime import date

from steward.access.permissions import Permission, Viewer, may
from steward.categorisation.models import Exemption, Override
from steward.categorisation.queries.decisions import override_in_force, visible_to
from steward.categorisation.stepping import newest_version
from steward.categorisation.steps import State
from steward.interface import words
from steward.vocabulary.phases import Phase

NO_NOTE = "No disclosure note"


@dataclass(frozen=True, slots=True)
class Disclosed:
    """One final decision as it would be given out, with the note of whether it should be."""

    urn: int
    school: str
    phase: str
    label: str
    override: str
    """The support category of an override in force, its last day and reason; empty where there is none."""
    final_on: date | None
    policy: str
    reason: str
    differing_reason: str
    exemption: str
    public_interest: str
    reviewer: str
    """Who reviewed the newest note; empty where nobody has, and then nothing is given out."""

    @property
    def may_be_given(self) -> bool:
        """Whether the note claims no exemption, and another person than its writer has reviewed it."""
        return self.exemption == Exemption.NONE.label and bool(self.reviewer)


def _overridden(override: Override | None) -> str:
    if override is None:
        return ""
    return f"{override.label} until {words.day(override.expires_on)}. Reason: {override.reason}"


def disclosed(authority: str, *, viewer: Viewer, on: date) -> list[Disclosed]:
    """Return every final decision in force, by school; nothing to who may not list them."""
    if not may(viewer, Permission.DISCLOSE_DECISIONS):
        return []
    found = []
    final = visible_to(viewer).filter(authority=authority, state=State.FINAL).order_by("school__name")
    for decision in final.prefetch_related("disclosure_notes"):
        version = newest_version(decision)
        notes = list(decision.disclosure_notes.all())
        override = override_in_force(decision, on=on)
        found.append(
            Disclosed(
                urn=decision.school_id,
                school=decision.school.name,
                phase=Phase(decision.phase).label,
                label=decision.label,
                override=_overridden(override),
                final_on=decision.final_on,
                policy=f"{decision.ruleset_title}, version {decision.ruleset_version}",
                reason=version.reason,
                differing_reason=version.differing_reason,
                exemption=notes[0].get_exemption_display() if notes else NO_NOTE,
                public_interest=notes[0].public_interest if notes else "",
                reviewer=notes[0].reviewed_by_name if notes else "",
            )
        )
    return found
