"""Funnel limits and over-dispersion, with the worked example and the limits of methods that are published."""

import numpy as np
import pytest
from scipy.stats import binom

from steward.analysis.comparison import funnel
from steward.analysis.comparison.funnel import ALARM, WARNING

PUPILS = [15, 30, 60, 90]
LIMITS_OF_61_PERCENT = {
    WARNING: ([0.333, 0.433, 0.483, 0.511], [0.867, 0.767, 0.733, 0.711]),
    ALARM: ([0.200, 0.333, 0.417, 0.444], [0.933, 0.867, 0.800, 0.767]),
}

VALUES = np.array([-3.2, -1.1, 0.4, 1.9, 2.6, -0.5])
ERRORS = 6.17358 / np.sqrt([28, 55, 60, 30, 45, 90])


@pytest.mark.parametrize("level", [WARNING, ALARM])
def test_exact_limits_of_a_share_are_the_binomial_quantiles(level):
    low, high = LIMITS_OF_61_PERCENT[level]
    found = funnel.exact_share_limits(PUPILS, target=0.61, level=level)
    assert found.low == pytest.approx(low, abs=0.0005)
    assert found.high == pytest.approx(high, abs=0.0005)


def test_exact_limits_agree_with_another_program():
    pupils = np.arange(1, 300)
    for target in (0.02, 0.61, 0.995):
        found = funnel.exact_share_limits(pupils, target=target, level=WARNING)
        assert found.low == pytest.approx(binom.ppf(0.025, pupils, target) / pupils)
        assert found.high == pytest.approx(binom.ppf(0.975, pupils, target) / pupils)


def test_wilson_limits_of_a_funnel_are_the_interval_of_the_target():
    found = funnel.wilson_share_limits([100], target=0.65, level=WARNING)
    assert found.low[0] == pytest.approx(0.5525444329688797)
    assert found.high[0] == pytest.approx(0.7363575175690247)
    found = funnel.wilson_share_limits([100], target=0.65, level=ALARM)
    assert found.low[0] == pytest.approx(0.4954946574)
    assert found.high[0] == pytest.approx(0.7783540614)


def test_the_worked_example_of_over_dispersion():
    target = funnel.weighted_mean(VALUES, standard_errors=ERRORS)
    found = funnel.dispersion_of(VALUES, standard_errors=ERRORS, target=target, trimmed=0)
    assert target == pytest.approx(0.0094, abs=5e-5)
    assert found.phi * found.schools == pytest.approx(20.9335, abs=5e-4)
    assert found.phi == pytest.approx(3.4889, abs=5e-5)
    assert found.tau_squared == pytest.approx(2.4472, abs=5e-5)
    plain = funnel.scores_of(VALUES, standard_errors=ERRORS, target=target)
    widened = funnel.scores_of(VALUES, standard_errors=ERRORS, target=target, dispersion=found)
    assert plain == pytest.approx([-2.751, -1.333, 0.490, 1.677, 2.815, -0.783], abs=5e-4)
    assert widened == pytest.approx([-1.645, -0.626, 0.222, 0.981, 1.427, -0.301], abs=5e-4)
    assert [int(np.sum(np.abs(scores) > 1.96)) for scores in (plain, widened)] == [2, 0]


def test_limits_widen_by_the_spread_of_schools_and_scores_agree_with_them():
    found = funnel.dispersion_of(VALUES, standard_errors=ERRORS, target=0.0094, trimmed=0)
    limits = funnel.widened_limits(ERRORS, target=0.0094, level=WARNING, dispersion=found)
    scores = funnel.scores_of(VALUES, standard_errors=ERRORS, target=0.0094, dispersion=found)
    outside = (limits.low > VALUES) | (limits.high < VALUES)
    assert list(outside) == list(np.abs(scores) > funnel.quantile(WARNING))
    multiplied = funnel.multiplied_limits(ERRORS, target=0.0, level=WARNING, dispersion=found)
    plain = funnel.mean_limits(ERRORS, target=0.0, level=WARNING)
    assert multiplied.high / plain.high == pytest.approx(np.full(6, 3.4889**0.5), abs=1e-4)


