"""Conditions on inspections: each outcome is read in its own framework and never converted."""

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from steward.analysis.rules import wording
from steward.analysis.rules.answers import Answer, Doubt, Finding, every, yes_or_no
from steward.analysis.rules.catalogue import Catalogue, Enquiry, Framework
from steward.analysis.rules.school_evidence import Inspection
from steward.definitions.reading import Part

DEEPEST = 4
"""No condition looks further back than so many inspections."""

Category = Literal["special_measures", "serious_weaknesses", "notice_to_improve"]

_CATEGORY_WORDS: dict[Category, str] = {
    "special_measures": "special measures",
    "serious_weaknesses": "serious weaknesses",
    "notice_to_improve": "notice to improve",
}


class InspectionOutcomeIn(Part):
    """The latest full inspection has one of the outcomes named for its framework."""

    kind: Literal["inspection_outcome_in"]
    outcomes: Mapping[str, tuple[str, ...]]
    """Framework to outcome keys. A framework not named is one that this rule cannot read."""

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the condition in words of the policy, with the frameworks it reads."""
        return f"the outcome of the latest full inspection is {self._outcomes(catalogue)}"

    def denial(self, catalogue: Catalogue) -> str:
        """Return the words of its being not so."""
        return f"the outcome of the latest full inspection is not {self._outcomes(catalogue)}"

    def _outcomes(self, catalogue: Catalogue) -> str:
        """Return the outcomes in words, the best first, each once."""
        every = catalogue.frameworks.items()
        frameworks = [(each, self.outcomes[key]) for key, each in every if key in self.outcomes]
        ranked = [
            (point.rank, point.label)
            for each, named in frameworks
            for point in each.scale
            if point.key in named
        ]
        labels = dict.fromkeys(f"“{label}”" for _, label in sorted(ranked, key=lambda point: point[0]))
        return wording.listed(labels, last="or")

    def answer(self, enquiry: Enquiry) -> Finding:
        """Return whether the outcome is named; unknown without one or under another framework."""
        latest = _latest(enquiry)
        if isinstance(latest, Finding):
            return latest
        framework = enquiry.catalogue.frameworks[latest.framework]
        if latest.framework not in self.outcomes:
            said = f"{_told(latest, framework=framework)}; this rule does not read that framework."
            return _found(latest, Answer.UNKNOWN, said, Doubt.FRAMEWORK_NOT_READ)
        if latest.outcome is None:
            said = f"{_told(latest, framework=framework)}; no overall outcome was given."
            return _found(latest, Answer.UNKNOWN, said, Doubt.NO_OUTCOME)
        met = latest.outcome in self.outcomes[latest.framework]
        return _found(latest, yes_or_no(met=met), f"{_told(latest, framework=framework)}.")


class InspectionCategoryIn(Part):
    """The latest full inspection placed the school in one of these categories of concern."""

    kind: Literal["inspection_category_in"]
    categories: tuple[Category, ...] = Field(min_length=1)

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the condition in words of the policy."""
        words = wording.listed((_CATEGORY_WORDS[each] for each in self.categories), last="or")
        return f"the latest full inspection placed the school in an Ofsted category of concern ({words})"

    def denial(self, catalogue: Catalogue) -> str:
        """Return the words of its being not so."""
        return wording.denied(self.sentence(catalogue))

    def answer(self, enquiry: Enquiry) -> Finding:
        """Return whether it did; unknown where the file names no category and the outcome allows one.

        Only the lowest outcome of a framework can carry a category, so a better one settles it.
        """
        latest = _latest(enquiry)
        if isinstance(latest, Finding):
            return latest
        framework = enquiry.catalogue.frameworks[latest.framework]
        told = _told(latest, framework=framework)
        if latest.category is not None:
            return _found(latest, yes_or_no(met=latest.category in self.categories), f"{told}.")
        if not framework.scale:
            said = f"{told}; this rule does not read that framework."
            return _found(latest, Answer.UNKNOWN, said, Doubt.NO_OUTCOME)
        if latest.outcome is None:
            return _found(latest, Answer.UNKNOWN, f"{told}; no overall outcome was given.", Doubt.NO_OUTCOME)
        if latest.outcome == max(framework.scale, key=lambda point: point.rank).key:
            said = f"{told}; the files do not say whether it was placed in an Ofsted category of concern."
            return _found(latest, Answer.UNKNOWN, said, Doubt.NO_OUTCOME)
        return _found(latest, Answer.NOT_MET, f"{told}.")


