"""How much the gate asks of the solver: it ends after so many programmes, whatever the machine does."""

import numpy as np
import pytest

from factories.group_counts import authority_of
from steward.analysis.disclosure.attack import unprotected
from steward.analysis.disclosure.gate import release
from steward.analysis.disclosure.groups import drafted
from steward.analysis.disclosure.policy import read_policy
from steward.analysis.disclosure.secondary import attainable, choose
from steward.analysis.highs import QuietHighs
from steward.vocabulary.protection import Protected

POLICY = read_policy()
MEASURES = ("rwm_expected", "rwm_higher", "reading_expected", "maths_expected", "writing_expected")
GOAL = 1.15


@pytest.fixture(scope="module")
def rows():
    return authority_of(
        np.random.default_rng(5), schools=40, dimensions=("ethnicity",), indicators=MEASURES, mean=24.0
    )


def test_a_large_slice_ends_after_few_programmes_for_each_small_count(rows, monkeypatch):
    runs, run = [], QuietHighs.run
    monkeypatch.setattr(QuietHighs, "run", lambda self: runs.append(1) or run(self))
    loss = release(Protected(rows), policy=POLICY).loss
    assert len(drafted(rows, policy=POLICY, results=True).cells) > 1_000, "it is no large one"
    assert loss.small > 500
    assert len(runs) < 3 * loss.small
    assert loss.least <= loss.cost <= GOAL * loss.least


def test_a_reader_of_all_schools_recovers_nothing_of_it(rows):
    tables = attainable(drafted(rows, policy=POLICY, results=True).linked())
    found = choose(tables)
    everything = frozenset(range(len(tables.costs))) - tables.known
    left = set(unprotected(tables, hidden=found.hidden))
    assert left <= set(unprotected(tables, hidden=everything))
