"""The closed set of kinds of condition, and the kinds that are made of others.

A new rule is data and an approval; a new kind is code and a release.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from steward.analysis.rules import wording
from steward.analysis.rules.answers import Answer, Finding, at_least, every, opposite, some, told
from steward.analysis.rules.catalogue import Catalogue, Enquiry
from steward.analysis.rules.circumstances import FactInForce, GovernanceIn
from steward.analysis.rules.declines import SubstantialDecline
from steward.analysis.rules.drifting import AttendanceDrifting
from steward.analysis.rules.inspections import (
    ConsecutiveOutcomesBelowGood,
    InspectionCategoryIn,
    InspectionOlderThan,
    InspectionOutcomeIn,
)
from steward.analysis.rules.measures import Above, Below, Falling, Rising
from steward.definitions.reading import Part


class _Several(Part):
    of: tuple["Condition", ...] = Field(min_length=1)
    same_year: bool = False
    """Read every measure inside in the newest year in which all of them are published for the authority.

    By default each is read in its own newest year.
    """

    @model_validator(mode="after")
    def _can_share_a_year(self) -> Self:
        if self.same_year and not _are_measures_of_one_year(self.of):
            raise ValueError(
                "same_year is for below and above of single years, of two or more indicators: "
                "take the other conditions out of it, or leave same_year out"
            )
        return self

    def denial(self, catalogue: Catalogue) -> str:
        """Return the words of its being not so."""
        return wording.denied(self.sentence(catalogue))

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the condition in words of the policy."""
        raise NotImplementedError

    def _words(self, catalogue: Catalogue, *, joined_by: str) -> str:
        start = "in the newest year with figures for all of these, " if self.same_year else ""
        return start + _joined(self.of, catalogue=catalogue, word=joined_by)

    def _found(self, enquiry: Enquiry, *, by: Callable[[Iterable[Answer]], Answer]) -> Finding:
        one = self._of_one_year(enquiry) if self.same_year and enquiry.year is None else enquiry
        found = _combined([each.answer(one) for each in self.of], by=by)
        if one.year is None or one is enquiry:
            return found
        whose = f"under its earlier URN {one.predecessor}, " if one.predecessor is not None else ""
        start = f"In {wording.year(one.year)}, {whose}"
        leaves = tuple(replace(leaf, because=start + leaf.because) for leaf in found.parts)
        return replace(found, because=start + found.because, parts=leaves, decisive=())

    def _of_one_year(self, enquiry: Enquiry) -> Enquiry:
        """Return the enquiry of the year that all measures share, and of the URN their figures are under."""
        inside = (each for one in self.of for each in every_condition(one))
        indicators = {each.indicator for each in inside if isinstance(each, (Below, Above))}
        year = enquiry.school.shared_year(indicators, oldest=enquiry.oldest_year)
        if year is None:
            return enquiry
        figures = (enquiry.school.figures.get((each, year)) for each in indicators)
        urns = {figure.predecessor for figure in figures if figure is not None}
        return replace(enquiry, year=year, predecessor=urns.pop() if len(urns) == 1 else None)


class AllOf(_Several):
    """Every one of the conditions is met."""

    kind: Literal["all_of"]

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the conditions joined by "and"."""
        return self._words(catalogue, joined_by="and")

    def answer(self, enquiry: Enquiry) -> Finding:
        """Return met, not met or unknown by Kleene's "and"."""
        return self._found(enquiry, by=every)


class AnyOf(_Several):
    """At least one of the conditions is met."""

    kind: Literal["any_of"]

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the conditions joined by "or"."""
        return self._words(catalogue, joined_by="or")

    def answer(self, enquiry: Enquiry) -> Finding:
        """Return met, not met or unknown by Kleene's "or"."""
        return self._found(enquiry, by=some)


