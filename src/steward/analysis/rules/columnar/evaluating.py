"""What a ruleset proposes for every school at once: the answers, the category, and whether it is settled."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from steward.analysis.rules.answers import Answer
from steward.analysis.rules.columnar.columns import Columns, Flags
from steward.analysis.rules.columnar.kinds import (
    MET,
    NOT_ASKED,
    UNKNOWN,
    WORDS,
    Answers,
    Asking,
    answers_to,
)
from steward.analysis.rules.proposals import Rulebook
from steward.analysis.rules.ruleset import Adjuster, AskedOf, Rule, Ruleset, Signal
from steward.vocabulary.phases import Phase

Concerns = NDArray[np.int64]
"""0 is the category of least concern; NO_CATEGORY where none is given."""
NO_CATEGORY = -1


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a ruleset proposes for the schools of some columns, one place a school."""

    columns: Columns
    ruleset: Ruleset
    covered: Flags
    """Whether the policy is meant for the school; what stands elsewhere of another means nothing."""
    answers: Mapping[str, Answers]
    """By id of signal, rule and adjuster; NOT_ASKED where a school is not asked."""
    concern: Concerns
    """The category where it is settled."""
    known: Concerns
    """The category that the met rules give, settled or not."""

    @property
    def settled(self) -> Flags:
        """Whether nothing unknown could mean more concern."""
        settled: Flags = self.concern != NO_CATEGORY
        return settled

    def answers_of(self, place: int) -> dict[str, Answer]:
        """Return the answers of one school, without those it was not asked for."""
        found = ((key, int(codes[place])) for key, codes in self.answers.items())
        return {key: WORDS[code] for key, code in found if code != NOT_ASKED}

    def category(self, place: int) -> str | None:
        """Return the key of the category of one school, or None when it is not settled."""
        concern = int(self.concern[place])
        return None if concern == NO_CATEGORY else self.ruleset.categories[concern].key


def propose_all(rulebook: Rulebook, *, columns: Columns) -> Proposed:
    """Return what the ruleset proposes for all schools of the columns."""
    ruleset = rulebook.ruleset
    asking = Asking(columns, rulebook.catalogue, ruleset.newest_years)
    signals = dict(_answered(ruleset.signals, asking=asking))
    asking = Asking(columns, rulebook.catalogue, ruleset.newest_years, signals=signals)
    rules = dict(_answered(ruleset.rules, asking=asking))
    adjusters = dict(_answered(ruleset.adjusters, asking=asking))
    covered = columns.in_phases((*ruleset.phases, Phase.UNKNOWN)) & columns.run_as(ruleset.governance)
    what_is_known = _Case(ruleset, rules=rules, adjusters=adjusters)
    concern = what_is_known.concern()
    worst = what_is_known.worst()
    any_rule = _any(rules.values(), code=MET, count=len(columns))
    settled = (concern != NO_CATEGORY) & (worst <= concern)
    return Proposed(
        columns,
        ruleset,
        covered,
        signals | rules | adjusters,
        np.where(settled, concern, NO_CATEGORY),
        np.where(any_rule, concern, NO_CATEGORY),
    )


def _answered(items: Sequence[Signal], *, asking: Asking) -> Iterator[tuple[str, Answers]]:
    for item in items:
        asked = _asked(item.asked_of, columns=asking.columns)
        found = answers_to(item.when, asking=asking) if asked.any() else NOT_ASKED
        yield item.id, np.where(asked, found, NOT_ASKED)


def _asked(of: AskedOf, *, columns: Columns) -> Flags:
    """Return which schools are asked; what is not known of a school leaves it in."""
    if (of.since and of.since > columns.as_at) or (of.until and columns.as_at > of.until):
        return columns.nobody()
    asked = ~columns.nobody()
    if of.phases:
        asked &= columns.in_phases((*of.phases, Phase.UNKNOWN))
    if of.governance:
        asked &= columns.run_as(of.governance)
    if of.oldest_pupils_at_least is not None:
        asked &= ~(columns.age_high < of.oldest_pupils_at_least)
    if of.youngest_pupils_at_most is not None:
        asked &= ~(columns.age_low > of.youngest_pupils_at_most)
    return asked


class _Case:
    """The rules and adjusters answered: the category they give, and what it would be if more were met."""

    def __init__(
        self, ruleset: Ruleset, *, rules: Mapping[str, Answers], adjusters: Mapping[str, Answers]
    ) -> None:
        self._ruleset, self._rules, self._adjusters = ruleset, rules, adjusters
        self._default = NO_CATEGORY if ruleset.default is None else ruleset.concern(ruleset.default)

    def concern(self) -> Concerns:
        """Return the concern that met rules and adjusters give; unknown counts as not met."""
        met = {key: codes == MET for key, codes in self._adjusters.items()}
        return self._raised(self._leading(but=None), met=met)

    def worst(self) -> Concerns:
        """Return the concern if what is unknown were met: adjusters together, rules one at a time."""
        met = {key: codes >= UNKNOWN for key, codes in self._adjusters.items()}
        worst = self._raised(self._leading(but=None), met=met)
        for rule in self._ruleset.rules:
            unknown = self._rules[rule.id] == UNKNOWN
            if unknown.any():
                supposed = self._raised(self._leading(but=rule), met=met)
                worst = np.where(unknown, np.maximum(worst, supposed), worst)
        return worst

    def _leading(self, *, but: Rule | None) -> Concerns:
        """Return the concern that rules give before adjusters, with the unknown rule `but` taken as met."""
        count = len(next(iter(self._rules.values())))
        found = np.full(count, NO_CATEGORY, dtype=np.int64)
        for rule in self._ruleset.rules:
            codes = self._rules[rule.id]
            met = codes >= UNKNOWN if rule is but else codes == MET
            gives = self._ruleset.concern(rule.gives)
            better = found == NO_CATEGORY if self._ruleset.decides == "first_match" else found < gives
            found = np.where(met & better, gives, found)
        return np.where(found == NO_CATEGORY, self._default, found)

    def _raised(self, concern: Concerns, *, met: Mapping[str, Flags]) -> Concerns:
        for adjuster in self._ruleset.adjusters:
            concern = np.where(met[adjuster.id], self._one_raise(concern, adjuster=adjuster), concern)
        return concern

    def _one_raise(self, concern: Concerns, *, adjuster: Adjuster) -> Concerns:
        most = self._ruleset.concern(adjuster.at_most)
        raised = np.maximum(concern, np.minimum(concern + adjuster.raises, most))
        return np.where(concern == NO_CATEGORY, NO_CATEGORY, raised)


def _any(answers: Iterable[Answers], *, code: np.int8, count: int) -> Flags:
    found = np.zeros(count, dtype=np.bool_)
    for codes in answers:
        found |= codes == code
    return found
