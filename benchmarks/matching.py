"""How long the best plan of support takes, and what it is worth beside plans made without it.

The same invented schools and supporters, seeded, go to the plan, to taking the best pair first again and
again, and to neediest first with the nearest who is free. All times are of the processor.
"""

import time
from dataclasses import dataclass

from steward.analysis.matching.baselines import best_pair_first, nearest_free
from steward.analysis.matching.invented import invented_problem
from steward.analysis.matching.plan import Plan
from steward.analysis.matching.problem import Settled
from steward.analysis.matching.solving import Planner
from steward.analysis.matching.verifying import violations
from steward.analysis.matching.weights import read_matching_weights

SIZES = ((40, 30), (120, 80), (300, 200))
TIGHTNESS = (0.5, 0.8)
"""Days that supporters have, as a share of the days schools ask for."""
_SECONDS = 60.0
_SEED = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One question: seconds of the first plan and of one asked again, its gap, and what other ways give."""

    first: float
    again: float
    gap: float
    best_pair: str
    nearest: str
    broken: int


def main() -> int:
    """Print a line a question; return how many rules the plans break."""
    broken = 0
    for needs, supporters in SIZES:
        for tightness in TIGHTNESS:
            row = measured(needs, supporters=supporters, tightness=tightness)
            broken += row.broken
            print(
                f"matching {needs} x {supporters}, days for {tightness:.0%}: {row.first:.2f} s, asked again "
                f"{row.again:.2f} s, gap {row.gap:.1e}; best pair first {row.best_pair}; neediest first with "
                f"the nearest {row.nearest}."
            )
    return broken


def measured(needs: int, *, supporters: int, tightness: float) -> Row:
    """Return the times and values of one question."""
    weights = read_matching_weights()["default"]
    problem = invented_problem(
        needs=needs, supporters=supporters, seed=_SEED, weights=weights, tightness=tightness
    )
    begun = time.process_time()
    planner = Planner(problem)
    plan = planner.best(seconds=_SECONDS)
    first = time.process_time() - begun
    pair = plan.pairs[0]
    key = (problem.needs[pair.need].id, problem.supporters[pair.supporter].id)
    begun = time.process_time()
    planner.best(Settled(forbidden=frozenset({key})), seconds=_SECONDS)
    again = time.process_time() - begun
    return Row(
        first,
        again,
        plan.gap,
        _beside(best_pair_first(problem), best=plan),
        _beside(nearest_free(problem), best=plan),
        len(violations(plan, problem=problem)),
    )


def _beside(other: Plan, *, best: Plan) -> str:
    left = len(other.uncovered) - len(best.uncovered)
    return (
        f"{other.value / best.value:.3f} of its value, {left} more schools without the cover they must have"
    )


if __name__ == "__main__":
    raise SystemExit(main())