class NotOf(Part):
    """The condition is not met; unknown stays unknown."""

    kind: Literal["not_of"]
    of: "Condition"

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the condition denied."""
        return self.of.denial(catalogue)

    def denial(self, catalogue: Catalogue) -> str:
        """Return the words of the condition itself."""
        return self.of.sentence(catalogue)

    def answer(self, enquiry: Enquiry) -> Finding:
        """Return the opposite of the condition."""
        found = self.of.answer(enquiry)
        return replace(found, answer=opposite(found.answer), parts=found.leaves())


class SignalsAtLeast(Part):
    """At least so many of the ruleset's signals are met. A signal not asked of the school does not count."""

    kind: Literal["signals_at_least"]
    number: int = Field(ge=1)
    signals: tuple[str, ...] = Field(min_length=1)

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the condition in words of the policy, with the names of the signals."""
        few = "signal is" if self.number == 1 else "signals are"
        return (
            f"at least {wording.count(self.number)} {few} met (of {wording.listed(self.signals, last='and')})"
        )

    def denial(self, catalogue: Catalogue) -> str:
        """Return the words of its being not so."""
        few = "no signal is" if self.number == 1 else f"fewer than {wording.count(self.number)} signals are"
        return f"{few} met (of {wording.listed(self.signals, last='and')})"

    def answer(self, enquiry: Enquiry) -> Finding:
        """Return whether they are, unknown while unsettled signals could decide it."""
        asked = {name: enquiry.signals[name] for name in self.signals if name in enquiry.signals}
        answer = at_least(self.number, among=(found.answer for found in asked.values()))
        met = [name for name, found in asked.items() if found.answer is Answer.MET]
        unsettled = [name for name, found in asked.items() if found.answer is Answer.UNKNOWN]
        said = _counted(met, unsettled, of=len(asked), titles=enquiry.titles)
        reason = asked[unsettled[0]].reason if answer is Answer.UNKNOWN else None
        return Finding(answer, said, reason, parts=tuple(leaf for f in asked.values() for leaf in f.leaves()))


Condition = Annotated[
    Below
    | Above
    | Falling
    | Rising
    | InspectionOutcomeIn
    | InspectionCategoryIn
    | InspectionOlderThan
    | ConsecutiveOutcomesBelowGood
    | SubstantialDecline
    | AttendanceDrifting
    | FactInForce
    | GovernanceIn
    | SignalsAtLeast
    | AllOf
    | AnyOf
    | NotOf,
    Field(discriminator="kind"),
]
"""One condition of any kind. Unknown kinds and unknown keys are refused."""

for _made_of_others in (AllOf, AnyOf, NotOf):
    _made_of_others.model_rebuild()


def every_condition(condition: Condition) -> Iterator[Condition]:
    """Yield the condition and all conditions inside it."""
    yield condition
    if isinstance(condition, NotOf):
        yield from every_condition(condition.of)
    elif isinstance(condition, (AllOf, AnyOf)):
        for each in condition.of:
            yield from every_condition(each)


def _are_measures_of_one_year(conditions: Iterable[Condition]) -> bool:
    """Return whether all are below and above of single years, alone or combined, of several indicators."""
    inside = [each for one in conditions for each in every_condition(one)]
    measures = [each for each in inside if isinstance(each, (Below, Above)) and each.years == 1]
    others = [each for each in inside if not isinstance(each, (Below, Above, AllOf, AnyOf, NotOf))]
    single = len(measures) == sum(isinstance(each, (Below, Above)) for each in inside)
    return not others and single and len({each.indicator for each in measures}) > 1


def _counted(met: list[str], unsettled: list[str], *, of: int, titles: Mapping[str, str]) -> str:
    """Return how many of the signals asked of a school are met and how many could not be settled."""
    if of == 0:
        return "No signal is asked of this school."
    if of == 1:
        said = "is met" if met else "could not be settled" if unsettled else "is not met"
        return f"The only signal asked of this school {said}{_titled(met or unsettled, titles=titles)}."
    number = wording.count(len(met)).capitalize() if met else "None"
    verb = "is" if len(met) < 2 else "are"
    said = f"{number} of {wording.count(of)} signals {verb} met{_titled(met, titles=titles)}"
    if unsettled:
        listed = _titled(unsettled, titles=titles)
        said += f"; {wording.count(len(unsettled))} could not be settled{listed}"
    return f"{said}."


def _titled(names: Iterable[str], *, titles: Mapping[str, str]) -> str:
    """Return ": High absence (S01) and New head teacher (S09)", or nothing where there are no names."""
    words = wording.listed((f"{titles[n]} ({n})" if n in titles else n for n in names), last="and")
    return f": {words}" if words else ""


def _joined(conditions: Iterable[Condition], *, catalogue: Catalogue, word: str) -> str:
    parts = [
        f"({each.sentence(catalogue)})" if isinstance(each, (AllOf, AnyOf)) else each.sentence(catalogue)
        for each in conditions
    ]
    return f", {word} ".join(parts)


def _combined(findings: list[Finding], *, by: Callable[[Iterable[Answer]], Answer]) -> Finding:
    """Return one finding; its sentence is made of those that decide it."""
    answer = by(found.answer for found in findings)
    deciding = [found for found in findings if found.answer is answer]
    decisive = tuple(each for found in deciding for each in found.decisive or (found,))
    return Finding(
        answer,
        told(decisive),
        deciding[0].reason,
        parts=tuple(leaf for found in findings for leaf in found.leaves()),
        decisive=decisive,
    )
