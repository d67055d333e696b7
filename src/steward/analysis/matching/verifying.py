"""Checks a plan against the problem from its words alone, knowing nothing of how it was found."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator

from steward.analysis.matching.plan import Plan
from steward.analysis.matching.problem import Need, Problem, Supporter

_ROOM = 1e-6


def violations(plan: Plan, *, problem: Problem) -> tuple[str, ...]:
    """Return every rule that the plan breaks, as a sentence; none for a plan that may be used."""
    chosen = [(problem.needs[pair.need], problem.supporters[pair.supporter]) for pair in plan.pairs]
    return (
        *_pair_faults(chosen, problem=problem),
        *_day_faults(chosen),
        *_count_faults(chosen, problem=problem),
        *_money_faults(chosen, problem=problem),
        *_settled_faults(chosen, problem=problem),
        *_told_faults(plan, chosen=chosen, problem=problem),
    )


Chosen = list[tuple[Need, Supporter]]


def _pair_faults(chosen: Chosen, *, problem: Problem) -> Iterator[str]:
    for need, supporter in chosen:
        told = f"{supporter.id} for {need.id}"
        if need.id == supporter.id:
            yield f"{told}: a school supports itself."
        if need.phase not in supporter.phases:
            yield f"{told}: another phase."
        if need.vetoes & {supporter.id, supporter.trust or supporter.id, supporter.faith or supporter.id}:
            yield f"{told}: ruled out by the school."
        if supporter.conflicts & {need.id, need.trust or need.id}:
            yield f"{told}: a conflict of interest."
        if _far(need, supporter, problem=problem):
            yield f"{told}: too far."


def _far(need: Need, supporter: Supporter, *, problem: Problem) -> bool:
    if need.easting is None or need.northing is None:
        return False
    if supporter.easting is None or supporter.northing is None:
        return False
    metres = math.dist((need.easting, need.northing), (supporter.easting, supporter.northing))
    weights = problem.weights
    return metres / 1000 * weights.minutes_per_kilometre > weights.most_minutes + _ROOM


def _day_faults(chosen: Chosen) -> Iterator[str]:
    used: defaultdict[str, float] = defaultdict(float)
    free = {supporter.id: supporter.days for _, supporter in chosen}
    for need, supporter in chosen:
        used[supporter.id] += need.days
    for name, days in used.items():
        if days > free[name] + _ROOM:
            yield f"{name} gives {days} days and has {free[name]}."


def _count_faults(chosen: Chosen, *, problem: Problem) -> Iterator[str]:
    if len(set(chosen)) < len(chosen):
        yield "A pair is there twice."
    for name, count in Counter(need.id for need, _ in chosen).items():
        if count > problem.weights.supporters_per_school:
            yield f"{name} has {count} supporters."


def _money_faults(chosen: Chosen, *, problem: Problem) -> Iterator[str]:
    spent = sum(need.days * supporter.cost_per_day for need, supporter in chosen)
    if problem.budget is not None and spent > problem.budget + _ROOM:
        yield f"{spent} pounds are spent of {problem.budget}."


def _settled_faults(chosen: Chosen, *, problem: Problem) -> Iterator[str]:
    keys = {(need.id, supporter.id) for need, supporter in chosen}
    for pair in problem.settled.fixed - keys:
        yield f"{pair} was fixed and is not in the plan."
    for pair in problem.settled.forbidden & keys:
        yield f"{pair} was forbidden and is in the plan."


def _told_faults(plan: Plan, *, chosen: Chosen, problem: Problem) -> Iterator[str]:
    covered = {need.id for need, _ in chosen}
    unmet = {problem.needs[row].id for row in plan.unmet}
    if unmet != {need.id for need in problem.needs} - covered:
        yield "The plan does not say rightly which needs are not met."
    missed = {need.id for need in problem.needs if need.must_cover} - covered
    if missed != {problem.needs[row].id for row in plan.uncovered}:
        yield "The plan does not say rightly which schools that must be covered are not."
    if plan.value > plan.bound + _ROOM:
        yield "The value is above its proved bound."


def value_of(plan: Plan, *, problem: Problem) -> float:
    """Return the value of the pairs of a plan, worked out again from the weights.

    Each further supporter of a school adds less, by a share of the effect expected before anything is
    known; each day used costs by the steps of load.
    """
    weights = problem.weights
    total = sum(pair.value for pair in plan.pairs)
    for row, count in Counter(pair.need for pair in plan.pairs).items():
        need = problem.needs[row]
        lost = (1 - weights.second_supporter_share) * weights.prior_effect
        total -= (count - 1) * lost * need.weight * weights.need_weights[need.urgency]
    used: defaultdict[int, float] = defaultdict(float)
    for pair in plan.pairs:
        used[pair.supporter] += problem.needs[pair.need].days
    for number, days in used.items():
        before = 0.0
        for step in weights.load_steps:
            upper = problem.supporters[number].days * step.share
            total -= step.per_day * max(0.0, min(days, upper) - before)
            before = upper
    return total
