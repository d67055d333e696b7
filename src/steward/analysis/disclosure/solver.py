"""One linear programme that is asked again and again for another aim, each time from where it stood."""

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from steward.analysis.disclosure.tables import Floats

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
    def left(cls, matrix: csr_matrix, *, sides: Floats, hidden: NDArray[np.int64]) -> "Relations":
        """Return the rows that have a hidden cell."""
        inside = matrix[:, hidden]
        rows = np.flatnonzero(np.diff(inside.indptr))
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
    """Cells that keep some relations, from 0 to `most` each; finds where a weighted sum of them is least."""

    def __init__(self, equal: Relations, less: Relations, *, most: float) -> None:
        self.equal, self.less = equal, less
        self._highs = highspy.Highs()  # type: ignore[no-untyped-call]
        self._highs.setOptionValue("output_flag", False)  # noqa: FBT003 - the solver takes them so
        self._highs.setOptionValue("log_to_console", False)  # noqa: FBT003
        self._highs.setOptionValue("solver", "simplex")
        self._highs.setOptionValue("simplex_strategy", _PRIMAL)
        self._highs.passModel(_programme(equal, less, most=most))

    def least(self, aim: Floats) -> Optimum:
        """Return where the cells weighted with `aim` are least. Raises AttackFailed."""
        columns = np.arange(len(aim), dtype=np.int32)
        self._highs.changeColsCost(len(aim), columns, aim.astype(np.float64))
        self._highs.run()
        status = self._highs.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise AttackFailed(f"The attack on {len(aim)} hidden counts had no answer: {status.name}.")
        found = self._highs.getSolution()
        prices = np.array(found.row_dual)
        split = len(self.equal.rows)
        return Optimum(np.array(found.col_value), prices[:split], prices[split:])


def _programme(equal: Relations, less: Relations, *, most: float) -> highspy.HighsLp:
    matrix = vstack([equal.matrix, less.matrix]).tocsc()
    rows, columns = matrix.shape
    found = highspy.HighsLp()
    found.num_row_, found.num_col_ = rows, columns
    found.col_cost_ = np.zeros(columns)
    found.col_lower_, found.col_upper_ = np.zeros(columns), np.full(columns, most)
    found.row_lower_ = np.concatenate([equal.sides, np.full(len(less.sides), -highspy.kHighsInf)])
    found.row_upper_ = np.concatenate([equal.sides, less.sides + _NEAR])
    found.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    found.a_matrix_.start_ = matrix.indptr
    found.a_matrix_.index_ = matrix.indices
    found.a_matrix_.value_ = matrix.data
    return found
