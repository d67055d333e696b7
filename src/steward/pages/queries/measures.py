"""The few figures by which schools are told apart in a list: roll, absence and one headline for the phase."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from steward.analysis.indicators.change import Change, Point, change_between
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.evidence import catalogues
from steward.evidence.queries import figures
from steward.evidence.queries.figures import Figure
from steward.vocabulary.phases import Phase
from steward.vocabulary.values import Known, Value

ROLL, ABSENCE = "roll", "absence"
_END_OF_PRIMARY = ("rwm_expected", "reading_expected", "reading_level_4")
_END_OF_SECONDARY = ("progress_8", "attainment_8", "five_good_gcses")
_SHORT_TITLES = {
    "rwm_expected": "Reading, writing and maths",
    "reading_expected": "Reading",
    "reading_level_4": "Reading, level 4",
    "five_good_gcses": "Five good GCSEs",
}
_HEADLINES = {
    Phase.PRIMARY: _END_OF_PRIMARY,
    Phase.SECONDARY: _END_OF_SECONDARY,
    Phase.ALL_THROUGH: _END_OF_SECONDARY,
}
"""By phase, the measures that may stand for it: that of the newest year, the first of equals."""


def short_title(indicator: IndicatorDefinition) -> str:
    """Return the title of an indicator as a row or heading of a list has room for it."""
    return _SHORT_TITLES.get(indicator.id, indicator.title)


@dataclass(frozen=True, slots=True)
class Measure:
    """A school's figure in the newest year for which the measure is published for any school listed.

    `value` is None where the file of that year has no row for the school.
    """

    code: str
    period: int
    value: Value | None
    release: str = ""
    row: int | None = None
    trend: tuple[Point, ...] = ()
    """The figures of every year there is for the school, oldest first."""

    @property
    def indicator(self) -> IndicatorDefinition:
        """What the figure is."""
        return catalogues.indicators()[self.code]

    @property
    def short_title(self) -> str:
        """The title as a row of a list has room for it."""
        return short_title(self.indicator)

    @property
    def number(self) -> float | None:
        """The number, None where it is missing."""
        return self.value.value if isinstance(self.value, Known) else None

    @property
    def change(self) -> Change | None:
        """How the newest figure differs from that of the year before, None where they cannot be compared."""
        if self.value is None or len(self.trend) < 2:
            return None
        found = change_between(self.trend[-2], self.trend[-1], indicator=self.indicator)
        return found if isinstance(found, Change) else None


@dataclass(frozen=True, slots=True)
class Newest:
    """The measures of a list of schools: the newest year of each, and every figure of every year."""

    periods: Mapping[str, int]
    figures: Mapping[tuple[int, str], Sequence[Figure]]

    def headline(self, phase: Phase) -> str:
        """Return the code of the measure that stands for the phase, "" where there is none."""
        published = [code for code in _HEADLINES.get(phase, ()) if code in self.periods]
        return max(published, key=lambda code: self.periods[code], default="")

    def measure(self, urn: int, *, code: str) -> Measure | None:
        """Return a school's measure, or None where the measure is published for no school listed."""
        if code not in self.periods:
            return None
        found = self.figures.get((urn, code), ())
        trend = tuple(Point(each.period, each.value) for each in found)
        if not found or found[-1].period != self.periods[code]:
            return Measure(code, self.periods[code], None, trend=trend)
        last = found[-1]
        return Measure(code, last.period, last.value, last.release, last.row, trend)


def listed_codes() -> tuple[str, ...]:
    """Return the codes of all measures that a list may show."""
    headlines = dict.fromkeys(code for codes in _HEADLINES.values() for code in codes)
    return tuple(code for code in (ROLL, ABSENCE, *headlines) if code in catalogues.indicators())


def newest_of(urns: Iterable[int]) -> Newest:
    """Return the figures of these schools, read at once."""
    periods: dict[str, int] = {}
    found: dict[tuple[int, str], list[Figure]] = defaultdict(list)
    for figure in figures.figures_of(urns, indicators=listed_codes()):
        periods[figure.indicator] = max(figure.period, periods.get(figure.indicator, 0))
        found[figure.urn, figure.indicator].append(figure)
    return Newest(periods, dict(found))
