"""The gap index: toy groups, the size of the national gap, intervals, and both ways of working it out."""

from statistics import NormalDist

import ibis
import numpy as np
import pyarrow as pa
import pytest

from steward.analysis.accountability.gap_index import gap_index, gap_index_with_interval, gap_indices

TOYS = [
    ((10, 9, 8, 7, 6), (5, 4, 3, 2), 10.0),
    ((5, 5, 3), (5, 5, 3), 0.0),
    ((10, 8, 7, 5, 3), (9, 6, 4, 2), 3.0),
    ((2, 3), (8, 9), -10.0),
    ((4, 4, 4), (4,), 0.0),
]


@pytest.mark.parametrize(("others", "disadvantaged", "index"), TOYS)
def test_toy_groups(others: tuple[float, ...], disadvantaged: tuple[float, ...], index: float) -> None:
    assert gap_index(others, disadvantaged=disadvantaged) == pytest.approx(index)


def test_it_is_the_difference_of_mean_places() -> None:
    chance = np.random.default_rng(1)
    others, disadvantaged = chance.integers(0, 12, 40), chance.integers(0, 10, 25)
    every = np.concatenate([others, disadvantaged])
    places = np.array([(every < one).sum() + ((every == one).sum() + 1) / 2 for one in every])
    wanted = 20 * (places[:40].mean() - places[40:].mean()) / every.size
    assert gap_index(others, disadvantaged=disadvantaged) == pytest.approx(wanted)


@pytest.mark.parametrize(("others", "disadvantaged"), [((), (1,)), ((1,), ())])
def test_an_empty_group_has_no_index(others: tuple[float, ...], disadvantaged: tuple[float, ...]) -> None:
    assert gap_index(others, disadvantaged=disadvantaged) is None
    assert gap_index_with_interval(others, disadvantaged=disadvantaged, seed=1) is None


def test_groups_as_far_apart_as_those_of_2014_have_the_index_of_2014() -> None:
    """England 2014: 3.1534 with 171,308 disadvantaged and 382,487 others, a gap of 0.574 deviations."""
    chance = np.random.default_rng(2014)
    others, disadvantaged = chance.normal(0.574, 1, 382_487), chance.normal(0, 1, 171_308)
    found = gap_index(others, disadvantaged=disadvantaged)
    assert found == pytest.approx(3.1534, abs=0.03)
    assert found == pytest.approx(20 * (NormalDist().cdf(0.574 / 2**0.5) - 0.5), abs=0.03)


def test_an_interval_is_repeatable_and_holds_the_index() -> None:
    chance = np.random.default_rng(3)
    others, disadvantaged = chance.normal(0.5, 1, 6000), chance.normal(0, 1, 2500)
    found = gap_index_with_interval(others, disadvantaged=disadvantaged, seed=7)
    assert found is not None
    assert found.lower < found.index < found.upper
    assert (found.disadvantaged, found.others) == (2500, 6000)
    assert found == gap_index_with_interval(others, disadvantaged=disadvantaged, seed=7)


def test_intervals_cover_the_truth_as_often_as_they_say() -> None:
    truth = 20 * (NormalDist().cdf(0.5 / 2**0.5) - 0.5)
    chance = np.random.default_rng(4)
    hits = 0
    for number in range(600):
        others, disadvantaged = chance.normal(0.5, 1, 300), chance.normal(0, 1, 150)
        found = gap_index_with_interval(others, disadvantaged=disadvantaged, seed=number, draws=300)
        assert found is not None
        hits += found.lower <= truth <= found.upper
    assert 0.93 <= hits / 600 <= 0.97


def test_expressions_give_every_group_what_the_rule_gives() -> None:
    chance = np.random.default_rng(5)
    count = 4000
    areas, scores = chance.integers(380, 385, count), chance.integers(80, 121, count).astype(float)
    poor = chance.random(count) < 0.3
    scores[chance.random(count) < 0.05] = np.nan
    poor[areas == 384] = False
    table = ibis.memtable(
        pa.table(
            {
                "authority": areas,
                "score": pa.array(scores, from_pandas=True),
                "poor": poor,
            }
        )
    )
    made = gap_indices(table, by=["authority"], score="score", disadvantaged="poor")
    found = ibis.duckdb.connect().to_pyarrow(made).to_pylist()
    assert sorted(row["authority"] for row in found) == [380, 381, 382, 383, 384]
    for row in found:
        mine = (areas == row["authority"]) & ~np.isnan(scores)
        wanted = gap_index(scores[mine & ~poor], disadvantaged=scores[mine & poor])
        assert row["gap_index"] == (None if wanted is None else pytest.approx(wanted))
        assert row["disadvantaged_pupils"] == (mine & poor).sum()
