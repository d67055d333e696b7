"""The figure of an authority's statistical neighbours beside that of a school."""

import statistics
from dataclasses import dataclass

from steward.analysis.comparison.gaps import Gap, gap
from steward.evidence.queries import neighbours
from steward.evidence.queries.figures import AreaFigure
from steward.pages.queries import comparators
from steward.pages.queries.school_measures import SchoolMeasure
from steward.vocabulary.areas import Basis, Level
from steward.vocabulary.phases import Phase
from steward.vocabulary.values import Known

FEWEST = 5
"""The mean of fewer neighbours with a figure than this is not shown."""
NAME = "statistical neighbours"


@dataclass(frozen=True, slots=True)
class NeighbourMean:
    """The plain mean of the neighbours' figures, of how many of how many, and the gap to the school's."""

    title: str
    value: float
    known: int
    listed: int
    computed: int
    """How many of the figures were computed here from schools."""
    gap: Gap | None


def beside_neighbours(measure: SchoolMeasure, *, authority: str, phase: Phase) -> NeighbourMean | None:
    """Return the mean of the newest published list of neighbours in the year of a school's figure.

    None where there is no list, or fewer than five of them have a figure. Raises NothingLoaded.
    """
    held = neighbours.lists()
    if not held or measure.indicator.area == "sum":
        return None
    listed = neighbours.neighbours_of(authority, list_id=held[0].id)
    found = [one for one in (_figure(one.authority, measure, phase) for one in listed) if one is not None]
    known = [one.value.value for one in found if isinstance(one.value, Known)]
    if len(known) < FEWEST:
        return None
    mean, own = statistics.fmean(known), measure.figure.value
    return NeighbourMean(
        title=held[0].title,
        value=mean,
        known=len(known),
        listed=len(listed),
        computed=sum(one.basis is Basis.COMPUTED for one in found if isinstance(one.value, Known)),
        gap=gap(own.value, comparator=mean, name=NAME, indicator=measure.indicator)
        if isinstance(own, Known)
        else None,
    )


def _figure(code: str, measure: SchoolMeasure, phase: Phase) -> AreaFigure | None:
    found = comparators.book(Level.AUTHORITY, code, name=code)
    return found.beside(measure.indicator, period=measure.figure.period, phase=phase.value)
