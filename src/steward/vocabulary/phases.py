"""Phases of education and kinds of governance, as closed lists."""

from enum import StrEnum


class Phase(StrEnum):
    """The phase a school is listed under."""

    NURSERY = "nursery"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    ALL_THROUGH = "all_through"
    SPECIAL = "special"
    ALTERNATIVE = "alternative"
    POST_16 = "post_16"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The word a reader sees."""
        return _PHASE_LABELS[self]


_PHASE_LABELS = {
    Phase.NURSERY: "Nursery",
    Phase.PRIMARY: "Primary",
    Phase.SECONDARY: "Secondary",
    Phase.ALL_THROUGH: "All-through",
    Phase.SPECIAL: "Special",
    Phase.ALTERNATIVE: "Alternative provision",
    Phase.POST_16: "Post-16",
    Phase.UNKNOWN: "Phase not recorded",
}


class Governance(StrEnum):
    """Who runs a school: what the council may do depends on it."""

    MAINTAINED = "maintained"
    ACADEMY = "academy"
    INDEPENDENT = "independent"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The word a reader sees."""
        return {"maintained": "Maintained", "academy": "Academy", "independent": "Independent"}.get(
            self.value, "Other"
        )


class Standing(StrEnum):
    """Whether a school is open."""

    OPEN = "open"
    CLOSED = "closed"
    PROPOSED = "proposed"
    UNKNOWN = "unknown"
