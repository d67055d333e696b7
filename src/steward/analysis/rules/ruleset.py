"""A ruleset: categories, the rules that propose them, and whom they are asked of. One YAML file each."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from steward.analysis.rules.conditions import Condition, SignalsAtLeast, every_condition
from steward.analysis.rules.school_evidence import SchoolEvidence
from steward.definitions import FOLDER
from steward.definitions.reading import Definition, Part, read_definitions
from steward.vocabulary.phases import Governance, Phase


class Entitlement(Part):
    """What a school in a category receives in a year."""

    visits: int | None = None
    days: float | None = None
    review: str
    """How often the category is looked at again, in words."""


class Category(Part):
    """One category of the scheme."""

    key: str
    label: str
    meaning: str
    entitlement: Entitlement | None = None


class AskedOf(Part):
    """The schools and dates a rule is meant for. An empty list leaves nobody out."""

    phases: tuple[Phase, ...] = ()
    governance: tuple[Governance, ...] = ()
    oldest_pupils_at_least: int | None = None
    youngest_pupils_at_most: int | None = None
    since: date | None = None
    until: date | None = None
    """First and last dates as at which the rule is asked: thresholds belong to an era."""

    def includes(self, school: SchoolEvidence) -> bool:
        """Return whether the rule is asked of the school. What is not known of it leaves nobody out."""
        return (
            _within(school.phase, self.phases, unknown=Phase.UNKNOWN)
            and _within(school.governance, self.governance, unknown=None)
            and (None in (self.oldest_pupils_at_least, school.age_high) or self._old_enough(school))
            and (None in (self.youngest_pupils_at_most, school.age_low) or self._young_enough(school))
            and (self.since is None or self.since <= school.as_at)
            and (self.until is None or school.as_at <= self.until)
        )

    def _old_enough(self, school: SchoolEvidence) -> bool:
        return (school.age_high or 0) >= (self.oldest_pupils_at_least or 0)

    def _young_enough(self, school: SchoolEvidence) -> bool:
        return (school.age_low or 0) <= (self.youngest_pupils_at_most or 0)


class Signal(Part):
    """A soft sign of risk. Alone it proposes nothing; rules count signals."""

    id: str
    title: str
    when: Condition
    asked_of: AskedOf = AskedOf()
    source: str


class Rule(Signal):
    """When it is met, the school is proposed for at least the category it gives."""

    gives: str


class Adjuster(Signal):
    """When it is met, concern is raised by `raises` categories, but not beyond `at_most`. Never lowered."""

    raises: int = Field(default=1, ge=1)
    at_most: str


class CouncilsView(Part):
    """How the category of a school the council does not maintain is worded; it carries no entitlement."""

    prefix: str
    note: str


class Ruleset(Definition):
    """A dated, agreed policy as data. Categories run from least concern to most."""

    version: str
    effective_from: date
    agreed_by: str
    source: str
    about: str
    phases: tuple[Phase, ...] = Field(min_length=1)
    governance: tuple[Governance, ...] = Field(min_length=1)
    newest_years: int = Field(ge=1, le=5)
    """A figure counts while its academic year is at most so many years before the year of the date."""
    decides: Literal["most_concern", "first_match"]
    categories: tuple[Category, ...] = Field(min_length=2)
    default: str | None = None
    """Category when no rule is met. Never the best one. None: an officer must answer."""
    councils_view: CouncilsView
    signals: tuple[Signal, ...] = ()
    rules: tuple[Rule, ...] = Field(min_length=1)
    adjusters: tuple[Adjuster, ...] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        for fault in self._faults():
            raise ValueError(fault)
        return self

    @cached_property
    def _order(self) -> dict[str, int]:
        return {category.key: order for order, category in enumerate(self.categories)}

    @property
    def best(self) -> Category:
        """The category of least concern, which only a rule can give."""
        return self.categories[0]

    def concern(self, key: str) -> int:
        """Return how much concern a category means: 0 is the best. Raises KeyError."""
        return self._order[key]

    def category(self, key: str) -> Category:
        """Return the category, or raise KeyError."""
        return self.categories[self.concern(key)]

    def covers(self, school: SchoolEvidence) -> bool:
        """Return whether the policy is meant for the school; one of unknown phase is not passed over."""
        return school.phase in (*self.phases, Phase.UNKNOWN) and school.governance in self.governance

    def label_for(self, key: str, *, governance: Governance) -> str:
        """Return the category in words; for a school not maintained, as the council's view."""
        label = self.category(key).label
        return label if governance is Governance.MAINTAINED else f"{self.councils_view.prefix} {label}"

    def entitlement_for(self, key: str, *, governance: Governance) -> Entitlement | None:
        """Return what a maintained school receives; None for any other."""
        return self.category(key).entitlement if governance is Governance.MAINTAINED else None

    def named(self) -> tuple[Signal, ...]:
        """Return signals, rules and adjusters, in the order of the policy."""
        return (*self.signals, *self.rules, *self.adjusters)

    def indicators(self) -> frozenset[str]:
        """Return the ids of all indicators the ruleset reads."""
        every = (each for item in self.named() for each in every_condition(item.when))
        return frozenset(each.indicator for each in every if hasattr(each, "indicator"))

    def _faults(self) -> Iterator[str]:
        keys = [category.key for category in self.categories]
        yield from (f"{key} is there twice" for key in _twice([*keys, *(item.id for item in self.named())]))
        if self.default is not None and self.default not in keys:
            yield f"default: there is no category '{self.default}'"
        if self.default == keys[0]:
            yield f"default: '{self.default}' is the best category, which a rule must give in so many words"
        if keys[0] not in {rule.gives for rule in self.rules}:
            yield f"rules: no rule gives '{keys[0]}', so no school could be in it"
        yield from (f"{r.id}: there is no category '{r.gives}'" for r in self.rules if r.gives not in keys)
        yield from (
            f"{a.id}: there is no category '{a.at_most}'" for a in self.adjusters if a.at_most not in keys
        )
        yield from self._signal_faults()

    def _signal_faults(self) -> Iterator[str]:
        signals = {signal.id for signal in self.signals}
        for item in self.named():
            for each in every_condition(item.when):
                if not isinstance(each, SignalsAtLeast):
                    continue
                if item.id in signals:
                    yield f"{item.id}: a signal cannot count signals"
                yield from (
                    f"{item.id}: there is no signal '{name}'" for name in each.signals if name not in signals
                )


def read_rulesets(folders: Iterable[Path] = (FOLDER / "rulesets",)) -> dict[str, Ruleset]:
    """Return every ruleset by id; a later folder may replace an earlier id. Raises DefinitionFault."""
    return read_definitions(folders, Ruleset)


def _within(
    own: Phase | Governance, allowed: tuple[Phase | Governance, ...], *, unknown: Phase | None
) -> bool:
    return not allowed or own is unknown or own in allowed


def _twice(ids: list[str]) -> list[str]:
    return sorted({each for each in ids if ids.count(each) > 1})
