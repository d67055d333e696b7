"""The plan of most value, to proven optimality.

Loads (what one supporter takes on together) are added as the prices of the linear program ask for them.
When no load is left that could add value, the linear program bounds every plan. A plan of whole loads that
lies less than some slack below that bound can be beaten only by loads within the slack of being worth their
price; so these are listed, and the choice among them in whole numbers is the best there is, or the slack is
widened.
"""

import itertools
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from steward.analysis.matching.loads import Choice, Load, best_load, choices, load_of
from steward.analysis.matching.master import MISSED, Answer, Master, NoPlan, Prices
from steward.analysis.matching.near import loads_near
from steward.analysis.matching.pairs import Candidates, candidates
from steward.analysis.matching.plan import Limit, Plan
from steward.analysis.matching.problem import Problem, Settled, refuse_faults

__all__ = ["NoPlan", "Planner", "best_plan"]

_ENOUGH = 1e-9
_ROUNDS = 400
_FIRST_EACH = 8
_FIRST_SLACK = 0.002
_MOST_SLACK = 1_000.0
_WIDER = 3.0
_MOST_LOADS = 200_000
_LEAST_SECONDS = 1.0
_MOST_LIMITS = 5


def best_plan(problem: Problem, *, seconds: float = 30.0, floors: Mapping[str, float] | None = None) -> Plan:
    """Return the plan of most value, with the least share of need met in each group of `floors`.

    Raises ProblemFault where the question is faulty, and NoPlan where no plan keeps to what was settled.
    A plan that could not be proved best in the time says how far it may lie below.
    """
    return Planner(problem).best(seconds=seconds, floors=floors)


class Planner:
    """Best plans for one question, asked again as people fix and forbid pairs.

    Pairs are worked out once, and loads that were nearly worth their price are tried first the next time.
    """

    def __init__(self, problem: Problem) -> None:
        """Work the pairs out. Raises ProblemFault."""
        refuse_faults(problem)
        self._problem = problem
        self._found = candidates(problem)
        self._tried: list[Load] = []

    def best(
        self,
        settled: Settled | None = None,
        *,
        seconds: float = 30.0,
        floors: Mapping[str, float] | None = None,
    ) -> Plan:
        """Return the plan of most value with these pairs settled, or those of the question.

        Raises ProblemFault or NoPlan as `best_plan`.
        """
        begun = time.perf_counter()
        problem = self._problem if settled is None else replace(self._problem, settled=settled)
        refuse_faults(problem)
        _refuse_impossible(problem, found=self._found)
        taken = choices(problem, pairs=self._found.pairs)
        bound_to = frozenset(choice.supporter for choice in taken if choice.must)
        master = Master(problem, floors=floors, bound_to=bound_to)
        for choice in taken:
            master.add(_first_loads(choice, tried=self._tried))
        prices = _priced(master, taken=taken)
        answer = _proved(master, taken=taken, prices=prices, seconds=seconds)
        self._tried = [master.loads[place] for place in _near(master, prices=prices, slack=_FIRST_SLACK)]
        return _plan(problem, found=self._found, master=master, answer=answer, prices=prices, begun=begun)


def _first_loads(choice: Choice, *, tried: Sequence[Load]) -> list[Load]:
    """Return the loads to begin with: those tried before that are still possible, then single schools."""
    must = {int(choice.pairs[place]) for place in choice.must}
    possible = {int(place) for place in choice.pairs}
    again = [
        load for load in tried if load.supporter == choice.supporter and must <= set(load.members) <= possible
    ]
    if choice.must:
        return again or [load_of(choice, choice.must)]
    best = np.argsort(-choice.values, kind="stable")[:_FIRST_EACH]
    singles = (load_of(choice, [int(place)]) for place in best)
    known = {load.members for load in again}
    return again + [load for load in singles if load.value > 0 and load.members not in known]


def _priced(master: Master, *, taken: tuple[Choice, ...]) -> Prices:
    """Add loads until none is left that could add value, and return the prices."""
    prices = master.prices()
    for _ in range(_ROUNDS):
        added = [load for choice in taken if (load := _worth_adding(choice, prices=prices)) is not None]
        if not added:
            return prices
        master.add(added)
        prices = master.prices()
    return prices


def _worth_adding(choice: Choice, *, prices: Prices) -> Load | None:
    load = best_load(choice, prices=prices.needs, money=prices.money)
    if load is None:
        return None
    return load if _reduced(load, prices=prices) > _ENOUGH else None


