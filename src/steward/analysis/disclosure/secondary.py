"""Which further figures to withhold so that none of the small counts can be worked out, at the least loss.

The exact choice takes an integer programme that is told, round by round, what a reader could still work
out. Source: Fischetti and Salazar, Solving the cell suppression problem on tabular data with linear
constraints, Management Science 47 (2001), 1008-1027. The good choice moves counts at the least loss, as
Kelly, Golden and Assad, Cell suppression, Networks 22 (1992), 397-417, and then gives back what it can.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix, hstack

from steward.analysis.disclosure.attack import AttackFailed, Reader, unprotected
from steward.analysis.disclosure.tables import Flags, Floats, LinkedTables

_ROUNDS = 60
_FEW_CELLS = 1_000
_TRIED_AGAIN = 200
"""How many figures a good choice tries to show again."""
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
    tables = _within_totals(tables)
    reader = Reader(tables, hidden=everything)
    reader.try_all([place for place, cell in enumerate(tables.cells) if cell.need])
    cells = list(tables.cells)
    for place, cell in enumerate(cells):
        if cell.need and reader.proven(place) < cell.need:
            cells[place] = replace(cell, need=max(0, min(cell.need, reader.interval(place).width)))
    return replace(tables, cells=tuple(cells))


def _within_totals(tables: LinkedTables) -> LinkedTables:
    """Return the tables with no need beyond a total that readers know, of which the cell is a part."""
    cells = list(tables.cells)
    for one in tables.sums:
        if cells[one.total].figure in tables.known:
            most = cells[one.total].count - one.rest if len(one.parts) > 1 else 0
            for part in one.parts:
                if cells[part].need > most:
                    cells[part] = replace(cells[part], need=most)
    return replace(tables, cells=tuple(cells))


def choose(tables: LinkedTables, *, seconds: float) -> Choice:
    """Return the figures to withhold: the cheapest choice where it is found in time, else a good one.

    `seconds` is the most that the search for the cheapest may take. The good choice begins from the
    cheapest of those that were not yet safe.
    """
    found = exact_choice(tables, seconds=seconds)
    if found.exact:
        return found
    hidden = made_safe(tables, hidden=tables.closed(tables.primary | found.hidden))
    if len(tables.cells) <= _FEW_CELLS:
        hidden = _given_back(tables, hidden=hidden)
    return Choice(hidden, tables.cost_of(hidden), found.least, exact=False)


def exact_choice(tables: LinkedTables, *, seconds: float) -> Choice:
    """Return the cheapest choice; where it is not found in time, the nearest one, which is not safe yet."""
    programme, until = _Programme(tables), time.monotonic() + seconds
    nearest, least = frozenset[int](), 0.0
    for _ in range(_ROUNDS):
        hidden, bound, solved = programme.solve(seconds=max(1.0, until - time.monotonic()))
        least = max(least, bound)
        if not solved:
            break
        known, nearest = unprotected(tables, hidden=hidden), hidden
        if not known:
            return Choice(hidden, tables.cost_of(hidden), least, exact=True)
        if time.monotonic() > until:
            break
        programme.learn(hidden, cells=known)
    return Choice(nearest, tables.cost_of(nearest), least, exact=False)


def good_choice(tables: LinkedTables) -> Choice:
    """Return a choice that leaves nothing to be worked out, near the cheapest but not always it."""
    begun = tables.closed(tables.primary)
    hidden = _given_back(tables, hidden=made_safe(tables, hidden=begun))
    return Choice(hidden, tables.cost_of(hidden), tables.cost_of(begun), exact=False)


def made_safe(tables: LinkedTables, *, hidden: frozenset[int]) -> frozenset[int]:
    """Return the figures with as many more as it takes that nothing can be worked out.

    Raises AttackFailed where something still could when everything is withheld.
    """
    everything = tables.closed(frozenset(range(len(tables.costs))) - tables.known)
    known = unprotected(tables, hidden=hidden)
    while known:
        if hidden == everything:
            raise AttackFailed(
                "Some small counts could still be worked out, so nothing of these is released."
            )
        more = _with_room_for(known, tables=tables, hidden=hidden)
        hidden = everything if more == hidden else more
        known = unprotected(tables, hidden=hidden)
    return hidden


def _with_room_for(cells: list[int], *, tables: LinkedTables, hidden: frozenset[int]) -> frozenset[int]:
    """Withhold more figures for one cell after another that still needs it."""
    reader = Reader(tables, hidden=hidden)
    for cell in cells:
        if reader.proven(cell) >= tables.cells[cell].need or not reader.interval(cell).recovered:
            continue
        more = _with_room(tables, hidden=hidden, cell=cell)
        if more != hidden:
            hidden, reader = more, Reader(tables, hidden=more)
    return hidden


def _with_room(tables: LinkedTables, *, hidden: frozenset[int], cell: int) -> frozenset[int]:
    """Withhold more figures until a cell has the room it needs; no more where nothing gives it."""
    count, need = tables.cells[cell].count, tables.cells[cell].need
    moved = _moved(tables, hidden=hidden, cell=cell, by=float(need))
    if moved is None and count:
        everything = frozenset(range(len(tables.costs))) - tables.known
        fewer = min(need, count - Reader(tables, hidden=everything).interval(cell).low)
        down = _moved(tables, hidden=hidden, cell=cell, by=-float(fewer))
        up = _moved(tables, hidden=hidden, cell=cell, by=float(need - fewer))
        moved = down | up if down is not None and up is not None else None
    return hidden if moved is None else tables.closed(hidden | moved)


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
    dearest = sorted(hidden - bound, key=lambda one: (-tables.costs[one], one))
    for figure in dearest[:_TRIED_AGAIN]:
        fewer = hidden - {figure}
        if tables.closed(fewer) == fewer and not unprotected(tables, hidden=fewer):
            hidden = fewer
    return hidden


class _Programme:
    """The integer programme: one yes or no for each figure, and what has been learnt of readers so far."""

    def __init__(self, tables: LinkedTables) -> None:
        self.tables = tables
        self._rows: list[Mapping[int, float]] = []
        self._least: list[float] = []
        for cell, inside in _sums_with_needs(tables):
            self._not_alone(cell, inside=inside)
            self._room_enough(cell, inside=inside)
        for before, after in tables.follows:
            self._add({after: 1.0, before: -1.0}, least=0.0)

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
            constraints=LinearConstraint(self._matrix(), self._least, np.inf) if self._rows else None,
            options={"time_limit": seconds, "mip_rel_gap": 1e-9},
        )
        bound = float(found.mip_dual_bound) if found.mip_dual_bound is not None else 0.0
        if found.x is None or found.status != 0:
            return frozenset(), bound, False
        return frozenset(int(one) for one in np.flatnonzero(found.x > 0.5)), bound, True

    def learn(self, hidden: frozenset[int], *, cells: list[int]) -> None:
        """Rule out choices in which a reader works out one of the cells as with `hidden`."""
        reader = Reader(self.tables, hidden=hidden)
        figures = self.tables.figure_of
        for cell in cells:
            low, high = reader.push(cell, sign=1.0), reader.push(cell, sign=-1.0)
            need = self.tables.cells[cell].need - low.slack - high.slack
            rates = np.minimum(np.bincount(figures, weights=low.rates + high.rates), need)
            self._add({int(one): float(rates[one]) for one in np.flatnonzero(rates > _NEAR)}, least=need)

    def _not_alone(self, cell: int, *, inside: tuple[int, ...]) -> None:
        """In each sum that has the cell another figure is withheld, or the cell is known."""
        figures = [self.tables.cells[other].figure for other in inside]
        figure = self.tables.cells[cell].figure
        if figures.count(figure) == 1:
            self._add(dict.fromkeys(set(figures) - {figure}, 1.0), least=1.0)

    def _room_enough(self, cell: int, *, inside: tuple[int, ...]) -> None:
        """In each sum that has the cell, what is withheld beside it can change by as much as it needs.

        A cell can be less by its own count, and more by what is withheld of the others; only a total above
        it, or a part of it, can change without end.
        """
        own, need = self.tables.cells[cell], self.tables.cells[cell].need
        want = need - own.count
        row: dict[int, float] = defaultdict(float)
        for other in inside:
            endless = cell == inside[0] or other == inside[0]
            one = self.tables.cells[other]
            if one.figure != own.figure:
                row[one.figure] = min(row[one.figure] + (want if endless else one.count), want)
        if want > 0 and len(row) == len(inside) - 1:
            self._add({figure: room for figure, room in row.items() if room}, least=want)

    def _add(self, row: Mapping[int, float], *, least: float) -> None:
        self._rows.append(row)
        self._least.append(least)

    def _matrix(self) -> csr_matrix:
        lengths = [len(row) for row in self._rows]
        places = [figure for row in self._rows for figure in row]
        weights = [weight for row in self._rows for weight in row.values()]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        return csr_matrix((weights, places, starts), shape=(len(lengths), len(self.tables.costs)))


def _sums_with_needs(tables: LinkedTables) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Give each cell that needs protection with the cells of each sum that has it."""
    for one in tables.sums:
        inside = (one.total, *one.parts)
        yield from ((cell, inside) for cell in inside if tables.cells[cell].need)
