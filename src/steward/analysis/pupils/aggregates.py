"""Figures of groups of pupils: school x group x year and authority x group x year.

Pupils are summed for each bundle of dimensions into a small cube, and each dimension is then summed from
the cube of its bundle. A bundle is kept so small that its cube has far fewer rows than there are pupils; one
cube of every dimension at once would have almost as many. All cubes are groupings of the same table, which
an engine can make in one reading of it (`one_reading`).
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import reduce
from itertools import combinations

import ibis
from ibis.expr.types import NumericValue, Table

from steward.analysis import columns
from steward.analysis.pupils.groups import ALL, BOTH, Dimension
from steward.analysis.pupils.measures import MEASURES, PupilMeasure

MOST_CELLS = 128
"""Most combinations of codes in a bundle: there are few bundles, and their cubes are still so small that
summing each dimension from them costs little. Measured with 9 million pupils; 64 and 256 cost as much."""
AREA = "area"
_KEYS = ("area", "period")
_CELL = (*_KEYS, "dimension", "member")

Keep = Callable[[Table], Table]
"""Has the engine work a table out and keep it, where it is read several times."""

PupilsWith = Callable[[Sequence[str]], Table]
"""Gives pupils with area, period, the parts of measures and the columns that are named, and no others."""


def parts(pupils: Table, *, available: Collection[str], measures: Sequence[PupilMeasure] = MEASURES) -> Table:
    """Return pupils with the parts of every measure beside them, null for those that the file cannot give.

    `available` are the columns that the file has.
    """
    found: dict[str, NumericValue] = {}
    for measure in measures:
        possible = set(measure.needs) <= set(available)
        for name, part in measure.parts(pupils).items():
            found[name] = part if possible else ibis.null(part.type())
    return pupils.mutate(**found)


def sums(pupils_with: PupilsWith, *, dimensions: Sequence[Dimension], names: Sequence[str]) -> Table:
    """Return the sums of the columns `names` for every area, period and member of every dimension.

    The outcome has area, period, dimension, member and the sums.
    """
    together: list[Table] = []
    pupils = pupils_with(_codes(dimensions))
    for number, bundle in enumerate(bundles(dimensions)):
        cube = _summed(pupils, by=(*_KEYS, *_codes(bundle)), names=names)
        if number == 0:
            everybody = _summed(cube, by=_KEYS, names=names)
            together.append(_celled(everybody, dimension=ALL, member=ibis.literal(ALL), names=names))
        together += [_of_dimension(cube, dimension, names=names) for dimension in bundle]
    return reduce(lambda one, other: one.union(other), together)


def crossed(pupils_with: PupilsWith, *, dimensions: Sequence[Dimension], names: Sequence[str]) -> Table:
    """Return the same sums for pupils who are in a member of one dimension and one of another at once.

    Dimension and member carry both names joined by "+", in the order of `dimensions`.
    """
    pupils = pupils_with(_codes(dimensions))
    return reduce(
        lambda one, other: one.union(other),
        (_of_both(pupils, pair, names=names) for pair in combinations(dimensions, 2)),
    )


def of_areas(cells: Table, *, places: Table, names: Sequence[str]) -> Table:
    """Return sums of larger areas from those of smaller ones; `places` says in which `larger` each lies."""
    placed = cells.inner_join(places.select("area", "larger"), "area").drop("area")
    return _summed(placed.rename(area="larger"), by=_CELL, names=names)


def figures(cells: Table, *, level: str, measures: Sequence[PupilMeasure] = MEASURES) -> Table:
    """Return a row of the shape GROUPS for every cell and measure with a pupil in it.

    `cells` are sums with a column `phase` and one `release`.
    """
    made = [_figures_of(cells, measure, level=level) for measure in measures]
    return reduce(lambda one, other: one.union(other), made)


def part_names(measures: Sequence[PupilMeasure], *, pupils: Table) -> tuple[str, ...]:
    """Return the names of the parts of some measures."""
    return tuple(name for measure in measures for name in measure.parts(pupils))


def bundles(dimensions: Sequence[Dimension], *, most: int = MOST_CELLS) -> tuple[tuple[Dimension, ...], ...]:
    """Return the dimensions in bundles of few combinations, small ones together and wide ones alone."""
    return tuple(_bundled(sorted(dimensions, key=lambda one: (not one.members, one.size)), most=most))


def _bundled(ordered: Sequence[Dimension], *, most: int) -> Iterator[tuple[Dimension, ...]]:
    bundle: list[Dimension] = []
    cells = 1
    for one in ordered:
        if bundle and (cells * one.size > most or not one.members):
            yield tuple(bundle)
            bundle, cells = [], 1
        bundle.append(one)
        cells *= one.size
    if bundle:
        yield tuple(bundle)


def _summed(table: Table, *, by: Sequence[str], names: Sequence[str]) -> Table:
    found: Table = table.group_by(*by).aggregate(**{name: table[name].sum() for name in names})
    return found


def _of_dimension(cube: Table, dimension: Dimension, *, names: Sequence[str]) -> Table:
    named = cube.mutate(member=dimension.member_of(cube))
    found = _summed(named, by=(*_KEYS, "member"), names=names)
    return _celled(found, dimension=dimension.id, member=found.member, names=names)


def _codes(dimensions: Sequence[Dimension]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.column for one in dimensions))


def _of_both(pupils: Table, pair: tuple[Dimension, Dimension], *, names: Sequence[str]) -> Table:
    cube = _summed(pupils, by=(*_KEYS, *_codes(pair)), names=names)
    first, second = (one.member_of(cube) for one in pair)
    named = cube.mutate(member=first + BOTH + second)
    found = _summed(named, by=(*_KEYS, "member"), names=names)
    return _celled(found, dimension=BOTH.join(one.id for one in pair), member=found.member, names=names)


def _celled(found: Table, *, dimension: str, member: ibis.Value, names: Sequence[str]) -> Table:
    cells: Table = found.select(
        *_KEYS, dimension=ibis.literal(dimension), member=member, **{name: found[name] for name in names}
    )
    return cells


def _figures_of(cells: Table, measure: PupilMeasure, *, level: str) -> Table:
    figure: Mapping[str, ibis.Value] = measure.figure(cells)
    row = cells.select(
        *_CELL, "phase", "release", level=ibis.literal(level), indicator=ibis.literal(measure.id), **figure
    )
    return columns.cast(row.filter(row.pupils > 0), columns.GROUPS)
