"""A published value is known, or missing for a reason that travels with it through every layer."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a value is missing. The names are kept in every table, page and export."""

    SUPPRESSED = "suppressed"
    NO_ENTRIES = "no_entries"
    NOT_APPLICABLE = "not_applicable"
    NOT_PUBLISHED = "not_published"
    NOT_AVAILABLE = "not_available"
    LOW_COVERAGE = "low_coverage"
    SMALL_PERCENTAGE = "small_percentage"
    ROUNDS_TO_ZERO = "rounds_to_zero"
    UNRELIABLE = "unreliable"
    NEW_SCHOOL = "new_school"
    DID_NOT_SUBMIT = "did_not_submit"
    NOT_RECORDED = "not_recorded"
    UNREADABLE = "unreadable"
    WITHHELD = "withheld"

    @property
    def label(self) -> str:
        """What a reader sees in place of the number."""
        return _WORDS[self][0]

    @property
    def explanation(self) -> str:
        """One sentence for the legend of missing values."""
        return _WORDS[self][1]


_WORDS: dict[Reason, tuple[str, str]] = {
    Reason.SUPPRESSED: ("Suppressed", "Hidden by the publisher because so few pupils could be recognised."),
    Reason.NO_ENTRIES: ("No entries", "No pupil was entered, so there is nothing to measure."),
    Reason.NOT_APPLICABLE: ("Not applicable", "The measure does not apply to this school or year."),
    Reason.NOT_PUBLISHED: ("Not published", "The publisher does not publish the measure for this school."),
    Reason.NOT_AVAILABLE: ("Not available", "The publisher could not produce the figure."),
    Reason.LOW_COVERAGE: (
        "Low coverage",
        "Fewer than half of the pupils could be included, so the publisher withheld the figure.",
    ),
    Reason.SMALL_PERCENTAGE: ("Above 0 and below 0.5%", "A share too small to print as a whole number."),
    Reason.ROUNDS_TO_ZERO: ("Rounds to zero", "The figure is not zero but rounds to it."),
    Reason.UNRELIABLE: ("Unreliable", "The publisher marks the figure as too unreliable to use."),
    Reason.NEW_SCHOOL: ("New school", "The school is too new to have a result."),
    Reason.DID_NOT_SUBMIT: ("Did not submit", "The school did not return the data."),
    Reason.NOT_RECORDED: ("Not recorded", "The published file leaves the value blank."),
    Reason.UNREADABLE: ("Not readable", "The published text is neither a number nor a known mark."),
    Reason.WITHHELD: (
        "Withheld to protect pupils",
        (
            "Withheld to protect pupils: it is about few pupils, or about few with or without the result, or "
            "with other figures it would tell a number that is. Which of these it is, is not said, since "
            "that would tell too."
        ),
    ),
}

PUBLISHED_MARKS: dict[str, Reason] = {
    "SUPP": Reason.SUPPRESSED,
    "SUPPMAT": Reason.SUPPRESSED,
    "LT11": Reason.SUPPRESSED,
    "C": Reason.SUPPRESSED,
    "NE": Reason.NO_ENTRIES,
    "NA": Reason.NOT_APPLICABLE,
    "N/A": Reason.NOT_APPLICABLE,
    "NOTREQ": Reason.NOT_APPLICABLE,
    "Z": Reason.NOT_APPLICABLE,
    ".": Reason.NOT_APPLICABLE,
    "NP": Reason.NOT_PUBLISHED,
    "UNAVAIL": Reason.NOT_AVAILABLE,
    "X": Reason.NOT_AVAILABLE,
    "LOWCOV": Reason.LOW_COVERAGE,
    "ABSLOW": Reason.LOW_COVERAGE,
    "SP": Reason.SMALL_PERCENTAGE,
    "LOW": Reason.ROUNDS_TO_ZERO,
    "K": Reason.ROUNDS_TO_ZERO,
    "U": Reason.UNRELIABLE,
    "NEW": Reason.NEW_SCHOOL,
    "DNS": Reason.DID_NOT_SUBMIT,
    "": Reason.NOT_RECORDED,
    "NULL": Reason.NOT_RECORDED,
    "-": Reason.NOT_RECORDED,
}
"""Marks met in DfE and Ofsted files, in capitals, and what each means.

Source: the metadata files of the performance tables; the statistics symbols of the
Government Statistical Service (c, z, x, u, low, k).
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A number as published or computed; `cohort` is the number of pupils behind it, if known."""

    value: float
    cohort: float | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A value that is not there, the reason, and the mark as it was printed in the file."""

    reason: Reason
    mark: str = ""
    cohort: float | None = None


Value = Known | Missing


def value_from(*, number: float | None, status: str, mark: str = "", cohort: float | None = None) -> Value:
    """Return the value held in a row of a value table (columns value, status, mark, cohort)."""
    if status == KNOWN and number is not None:
        return Known(number, cohort)
    reason = Reason.NOT_RECORDED if status == KNOWN else Reason(status)
    return Missing(reason, mark, cohort)


KNOWN = "known"
"""The status of a value that is there; any other status is the name of a Reason."""
