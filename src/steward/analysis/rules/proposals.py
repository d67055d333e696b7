"""What a ruleset proposes for a school, with every rule's answer and what would change it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from steward.analysis.rules import deciding
from steward.analysis.rules.answers import Answer, Finding
from steward.analysis.rules.catalogue import Catalogue, Enquiry
from steward.analysis.rules.conditions import Condition, every_condition
from steward.analysis.rules.declines import SubstantialDecline
from steward.analysis.rules.inspections import InspectionOutcomeIn
from steward.analysis.rules.measures import Measured
from steward.analysis.rules.ruleset import Adjuster, Rule, Ruleset, Signal
from steward.analysis.rules.school_evidence import SchoolEvidence
from steward.definitions.reading import DefinitionFault
from steward.vocabulary.identifiers import Urn

S = TypeVar("S", bound=Signal)


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What one rule, adjuster or signal says of one school."""

    id: str
    kind: Literal["rule", "adjuster", "signal"]
    title: str
    sentence: str
    """The condition as the policy words it."""
    finding: Finding
    when: Condition
    gives: str | None
    """Category a rule gives; None for signals and adjusters."""

    @property
    def answer(self) -> Answer:
        """Met, not met or unknown."""
        return self.finding.answer

    @property
    def because(self) -> str:
        """What was found, in a sentence."""
        return self.finding.because


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the ruleset proposes for a school. A person decides."""

    urn: Urn
    outcomes: tuple[RuleOutcome, ...]
    """Every signal, rule and adjuster asked of the school, in the order of the policy."""
    verdict: deciding.Verdict

    @property
    def category(self) -> str | None:
        """Key of the category; None when it is not settled and an officer must answer."""
        return self.verdict.category

    @property
    def settled(self) -> bool:
        """Whether nothing unknown could mean more concern."""
        return self.verdict.settled


@dataclass(frozen=True, slots=True)
class Rulebook:
    """A ruleset whose every reference has been found; made by `open_rulebook`."""

    ruleset: Ruleset
    catalogue: Catalogue
    sentences: Mapping[str, str] = field(default_factory=dict)
    """By id of signal, rule and adjuster."""


def open_rulebook(ruleset: Ruleset, *, catalogue: Catalogue) -> Rulebook:
    """Return the ruleset ready to be asked.

    Raises DefinitionFault naming what it refers to that the catalogue does not have.
    """
    for fault in _unknown_references(ruleset, catalogue=catalogue):
        raise DefinitionFault(f"{ruleset.id}.yaml: {fault}")
    sentences = {item.id: item.when.sentence(catalogue) for item in ruleset.named()}
    return Rulebook(ruleset, catalogue, sentences)


def evaluate_all(rulebook: Rulebook, *, schools: Iterable[SchoolEvidence]) -> tuple[Proposal, ...]:
    """Return a proposal for each school the ruleset covers, in the order given."""
    return tuple(evaluate(rulebook, school=school) for school in schools if rulebook.ruleset.covers(school))


def evaluate(rulebook: Rulebook, *, school: SchoolEvidence) -> Proposal:
    """Return what the ruleset proposes for one school, with every answer it rests on."""
    ruleset = rulebook.ruleset
    enquiry = Enquiry(school, rulebook.catalogue, ruleset.newest_years)
    signals = {each.id: each.when.answer(enquiry) for each in _asked(ruleset.signals, school=school)}
    enquiry = replace(enquiry, signals=signals, titles={each.id: each.title for each in ruleset.signals})
    rules = {each.id: each.when.answer(enquiry) for each in _asked(ruleset.rules, school=school)}
    adjusters = {each.id: each.when.answer(enquiry) for each in _asked(ruleset.adjusters, school=school)}
    answers = signals | rules | adjusters
    outcomes = tuple(
        RuleOutcome(
            item.id,
            _kind(item),
            item.title,
            rulebook.sentences[item.id],
            answers[item.id],
            item.when,
            item.gives if isinstance(item, Rule) else None,
        )
        for item in ruleset.named()
        if item.id in answers
    )
    verdict = deciding.decide(
        ruleset,
        answers={key: found.answer for key, found in answers.items()},
        found={key: found.because for key, found in answers.items()},
    )
    return Proposal(urn=school.urn, outcomes=outcomes, verdict=verdict)


def _asked(items: tuple[S, ...], *, school: SchoolEvidence) -> Iterator[S]:
    return (item for item in items if item.asked_of.includes(school))


def _kind(item: Signal) -> Literal["rule", "adjuster", "signal"]:
    if isinstance(item, Rule):
        return "rule"
    return "adjuster" if isinstance(item, Adjuster) else "signal"


def _unknown_references(ruleset: Ruleset, *, catalogue: Catalogue) -> Iterator[str]:
    for item in ruleset.named():
        for each in every_condition(item.when):
            if isinstance(each, Measured) and each.indicator not in catalogue.indicators:
                yield f"{item.id}: there is no indicator '{each.indicator}'"
            elif isinstance(each, SubstantialDecline) and _has_no_spread(each, catalogue=catalogue):
                yield f"{item.id}: how far pupils differ in '{each.indicator}' is not known (pupil_spreads)"
            if isinstance(each, InspectionOutcomeIn):
                yield from (f"{item.id}: {fault}" for fault in _unknown_outcomes(each, catalogue=catalogue))


def _has_no_spread(condition: SubstantialDecline, *, catalogue: Catalogue) -> bool:
    return not catalogue.indicators[condition.indicator].pupil_spreads


def _unknown_outcomes(condition: InspectionOutcomeIn, *, catalogue: Catalogue) -> Iterator[str]:
    for framework, outcomes in condition.outcomes.items():
        if framework not in catalogue.frameworks:
            yield f"there is no inspection framework '{framework}'"
            continue
        known = {point.key for point in catalogue.frameworks[framework].scale}
        yield from (f"'{each}' is not an outcome of '{framework}'" for each in outcomes if each not in known)
