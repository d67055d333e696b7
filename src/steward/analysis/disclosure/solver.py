"""One linear programme that is asked again and again for another aim, each time from where it stood."""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack

from steward.analysis.disclosure.tables import Floats
from steward.analysis.highs import QuietHighs

_NEAR = 1e-6
_PRIMAL = 4
"""The simplex strategy of HiGHS that goes on from a point that is allowed."""


class AttackFailed(RuntimeError):
    """The solver gave no answer, so nothing may be released."""


@dataclass(frozen=True, slots=True)
class Relations:
    """Relations between hidden cells: the matrix, the right sides, and which rows of the whole they are."""

    matrix: csr_matrix
    sides: Floats
    rows: NDArray[np.int64]

    @classmethod
    def left(
        cls, matrix: csr_matrix, *, sides: Floats, hidden: NDArray[np.int64], unknown: NDArray[np.int64]
    ) -> "Relations":
        """Return the rows that have a hidden cell, and none of which nothing is `unknown`."""
        inside = matrix[:, hidden]
        told = np.diff(matrix[:, unknown].indptr) == 0
        rows = np.flatnonzero((np.diff(inside.indptr) > 0) & told)
        return cls(inside[rows], sides[rows], rows)

    def about(self, places: NDArray[np.int64]) -> "Relations":
        """Return the rows that have one of some hidden cells, and of those rows only these cells."""
        inside = self.matrix[:, places]
        rows = np.flatnonzero(np.diff(inside.indptr))
        return Relations(inside[rows], self.sides[rows], self.rows[rows])


@dataclass(frozen=True, slots=True)
class Optimum:
    """Where the aim is least, and what a little more on the right side of each relation would bring."""

    at: Floats
    equal: Floats
    less: Floats


class Solver:
    """Cells that keep some relations, from 0 to `most` each; finds where a weighted sum of them is least.

    A cell that has an end below `most` in `ends` can be asked to go there and no farther.
    """

    def __init__(self, equal: Relations, less: Relations, *, most: float, ends: Floats) -> None:
        self.equal, self.less = equal, less
        self._ended = np.flatnonzero(ends < most)
        self._highs = quiet()
        self._highs.setOptionValue("simplex_strategy", _PRIMAL)
        self._highs.passModel(self._programme(most=most, ends=ends))

    def least(self, aim: Floats) -> Optimum:
        """Return where the cells weighted with `aim` are least. Raises AttackFailed."""
        return self._solved(np.concatenate([aim, aim[self._ended]]))

    def least_to_ends(self, aim: Floats) -> Optimum:
        """Return the same, where a cell aimed upward (below 0) gains nothing beyond its end."""
        return self._solved(np.concatenate([aim, np.maximum(aim[self._ended], 0.0)]))

    def _solved(self, costs: Floats) -> Optimum:
        self._highs.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise AttackFailed(f"The attack on {len(costs)} hidden counts had no answer: {status.name}.")
        found = self._highs.getSolution()
        values, prices = np.array(found.col_value), np.array(found.row_dual)
        cells, split = len(costs) - len(self._ended), len(self.equal.rows)
        at = values[:cells].copy()
        at[self._ended] += values[cells:]
        return Optimum(at, prices[:split], prices[split:])

    def _programme(self, *, most: float, ends: Floats) -> highspy.HighsLp:
        """Each cell is a column up to its end, and a second one beyond it."""
        matrix = vstack([self.equal.matrix, self.less.matrix]).tocsc()
        beyond = np.full(len(self._ended), most) - ends[self._ended]
        return programme(
            hstack([matrix, matrix[:, self._ended]]),
            most=np.concatenate([np.minimum(ends, most), beyond]),
            rows=Sides(
                np.concatenate([self.equal.sides, np.full(len(self.less.sides), -highspy.kHighsInf)]),
                np.concatenate([self.equal.sides, self.less.sides + _NEAR]),
            ),
        )


@dataclass(frozen=True, slots=True)
class Sides:
    """The least and the most that each row of a programme may come to."""

    least: Floats
    most: Floats


def quiet() -> highspy.Highs:
    """Return a solver that prints nothing and always goes the same way."""
    highs = QuietHighs()  # type: ignore[no-untyped-call]
    for name, value in (
        ("output_flag", False),
        ("log_to_console", False),
        ("solver", "simplex"),
        ("parallel", "off"),
        ("random_seed", 0),
    ):
        highs.setOptionValue(name, value)
    return highs


def programme(
    matrix: csr_matrix, *, most: Floats, rows: Sides, costs: Floats | None = None
) -> highspy.HighsLp:
    """Return a programme of columns from 0 to `most` each."""
    by_column = matrix.tocsc()
    found = highspy.HighsLp()
    found.num_row_, found.num_col_ = by_column.shape
    found.col_cost_ = np.zeros(len(most)) if costs is None else costs
    found.col_lower_, found.col_upper_ = np.zeros(len(most)), most
    found.row_lower_, found.row_upper_ = rows.least, rows.most
    found.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    found.a_matrix_.start_ = by_column.indptr
    found.a_matrix_.index_ = by_column.indices
    found.a_matrix_.value_ = by_column.data
    return found
