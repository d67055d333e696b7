"""Lists that hold only so many false findings, held against worked values and slow plain sums."""

import numpy as np
import pytest

from steward.analysis.comparison import discovery

WORKED = [0.001, 0.008, 0.012, 0.020, 0.041, 0.06, 0.21, 0.34, 0.55, 0.9]


def _slow(p_values, rate):
    ordered = sorted(p_values)
    passing = [p for place, p in enumerate(ordered, start=1) if p <= rate * place / len(ordered)]
    return [p <= max(passing, default=-1) for p in p_values]


def test_the_worked_example_lists_four_and_holm_one():
    assert int(discovery.discoveries(WORKED).sum()) == 4
    assert int(discovery.stepwise(WORKED).sum()) == 1


@pytest.mark.parametrize("seed", range(20))
def test_listing_agrees_with_the_slow_way(seed):
    p_values = np.random.default_rng(seed).uniform(0, 1, 30) ** 3
    for rate in (discovery.LISTS, discovery.SCREENS):
        assert list(discovery.discoveries(p_values, rate=rate)) == _slow(p_values, rate)


def test_an_unknown_p_value_is_never_listed_and_does_not_count():
    assert list(discovery.discoveries([0.02, np.nan, 0.04])) == [True, False, True]
    assert list(discovery.discoveries([np.nan])) == [False]
    assert list(discovery.discoveries([])) == []


def test_the_joint_p_value_is_that_of_simes():
    found = discovery.joint([0.03, 0.5, 0.04, np.nan], members=np.array([0, 0, 1, 2]), groups=3)
    assert found[:2] == pytest.approx([0.06, 0.04])
    assert np.isnan(found[2])


def test_a_hierarchy_lists_schools_then_their_measures():
    schools = ["a", "a", "a", "b", "b", "c"]
    p_values = [0.0001, 0.02, 0.9, 0.3, 0.6, 0.5]
    listed_schools, listed = discovery.nested(p_values, levels=[schools])
    assert list(listed_schools) == [True, True, True, False, False, False]
    assert list(listed) == [True, False, False, False, False, False]


def test_a_hierarchy_of_three_levels_lists_a_group_only_within_a_listed_measure():
    schools = ["a"] * 4 + ["b"] * 2
    measures = ["reading"] * 2 + ["maths"] * 2 + ["reading"] * 2
    p_values = [1e-6, 0.7, 0.8, 0.9, 0.04, 0.4]
    by_school, by_measure, groups = discovery.nested(p_values, levels=[schools, measures])
    assert list(by_school) == [True, True, True, True, False, False]
    assert list(by_measure) == [True, True, False, False, False, False]
    assert list(groups) == [True, False, False, False, False, False]


def test_nothing_to_list_is_an_empty_list():
    found = discovery.nested([], levels=[[]])
    assert [len(level) for level in found] == [0, 0]


def test_how_many_of_a_list_may_be_chance():
    assert discovery.expected_false(20, rate=discovery.LISTS) == 1.0


@pytest.mark.parametrize("rate", [0, 1, 5])
def test_a_rate_that_is_no_share_is_refused(rate):
    with pytest.raises(ValueError, match="between 0 and 1"):
        discovery.discoveries(WORKED, rate=rate)