def _reduced(load: Load, *, prices: Prices) -> float:
    paid = float(prices.needs[list(load.needs)].sum()) + prices.money * load.cost
    return load.value - paid - float(prices.supporters[load.supporter])


def _proved(master: Master, *, taken: tuple[Choice, ...], prices: Prices, seconds: float) -> Answer:
    """Return the best plan of whole loads, or the best found in the time with the bound that is proved.

    Raises NoPlan where no plan of whole loads keeps to what was settled.
    """
    until = time.perf_counter() + seconds
    slack, best = _FIRST_SLACK, None
    while slack < _MOST_SLACK:
        listed = _list_near(master, taken=taken, prices=prices, slack=slack)
        left = max(_LEAST_SECONDS, until - time.perf_counter())
        found = master.whole(among=_near(master, prices=prices, slack=slack), seconds=left)
        best = max((one for one in (best, found) if one), key=lambda one: one.value, default=None)
        short = prices.value - best.value if best else math.inf
        if found and best and listed and short <= slack:
            return Answer(best.chosen, best.value, max(found.bound, prices.value - slack))
        if not listed or time.perf_counter() > until:
            break
        slack = min(short, slack * _WIDER)
    if best is None:
        raise NoPlan
    return Answer(best.chosen, best.value, prices.value)


def _near(master: Master, *, prices: Prices, slack: float) -> list[int]:
    return [
        place for place, load in enumerate(master.loads) if _reduced(load, prices=prices) >= -slack - _ENOUGH
    ]


def _list_near(master: Master, *, taken: tuple[Choice, ...], prices: Prices, slack: float) -> bool:
    """Add every load within `slack` of its price; False where there are too many to list."""
    known = {(load.supporter, load.members) for load in master.loads}
    found: list[Load] = []
    for choice in taken:
        least = float(prices.supporters[choice.supporter]) - slack - _ENOUGH
        near = loads_near(choice, prices=prices.needs, money=prices.money, at_least=least)
        for load in itertools.islice(near, _MOST_LOADS - len(found) + 1):
            if (load.supporter, load.members) not in known:
                found.append(load)
    master.add(found)
    return len(found) <= _MOST_LOADS


def _plan(
    problem: Problem, *, found: Candidates, master: Master, answer: Answer, prices: Prices, begun: float
) -> Plan:
    places = sorted(place for one in answer.chosen for place in master.loads[one].members)
    pairs = tuple(found.pairs[place] for place in places)
    covered = {pair.need for pair in pairs}
    uncovered = tuple(row for row, need in enumerate(problem.needs) if need.must_cover and row not in covered)
    missed = MISSED * len(uncovered)
    value, bound = answer.value + missed, max(answer.bound, answer.value) + missed
    unmet = tuple(row for row in range(len(problem.needs)) if row not in covered)
    return Plan(
        pairs=pairs,
        value=value,
        bound=bound,
        gap=max(0.0, bound - value - _ENOUGH) / max(abs(value), _ENOUGH),
        seconds=time.perf_counter() - begun,
        unmet=unmet,
        uncovered=uncovered,
        limits=_limits(problem, prices=prices),
    )


def _limits(problem: Problem, *, prices: Prices) -> tuple[Limit, ...]:
    """Return what holds the plan back most, by what the linear program would give for more of it."""
    worths = [
        Limit(f"{supporter.id} has no more days", float(worth), "supporter like this one")
        for supporter, worth in zip(problem.supporters, prices.supporters, strict=True)
        if worth > _ENOUGH
    ]
    money = (
        [Limit("The budget is spent", prices.money * 1000, "thousand pounds")]
        if prices.money > _ENOUGH
        else []
    )
    return tuple(money + sorted(worths, key=lambda one: (-one.worth, one.what)))[:_MOST_LIMITS]


def _refuse_impossible(problem: Problem, *, found: Candidates) -> None:
    possible = {(problem.needs[pair.need].id, problem.supporters[pair.supporter].id) for pair in found.pairs}
    for key in sorted(problem.settled.fixed - possible):
        row = next(place for place, need in enumerate(problem.needs) if need.id == key[0])
        column = next(place for place, one in enumerate(problem.supporters) if one.id == key[1])
        raise NoPlan(
            f"'{key[0]}' with '{key[1]}' was fixed but is not possible: the supporter "
            f"{found.barred[row, column].words}."
        )
