"""The strongest and weakest measures of a school, by how far it lies from schools of its phase."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ibis
from ibis.expr.types import Table

from steward.analysis.indicators.change import smallest_cohort
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.vocabulary.values import KNOWN, Known, Value

SPREADS = ibis.schema(
    {
        "indicator": "string",
        "period": "int64",
        "phase": "string",
        "mean": "float64",  # of schools, each counting once
        "deviation": "float64",  # population standard deviation of schools
        "schools": "int64",
    }
)
"""How schools of a phase across England lie in an indicator and year."""

MINIMUM_SCHOOLS = 30
"""Fewer schools than this are no basis for saying how unusual one is."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How schools of one phase lie in one indicator and year."""

    mean: float
    deviation: float
    schools: int


@dataclass(frozen=True, slots=True)
class SchoolFigure:
    """The figure of a school in one indicator and year."""

    indicator: str
    period: int
    value: Value


@dataclass(frozen=True, slots=True)
class Highlight:
    """A measure that stands out: `score` is in standard deviations of schools, above zero is good."""

    figure: SchoolFigure
    score: float
    spread: Spread


@dataclass(frozen=True, slots=True)
class Highlights:
    """The strongest measures, best first, and the weakest, worst first; none is in both."""

    strongest: tuple[Highlight, ...]
    weakest: tuple[Highlight, ...]


def spreads(values: Table, *, places: Table, indicators: Mapping[str, IndicatorDefinition]) -> Table:
    """Return SPREADS of the preferred values with a polarity, over state-funded schools by phase.

    `places` is PLACES. Schools whose cohort is below the smallest one of the indicator are left out;
    so are indicators, years and phases with fewer than thirty schools.
    """
    measured = {name: one for name, one in indicators.items() if one.polarity != "none"}
    known = values.filter(values.preferred, values.status == KNOWN, values.indicator.isin(list(measured)))
    smallest = smallest_cohort(known.indicator, indicators=measured)
    large = known.filter(known.cohort.isnull() | (known.cohort >= smallest))
    at = large.join(places, ["urn", "period"])
    added = at.group_by("indicator", "period", "phase").agg(
        mean=at.value.mean(), deviation=at.value.std(how="pop"), schools=at.count()
    )
    return added.filter(added.schools >= MINIMUM_SCHOOLS, added.deviation > 0).cast(dict(SPREADS))


def highlights(
    figures: Iterable[SchoolFigure],
    *,
    spreads_of_phase: Mapping[tuple[str, int], Spread],
    indicators: Mapping[str, IndicatorDefinition],
    since: int,
    most: int = 3,
) -> Highlights:
    """Return up to `most` strongest and weakest measures of a school, from its latest figure of each.

    `spreads_of_phase` is by indicator and year for the phase of the school. Figures before the year
    `since`, missing ones and those on fewer pupils than the smallest cohort are not used. Only a
    measure on the good side of the average counts as strong, and only one on the bad side as weak.
    """
    scored = [
        scored
        for figure in _latest(figures, since=since)
        if (scored := _scored(figure, spreads_of_phase=spreads_of_phase, indicators=indicators))
    ]
    ordered = sorted(scored, key=lambda one: (-one.score, one.figure.indicator))
    strong = [one for one in ordered if one.score > 0]
    weak = [one for one in reversed(ordered) if one.score < 0]
    return Highlights(tuple(strong[:most]), tuple(weak[:most]))


def _latest(figures: Iterable[SchoolFigure], *, since: int) -> list[SchoolFigure]:
    latest: dict[str, SchoolFigure] = {}
    for figure in figures:
        if figure.period >= since and isinstance(figure.value, Known):
            held = latest.get(figure.indicator)
            if held is None or figure.period > held.period:
                latest[figure.indicator] = figure
    return list(latest.values())


def _scored(
    figure: SchoolFigure,
    *,
    spreads_of_phase: Mapping[tuple[str, int], Spread],
    indicators: Mapping[str, IndicatorDefinition],
) -> Highlight | None:
    indicator = indicators.get(figure.indicator)
    spread = spreads_of_phase.get((figure.indicator, figure.period))
    if indicator is None or spread is None or not isinstance(figure.value, Known):
        return None
    if indicator.polarity == "none" or spread.deviation <= 0:
        return None
    if figure.value.cohort is not None and figure.value.cohort < indicator.minimum_cohort:
        return None
    sign = 1.0 if indicator.polarity == "high" else -1.0
    return Highlight(figure, sign * (figure.value.value - spread.mean) / spread.deviation, spread)
