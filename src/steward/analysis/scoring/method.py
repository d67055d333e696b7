"""How a school is scored: a versioned method as data, its parts each a rule of the closed set with points."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from steward.analysis.rules.catalogue import Catalogue
from steward.analysis.rules.conditions import Condition, SignalsAtLeast, every_condition
from steward.analysis.rules.inspections import InspectionOutcomeIn
from steward.analysis.rules.ruleset import AskedOf
from steward.analysis.rules.school_evidence import SchoolEvidence
from steward.analysis.scoring.groups import Group
from steward.definitions import FOLDER
from steward.definitions.reading import Definition, DefinitionFault, Part, read_definitions
from steward.vocabulary.phases import Governance, Phase


class Test(Part):
    """A condition and the points it gives when it is met."""

    when: Condition
    points: float = Field(gt=0)


class Item(Part):
    """One part of the score: of its tests, the met one with most points counts."""

    id: str
    title: str
    group: Group
    tests: tuple[Test, ...] = Field(min_length=1)
    asked_of: AskedOf = AskedOf()
    alternatives: bool = False
    """Whether the tests ask the same of different figures, so that one that is settled settles the part."""
    source: str

    @property
    def maximum(self) -> float:
        """The most points it can give."""
        return max(test.points for test in self.tests)


class Band(Part):
    """What a share of the points available is called."""

    at_least: float = Field(ge=0, le=100)
    """Percent of the maximum available."""
    label: str


class ScoreMethod(Definition):
    """A method of scoring: who wrote and who approved it, whether it is in use, and its parts."""

    version: str
    author: str
    approved_by: str
    approved_on: date | None = None
    effective_from: date
    status: Literal["draft", "in_use", "retired"]
    about: str
    source: str
    phases: tuple[Phase, ...] = Field(min_length=1)
    governance: tuple[Governance, ...] = Field(min_length=1)
    newest_years: int = Field(ge=1, le=5)
    events_at_most: float = Field(gt=0)
    """What all live events together may add."""
    least_known: float = Field(ge=0, le=100)
    """Percent of the maximum that must be known for a band to be given."""
    bands: tuple[Band, ...] = Field(min_length=2)
    """The lowest first; it begins at 0."""
    items: tuple[Item, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        for fault in self._faults():
            raise ValueError(fault)
        return self

    def covers(self, school: SchoolEvidence) -> bool:
        """Return whether the method is meant for the school; one of unknown phase is not passed over."""
        return school.phase in (*self.phases, Phase.UNKNOWN) and school.governance in self.governance

    def indicators(self) -> frozenset[str]:
        """Return the ids of all indicators the method reads."""
        return frozenset(each.indicator for each in self.conditions() if hasattr(each, "indicator"))

    def conditions(self) -> Iterator[Condition]:
        """Yield every condition of every item, those inside others too."""
        for item in self.items:
            for test in item.tests:
                yield from every_condition(test.when)

    def band_of(self, share: float) -> Band:
        """Return the band of a percentage of the points available."""
        return next(band for band in reversed(self.bands) if share >= band.at_least)

    def _faults(self) -> Iterator[str]:
        ids = [item.id for item in self.items]
        yield from (f"{each} is there twice" for each in sorted({one for one in ids if ids.count(one) > 1}))
        limits = [band.at_least for band in self.bands]
        if limits != sorted(set(limits)) or limits[0] != 0:
            yield "bands must begin at 0 and each begin above the one before"
        if self.status == "in_use" and self.approved_on is None:
            yield "a method in use has a day on which it was approved (approved_on)"
        if any(isinstance(each, SignalsAtLeast) for each in self.conditions()):
            yield "a score has no signals to count: name the conditions themselves"


def read_methods(folders: Iterable[Path] = (FOLDER / "scores",)) -> dict[str, ScoreMethod]:
    """Return every method by id; a later folder may replace an earlier id. Raises DefinitionFault."""
    return read_definitions(folders, ScoreMethod)


def check_references(method: ScoreMethod, *, catalogue: Catalogue) -> None:
    """Raise DefinitionFault when the method names an indicator or framework that the catalogue has not."""
    missing = sorted(method.indicators() - set(catalogue.indicators))
    outcomes: list[Mapping[str, object]] = [
        each.outcomes for each in method.conditions() if isinstance(each, InspectionOutcomeIn)
    ]
    frameworks = sorted({name for one in outcomes for name in one} - set(catalogue.frameworks))
    for kind, names in (("indicator", missing), ("inspection framework", frameworks)):
        if names:
            raise DefinitionFault(f"{method.id}.yaml: there is no {kind} '{names[0]}'")
