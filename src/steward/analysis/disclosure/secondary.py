"""Which further figures to withhold so that none of the small counts can be worked out, at the least loss.

The exact choice takes an integer programme that is told, round by round, what a reader could still work
out. Source: Fischetti and Salazar, Solving the cell suppression problem on tabular data with linear
constraints, Management Science 47 (2001), 1008-1027. The good choice moves counts at the least loss, as
Kelly, Golden and Assad, Cell suppression, Networks 22 (1992), 397-417, and then gives back what it can.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix, hstack

from steward.analysis.disclosure.attack import Reader, unprotected
from steward.analysis.disclosure.tables import Flags, Floats, LinkedTables

_ROUNDS = 60
_LEAST_PRICE = 1e-4
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Choice:
    """The figures to withhold, what that loses, and the least that any choice loses."""

    hidden: frozenset[int]
    cost: float
    least: float
    exact: bool
    """Whether no choice loses less."""


def attainable(tables: LinkedTables) -> LinkedTables:
    """Return the tables with no need beyond what withholding every figure would give.

    What readers know whatever is withheld, such as results of all pupils, can leave less room than asked.
    """
    everything = frozenset(range(len(tables.costs))) - tables.known
    reader = Reader(tables, hidden=everything)
    reader.try_all([place for place, cell in enumerate(tables.cells) if cell.need])
    cells = list(tables.cells)
    for place, cell in enumerate(cells):
        if cell.need and reader.proven(place) < cell.need:
            cells[place] = replace(cell, need=max(0, min(cell.need, reader.interval(place).width)))
    return replace(tables, cells=tuple(cells))


def choose(tables: LinkedTables, *, seconds: float) -> Choice:
    """Return the figures to withhold: the cheapest choice where it is found in time, else a good one."""
    good = good_choice(tables)
    least = tables.cost_of(tables.closed(tables.primary))
    if good.cost <= least + _NEAR:
        return replace(good, least=least, exact=True)
    return exact_choice(tables, good=good, seconds=seconds)


def exact_choice(tables: LinkedTables, *, good: Choice, seconds: float) -> Choice:
    """Return the cheapest choice, or `good` with a bound where `seconds` did not suffice."""
    programme = _Programme(tables)
    for _ in range(_ROUNDS):
        hidden, least, solved = programme.solve(seconds=seconds)
        if least >= good.cost - _NEAR:
            return replace(good, least=good.cost, exact=True)
        if not solved:
            return replace(good, least=least)
        known = unprotected(tables, hidden=hidden)
        if not known:
            return Choice(hidden, tables.cost_of(hidden), least, exact=True)
        programme.learn(hidden, cells=known)
    return replace(good, least=least)


def good_choice(tables: LinkedTables) -> Choice:
    """Return a choice that leaves nothing to be worked out, near the cheapest but not always it."""
    hidden = tables.closed(tables.primary)
    known = unprotected(tables, hidden=hidden)
    while known:
        for cell in known:
            hidden = _with_room(tables, hidden=hidden, cell=cell)
        known = unprotected(tables, hidden=hidden)
    hidden = _given_back(tables, hidden=hidden)
    return Choice(hidden, tables.cost_of(hidden), tables.cost_of(tables.closed(tables.primary)), exact=False)


def _with_room(tables: LinkedTables, *, hidden: frozenset[int], cell: int) -> frozenset[int]:
    """Withhold more figures until a cell has the room it needs; all of them where nothing less gives it."""
    reader = Reader(tables, hidden=hidden)
    if not reader.interval(cell).recovered:
        return hidden
    count, need = tables.cells[cell].count, tables.cells[cell].need
    moved = _moved(tables, hidden=hidden, cell=cell, by=float(need))
    if moved is None and count:
        down = _moved(tables, hidden=hidden, cell=cell, by=-float(min(count, need)))
        up = _moved(tables, hidden=hidden, cell=cell, by=float(need - min(count, need)))
        moved = down | up if down is not None and up is not None else None
    if moved is None or moved <= hidden:
        moved = frozenset(range(len(tables.costs))) - tables.known
    return tables.closed(hidden | moved)


def _moved(tables: LinkedTables, *, hidden: frozenset[int], cell: int, by: float) -> frozenset[int] | None:
    """Return the figures that change, at the least loss, when a cell changes by so much; None if none can."""
    prices, free = _prices(tables, hidden=hidden)
    most = np.where(free, tables.most - tables.counts, 0.0)
    least = np.where(free, tables.counts, 0.0)
    up, down = (most[cell], least[cell]) if by == 0.0 else (max(by, 0.0), max(-by, 0.0))
    bounds = np.column_stack([np.zeros(2 * len(most)), np.concatenate([most, least])])
    bounds[cell], bounds[len(most) + cell] = (min(up, by), up), (min(down, -by), down)
    slack = -(tables.inequalities @ tables.counts)
    found = linprog(
        np.concatenate([prices, prices]),
        A_eq=hstack([tables.equations, -tables.equations]).tocsr(),
        b_eq=np.zeros(len(tables.sums)),
        A_ub=hstack([tables.inequalities, -tables.inequalities]).tocsr() if tables.ratios else None,
        b_ub=slack + _NEAR if tables.ratios else None,
        bounds=bounds,
        method="highs",
    )
    if found.x is None:
        return None
    changed = np.flatnonzero(found.x[: len(most)] + found.x[len(most) :] > _NEAR)
    return frozenset(int(figure) for figure in tables.figure_of[changed])


def _prices(tables: LinkedTables, *, hidden: frozenset[int]) -> tuple[Floats, Flags]:
    """Return what it costs to change each cell by one, and whether it can be changed at all."""
    costs = np.array(tables.costs)
    costs[sorted(hidden)] = _LEAST_PRICE
    free = np.ones(len(costs), dtype=bool)
    free[sorted(tables.known)] = False
    return costs[tables.figure_of], np.asarray(free[tables.figure_of])


def _given_back(tables: LinkedTables, *, hidden: frozenset[int]) -> frozenset[int]:
    """Show again, dearest first, each figure without which nothing can be worked out."""
    bound = tables.closed(tables.primary)
    for figure in sorted(hidden - bound, key=lambda one: (-tables.costs[one], one)):
        fewer = hidden - {figure}
        if tables.closed(fewer) == fewer and not unprotected(tables, hidden=fewer):
            hidden = fewer
    return hidden


class _Programme:
    """The integer programme: one yes or no for each figure, and what has been learnt of readers so far."""

    def __init__(self, tables: LinkedTables) -> None:
        self.tables = tables
        self._rows: list[Floats] = []
        self._least: list[float] = []
        for cell in (place for place, one in enumerate(tables.cells) if one.need):
            self._not_alone(cell)
        for before, after in tables.follows:
            row = np.zeros(len(tables.costs))
            row[after], row[before] = 1.0, -1.0
            self._add(row, least=0.0)

    def solve(self, *, seconds: float) -> tuple[frozenset[int], float, bool]:
        """Return the cheapest choice so far, the least that any choice loses, and whether it was found."""
        size = len(self.tables.costs)
        least, most = np.zeros(size), np.ones(size)
        least[sorted(self.tables.primary)] = 1.0
        most[sorted(self.tables.known)] = 0.0
        found = milp(
            np.array(self.tables.costs),
            integrality=np.ones(size),
            bounds=Bounds(least, most),
            constraints=LinearConstraint(csr_matrix(np.array(self._rows)), self._least, np.inf),
            options={"time_limit": seconds, "mip_rel_gap": 1e-9},
        )
        bound = float(found.mip_dual_bound) if found.mip_dual_bound is not None else 0.0
        if found.x is None or found.status != 0:
            return frozenset(), bound, False
        return frozenset(int(one) for one in np.flatnonzero(found.x > 0.5)), bound, True

    def learn(self, hidden: frozenset[int], *, cells: list[int]) -> None:
        """Rule out choices in which a reader works out one of the cells as with `hidden`."""
        reader = Reader(self.tables, hidden=hidden)
        for cell in cells:
            low, high = reader.push(cell, sign=1.0), reader.push(cell, sign=-1.0)
            need = self.tables.cells[cell].need - low.slack - high.slack
            row = np.bincount(
                self.tables.figure_of, weights=low.rates + high.rates, minlength=len(self.tables.costs)
            )
            self._add(np.minimum(row, need), least=need)

    def _not_alone(self, cell: int) -> None:
        """In each sum that has the cell another figure is withheld, or the cell is known."""
        figure = self.tables.cells[cell].figure
        for one in self.tables.sums:
            inside = (one.total, *one.parts)
            if cell in inside:
                row = np.zeros(len(self.tables.costs))
                row[[self.tables.cells[other].figure for other in inside]] = 1.0
                same = sum(1 for other in inside if self.tables.cells[other].figure == figure)
                if same == 1:
                    row[figure] = 0.0
                    self._add(row, least=1.0)

    def _add(self, row: Floats, *, least: float) -> None:
        self._rows.append(row)
        self._least.append(least)
