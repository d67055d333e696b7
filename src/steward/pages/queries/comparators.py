"""The figure of an area that stands beside another figure: which phase and which basis is the fair one."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from steward.analysis.indicators.definition import IndicatorDefinition
from steward.evidence.queries import figures, releases
from steward.evidence.queries.figures import AreaFigure
from steward.vocabulary.areas import ENGLAND, Basis, Level

ALL_PHASES = "all"
OF_A_KEY_STAGE = ("attainment", "progress", "destinations")
"""Themes whose figures for all schools are about pupils of one age, whatever school they go to."""


@dataclass(frozen=True, slots=True)
class AreaBook:
    """Every figure of one area, found by indicator, year and phase."""

    level: Level
    area: str
    name: str
    figures: Mapping[tuple[str, int], tuple[AreaFigure, ...]]

    def at(self, indicator: str, *, period: int) -> tuple[AreaFigure, ...]:
        """Return every figure of the indicator in the year, of any phase, basis and version."""
        return self.figures.get((indicator, period), ())

    def beside(self, indicator: IndicatorDefinition, *, period: int, phase: str) -> AreaFigure | None:
        """Return the preferred figure to compare a school or area of `phase` with, or None.

        A published figure goes before a computed one. For results of a key stage the figure for all
        schools is as good as that of a phase; for anything else the phase goes before the basis,
        since absence or meals of all schools together are no measure for a secondary school.
        """
        shown = [one for one in self.at(indicator.id, period=period) if one.preferred]
        fitting = [one for one in shown if one.phase in (phase, ALL_PHASES)]
        by_basis = indicator.theme in OF_A_KEY_STAGE

        def order(one: AreaFigure) -> tuple[bool, bool]:
            other_phase, computed = one.phase != phase, one.basis is Basis.COMPUTED
            return (computed, other_phase) if by_basis else (other_phase, computed)

        return min(fitting, key=order, default=None)

    def like(self, figure: AreaFigure) -> AreaFigure | None:
        """Return this area's figure that was published or computed with `figure`, else the preferred one."""
        same = [one for one in self.at(figure.indicator, period=figure.period) if one.phase == figure.phase]
        together = [one for one in same if (one.release, one.basis) == (figure.release, figure.basis)]
        preferred = [one for one in same if one.preferred]
        return next(iter([*together, *preferred]), None)


def england() -> AreaBook:
    """Return the figures of England."""
    return book(Level.ENGLAND, ENGLAND, name="England")


def book(level: Level, area: str, *, name: str) -> AreaBook:
    """Return the figures of an area; `name` is what sentences call it. Raises NothingLoaded."""
    return _book(str(releases.current_folder()), level, area, name)


@lru_cache(maxsize=64)
def _book(folder: str, level: Level, area: str, name: str) -> AreaBook:
    found: dict[tuple[str, int], list[AreaFigure]] = defaultdict(list)
    for one in figures.figures_of_area(level, area):
        found[one.indicator, one.period].append(one)
    return AreaBook(
        level, area, name, MappingProxyType({key: tuple(listed) for key, listed in found.items()})
    )