def test_schools_that_differ_no_more_than_by_chance_keep_their_limits():
    calm = np.array([0.1, -0.2, 0.05, 0.0])
    found = funnel.dispersion_of(calm, standard_errors=np.ones(4), target=0.0)
    assert (found.tau_squared, found.more_than_chance) == (0.0, False)
    limits = funnel.multiplied_limits(np.ones(4), target=0.0, level=WARNING, dispersion=found)
    assert limits.high == pytest.approx(np.full(4, 1.959964), abs=1e-6)


def test_one_school_shows_no_spread():
    assert funnel.dispersion_of([3.0], standard_errors=[1.0], target=0.0).tau_squared == 0.0


def test_a_few_wild_schools_do_not_hide_themselves():
    scores = np.concatenate([np.linspace(-1, 1, 95), np.full(5, 40.0)])
    tamed = funnel.dispersion_of(scores, standard_errors=np.ones(100), target=0.0)
    wild = funnel.dispersion_of(scores, standard_errors=np.ones(100), target=0.0, trimmed=0)
    assert tamed.tau_squared == 0.0
    assert wild.tau_squared > 50


def test_the_arcsine_scale_goes_there_and_back_and_widened_shares_stay_shares():
    shares = np.array([0.0, 0.03, 0.61, 1.0])
    assert funnel.share_of_arcsine(funnel.arcsine(shares)) == pytest.approx(shares)
    spread = funnel.Dispersion(4.0, 0.05, 100)
    found = funnel.widened_share_limits([5, 30, 200], target=0.94, level=ALARM, dispersion=spread)
    assert (found.low >= 0).all()
    assert (found.high <= 1).all()
    assert (found.low < 0.94).all()
    assert (found.high > 0.94).all()


@pytest.mark.parametrize(("pupils", "target"), [([0, 30], 0.5), ([30], 0.0), ([30], 1.0), ([30], 61.0)])
def test_impossible_funnels_are_refused(pupils, target):
    with pytest.raises(ValueError, match=r"leave it out|between 0 and 1"):
        funnel.wilson_share_limits(pupils, target=target, level=WARNING)


def test_a_level_that_is_no_share_is_refused():
    with pytest.raises(ValueError, match="between 0 and 1"):
        funnel.quantile(95)


def test_smooth_limits_lie_within_one_pupil_of_the_exact_ones():
    pupils = np.arange(5, 200)
    for target in (0.05, 0.61, 0.94):
        exact = funnel.exact_share_limits(pupils, target=target, level=WARNING)
        smooth = funnel.smooth_share_limits(pupils, target=target, level=WARNING)
        for one, other in ((exact.low, smooth.low), (exact.high, smooth.high)):
            assert (one - other <= 1 / pupils + 1e-12).all()
            assert (one >= other).all()


def test_the_settled_dispersion_is_the_variance_between_schools_whatever_their_sizes():
    random = np.random.default_rng(3)
    errors = 6.17 / np.sqrt(random.integers(11, 200, 20_000))
    values = random.normal(0, 2.1, 20_000) + random.normal(0, errors)
    settled = funnel.settled_dispersion(values, standard_errors=errors, target=0.0)
    published = funnel.dispersion_of(values, standard_errors=errors, target=0.0)
    assert settled.tau_squared == pytest.approx(2.1**2, rel=0.04)
    assert published.tau_squared < 0.8 * 2.1**2
    scores = funnel.scores_of(values, standard_errors=errors, target=0.0, dispersion=settled)
    assert np.mean(np.abs(scores) > 1.96) == pytest.approx(0.05, abs=0.005)


def test_the_settled_dispersion_is_none_where_chance_explains_all():
    random = np.random.default_rng(4)
    few = funnel.settled_dispersion([1.0], standard_errors=[1.0], target=0.0)
    calm = funnel.settled_dispersion(random.normal(0, 0.7, 500), standard_errors=np.ones(500), target=0.0)
    assert (few.tau_squared, calm.tau_squared) == (0.0, 0.0)


def test_a_few_wild_schools_hardly_move_the_settled_dispersion():
    random = np.random.default_rng(5)
    values = random.normal(0, 2, 1_000)
    wild = np.concatenate([values, np.full(30, 60.0)])
    calm, moved = (
        funnel.settled_dispersion(each, standard_errors=np.ones(len(each)), target=0.0).tau_squared
        for each in (values, wild)
    )
    assert moved == pytest.approx(calm, rel=0.15)
