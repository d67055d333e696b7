"""How supporters are matched without a plan: to hold the best plan against."""

from collections.abc import Callable, Iterable

from steward.analysis.matching.pairs import Pair, candidates
from steward.analysis.matching.plan import Plan
from steward.analysis.matching.problem import Problem
from steward.analysis.matching.verifying import value_of

_ROOM = 1e-9


def nearest_free(problem: Problem) -> Plan:
    """Return what neediest first, each with the nearest who is free, would give."""
    pairs = candidates(problem).pairs
    needs = problem.needs
    weights = problem.weights.need_weights

    def order(pair: Pair) -> tuple[float, int, float, int]:
        need = needs[pair.need]
        minutes = pair.minutes if pair.minutes is not None else float("inf")
        return (-need.weight * weights[need.urgency], pair.need, minutes, pair.supporter)

    return _taken(problem, pairs=pairs, order=order)


def best_pair_first(problem: Problem) -> Plan:
    """Return what taking the pair of most value first, again and again, would give."""
    return _taken(
        problem,
        pairs=candidates(problem).pairs,
        order=lambda pair: (-pair.value, pair.need, 0.0, pair.supporter),
    )


def _taken(
    problem: Problem, *, pairs: Iterable[Pair], order: Callable[[Pair], tuple[float, int, float, int]]
) -> Plan:
    free = [supporter.days for supporter in problem.supporters]
    money = float("inf") if problem.budget is None else problem.budget
    covered: set[int] = set()
    chosen: list[Pair] = []
    for pair in sorted(pairs, key=order):
        days = problem.needs[pair.need].days
        if pair.need in covered or days > free[pair.supporter] + _ROOM or pair.cost > money + _ROOM:
            continue
        chosen.append(pair)
        covered.add(pair.need)
        free[pair.supporter] -= days
        money -= pair.cost
    return _plan(problem, chosen=chosen, covered=covered)


def _plan(problem: Problem, *, chosen: list[Pair], covered: set[int]) -> Plan:
    unmet = tuple(row for row in range(len(problem.needs)) if row not in covered)
    uncovered = tuple(row for row in unmet if problem.needs[row].must_cover)
    bare = Plan(tuple(chosen), 0.0, float("inf"), float("inf"), 0.0, unmet, uncovered)
    return Plan(
        tuple(chosen), value_of(bare, problem=problem), float("inf"), float("inf"), 0.0, unmet, uncovered
    )
