"""What rules need to know of indicators and inspection frameworks, and what they are asking of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.rules.answers import Finding
from steward.analysis.rules.school_evidence import SchoolEvidence
from steward.vocabulary.academic_year import AcademicYear


class Outcome(Protocol):
    """A point on the scale of a framework."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def rank(self) -> int: ...


class Framework(Protocol):
    """What rules read of an inspection framework; `regimes.frameworks` has it."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def scale(self) -> Sequence[Outcome]: ...
    @property
    def below_good(self) -> Sequence[str]: ...
    @property
    def good_or_better(self) -> Sequence[str]: ...
    def label_of(self, outcome: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Indicators and frameworks by id."""

    indicators: Mapping[str, IndicatorDefinition]
    frameworks: Mapping[str, Framework]


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One school being asked about: its evidence, the catalogue, and how old a figure may be."""

    school: SchoolEvidence
    catalogue: Catalogue
    newest_years: int
    """A figure counts while its academic year is at most so many years before the year of the date."""
    signals: Mapping[str, Finding] = field(default_factory=dict)
    """Signals of the ruleset already answered; those not asked of this school are absent."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """Of the signals, by id."""
    year: int | None = None
    """The one academic year to read, named by a condition around that holds measures against each other."""
    predecessor: int | None = None
    """The earlier URN of all figures of that year, named by the condition around."""

    @property
    def oldest_year(self) -> int:
        """The first academic year whose figures still count on the date."""
        return AcademicYear.containing(self.school.as_at).ends - self.newest_years
