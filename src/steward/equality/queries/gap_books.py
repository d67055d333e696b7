"""The gaps of areas, year by year, from the series of authorities, or else from whole files of results."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from steward.analysis.comparison import group_gaps
from steward.analysis.comparison.gap_measures import Gap
from steward.analysis.comparison.group_gaps import GapYear, Side
from steward.equality.queries import file_gaps
from steward.evidence import catalogues
from steward.evidence.queries import releases, series
from steward.evidence.queries.series import SeriesPoint
from steward.vocabulary.areas import ENGLAND
from steward.vocabulary.values import Known, Missing, Reason

_NOT_THERE = Missing(Reason.NOT_AVAILABLE)
_SETTLED = "("
"""A year printed with a word in brackets is not settled, or revised later: "2025 (prov)"."""

GapBook = Mapping[str, tuple[GapYear, ...]]
"""The years of each gap by its id, oldest first; gaps of which the area has no figure are left out."""


def published_gaps() -> dict[str, Gap]:
    """Return every gap of which the series or whole files of results print both figures of areas, by id."""
    return {gap.id: gap for gap in catalogues.gaps().values() if gap.pair.value or file_gaps.pair_of(gap)}


def book_of(area: str) -> GapBook:
    """Return every gap of an area ("england", or the code of an authority or region), year by year.

    Raises NothingLoaded when there is no generation of tables.
    """
    return _book(releases.current_folder(), area)


def years_in(gap: Gap, *, areas: Collection[str]) -> Mapping[str, tuple[GapYear, ...]]:
    """Return the years of one gap by area, for areas that have any figure of it."""
    if file_gaps.pair_of(gap):
        return file_gaps.years_of(gap, areas=areas)
    folder = releases.current_folder()
    points = series.series_of((gap.pair.value, gap.pair.other), areas=areas)
    found = {area: _years(gap, area, points=points, folder=folder) for area in areas}
    return {area: years for area, years in found.items() if years}


def amounts_in(gap: Gap, *, year: int) -> Mapping[str, float]:
    """Return the gap of every authority that has both figures of the year that ends in `year`, by code."""
    return _amounts(releases.current_folder(), gap.id, year)


def usual_change(gap: Gap, *, year: int) -> float | None:
    """Return how far such gaps of authorities moved into `year` in 19 cases of 20, each way.

    None where fewer than thirty authorities have the gap of both years.
    """
    return _usual_change(releases.current_folder(), gap.id, year)


def sources_of(area: str) -> tuple[str, ...]:
    """Return the ids of the releases that the gaps of an area are read from."""
    points = series.series_of(_codes(published_gaps()), areas=[area])
    in_files = (year for years in _of_files(area).values() for year in years)
    sides = {side.release for year in in_files for side in (year.group, year.other) if side.release}
    return tuple(sorted({one.release for listed in points.values() for one in listed} | sides))


def _codes(gaps: Mapping[str, Gap]) -> set[str]:
    pairs = [gap.pair for gap in gaps.values() if gap.pair.value]
    return {code for pair in pairs for code in (pair.value, pair.other)}


def _of_files(area: str) -> dict[str, tuple[GapYear, ...]]:
    wanted = [gap for gap in published_gaps().values() if file_gaps.pair_of(gap)]
    found = {gap.id: file_gaps.years_of(gap, areas=[area]).get(area, ()) for gap in wanted}
    return {name: years for name, years in found.items() if years}


@lru_cache(maxsize=256)
def _book(folder: Path, area: str) -> GapBook:
    gaps = published_gaps()
    points = series.series_of(_codes(gaps), areas=[area])
    listed = [gap for gap in gaps.values() if gap.pair.value]
    found = {gap.id: _years(gap, area, points=points, folder=folder) for gap in listed}
    return MappingProxyType({name: years for name, years in found.items() if years} | _of_files(area))


def _years(
    gap: Gap,
    area: str,
    *,
    points: Mapping[tuple[str, str], Sequence[SeriesPoint]],
    folder: Path,
) -> tuple[GapYear, ...]:
    sides = [
        {point.year: point for point in _one_a_year(points.get((code, area), ()))}
        for code in (gap.pair.value, gap.pair.other)
    ]
    years = sorted({year for side in sides for year in side if year is not None})
    found = []
    for year in years:
        group, other = (side.get(year) for side in sides)
        named = group or other
        label = named.label if named else str(year)
        both = (_side(group, folder=folder), _side(other, folder=folder))
        found.append(GapYear(year, label, *both))
    return tuple(found)


def _one_a_year(points: Sequence[SeriesPoint]) -> list[SeriesPoint]:
    """Return the points of single years, the one to keep of a year last: known ones, and settled ones."""
    single = [point for point in points if point.year is not None and point.years == 1]
    return sorted(single, key=lambda one: (isinstance(one.value, Known), _SETTLED not in one.label))


def _side(point: SeriesPoint | None, *, folder: Path) -> Side:
    if point is None:
        return Side(_NOT_THERE)
    decimals = _decimals(folder, point.measure, point.label)
    return Side(point.value, decimals, point.release, point.row)


@lru_cache(maxsize=4096)
def _amounts(folder: Path, gap_id: str, year: int) -> Mapping[str, float]:
    gap = published_gaps()[gap_id]
    if file_gaps.pair_of(gap):
        return MappingProxyType(dict(file_gaps.amounts_in(gap, year=year)))
    pair = gap.pair
    group, other = (_across(folder, code, year) for code in (pair.value, pair.other))
    return MappingProxyType({area: group[area] - other[area] for area in group if area in other})


@lru_cache(maxsize=4096)
def _usual_change(folder: Path, gap_id: str, year: int) -> float | None:
    now, before = (_amounts(folder, gap_id, one) for one in (year, year - 1))
    moved = [abs(now[area]) - abs(before[area]) for area in now if area in before]
    return group_gaps.usual_movement(moved)


def _across(folder: Path, measure: str, year: int) -> Mapping[str, float]:
    label = _labels(folder, measure).get(year)
    return series.across(measure, label=label) if label else {}


@lru_cache(maxsize=1024)
def _labels(folder: Path, measure: str) -> Mapping[int, str]:
    """Return how each year of a measure is printed, by the calendar year in which it ends."""
    points = series.series_of((measure,), areas=(ENGLAND,)).get((measure, ENGLAND), ())
    return {point.year: point.label for point in _one_a_year(points) if point.year is not None}


@lru_cache(maxsize=8192)
def _decimals(folder: Path, measure: str, label: str) -> int:
    return group_gaps.printed_decimals(series.across(measure, label=label).values())
