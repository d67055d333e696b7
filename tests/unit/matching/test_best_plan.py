"""The best plan keeps every rule and is as good as trying every plan."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steward.analysis.matching.baselines import best_pair_first, nearest_free
from steward.analysis.matching.invented import invented_problem
from steward.analysis.matching.loads import choices, load_of
from steward.analysis.matching.near import loads_near
from steward.analysis.matching.pairs import candidates, reasons
from steward.analysis.matching.plan import Plan
from steward.analysis.matching.problem import Bar, Problem, ProblemFault, Settled
from steward.analysis.matching.solving import NoPlan, Planner, best_plan
from steward.analysis.matching.verifying import value_of, violations
from steward.analysis.matching.weights import read_matching_weights

WEIGHTS = read_matching_weights()["default"]
_MISSED = 100.0


def _invented(seed, *, needs=6, supporters=4, tightness=0.8):
    return invented_problem(
        needs=needs, supporters=supporters, seed=seed, weights=WEIGHTS, tightness=tightness
    )


def _best_by_trying(problem: Problem) -> float:
    """Return the value of the best plan by trying every set of pairs; a missed must-cover costs 100."""
    pairs = candidates(problem).pairs
    best = float("-inf")
    for size in range(len(pairs) + 1):
        for chosen in combinations(pairs, size):
            covered = {pair.need for pair in chosen}
            unmet = tuple(row for row in range(len(problem.needs)) if row not in covered)
            missed = tuple(row for row in unmet if problem.needs[row].must_cover)
            plan = Plan(chosen, 0.0, 1e9, 1e9, 0.0, unmet, missed)
            if not violations(plan, problem=problem):
                best = max(best, value_of(plan, problem=problem) - _MISSED * len(missed))
    return best


@pytest.mark.parametrize("seed", range(40))
def test_no_plan_found_by_trying_all_is_better(seed):
    problem = _invented(seed, needs=4, supporters=3, tightness=0.7 + seed % 4 / 5)
    if len(candidates(problem).pairs) > 11:
        problem = replace(problem, needs=problem.needs[:3])
    plan = best_plan(problem)
    assert plan.proved
    assert plan.value - _MISSED * len(plan.uncovered) == pytest.approx(_best_by_trying(problem), abs=1e-7)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 10**6),
    needs=st.integers(1, 14),
    supporters=st.integers(1, 9),
    tightness=st.floats(0.2, 2.0),
    budget=st.none() | st.floats(0, 20_000),
)
def test_a_plan_breaks_no_rule_and_is_worth_what_it_says(seed, needs, supporters, tightness, budget):
    problem = replace(_invented(seed, needs=needs, supporters=supporters, tightness=tightness), budget=budget)
    plan = best_plan(problem)
    assert violations(plan, problem=problem) == ()
    assert value_of(plan, problem=problem) == pytest.approx(plan.value, abs=1e-6)
    assert plan.proved


@pytest.mark.nightly
@settings(max_examples=10_000, deadline=None)
@given(seed=st.integers(0, 10**9), needs=st.integers(1, 20), supporters=st.integers(1, 14))
def test_ten_thousand_plans_break_no_rule(seed, needs, supporters):
    problem = _invented(seed, needs=needs, supporters=supporters)
    assert violations(best_plan(problem), problem=problem) == ()


def test_the_verifier_sees_what_is_wrong():
    problem = _invented(3)
    barred, bar = next((place, bar) for place, bar in candidates(problem).barred.items() if bar is Bar.PHASE)
    pair = replace(candidates(problem).pairs[0], need=barred[0], supporter=barred[1])
    twice = Plan((pair, pair), 2.0, 1.0, 0.0, 0.0, (), ())
    told = " ".join(violations(twice, problem=problem))
    assert bar.words
    for fault in ("another phase", "twice", "not met", "above its proved bound"):
        assert fault in told


@pytest.mark.parametrize("seed", range(6))
def test_the_plan_is_worth_at_least_as_much_as_going_without(seed):
    problem = _invented(seed, needs=30, supporters=20)
    plan = best_plan(problem)
    for other in (nearest_free(problem), best_pair_first(problem)):
        assert violations(other, problem=problem) == ()
        assert (
            plan.value - _MISSED * len(plan.uncovered) >= other.value - _MISSED * len(other.uncovered) - 1e-9
        )


def test_what_is_fixed_stays_and_what_is_forbidden_goes():
    problem = _invented(5, needs=10, supporters=8)
    plan = best_plan(problem)
    pair = plan.pairs[0]
    key = (problem.needs[pair.need].id, problem.supporters[pair.supporter].id)
    without = replace(problem, settled=Settled(forbidden=frozenset({key})))
    assert violations(best_plan(without), problem=without) == ()
    assert best_plan(without).value <= plan.value + 1e-9
    other = next(
        one for one in candidates(problem).pairs if one not in plan.pairs and one.supporter != pair.supporter
    )
    fixed = (problem.needs[other.need].id, problem.supporters[other.supporter].id)
    held = replace(problem, settled=Settled(fixed=frozenset({fixed})))
    assert violations(best_plan(held), problem=held) == ()


@pytest.mark.parametrize("seed", range(4))
def test_a_plan_asked_again_is_as_good_as_one_asked_afresh(seed):
    problem = _invented(seed, needs=30, supporters=20)
    planner = Planner(problem)
    for pair in planner.best().pairs[:3]:
        key = frozenset({(problem.needs[pair.need].id, problem.supporters[pair.supporter].id)})
        for settled in (Settled(forbidden=key), Settled(fixed=key)):
            again = planner.best(settled)
            assert violations(again, problem=replace(problem, settled=settled)) == ()
            assert again.value == pytest.approx(best_plan(replace(problem, settled=settled)).value, abs=1e-6)


def test_every_load_near_its_price_is_listed():
    problem = _invented(2, needs=9, supporters=1, tightness=0.6)
    (choice,) = choices(problem, pairs=candidates(problem).pairs)
    prices = np.full(len(problem.needs), 0.004)
    every = [
        load_of(choice, chosen)
        for size in range(1, len(choice.pairs) + 1)
        for chosen in combinations(range(len(choice.pairs)), size)
        if choice.days[list(chosen)].sum() <= choice.free
    ]
    for least in (-0.05, 0.0, 0.02):
        worth = {load.members for load in every if load.value - 0.004 * len(load.members) >= least}
        listed = [load.members for load in loads_near(choice, prices=prices, money=0.0, at_least=least)]
        assert len(listed) == len(set(listed))
        assert set(listed) == worth


def test_a_fixed_pair_that_is_not_possible_is_refused_in_a_sentence():
    problem = _invented(3)
    (row, column), _ = next(iter(candidates(problem).barred.items()))
    key = (problem.needs[row].id, problem.supporters[column].id)
    with pytest.raises(NoPlan, match="was fixed but is not possible"):
        best_plan(replace(problem, settled=Settled(fixed=frozenset({key}))))


def test_a_need_that_is_there_twice_is_refused():
    problem = _invented(3)
    with pytest.raises(ProblemFault, match="is there twice"):
        best_plan(replace(problem, needs=(*problem.needs, problem.needs[0])))


def test_every_pair_says_why():
    problem = _invented(9)
    pair = candidates(problem).pairs[0]
    told = reasons(pair, problem=problem)
    assert len(told) >= 2
    assert all(sentence.endswith(".") for sentence in told)
