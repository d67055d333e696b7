"""What a reader can work out: for each hidden count the least and the most that agree with what is shown.

Source: linear programming as in Fischetti and Salazar, Management Science 46 (2000), 1325-1346.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import block_array, csr_matrix, vstack
from scipy.sparse.csgraph import connected_components

from steward.analysis.disclosure.seen import Seen
from steward.analysis.disclosure.solver import AttackFailed, Relations, Solver
from steward.analysis.disclosure.tables import Floats, LinkedTables

__all__ = [
    "AttackFailed",
    "Interval",
    "Push",
    "Reader",
    "attack",
    "numbers_recovered",
    "recovered",
    "unprotected",
]

_NEAR = 1e-6
_FRUITLESS = 3
_FEW = 3
_UP = 0.5
_HARDLY = 0.95
"""Pushes at random end after this many in a row that prove fewer than one in twenty of what is left."""


@dataclass(frozen=True, slots=True)
class Interval:
    """What a reader knows of a hidden cell: a whole number from `low` to `high`; `count` is the truth."""

    cell: int
    count: int
    low: int
    high: int
    need: int

    @property
    def width(self) -> int:
        """How far apart the least and the most are."""
        return self.high - self.low

    @property
    def recovered(self) -> bool:
        """Whether a reader knows the count, or more nearly than he may."""
        return self.width < max(self.need, 1)


@dataclass(frozen=True, slots=True)
class Push:
    """How far a cell can go one way, and why no farther.

    However many cells are hidden, it goes at most as far from the truth as `slack` and, of the cells that
    are hidden, the sum of `rates`.
    """

    reached: float
    rates: Floats
    slack: float


def attack(tables: LinkedTables, *, hidden: frozenset[int]) -> list[Interval]:
    """Return what a reader can work out of each cell that needs protection, where `hidden` are withheld.

    A cell that needs protection and is shown is given as it is. Raises AttackFailed.
    """
    reader = Reader(tables, hidden=hidden)
    targets = [place for place, cell in enumerate(tables.cells) if cell.need]
    return [reader.interval(place) for place in targets]


def unprotected(tables: LinkedTables, *, hidden: frozenset[int]) -> list[int]:
    """Return the cells that need protection and would be recovered, most nearly known first.

    Intervals are looked at only where no counts met on the way already prove them wide enough.
    """
    reader = Reader(tables, hidden=hidden)
    targets = [place for place, cell in enumerate(tables.cells) if cell.need]
    reader.try_all(targets)
    open_ones = [place for place in targets if reader.proven(place) < tables.cells[place].need]
    short: list[tuple[int, int]] = []
    for place in open_ones:
        need = tables.cells[place].need
        if reader.proven(place) < need:
            width = reader.interval(place).width
            short += [(width - need, place)] if width < need else []
    return [place for _, place in sorted(short)]


class Reader:
    """Somebody who knows everything that is shown, and works out the rest."""

    def __init__(
        self,
        tables: LinkedTables,
        *,
        hidden: frozenset[int],
        seen: Seen | None = None,
        looks_at: frozenset[int] | None = None,
        knows_others: bool = False,
    ) -> None:
        """Begin with what was `seen` already, by a reader who was shown as much or more.

        A reader who only `looks_at` some cells does not use what ties hidden ones to others, or else
        `knows_others`: the count of each. The first knows less than all readers, the second more.
        """
        self.tables = tables
        self.seen = seen or Seen(tables)
        flags = tables.hidden_cells(hidden)
        looked_at = np.ones(len(flags), dtype=bool) if looks_at is None else np.zeros(len(flags), dtype=bool)
        looked_at[sorted(looks_at or ())] = True
        self.hidden = np.flatnonzero(flags & looked_at)
        self._place = {int(cell): place for place, cell in enumerate(self.hidden)}
        unknown = np.flatnonzero(flags & ~looked_at & (not knows_others))
        shown = tables.counts.copy()
        shown[self.hidden] = 0.0
        equal, less = tables.equations, tables.inequalities
        self._equal = Relations.left(
            equal, sides=tables.rests - equal @ shown, hidden=self.hidden, unknown=unknown
        )
        self._less = Relations.left(less, sides=-(less @ shown), hidden=self.hidden, unknown=unknown)
        self._parts = self._apart()
        self._solvers: dict[int, Solver] = {}
        self._is_hidden = flags

    def proven(self, cell: int) -> float:
        """Return a width that the interval of a cell is known to have at least; 0 for a cell shown."""
        return self.seen.width_of(cell)

    def looks_at(self, cell: int) -> bool:
        """Return whether the cell is one of the hidden ones that this reader looks at."""
        return cell in self._place

    def interval(self, cell: int) -> Interval:
        """Return what can be worked out of a cell."""
        count, need = self.tables.cells[cell].count, self.tables.cells[cell].need
        if cell not in self._place:
            return Interval(cell, count, count, count, need)
        low, high = self.pushed(cell)
        least, most = int(np.ceil(low.reached - _NEAR)), int(np.floor(high.reached + _NEAR))
        return Interval(cell, count, least, most, need)

    def pushed(self, cell: int) -> tuple[Push, Push]:
        """Return the least and the most that a hidden cell can be."""
        return self.push(cell, sign=1.0), self.push(cell, sign=-1.0)

    def push(self, cell: int, *, sign: float) -> Push:
        """Return the least (sign 1) or the most (sign -1) that a hidden cell can be."""
        place = self._place[cell]
        return self._solve(self._parts == self._parts[place], {place: sign})

    def try_all(self, cells: Iterable[int]) -> None:
        """Push many cells at once, some up and some down, so that few are left to be looked at one by one.

        Every outcome is a set of counts that agrees with what is shown, so it proves what it spans.
        """
        places = np.array([self._place[cell] for cell in cells if cell in self._place], dtype=np.int64)
        for part in np.unique(self._parts[places]):
            self._try_part(places[self._parts[places] == part], inside=self._parts == part)

    def _try_part(self, places: NDArray[np.int64], *, inside: NDArray[np.bool_]) -> None:
        chance, fruitless = np.random.default_rng(len(places)), 0
        left = places
        while fruitless < _FRUITLESS:
            still = left[self.seen.are_short[self.hidden[left]]]
            fruitless = fruitless + 1 if len(left) and len(still) > _HARDLY * len(left) else 0
            left = still
            if len(left) < _FEW:
                return
            ways = self._ways(chance)[self.hidden[left]]
            self._solve(inside, dict(zip(left.tolist(), ways.tolist(), strict=True)), to_ends=True)

    def _ways(self, chance: np.random.Generator) -> Floats:
        """Return for each cell whether to push it up (-1) or down (1).

        A number of pupils and all that goes with it go one way. Where it is shown, those with a result and
        those without go different ways.
        """
        figures = np.where(chance.random(len(self.tables.costs)) < _UP, -1.0, 1.0)
        leaders = self.tables.leaders[self.tables.figure_of]
        together = (leaders >= 0) & self._is_hidden[np.maximum(leaders, 0)]
        own = figures[self.tables.figure_of] * np.where(self.tables.are_second, -1.0, 1.0)
        leading = figures[self.tables.figure_of[np.maximum(leaders, 0)]]
        return np.where(together, leading, own)

    def _apart(self) -> NDArray[np.int64]:
        """Number the hidden cells by what they are tied to, so that each group is looked at alone."""
        ties = vstack([self._equal.matrix, self._less.matrix]).tocsr()
        rows, cells = ties.shape
        around = block_array([[csr_matrix((cells, cells)), ties.T], [ties, csr_matrix((rows, rows))]])
        found = connected_components(around, directed=False)[1]
        return np.asarray(found[:cells], dtype=np.int64)

    def _solve(self, inside: NDArray[np.bool_], wanted: dict[int, float], *, to_ends: bool = False) -> Push:
        places = np.flatnonzero(inside)
        aim = np.zeros(len(self.hidden))
        aim[list(wanted)] = list(wanted.values())
        solver = self._solver_of(places)
        found = (solver.least_to_ends if to_ends else solver.least)(aim[places])
        at = self.tables.counts.copy()
        at[self.hidden[places]] = found.at
        self.seen.add(at)
        prices = _Prices(np.zeros(len(self.tables.ties)), np.zeros(2 * len(self.tables.ratios)))
        prices.equal[solver.equal.rows] = found.equal
        prices.less[solver.less.rows] = found.less
        return self._push(float(at[self.hidden[next(iter(wanted))]]), aim=aim, prices=prices)

    def _solver_of(self, places: NDArray[np.int64]) -> Solver:
        part = int(self._parts[places[0]])
        if part not in self._solvers:
            cells = self.hidden[places]
            ends = np.where(
                self.tables.needs[cells] > 0, self.tables.counts[cells] + self.tables.needs[cells], np.inf
            )
            equal, less = self._equal.about(places), self._less.about(places)
            self._solvers[part] = Solver(equal, less, most=self.tables.most, ends=ends)
        return self._solvers[part]

    def _push(self, reached: float, *, aim: Floats, prices: "_Prices") -> Push:
        tables = self.tables
        held = np.zeros(len(tables.cells))
        held[self.hidden] = aim
        held -= tables.equations.T @ prices.equal + tables.inequalities.T @ prices.less
        rates = np.maximum(held, 0.0) * tables.counts + np.maximum(-held, 0.0) * (tables.most - tables.counts)
        slack = float(prices.less @ (tables.inequalities @ tables.counts))
        return Push(reached, rates, slack)


@dataclass(frozen=True, slots=True)
class _Prices:
    """What a little more on the right side of each sum and each ratio would bring."""

    equal: Floats
    less: Floats


def numbers_recovered(intervals: Iterable[Interval]) -> int:
    """Return how many cells a reader recovers."""
    return sum(1 for one in intervals if one.recovered)


def recovered(intervals: Iterable[Interval]) -> Iterator[Interval]:
    """Give the intervals that are too narrow."""
    return (one for one in intervals if one.recovered)
