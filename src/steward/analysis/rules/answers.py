"""Met, not met or unknown: the three answers of a rule, and how they combine."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from steward.analysis.rules import wording
from steward.vocabulary.values import Reason


class Answer(StrEnum):
    """What a rule says of a school. Unknown is an answer, never a kind of no."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The words a reader sees."""
        return {"met": "Met", "not_met": "Not met", "unknown": "Could not be settled"}[self.value]


class Doubt(StrEnum):
    """Why a rule could not be settled, beside the reasons for which a publisher withholds a value."""

    NO_FIGURES = "no_figures"
    NO_ROW = "no_row"
    STALE = "stale"
    SMALL_COHORT = "small_cohort"
    SERIES_BREAK = "series_break"
    NO_COMPARATOR = "no_comparator"
    NO_INSPECTION = "no_inspection"
    NO_OUTCOME = "no_outcome"
    FRAMEWORK_NOT_READ = "framework_not_read"
    EARLIER_NOT_LOADED = "earlier_not_loaded"
    TOO_FEW_SPELLS = "too_few_spells"
    NOT_ON_RECORD = "not_on_record"

    @property
    def label(self) -> str:
        """The words a reader sees."""
        return _DOUBTS[self]


_DOUBTS = {
    Doubt.NO_FIGURES: "No figures loaded",
    Doubt.NO_ROW: "Not in the published file",
    Doubt.STALE: "Too old to use",
    Doubt.SMALL_COHORT: "Too few pupils",
    Doubt.SERIES_BREAK: "Not comparable with the year before",
    Doubt.NO_COMPARATOR: "Nothing to compare with",
    Doubt.NO_INSPECTION: "No inspection in the files",
    Doubt.NO_OUTCOME: "No outcome given",
    Doubt.FRAMEWORK_NOT_READ: "Inspected under another framework",
    Doubt.EARLIER_NOT_LOADED: "Earlier inspection not in the files",
    Doubt.TOO_FEW_SPELLS: "Too few weeks or half terms",
    Doubt.NOT_ON_RECORD: "Nothing on record",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one condition found: its answer, a sentence, and where the figure came from."""

    answer: Answer
    because: str
    reason: Reason | Doubt | None = None
    """Why it is unknown; None otherwise."""
    indicator: str = ""
    value: float | None = None
    cohort: float | None = None
    period: int | None = None
    threshold: float | None = None
    """The number the value was held against, in the unit of the indicator."""
    release: str = ""
    row: int | None = None
    framework: str = ""
    outcome: str = ""
    on: date | None = None
    """The date of the inspection, or from which a local fact is in force."""
    urn: int | None = None
    """URN of the school before, where the figure or inspection is under that."""
    lack: str = ""
    """What `because` says after the name of a measure and "has no figure", where it says that."""
    size: str = ""
    """What is said of the number of pupils in place of `cohort`, where the publication does not give it."""
    parts: tuple["Finding", ...] = ()
    """What the conditions inside found, for a condition made of others."""
    decisive: tuple["Finding", ...] = ()
    """Those at the bottom that decided it, for a condition that only joins others."""

    def leaves(self) -> tuple["Finding", ...]:
        """Return the findings at the bottom, each with its own figure, inspection or fact."""
        if not self.parts:
            return (self,)
        return tuple(leaf for part in self.parts for leaf in part.leaves())


def told(findings: Iterable[Finding]) -> str:
    """Return what was found in sentences, each once; measures that lack a figure alike in one of them."""
    sentences: dict[tuple[str, str], list[str]] = {}
    for found in findings:
        ending = f" has no figure{found.lack}"
        if found.lack and found.because.endswith(ending):
            sentences.setdefault(("", found.lack), []).append(found.because.removesuffix(ending))
        else:
            sentences.setdefault((found.because, ""), [])
    return " ".join(
        whole or _lacking(list(dict.fromkeys(names)), lack=lack) for (whole, lack), names in sentences.items()
    )


def _lacking(names: list[str], *, lack: str) -> str:
    verb = "has" if len(names) == 1 else "have"
    return f"{wording.listed(names, last='and')} {verb} no figure{lack}"


def every(answers: Iterable[Answer]) -> Answer:
    """Return met when all are met, not met when one is not, unknown otherwise (Kleene's strong "and")."""
    found = set(answers)
    if Answer.NOT_MET in found:
        return Answer.NOT_MET
    return Answer.UNKNOWN if Answer.UNKNOWN in found else Answer.MET


def some(answers: Iterable[Answer]) -> Answer:
    """Return met when one is met, not met when none is, unknown otherwise (Kleene's strong "or")."""
    found = set(answers)
    if Answer.MET in found:
        return Answer.MET
    return Answer.UNKNOWN if Answer.UNKNOWN in found else Answer.NOT_MET


def opposite(answer: Answer) -> Answer:
    """Return met for not met and the reverse; unknown stays unknown."""
    return {Answer.MET: Answer.NOT_MET, Answer.NOT_MET: Answer.MET}.get(answer, Answer.UNKNOWN)


def at_least(number: int, *, among: Iterable[Answer]) -> Answer:
    """Return whether at least `number` are met, unknown while the unsettled ones could decide it."""
    answers = list(among)
    met = answers.count(Answer.MET)
    if met >= number:
        return Answer.MET
    return Answer.UNKNOWN if met + answers.count(Answer.UNKNOWN) >= number else Answer.NOT_MET


def yes_or_no(*, met: bool) -> Answer:
    """Return the answer of a test that could be made."""
    return Answer.MET if met else Answer.NOT_MET
