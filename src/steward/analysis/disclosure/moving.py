"""Moving one count at the least loss: which further figures have to be withheld so that it can change.

Source: Kelly, Golden and Assad, Cell suppression, Networks 22 (1992), 397-417.
"""

import highspy
import numpy as np
from scipy.sparse import hstack, vstack

from steward.analysis.disclosure.solver import Sides, programme, quiet
from steward.analysis.disclosure.tables import Floats, LinkedTables

_LEAST_PRICE = 1e-4
"""What changing a count by one costs where it is withheld already."""
_NEAR = 1e-6


class Mover:
    """Moves one count after another, each time from where the programme stood, which takes few steps."""

    def __init__(
        self, tables: LinkedTables, *, hidden: frozenset[int], inside: frozenset[int] | None = None
    ) -> None:
        """Begin with what is withheld; only cells `inside` are moved, all where it is None."""
        self.tables = tables
        free = np.ones(len(tables.costs), dtype=bool)
        free[sorted(tables.known)] = False
        cells = free[tables.figure_of]
        if inside is not None:
            cells &= np.isin(np.arange(len(tables.cells)), sorted(inside))
        self._free = np.flatnonzero(cells)
        self._column = {int(cell): column for column, cell in enumerate(self._free)}
        self._down = tables.counts[self._free]
        self._up = tables.most - self._down
        self._highs = quiet()
        self._highs.setOptionValue("presolve", "off")
        self._highs.passModel(self._programme())
        self.withhold(hidden)

    def withhold(self, hidden: frozenset[int]) -> None:
        """Take figures as withheld, so that their counts change at nearly no loss."""
        prices = np.array(self.tables.costs)
        prices[sorted(hidden)] = _LEAST_PRICE
        each = np.tile(prices[self.tables.figure_of[self._free]], 2)
        self._highs.changeColsCost(len(each), np.arange(len(each), dtype=np.int32), each)

    def moved(self, cell: int, *, by: float) -> Floats | None:
        """Return all counts after the cell has changed by so much at the least loss; None if it cannot."""
        column = self._column.get(cell)
        if column is None or not -self._down[column] <= by <= self._up[column]:
            return None
        many = len(self._free)
        self._bound(column, max(by, 0.0), max(by, 0.0))
        self._bound(many + column, max(-by, 0.0), max(-by, 0.0))
        self._highs.clearSolver()
        self._highs.run()
        could = self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        values = np.array(self._highs.getSolution().col_value)
        self._bound(column, 0.0, self._up[column])
        self._bound(many + column, 0.0, self._down[column])
        if not could:
            return None
        counts = self.tables.counts.copy()
        changes = values[:many] - values[many:]
        counts[self._free] += np.where(np.abs(changes) > _NEAR, changes, 0.0)
        return counts

    def _bound(self, column: int, least: float, most: float) -> None:
        self._highs.changeColBounds(column, least, most)

    def _programme(self) -> highspy.HighsLp:
        """Each count that is not known is two columns: by how much it is more, and by how much less."""
        tables = self.tables
        equal, less = tables.equations[:, self._free], tables.inequalities[:, self._free]
        equal, moves = equal[np.diff(equal.indptr) > 0], np.diff(less.indptr) > 0
        changes = vstack([equal, less[moves]]).tocsr()
        none = np.zeros(equal.shape[0])
        slack = (_NEAR - tables.inequalities @ tables.counts)[moves]
        return programme(
            hstack([changes, -changes]),
            most=np.concatenate([self._up, self._down]),
            rows=Sides(
                np.concatenate([none, np.full(len(slack), -highspy.kHighsInf)]), np.concatenate([none, slack])
            ),
        )
