"""Two groups at once: a reader who knows every single group works no small number out."""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import linprog

from steward.analysis.disclosure.gate import ReleasedGroup, release_crossing
from steward.analysis.disclosure.groups import GroupCount
from steward.analysis.disclosure.policy import read_policy
from steward.vocabulary.protection import Protected
from steward.vocabulary.values import Known, Missing, Reason

POLICY = read_policy()
LEAST = POLICY.limits_of("authority").pupils
ONES, OTHERS = ("a", "b", "c"), ("x", "y", "z")
BOTH = "one+other"


def count(dimension, member, cells):
    pupils, achieved = (int(sum(one[place] for one in cells)) for place in (0, 1))
    value = 100 * achieved / pupils if pupils else None
    return GroupCount(
        "authority", "399", "all", "rwm_expected", 2024, dimension, member, pupils, achieved, value
    )


def table_of(rng):
    """Return the pupils of each pair, how many achieved, and every row of the area."""
    pairs = {}
    for pair in product(ONES, OTHERS):
        pupils = int(rng.choice([rng.integers(1, 6), rng.integers(8, 60)]))
        pairs[pair] = (pupils, int(rng.integers(0, pupils + 1)))
    rows = [count("all", "all", list(pairs.values()))]
    for place, (dimension, members) in enumerate((("one", ONES), ("other", OTHERS))):
        for member in members:
            inside = [cell for pair, cell in pairs.items() if pair[place] == member]
            rows.append(count(dimension, member, inside))
    rows += [count(BOTH, f"{one}+{other}", [pairs[one, other]]) for one, other in pairs]
    return pairs, rows


def singles_of(rows, *, withheld=()):
    return [
        ReleasedGroup(
            *(row.level, row.area, row.phase, row.indicator, row.period, row.dimension, row.member),
            Missing(Reason.WITHHELD) if row.member in withheld else Known(row.value, float(row.pupils)),
        )
        for row in rows
        if row.dimension in ("one", "other")
    ]


def shown_of(rows, *, withheld=()):
    found = release_crossing(Protected(rows), singles=singles_of(rows, withheld=withheld), policy=POLICY)
    assert {one.dimension for one in found.figures} == {"all", BOTH}
    return {tuple(one.member.split("+")): one.value for one in found.figures if one.dimension == BOTH}


def ranges(pairs, shown):
    """Return what a reader who knows every single group can say of each number: those with and without."""
    names = list(product(pairs, (0, 1)))
    equal, sums = [], []

    def know(chosen, total):
        equal.append([float(name in chosen) for name in names])
        sums.append(float(total))

    split = {pair: (achieved, pupils - achieved) for pair, (pupils, achieved) in pairs.items()}
    for place, members in ((0, ONES), (1, OTHERS)):
        for member, half in product(members, (0, 1)):
            inside = [pair for pair in pairs if pair[place] == member]
            know({(pair, half) for pair in inside}, sum(split[pair][half] for pair in inside))
    for pair, value in shown.items():
        if value.cohort is not None:
            know({(pair, 0), (pair, 1)}, pairs[pair][0])
        if isinstance(value, Known):
            know({(pair, 0)}, split[pair][0])
    for number, (pair, half) in enumerate(names):
        aim = np.zeros(len(names))
        aim[number] = 1
        ends = [linprog(sign * aim, A_eq=equal, b_eq=sums).fun * sign for sign in (1, -1)]
        yield pair, split[pair][half], ends


@pytest.mark.parametrize("seed", range(4))
def test_who_knows_every_single_group_works_out_no_small_number(seed):
    pairs, rows = table_of(np.random.default_rng(seed))
    shown = shown_of(rows)
    hidden = [value for value in shown.values() if isinstance(value, Missing)]
    assert len(hidden) > 0
    for pair, number, (low, high) in ranges(pairs, shown):
        if number < LEAST:
            assert isinstance(shown[pair], Missing)
            assert high - low > 0.5, (pair, number)


def test_what_was_withheld_of_a_group_is_withheld_of_every_pair_it_is_in():
    rng = np.random.default_rng(5)
    _, rows = table_of(rng)
    shown = shown_of(rows, withheld=("a", "b"))
    assert all(shown[one, other] == Missing(Reason.WITHHELD) for one in ("a", "b") for other in OTHERS)


def test_where_one_group_only_was_withheld_nothing_that_adds_up_to_it_is_shown():
    _, rows = table_of(np.random.default_rng(6))
    assert set(shown_of(rows, withheld=("a",)).values()) == {Missing(Reason.WITHHELD)}


def test_large_pairs_are_shown_as_they_are():
    cells = dict.fromkeys(product(ONES, OTHERS), (100, 40))
    rows = [count("all", "all", list(cells.values()))]
    for dimension, members in (("one", ONES), ("other", OTHERS)):
        rows += [count(dimension, member, [(300, 120)]) for member in members]
    rows += [count(BOTH, f"{one}+{other}", [cell]) for (one, other), cell in cells.items()]
    assert set(shown_of(rows).values()) == {Known(40.0, 100.0)}
