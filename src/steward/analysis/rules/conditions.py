"""The closed set of kinds of condition, and the kinds that are made of others.

A new rule is data and an approval; a new kind is code and a release.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field

from steward.analysis.rules import wording
from steward.analysis.rules.answers import Answer, Finding, at_least, every, opposite, some
from steward.analysis.rules.catalogue import Catalogue, Enquiry
from steward.analysis.rules.circumstances import FactInForce, GovernanceIn
from steward.analysis.rules.inspections import (
    ConsecutiveOutcomesBelowGood,
    InspectionCategoryIn,
    InspectionOlderThan,
    InspectionOutcomeIn,
)
from steward.analysis.rules.measures import Above, Below, Falling, Rising
from steward.definitions.reading import Part


class AllOf(Part):
    """Every one of the conditions is met."""

    kind: Literal["all_of"]
    of: tuple["Condition", ...] = Field(min_length=1)

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the conditions joined by "and"."""
        return _joined(self.of, catalogue=catalogue, word="and")

    def denial(self, catalogue: Catalogue) -> str:
        """Return the words of its being not so."""
        return wording.denied(self.sentence(catalogue))

    def answer(self, enquiry: Enquiry) -> Finding:
        """Return met, not met or unknown by Kleene's "and"."""
        return _combined([each.answer(enquiry) for each in self.of], by=every)


class AnyOf(Part):
    """At least one of the conditions is met."""

    kind: Literal["any_of"]
    of: tuple["Condition", ...] = Field(min_length=1)

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the conditions joined by "or"."""
        return _joined(self.of, catalogue=catalogue, word="or")

    def denial(self, catalogue: Catalogue) -> str:
        """Return the words of its being not so."""
        return wording.denied(self.sentence(catalogue))

    def answer(self, enquiry: Enquiry) -> Finding:
        """Return met, not met or unknown by Kleene's "or"."""
        return _combined([each.answer(enquiry) for each in self.of], by=some)


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
        return Finding(opposite(found.answer), found.because, found.reason, parts=found.leaves())


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
        number = wording.count(len(met)).capitalize() if met else "None"
        said = f"{number} of {len(asked)} signals met"
        said += f" ({wording.listed(met, last='and')})" if met else ""
        said += (
            f", {len(unsettled)} not settled ({wording.listed(unsettled, last='and')})." if unsettled else "."
        )
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
    return Finding(
        answer,
        " ".join(dict.fromkeys(found.because for found in deciding)),
        deciding[0].reason,
        parts=tuple(leaf for found in findings for leaf in found.leaves()),
    )
