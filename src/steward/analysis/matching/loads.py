"""What a supporter can take on together: sets of schools within the days there are, and their value."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from steward.analysis.matching.pairs import Pair
from steward.analysis.matching.problem import Problem

Numbers = NDArray[np.float64]
TENTHS = 10
"""Days are counted in tenths."""
_TIDY = 1e-12


@dataclass(frozen=True, slots=True)
class Choice:
    """The possible pairs of one supporter: places in the list of pairs, values, tenths of days, cost.

    `must` are the places, within these, of pairs that people have fixed.
    """

    supporter: int
    pairs: NDArray[np.int64]
    needs: NDArray[np.int64]
    values: Numbers
    days: NDArray[np.int64]
    costs: Numbers
    free: int
    load: Numbers
    """What a load of 0, 1, 2 ... tenths of days costs."""
    must: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """A set of schools that one supporter would take on; `members` are places in the list of pairs."""

    supporter: int
    members: tuple[int, ...]
    needs: tuple[int, ...]
    value: float
    cost: float


def choices(problem: Problem, *, pairs: Sequence[Pair]) -> tuple[Choice, ...]:
    """Return the possible pairs of each supporter, those that are forbidden left out."""
    listed: list[list[int]] = [[] for _ in problem.supporters]
    for place, pair in enumerate(pairs):
        if _key(problem, pair) not in problem.settled.forbidden:
            listed[pair.supporter].append(place)
    return tuple(_choice(problem, number, places=places, pairs=pairs) for number, places in enumerate(listed))


def best_load(choice: Choice, *, prices: Numbers, money: float) -> Load | None:
    """Return the load of most worth when each school costs its price and each pound `money`; None for none.

    By dynamic programming over tenths of days, so it is exact.
    """
    gain = choice.values - prices[choice.needs] - money * choice.costs
    held = list(choice.must)
    free = choice.free - int(choice.days[held].sum())
    if free < 0:
        return None
    asked = [place for place in np.flatnonzero(gain > _TIDY) if place not in choice.must]
    best = np.zeros(free + 1)
    taken = np.zeros((len(asked), free + 1), dtype=bool)
    for line, place in enumerate(asked):
        days = int(choice.days[place])
        if days > free:
            continue
        further = best[: free + 1 - days] + gain[place]
        better = further > best[days:] + _TIDY
        taken[line, days:] = better
        best[days:] = np.where(better, further, best[days:])
    used = choice.free - free
    left = int(np.argmax(best - choice.load[used : used + free + 1]))
    for line in range(len(asked) - 1, -1, -1):
        if taken[line, left]:
            held.append(int(asked[line]))
            left -= int(choice.days[asked[line]])
    return load_of(choice, held) if held else None


def load_of(choice: Choice, places: Sequence[int]) -> Load:
    """Return the load of these places within the choice."""
    chosen = sorted(places)
    days = int(choice.days[chosen].sum())
    value = float(choice.values[chosen].sum() - choice.load[days])
    return Load(
        choice.supporter,
        tuple(int(choice.pairs[place]) for place in chosen),
        tuple(int(choice.needs[place]) for place in chosen),
        value,
        float(choice.costs[chosen].sum()),
    )


def tenths(days: float, *, up: bool = False) -> int:
    """Return days in tenths; asked days are rounded up, free ones down."""
    exact = round(days * TENTHS, 6)
    whole = int(exact)
    return whole + 1 if up and exact > whole else whole


def load_cost(problem: Problem, days: float, *, among: float) -> float:
    """Return what it costs in value to use so many of a supporter's days."""
    cost, before = 0.0, 0.0
    for step in problem.weights.load_steps:
        upper = among * step.share
        cost += step.per_day * max(0.0, min(days, upper) - before)
        before = upper
    return cost


def _choice(problem: Problem, number: int, *, places: list[int], pairs: Sequence[Pair]) -> Choice:
    supporter = problem.supporters[number]
    free = tenths(supporter.days)
    must = tuple(
        place for place, pair in enumerate(places) if _key(problem, pairs[pair]) in problem.settled.fixed
    )
    return Choice(
        number,
        np.array(places, dtype=np.int64),
        np.array([pairs[place].need for place in places], dtype=np.int64),
        np.array([pairs[place].value for place in places]),
        np.array(
            [tenths(problem.needs[pairs[place].need].days, up=True) for place in places], dtype=np.int64
        ),
        np.array([pairs[place].cost for place in places]),
        free,
        np.array([load_cost(problem, day / TENTHS, among=supporter.days) for day in range(free + 1)]),
        must,
    )


def _key(problem: Problem, pair: Pair) -> tuple[str, str]:
    return problem.needs[pair.need].id, problem.supporters[pair.supporter].id