class InspectionOlderThan(Part):
    """The latest full inspection is more than so many months ago. To the day is not older."""

    kind: Literal["inspection_older_than"]
    months: int = Field(ge=1)

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the condition in words of the policy."""
        return f"the latest full inspection was more than {self.months} months ago"

    def denial(self, catalogue: Catalogue) -> str:
        """Return the words of its being not so."""
        return f"the latest full inspection was at most {self.months} months ago"

    def answer(self, enquiry: Enquiry) -> Finding:
        """Return whether it is older; unknown when no inspection is in the files."""
        latest = _latest(enquiry)
        if isinstance(latest, Finding):
            return latest
        met = enquiry.school.as_at > months_after(latest.inspected_on, months=self.months)
        that = f"that of the school before (URN {latest.predecessor}), " if latest.predecessor else ""
        said = (
            f"The latest full inspection was {that}on {wording.day(latest.inspected_on)}, "
            f"{'' if met else 'not '}more than {self.months} months before "
            f"{wording.day(enquiry.school.as_at)}."
        )
        return _found(latest, yes_or_no(met=met), said)


class ConsecutiveOutcomesBelowGood(Part):
    """Each of the latest full inspections was below good, by the named rule of its own framework."""

    kind: Literal["consecutive_outcomes_below_good"]
    number: int = Field(default=2, ge=2, le=DEEPEST)

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the condition in words of the policy."""
        return (
            f"the outcomes of the latest {wording.count(self.number)} full inspections were below good, "
            "each under the framework of its time"
        )

    def denial(self, catalogue: Catalogue) -> str:
        """Return the words of its being not so."""
        return wording.denied(self.sentence(catalogue))

    def answer(self, enquiry: Enquiry) -> Finding:
        """Return whether all were; unknown when an earlier inspection that would decide is not loaded."""
        latest = _latest(enquiry)
        if isinstance(latest, Finding):
            return latest
        each = [
            _below_good(inspection, framework=enquiry.catalogue.frameworks.get(inspection.framework))
            for inspection in enquiry.school.inspections[: self.number]
        ]
        answer = every(found.answer for found in each)
        if answer is Answer.MET and len(each) < self.number:
            said = f"{each[0].because} The one before it is not in the files loaded."
            return _found(latest, Answer.UNKNOWN, said, Doubt.EARLIER_NOT_LOADED)
        lead = next(found for found in each if found.answer is answer)
        said = " ".join(found.because for found in each) if answer is Answer.MET else lead.because
        return Finding(
            answer,
            said,
            lead.reason,
            release=lead.release,
            row=lead.row,
            framework=lead.framework,
            outcome=lead.outcome,
            on=lead.on,
            urn=lead.urn,
        )


def months_after(day: date, *, months: int) -> date:
    """Return the same day of the month so many months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def is_below_good(inspection: Inspection, *, framework: Framework | None) -> Answer:
    """Return whether an inspection was below good by the named rule of its framework."""
    return _below_good(inspection, framework=framework).answer


def _latest(enquiry: Enquiry) -> Inspection | Finding:
    school = enquiry.school
    if not school.inspections:
        said = f"No full inspection of the school by {wording.day(school.as_at)} is in the files loaded."
        return Finding(Answer.UNKNOWN, said, Doubt.NO_INSPECTION)
    latest = school.inspections[0]
    if latest.framework not in enquiry.catalogue.frameworks:
        said = f"{_named(latest)} is under a framework not known here."
        return _found(latest, Answer.UNKNOWN, said, Doubt.FRAMEWORK_NOT_READ)
    return latest


def _told(inspection: Inspection, *, framework: Framework) -> str:
    """Return what an inspection found, in its framework's words, without a full stop."""
    start = _named(inspection)
    category = inspection.category
    words = _CATEGORY_WORDS.get(category, category) if category is not None else ""  # type: ignore[call-overload]
    if inspection.outcome is None:
        placed = f" placed the school in {words}," if words else ""
        return f"{start}{placed or ' was'} under the {framework.title}"
    label = framework.label_of(inspection.outcome)
    return (
        f"{start} found the school “{label}”{f', with {words},' if words else ''} under the {framework.title}"
    )


def _named(inspection: Inspection) -> str:
    """Return the inspection by its date, and as the predecessor's where it was."""
    before = inspection.predecessor
    whose = f" of the school before (URN {before})" if before is not None else ""
    return f"The inspection{whose} on {wording.day(inspection.inspected_on)}"


def _below_good(inspection: Inspection, *, framework: Framework | None) -> Finding:
    if framework is None or not framework.below_good:
        said = f"{_named(inspection)} is under a framework with no rule for what is below good."
        return _found(inspection, Answer.UNKNOWN, said, Doubt.FRAMEWORK_NOT_READ)
    if inspection.outcome is None:
        said = f"{_told(inspection, framework=framework)}; no overall outcome was given."
        return _found(inspection, Answer.UNKNOWN, said, Doubt.NO_OUTCOME)
    met = inspection.outcome in framework.below_good
    return _found(inspection, yes_or_no(met=met), f"{_told(inspection, framework=framework)}.")


def _found(inspection: Inspection, answer: Answer, because: str, reason: Doubt | None = None) -> Finding:
    return Finding(
        answer,
        because,
        reason,
        release=inspection.release,
        row=inspection.row,
        framework=inspection.framework,
        outcome=inspection.outcome or "",
        on=inspection.inspected_on,
        urn=inspection.predecessor,
    )
