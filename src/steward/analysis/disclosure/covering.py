"""The integer programme of what to withhold: one yes or no for each figure, and what is known of readers.

Source: Fischetti and Salazar, Solving the cell suppression problem on tabular data with linear
constraints, Management Science 47 (2001), 1008-1027.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csr_matrix, vstack

from steward.analysis.disclosure.attack import Push
from steward.analysis.disclosure.solver import Sides, programme, quiet
from steward.analysis.disclosure.tables import LinkedTables

_LARGE = 1_000
_GAP, _GAP_WHERE_LARGE = 1e-9, 5e-3
"""How near to the bound the best choice is looked for, as a share; less near in tables of many cells."""
_BRANCHES = 500
"""Branches looked at before the best choice so far is taken. Branches and no seconds, since the same counts
must give the same choice on a busy machine."""
_YES = 0.5
_BOTH_SIDES = 2
_NEAR = 1e-6


@dataclass(frozen=True, slots=True)
class Cover:
    """The best choice found, and a proved bound: no choice that keeps the rules loses less."""

    hidden: frozenset[int]
    bound: float
    solved: bool
    """Whether no choice that keeps the rules loses less than this one."""


class Covering:
    """Rules that every safe choice keeps: some hold from the first, others are learnt from readers."""

    def __init__(self, tables: LinkedTables) -> None:
        self.tables = tables
        self._built = csr_matrix((0, len(tables.costs)))
        self._rows: list[Mapping[int, float]] = []
        self._least: list[float] = []
        self._about: list[tuple[int, int] | None] = []
        self._split = dict(_splits(tables))
        for inside, cells in _sums_with_needs(tables):
            held = self._held(inside)
            for cell in cells:
                if not self._is_roomy(cell, inside=inside, held=held):
                    self._not_alone(cell, inside=inside)
                    self._room_enough(cell, inside=inside)
                self._room_on_the_other_side(cell, inside=inside)
        for before, after in tables.follows:
            self._add({after: 1.0, before: -1.0}, least=0.0)

    def solve(self, *, with_these: frozenset[int] = frozenset()) -> Cover:
        """Return the cheapest choice that keeps the rules and has these figures, as far as it is found."""
        highs = quiet()
        highs.setOptionValue("solver", "choose")
        large = len(self.tables.cells) > _LARGE
        highs.setOptionValue("mip_rel_gap", _GAP_WHERE_LARGE if large else _GAP)
        highs.setOptionValue("mip_max_nodes", _BRANCHES)
        highs.passModel(self._programme(with_these))
        highs.run()
        outcome, values = highs.getInfo(), np.array(highs.getSolution().col_value)
        solved = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        if outcome.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Cover(with_these, 0.0, solved=False)
        chosen = frozenset(int(one) for one in np.flatnonzero(values > _YES))
        return Cover(chosen, float(outcome.mip_dual_bound), solved)

    def learn(self, pushed: tuple[Push, Push], *, cell: int, need: int) -> None:
        """Rule out choices in which a cell that needs so much is pushed no farther for the same reasons."""
        low, high = pushed
        least = need - low.slack - high.slack
        rates = np.minimum(np.bincount(self.tables.figure_of, weights=low.rates + high.rates), least)
        self._add(
            {int(one): float(rates[one]) for one in np.flatnonzero(rates > _NEAR)},
            least=least,
            about=(cell, need),
        )

    def forget(self, widest: Mapping[int, int]) -> None:
        """Drop rules about cells that ask more than was found to be the widest that the cell can be left."""
        kept = [
            place
            for place, about in enumerate(self._about)
            if about is None or about[1] <= widest.get(about[0], about[1])
        ]
        self._built = self._matrix()[kept]
        self._least = [self._least[place] for place in kept]
        self._about = [self._about[place] for place in kept]

    def _held(self, inside: tuple[int, ...]) -> Counter[int]:
        """Return what is withheld in any case in a sum: the count of all cells of each figure."""
        held: Counter[int] = Counter()
        for cell in inside:
            one = self.tables.cells[cell]
            if one.figure in self.tables.primary:
                held[one.figure] += one.count
        return held

    def _is_roomy(self, cell: int, *, inside: tuple[int, ...], held: Counter[int]) -> bool:
        """Return whether figures that are withheld in any case already keep the rules of a cell."""
        own = self.tables.cells[cell]
        others = held.total() - held[own.figure] if own.figure in held else held.total()
        beside = len(held) - (own.figure in held)
        return beside > 0 and others >= own.need - own.count

    def _not_alone(self, cell: int, *, inside: tuple[int, ...]) -> None:
        """In each sum that has the cell another figure is withheld, or the cell is known."""
        figures = [self.tables.cells[other].figure for other in inside]
        figure = self.tables.cells[cell].figure
        if figures.count(figure) == 1:
            self._add(
                dict.fromkeys(set(figures) - {figure}, 1.0),
                least=1.0,
                about=(cell, self.tables.cells[cell].need),
            )

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
            self._add({figure: room for figure, room in row.items() if room}, least=want, about=(cell, need))

    def _room_on_the_other_side(self, cell: int, *, inside: tuple[int, ...]) -> None:
        """Where numbers of pupils are shown, more with a result are as many fewer without it.

        So those with the result in one group vary no more than those without it in all groups of the sum,
        unless a number of pupils or the total is withheld.
        """
        if cell == inside[0] or any(part not in self._split for part in inside[1:]):
            return
        need, figure_of = self.tables.cells[cell].need, self.tables.figure_of
        want = need - self.tables.cells[self._split[cell].other].count
        pupils = (inside[0], *(self._split[part].whole for part in inside[1:]))
        if want <= 0 or any(self.tables.cells[one].figure in self.tables.primary for one in pupils):
            return
        row: dict[int, float] = defaultdict(float)
        for part in inside[1:]:
            split = self._split[part]
            if part != cell:
                row[int(figure_of[part])] += self.tables.cells[split.other].count
            row[int(figure_of[split.whole])] += want
        row[int(figure_of[inside[0]])] += want
        if int(figure_of[cell]) not in row:
            self._add({one: min(room, want) for one, room in row.items()}, least=want, about=(cell, need))

    def _add(self, row: Mapping[int, float], *, least: float, about: tuple[int, int] | None = None) -> None:
        """Add a rule; it asks no more than withholding every figure gives."""
        known = self.tables.known
        room = sum(weight for figure, weight in row.items() if figure not in known and weight > 0)
        self._rows.append(row)
        self._least.append(min(least, room))
        self._about.append(about)

    def _programme(self, with_these: frozenset[int]) -> highspy.HighsLp:
        """Leave out the rules that are kept already by what is withheld in any case."""
        size = len(self.tables.costs)
        yes, no = np.zeros(size), np.ones(size)
        yes[sorted(self.tables.primary | with_these)] = 1.0
        no[sorted(self.tables.known)] = 0.0
        matrix, least = self._matrix(), np.array(self._least, dtype=np.float64)
        asks = matrix.minimum(0.0) @ no + matrix.maximum(0.0) @ yes < least - _NEAR
        found = programme(
            matrix[asks],
            most=no,
            rows=Sides(least[asks], np.full(int(asks.sum()), highspy.kHighsInf)),
            costs=np.array(self.tables.costs, dtype=np.float64),
        )
        found.col_lower_ = yes
        found.integrality_ = [highspy.HighsVarType.kInteger] * size
        return found

    def _matrix(self) -> csr_matrix:
        """Return a row for each rule; those added since the last time are built now."""
        lengths = [len(row) for row in self._rows]
        places = [figure for row in self._rows for figure in row]
        weights = [weight for row in self._rows for weight in row.values()]
        starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        added = csr_matrix((weights, places, starts), shape=(len(lengths), len(self.tables.costs)))
        self._built, self._rows = vstack([self._built, added]).tocsr(), []
        return self._built


@dataclass(frozen=True, slots=True)
class _Split:
    """The cell on the other side of a number of pupils that is split in two, and the number itself."""

    other: int
    whole: int


def _splits(tables: LinkedTables) -> Iterator[tuple[int, _Split]]:
    """Give each of two cells that one figure shows and that alone add up to another."""
    for one in tables.sums:
        if len(one.parts) == _BOTH_SIDES and not one.rest:
            first, second = one.parts
            if tables.cells[first].figure == tables.cells[second].figure:
                yield first, _Split(second, one.total)
                yield second, _Split(first, one.total)


def _sums_with_needs(tables: LinkedTables) -> Iterator[tuple[tuple[int, ...], list[int]]]:
    """Give the cells of each sum with those of them that need protection."""
    for one in tables.sums:
        inside = (one.total, *one.parts)
        yield inside, [cell for cell in inside if tables.cells[cell].need]
