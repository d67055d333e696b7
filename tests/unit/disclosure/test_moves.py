"""What moves of pupils prove, a linear programme that knows nothing of them finds too."""

from dataclasses import replace

import numpy as np
import pytest

from factories.group_counts import authority_of
from steward.analysis.disclosure.attack import attack, numbers_recovered
from steward.analysis.disclosure.gate import release
from steward.analysis.disclosure.groups import drafted
from steward.analysis.disclosure.moves import Moves
from steward.analysis.disclosure.policy import read_policy
from steward.analysis.disclosure.secondary import attainable
from steward.vocabulary.protection import Protected
from steward.vocabulary.values import Missing

POLICY = read_policy()


def tables_of(seed, *, mean=24.0):
    rows = authority_of(
        np.random.default_rng(seed),
        schools=9,
        dimensions=("sen",),
        indicators=("rwm_expected", "reading_expected"),
        mean=mean,
    )
    draft = drafted(rows, policy=POLICY, results=True)
    hidden = set()
    for row, one in zip(rows, release(Protected(rows), policy=POLICY).figures, strict=True):
        if one.value.cohort is None:
            hidden.add(draft.cells[draft.pupils[row.group, row.pupils]].figure)
        if isinstance(one.value, Missing):
            hidden.add(draft.cells[draft.achieved[row.group, row.indicator][0]].figure)
    return draft.linked(), frozenset(hidden)


@pytest.mark.parametrize(("seed", "mean"), [(0, 24.0), (1, 24.0), (2, 9.0), (3, 6.0)])
def test_no_move_proves_more_than_the_programme_finds(seed, mean):
    tables, hidden = tables_of(seed, mean=mean)
    moves = Moves(tables.sheets, counts=tables.counts, hidden=tables.hidden_cells(hidden))
    moves.try_all(tables.needs.astype(np.int64))
    found = attack(replace(tables, sheets=()), hidden=hidden)
    proven = 0
    for one in found:
        assert one.count - moves.down[one.cell] >= one.low
        assert one.count + moves.up[one.cell] <= one.high
        proven += moves.up[one.cell] + moves.down[one.cell] >= one.need
    assert proven > len(found) / 4


@pytest.mark.parametrize("seed", range(3))
def test_an_attacker_without_moves_recovers_nothing(seed):
    tables, hidden = tables_of(seed)
    plain = attainable(replace(tables, sheets=()))
    assert numbers_recovered(attack(plain, hidden=hidden)) == 0
