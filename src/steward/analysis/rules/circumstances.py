"""Conditions on dated local facts and on who runs the school."""

from functools import cache
from typing import Literal

from pydantic import Field

from steward.analysis.rules import wording
from steward.analysis.rules.answers import Answer, Doubt, Finding, yes_or_no
from steward.analysis.rules.catalogue import Catalogue, Enquiry
from steward.definitions.reading import Part
from steward.vocabulary.facts import FactKind
from steward.vocabulary.phases import Governance

_LISTED_AS = {
    Governance.MAINTAINED: "maintained by the council",
    Governance.ACADEMY: "an academy",
    Governance.INDEPENDENT: "independent",
    Governance.OTHER: "of another kind",
}
"""How a sentence says who runs a school, after "the register lists the school as"."""


class FactInForce(Part):
    """A local fact of this kind is in force on the date."""

    kind: Literal["fact_in_force"]
    fact: FactKind
    if_not_recorded: Literal["not_met", "unknown"]
    """not_met only for what the council itself does or opens, and so must have on record."""

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the condition in words of the policy."""
        return self.fact.words

    def denial(self, catalogue: Catalogue) -> str:
        """Return the words of its being not so."""
        return f"it is not on record that {self.fact.words}"

    def answer(self, enquiry: Enquiry) -> Finding:
        """Return whether it is in force on the day of facts; without a record as `if_not_recorded` says."""
        on = enquiry.school.facts_day
        fact = next((f for f in enquiry.school.facts if f.kind is self.fact and f.in_force_on(on)), None)
        if fact is not None:
            said = f"On record since {wording.day(fact.since)}: {self.fact.words} (source: {fact.source})."
            return Finding(Answer.MET, said, on=fact.since)
        return _nothing_on_record(self.fact, taken_as=Answer(self.if_not_recorded))


class GovernanceIn(Part):
    """The school is run in one of these ways."""

    kind: Literal["governance_in"]
    governance: tuple[Governance, ...] = Field(min_length=1)

    def sentence(self, catalogue: Catalogue) -> str:
        """Return the condition in words of the policy."""
        words = wording.listed((_LISTED_AS[each] for each in self.governance), last="or")
        return f"the register lists the school as {words}"

    def denial(self, catalogue: Catalogue) -> str:
        """Return the words of its being not so."""
        return wording.denied(self.sentence(catalogue))

    def answer(self, enquiry: Enquiry) -> Finding:
        """Return whether it is."""
        governance = enquiry.school.governance
        said = f"The register lists the school as {_LISTED_AS[governance]}."
        return Finding(yes_or_no(met=governance in self.governance), said)


@cache
def _nothing_on_record(fact: FactKind, *, taken_as: Answer) -> Finding:
    said = f"Nothing is on record to say that {fact.words}."
    return Finding(taken_as, said, Doubt.NOT_ON_RECORD if taken_as is Answer.UNKNOWN else None)
