"""What is believed of a school, held against worked values and against slow sums."""

import math

import numpy as np
import pytest
from scipy import stats

from steward.analysis.comparison import shrinkage
from steward.analysis.comparison.shrinkage import SpreadOfMeans, SpreadOfShares

READING_2019, TAU = 6.17358, 2.1
WORKED = [(12, 0.581, -1.74, 1.36, 0.708), (30, 0.776, -2.33, 0.99, 0.910), (60, 0.874, -2.62, 0.75, 0.985)]


@pytest.mark.parametrize(("pupils", "own", "mean", "deviation", "below"), WORKED)
def test_the_worked_example_of_reading_progress(pupils, own, mean, deviation, below):
    errors = np.array([READING_2019 / math.sqrt(pupils)])
    found = shrinkage.belief_of_means([-3.0], standard_errors=errors, spread=SpreadOfMeans(0.0, TAU))
    assert shrinkage.own_share(errors**2, tau=TAU)[0] == pytest.approx(own, abs=0.0006)
    assert found.mean[0] == pytest.approx(mean, abs=0.006)
    assert found.deviation[0] == pytest.approx(deviation, abs=0.006)
    assert shrinkage.mean_is_below(-1.0, belief=found)[0] == pytest.approx(below, abs=0.002)


def test_the_spread_of_means_is_found_again():
    random = np.random.default_rng(7)
    errors = READING_2019 / np.sqrt(random.integers(12, 90, 4_000))
    truth = random.normal(0.3, TAU, 4_000)
    found = shrinkage.spread_of_means(random.normal(truth, errors), standard_errors=errors)
    assert found.middle == pytest.approx(0.3, abs=0.1)
    assert found.tau == pytest.approx(TAU, abs=0.1)


def test_means_that_differ_no_more_than_by_chance_are_all_believed_alike():
    found = shrinkage.spread_of_means([0.1, -0.1, 0.0], standard_errors=[1.0, 1.0, 1.0])
    belief = shrinkage.belief_of_means([0.1, -0.1, 0.0], standard_errors=[1.0, 1.0, 1.0], spread=found)
    assert found.tau == 0.0
    assert belief.mean == pytest.approx(np.full(3, found.middle))
    assert list(shrinkage.mean_is_below([1.0, -1.0, 0.5], belief=belief)) == [1.0, 0.0, 1.0]


def test_one_school_alone_has_no_spread():
    assert shrinkage.spread_of_means([4.0], standard_errors=[1.0]) == SpreadOfMeans(4.0, 0.0)


@pytest.mark.parametrize("middle", [0.1, 0.65, 0.94])
def test_the_spread_of_shares_is_found_again(middle):
    random = np.random.default_rng(11)
    pupils = random.integers(11, 90, 6_000)
    truth = random.beta(middle * 20, (1 - middle) * 20, 6_000)
    found = shrinkage.spread_of_shares(random.binomial(pupils, truth), pupils=pupils)
    assert found.middle == pytest.approx(middle, abs=0.01)
    assert found.deviation == pytest.approx(math.sqrt(middle * (1 - middle) / 21), rel=0.06)


def test_the_belief_of_a_share_is_the_beta_posterior():
    spread = SpreadOfShares(6.5, 3.5)
    found = shrinkage.belief_of_shares([9, 0], pupils=[30, 12], spread=spread)
    for school, (count, pupils) in enumerate([(9, 30), (0, 12)]):
        slow = stats.beta(6.5 + count, 3.5 + pupils - count)
        assert found.mean[school] == pytest.approx(slow.mean())
        assert found.deviation[school] == pytest.approx(slow.std())
        assert (found.low[school], found.high[school]) == pytest.approx(slow.interval(0.95))
        below = shrinkage.share_is_below(0.5, counts=[count], pupils=[pupils], spread=spread)
        assert below[0] == pytest.approx(slow.cdf(0.5))


def test_a_small_school_is_pulled_further_to_its_phase_than_a_large_one():
    spread = SpreadOfShares(13, 7)
    small, large = shrinkage.belief_of_shares([3, 60], pupils=[10, 200], spread=spread).mean
    assert 0.3 < large < small < 0.65


def test_shares_that_differ_no_more_than_by_chance_have_a_very_narrow_spread():
    found = shrinkage.spread_of_shares([15, 15, 15], pupils=[30, 30, 30])
    assert found.deviation < 0.001
    assert shrinkage.spread_of_shares([4], pupils=[10]).middle == pytest.approx(0.4)


def test_tails_of_counts_are_those_of_the_beta_binomial():
    counts, pupils = np.array([3, 30, 0, 190, 25]), np.array([30, 30, 12, 200, 60])
    slow = stats.betabinom(pupils, 6.5, 3.5)
    expected = np.minimum(1, 2 * np.minimum(slow.cdf(counts), slow.sf(counts - 1)))
    found = shrinkage.tails_of_counts(counts, pupils=pupils, spread=SpreadOfShares(6.5, 3.5))
    assert found == pytest.approx(expected)
