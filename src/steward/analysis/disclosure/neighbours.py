"""Schools looked at a few at a time: quick ways to see that counts vary, and that they cannot.

A reader who is told every count of the other schools knows more than any reader, so a count that varies for
him varies for all. A reader who looks at one school alone knows less, so what he works out all do.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from steward.analysis.disclosure.attack import Reader
from steward.analysis.disclosure.seen import Seen
from steward.analysis.disclosure.tables import Flags, LinkedTables

_BESIDE, _APART = 20, 60
"""How many schools are looked at together: few alike at first, since that is quick; then more unlike ones."""


def look(tables: LinkedTables, *, hidden: frozenset[int], seen: Seen, cells: Iterable[int]) -> None:
    """Add to what was `seen` how far some counts vary among the schools of a neighbourhood."""
    wanted = np.zeros(len(tables.cells), dtype=bool)
    wanted[list(cells)] = True
    for places in _neighbourhoods(len(tables.places)):
        inside = _with_areas(tables, places=places)
        short = np.flatnonzero(wanted & inside & seen.are_short).tolist()
        if short:
            looks_at = frozenset(np.flatnonzero(inside).tolist())
            told = Reader(tables, hidden=hidden, seen=seen, looks_at=looks_at, knows_others=True)
            told.try_all(short)


def around(tables: LinkedTables, *, place: int, many: int) -> frozenset[int]:
    """Return the cells of a school, of so many others beside it and as many apart, and of the areas."""
    every = len(tables.places)
    first = min(max(0, place - many // 2), max(0, every - many))
    places = {place, *range(first, min(first + many, every)), *range(place % many, every, every // many + 1)}
    return frozenset(np.flatnonzero(_with_areas(tables, places=sorted(places))).tolist())


def alone(
    tables: LinkedTables, *, hidden: frozenset[int], cells: Iterable[int]
) -> Iterator[tuple[str, Reader]]:
    """Give each school that has one of the cells, by a name, and a reader who looks at nothing else."""
    for place in sorted({int(tables.place_of[cell]) for cell in cells} - {-1}):
        yield f"school {place}", Reader(tables, hidden=hidden, looks_at=tables.places[place])


def _neighbourhoods(places: int) -> Iterator[list[int]]:
    """Give schools so many at a time: those beside each other, then those as far apart as can be."""
    for first in range(0, places, _BESIDE):
        yield list(range(first, min(first + _BESIDE, places)))
    step = -(-places // _APART)
    yield from (list(range(first, places, step)) for first in range(step))


def _with_areas(tables: LinkedTables, *, places: Sequence[int]) -> Flags:
    """Return which cells are of some places, or of none, which is of an area."""
    return np.asarray(np.isin(tables.place_of, [-1, *places]))
