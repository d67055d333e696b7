"""Counts of an authority's groups go in; what comes out tells of no group below the limits."""

from dataclasses import asdict, replace

import numpy as np
import pyarrow as pa
import pytest

from factories.group_counts import authority_of
from steward.analysis.disclosure.attack import attack, unprotected
from steward.analysis.disclosure.gate import Release, release, release_tables
from steward.analysis.disclosure.groups import GroupCount, drafted
from steward.analysis.disclosure.policy import read_policy
from steward.analysis.disclosure.secondary import attainable
from steward.vocabulary.protection import Protected
from steward.vocabulary.values import Known, Missing, Reason

POLICY = read_policy()


def hidden_in(found: Release, *, rows: tuple[GroupCount, ...]):
    """Return everything of all years, dimensions and measures as one set of tables, and what is withheld."""
    draft = drafted(rows, policy=POLICY, results=True)
    hidden = set()
    for row, one in zip(rows, found.figures, strict=True):
        if one.value.cohort is None:
            hidden.add(draft.cells[draft.pupils[row.group, row.pupils]].figure)
        if isinstance(one.value, Missing):
            hidden.add(draft.cells[draft.achieved[row.group, row.indicator][0]].figure)
    return attainable(draft.linked()), frozenset(hidden)


@pytest.mark.parametrize("seed", range(2))
def test_a_reader_of_everything_recovers_nothing(seed):
    rng = np.random.default_rng(seed)
    rows = authority_of(
        rng,
        schools=7,
        dimensions=("disadvantaged", "ethnicity"),
        indicators=("rwm_expected", "reading_expected"),
    )
    found = release(Protected(rows), policy=POLICY)
    tables, hidden = hidden_in(found, rows=rows)
    assert unprotected(tables, hidden=hidden) == []
    assert found.loss.small > 0
    assert found.loss.beside > 0
    assert found.loss.cost >= found.loss.least


def test_with_the_gate_open_the_same_reader_recovers_all():
    rows = authority_of(np.random.default_rng(1), schools=6)
    tables, _ = hidden_in(release(Protected(rows), policy=POLICY), rows=rows)
    intervals = attack(tables, hidden=frozenset())
    assert intervals
    assert all(one.recovered for one in intervals)


@pytest.mark.parametrize(
    ("pupils", "achieved", "cohort", "shown"),
    [
        (5, 3, None, False),
        (12, 6, 12.0, True),
        (12, 5, 12.0, False),
        (12, 7, 12.0, False),
        (12, 0, 12.0, False),
        (12, 12, 12.0, False),
        (40, 20, 40.0, True),
    ],
)
def test_limits_of_a_school(pupils, achieved, cohort, shown):
    row = GroupCount("school", "1", "primary", "rwm_expected", 2024, "sen", "plan", pupils, achieved, 50.0)
    value = release(Protected((row,)), policy=POLICY).figures[0].value
    assert value.cohort == cohort
    assert isinstance(value, Known) is shown
    if not shown:
        assert value.reason is Reason.WITHHELD


@pytest.mark.parametrize(("pupils", "cohort"), [(2, None), (3, 3.0)])
def test_limits_of_an_authority(pupils, cohort):
    row = GroupCount("authority", "399", "all", "progress_8", 2024, "sen", "plan", pupils, None, 0.4)
    assert release(Protected((row,)), policy=POLICY).figures[0].value.cohort == cohort


def test_a_mean_is_shown_with_its_number_of_pupils_or_not_at_all():
    rows = authority_of(np.random.default_rng(3), schools=8)
    means = tuple(replace(row, achieved=None, indicator="attainment_8", value=41.5) for row in rows)
    for one in release(Protected(means), policy=POLICY).figures:
        assert isinstance(one.value, Known) is (one.value.cohort is not None)


def test_a_group_that_few_are_not_in_is_withheld_with_them():
    rows = tuple(
        GroupCount("school", area, "primary", "absence", 2024, dimension, member, pupils, None, 4.0)
        for area in ("1", "2")
        for dimension, member, pupils in (("all", "all", 40), ("sex", "girls", 37), ("sex", "boys", 3))
    )
    found = release(Protected(rows), policy=POLICY).figures
    withheld = {one.member for one in found if isinstance(one.value, Missing)}
    assert withheld == {"girls", "boys"}


def test_two_groups_at_once_go_with_each_of_the_two():
    cells = {("girls", "yes"): 3, ("girls", "no"): 30, ("boys", "yes"): 20, ("boys", "no"): 30}
    named = {
        ("all", "all"): 83,
        ("sex", "girls"): 33,
        ("sex", "boys"): 50,
        ("eal", "yes"): 23,
        ("eal", "no"): 60,
    }
    named |= {("sex+eal", "+".join(pair)): pupils for pair, pupils in cells.items()}
    rows = tuple(
        GroupCount("school", "1", "primary", "absence", 2024, dimension, member, pupils, None, 4.0)
        for (dimension, member), pupils in named.items()
    )
    found = release(Protected(rows), policy=POLICY)
    withheld = {one.member for one in found.figures if isinstance(one.value, Missing)}
    assert len(withheld) == 4
    assert {"girls+yes"} < withheld
    assert "all" not in withheld


def test_the_loss_is_said_in_words_without_a_figure():
    rows = authority_of(np.random.default_rng(2), schools=10)
    loss = release(Protected(rows), policy=POLICY).loss
    assert "withheld because they are about few pupils" in loss.words
    assert loss.cost <= 1.15 * loss.least


def test_tables_of_schools_and_of_their_area_pass_together():
    rows = authority_of(np.random.default_rng(2), schools=6)
    apart = [[row for row in rows if (row.level == "school") is schools] for schools in (True, False)]
    tables = [Protected(pa.Table.from_pylist([asdict(row) for row in part])) for part in apart]
    assert release_tables(tables, policy=POLICY) == release(Protected(rows), policy=POLICY)


def test_the_order_in_which_counts_come_changes_nothing():
    rows = authority_of(np.random.default_rng(4), schools=8, dimensions=("sen",))
    mixed = tuple(rows[place] for place in np.random.default_rng(5).permutation(len(rows)))
    found = [release(Protected(one), policy=POLICY) for one in (rows, mixed)]
    assert set(found[0].figures) == set(found[1].figures)
    assert found[0].loss == found[1].loss


def test_a_large_table_loses_little_more_than_is_proved_to_be_lost_by_any_choice():
    rows = authority_of(np.random.default_rng(6), schools=60, dimensions=("sen",), indicators=("a", "b"))
    found = release(Protected(rows), policy=POLICY)
    draft = drafted(rows, policy=POLICY, results=True)
    assert len(draft.cells) > 1_000, "a good choice is taken in tables as large as this"
    tables, hidden = hidden_in(found, rows=rows)
    assert unprotected(tables, hidden=hidden) == []
    assert found.loss.least <= found.loss.cost <= 1.15 * found.loss.least
