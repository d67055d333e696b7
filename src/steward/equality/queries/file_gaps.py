"""Gaps of areas from files of results that print figures of groups for authorities and England.

The whole performance tables do: there results by first language of every area stand, which the series of
authorities does not have.
"""

from collections.abc import Iterable, Mapping, Sequence

from steward.analysis.comparison.gap_measures import Gap, SchoolPair
from steward.analysis.comparison.group_gaps import GapYear, Side
from steward.evidence import catalogues
from steward.evidence.queries import area_groups
from steward.evidence.queries.figures import AreaFigure
from steward.vocabulary.values import Known, Missing, Reason

_NOT_THERE = Missing(Reason.NOT_AVAILABLE)
_ALL_PHASES = "all"


def pair_of(gap: Gap) -> SchoolPair | None:
    """Return which indicators say a gap of areas that the series of authorities does not, or None."""
    if gap.pair.value:
        return None
    found = (one for one in gap.measure.schools if one.pair == gap.pair.key)
    return next((one for one in found if one.against == gap.pair.against), None)


def years_of(gap: Gap, *, areas: Iterable[str]) -> dict[str, tuple[GapYear, ...]]:
    """Return the years of a gap by area, oldest first, for areas of which a file prints the group."""
    pair = pair_of(gap)
    if pair is None:
        return {}
    held = area_groups.published_of(frozenset((pair.value, pair.other)))
    found = {area: _years(pair, held.get(area, ())) for area in areas}
    return {area: years for area, years in found.items() if years}


def amounts_in(gap: Gap, *, year: int) -> Mapping[str, float]:
    """Return the gap of every authority that has both figures of the year that ends in `year`, by code."""
    pair = pair_of(gap)
    if pair is None:
        return {}
    areas = area_groups.published_of(frozenset((pair.value, pair.other)))
    every = years_of(gap, areas=areas)
    amounts = {area: one.amount for area, years in every.items() for one in years if one.year == year}
    return {area: amount.value for area, amount in amounts.items() if isinstance(amount, Known)}


def _years(pair: SchoolPair, held: Sequence[AreaFigure]) -> tuple[GapYear, ...]:
    own = [one for one in held if one.indicator == pair.value]
    found = []
    for year in sorted({one.period for one in own}):
        group = _chosen([one for one in own if one.period == year], release="")
        beside = [one for one in held if (one.indicator, one.period) == (pair.other, year)]
        other = _chosen(beside, release=group.release if group else "")
        found.append(GapYear(year, str(year), _side(group), _side(other)))
    return tuple(found)


def _chosen(figures: Sequence[AreaFigure], *, release: str) -> AreaFigure | None:
    """Return the figure to show: a known one, of the same file as the group's, of all phases, preferred."""

    def worth(one: AreaFigure) -> tuple[bool, bool, bool, bool]:
        known = isinstance(one.value, Known)
        return known, one.release == release, one.phase == _ALL_PHASES, one.preferred

    return max(figures, key=worth, default=None)


def _side(figure: AreaFigure | None) -> Side:
    if figure is None:
        return Side(_NOT_THERE)
    decimals = catalogues.indicators()[figure.indicator].decimals
    return Side(figure.value, decimals, figure.release, figure.row or 0)
