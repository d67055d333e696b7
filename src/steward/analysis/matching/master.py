"""The choice among loads as a linear program that grows, and as one in whole numbers; solved by HiGHS."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from steward.analysis.highs import QuietHighs
from steward.analysis.matching.loads import Load
from steward.analysis.matching.problem import Problem

Numbers = NDArray[np.float64]
_SCALE = 1_000.0
"""Values are small; the solver is asked in thousandths so that its tolerances are smaller still."""
MISSED = 100.0
"""What leaving out a school that must be covered costs: more than all other value together."""
_INFINITE = highspy.kHighsInf
_OPTIONS: Mapping[str, bool | int | float] = {
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 1e-6,
}


_IMPOSSIBLE = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)
_FEASIBLE = 2  # HiGHS: a feasible point is held
_TOO_MUCH_FIXED = (
    "No allocation keeps to every fixed pair with the days and money there are; free one of them."
)


@dataclass(frozen=True, slots=True)
class Prices:
    """What the linear program says each thing is worth: schools, supporters, a pound."""

    needs: Numbers
    supporters: Numbers
    money: float
    value: float


@dataclass(frozen=True, slots=True)
class Answer:
    """Chosen loads by place, and the value with its proved bound."""

    chosen: tuple[int, ...]
    value: float
    bound: float


class NoPlan(RuntimeError):
    """No allocation keeps to what was settled; the message says what stands in the way."""

    def __init__(self, message: str = _TOO_MUCH_FIXED) -> None:
        """Say what stands in the way."""
        super().__init__(message)


def _quiet_solver() -> highspy.Highs:
    solver = QuietHighs()  # type: ignore[no-untyped-call]
    for name, value in _OPTIONS.items():
        solver.setOptionValue(name, value)
    return solver


class Master:
    """The program. Columns: first support, further support and miss of each school, then loads."""

    def __init__(
        self,
        problem: Problem,
        *,
        floors: Mapping[str, float] | None = None,
        bound_to: frozenset[int] = frozenset(),
    ) -> None:
        """Build rows for schools, supporters, cover, money, and the least share of each group."""
        self._problem = problem
        self._solver = _quiet_solver()
        self._loads: list[Load] = []
        self._schools = len(problem.needs)
        self._best: Numbers | None = None
        self._columns()
        self._rows(floors or {}, bound_to=bound_to)

    @property
    def loads(self) -> list[Load]:
        """The loads that can be chosen so far."""
        return self._loads

    def add(self, loads: Sequence[Load]) -> None:
        """Let these loads be chosen too."""
        for load in loads:
            rows = [*load.needs, self._schools + load.supporter]
            cells = [1.0] * len(rows)
            if self._money is not None:
                rows.append(self._money)
                cells.append(load.cost)
            self._solver.addCol(
                -load.value * _SCALE,
                0.0,
                1.0,
                len(rows),
                np.array(rows, dtype=np.int32),
                np.array(cells),
            )
            self._loads.append(load)

    def prices(self) -> Prices:
        """Solve with shares of loads allowed. Raises NoPlan."""
        self._solver.run()
        if self._solver.getModelStatus() in _IMPOSSIBLE:
            raise NoPlan
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(
                f"HiGHS ended with {self._solver.getModelStatus().name} where a price was asked."
            )
        duals = -np.array(self._solver.getSolution().row_dual) / _SCALE
        money = max(0.0, float(duals[self._money])) if self._money is not None else 0.0
        supporters = duals[self._schools : self._schools + len(self._problem.supporters)]
        value = -self._solver.getInfo().objective_function_value / _SCALE
        return Prices(duals[: self._schools], supporters, money, value)

    def whole(self, *, seconds: float, among: Sequence[int]) -> Answer | None:
        """Solve with whole loads, chosen from those at the places `among`; None where no plan is found."""
        most = np.zeros(len(self._loads))
        most[list(among)] = 1.0
        self._let(highspy.HighsVarType.kInteger, most=most)
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + seconds)
        self._solver.clearSolver()
        self._start_from_best()
        self._solver.run()
        info = self._solver.getInfo()
        found = info.primal_solution_status == _FEASIBLE
        values = np.array(self._solver.getSolution().col_value)
        self._let(highspy.HighsVarType.kContinuous, most=np.ones(len(self._loads)))
        if not found:
            return None
        self._best = values
        value = -info.objective_function_value / _SCALE
        bound = -info.mip_dual_bound / _SCALE if self._loads else value
        chosen = tuple(int(place) for place in np.flatnonzero(values[3 * self._schools :] > 0.5))
        return Answer(chosen, value, bound)

    def _start_from_best(self) -> None:
        """Tell the solver the best plan so far, in which loads added since are not chosen."""
        if self._best is None:
            return
        known = highspy.HighsSolution()
        since = 3 * self._schools + len(self._loads) - len(self._best)
        known.col_value = [*self._best, *([0.0] * since)]
        self._solver.setSolution(known)

    def _let(self, kind: highspy.HighsVarType, *, most: Numbers) -> None:
        """Let each load be chosen up to so much, in whole numbers or in shares."""
        first = 3 * self._schools
        columns = np.arange(first, first + len(most), dtype=np.int32)
        self._solver.changeColsIntegrality(len(most), columns, np.full(len(most), int(kind), dtype=np.uint8))
        self._solver.changeColsBounds(len(most), columns, np.zeros(len(most)), most)

    def _columns(self) -> None:
        weights = self._problem.weights
        most = float(weights.supporters_per_school - 1)
        lost = (1 - weights.second_supporter_share) * weights.prior_effect
        for need in self._problem.needs:
            self._solver.addVar(0.0, 1.0)
            self._solver.addVar(0.0, most)
            self._solver.addVar(0.0, 1.0 if need.must_cover else 0.0)
        for number, need in enumerate(self._problem.needs):
            standing = need.weight * weights.need_weights[need.urgency]
            self._solver.changeColCost(3 * number + 1, lost * standing * _SCALE)
            self._solver.changeColCost(3 * number + 2, MISSED * _SCALE)

    def _rows(self, floors: Mapping[str, float], *, bound_to: frozenset[int]) -> None:
        for number in range(self._schools):
            self._row({3 * number: -1.0, 3 * number + 1: -1.0}, low=0.0, high=0.0)
        for number in range(len(self._problem.supporters)):
            self._row({}, low=1.0 if number in bound_to else 0.0, high=1.0)
        self._money = None
        if self._problem.budget is not None:
            self._money = self._schools + len(self._problem.supporters)
            self._row({}, low=-_INFINITE, high=self._problem.budget)
        for number, need in enumerate(self._problem.needs):
            if need.must_cover:
                self._row({3 * number: 1.0, 3 * number + 2: 1.0}, low=1.0, high=_INFINITE)
        for group, floor in floors.items():
            weighed = {
                3 * number: need.weight
                for number, need in enumerate(self._problem.needs)
                if need.group == group
            }
            self._row(weighed, low=floor * sum(weighed.values()), high=_INFINITE)

    def _row(self, cells: Mapping[int, float], *, low: float, high: float) -> None:
        places = np.array(list(cells), dtype=np.int32)
        self._solver.addRow(low, high, len(cells), places, np.array(list(cells.values())))
