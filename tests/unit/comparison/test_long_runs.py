"""In the long run: how many findings are false, how often intervals hold the truth, who is flagged in vain.

Each test invents schools with a fixed seed. 1,000 authorities are judged as the rebuild judges them.
"""

import numpy as np
import pytest

from steward.analysis.comparison import discovery, funnel, shrinkage
from steward.analysis.comparison.intervals import share_difference_interval, share_interval
from steward.analysis.comparison.standings import Figures, standings_of_means, standings_of_shares

AUTHORITIES, SCHOOLS, MEASURES = 1_000, 60, 3
WITHIN = 0.01
"""A realised rate may exceed the nominal one by so much."""
SPREAD_OF_PUPILS = 6.17


def _families():
    schools = np.repeat(np.arange(AUTHORITIES * SCHOOLS), MEASURES)
    return schools // SCHOOLS, schools


def _sizes(random):
    return np.repeat(random.integers(11, 91, AUTHORITIES * SCHOOLS), MEASURES).astype(float)


def _realised(listed, *, truly, families):
    """Return the mean over authorities of the share of what is listed that is false."""
    false = np.bincount(families, weights=listed & ~truly, minlength=AUTHORITIES)
    every = np.bincount(families, weights=listed, minlength=AUTHORITIES)
    return float(np.mean(false / np.maximum(every, 1)))


def _by_school(flags):
    return flags.reshape(-1, MEASURES).any(axis=1)


def _judged(p_values, *, truly):
    """Return the realised rates: of schools in lists by school and measure, and of rows in one long list."""
    families, schools = _families()
    by_school, rows = discovery.nested(p_values, levels=[schools], families=families)
    flat = discovery.nested(p_values, levels=[], families=families)[-1]
    assert (_by_school(rows) == _by_school(by_school)).all()
    of_schools = _realised(
        _by_school(rows), truly=_by_school(truly), families=families.reshape(-1, MEASURES)[:, 0]
    )
    return of_schools, _realised(flat, truly=truly, families=families)


def _effects(random, *, share, size):
    """Return for each school and measure an effect, 0 for most; that of a school is in all its measures."""
    unusual = np.repeat(random.random(AUTHORITIES * SCHOOLS) < share, MEASURES)
    sign = np.repeat(random.choice([-1.0, 1.0], AUTHORITIES * SCHOOLS), MEASURES)
    return np.where(unusual, sign * size, 0.0)


@pytest.mark.parametrize("unusual", [0.0, 0.1, 0.4])
def test_few_of_the_listed_shares_are_chance(unusual):
    random = np.random.default_rng(20141)
    pupils, effect = _sizes(random), _effects(random, share=unusual, size=0.2)
    counts = random.binomial(pupils.astype(int), 0.65 + effect)
    found = standings_of_shares(Figures(100 * counts / pupils, pupils, pupils), target=65.0, smallest=11)
    of_schools, of_rows = _judged(found.chance, truly=effect != 0)
    assert of_schools <= discovery.LISTS + WITHIN
    assert of_rows <= discovery.LISTS + WITHIN


@pytest.mark.parametrize(("unusual", "rate"), [(0.0, 0.05), (0.1, 0.05), (0.4, 0.05), (0.1, 0.10)])
def test_few_of_the_listed_means_are_chance_though_measures_go_together(unusual, rate):
    random = np.random.default_rng(20142)
    pupils, effect = _sizes(random), _effects(random, share=unusual, size=4.0)
    together = np.repeat(random.standard_normal(AUTHORITIES * SCHOOLS), MEASURES)
    scores = np.sqrt(0.5) * (together + random.standard_normal(len(pupils)))
    errors = SPREAD_OF_PUPILS / np.sqrt(pupils)
    found = standings_of_means(Figures(effect + scores * errors, pupils, errors), target=0.0, smallest=11)
    families, schools = _families()
    _, rows = discovery.nested(found.chance, levels=[schools], families=families, rate=rate)
    realised = _realised(
        _by_school(rows), truly=_by_school(effect != 0), families=families.reshape(-1, MEASURES)[:, 0]
    )
    assert realised <= rate + WITHIN
    if unusual:
        assert _by_school(rows)[_by_school(effect != 0)].mean() > 0.5


def test_schools_that_only_differ_as_schools_do_are_not_unusual():
    """Over-dispersed, and not one of them unusual: chance alone would list more than half."""
    random = np.random.default_rng(20143)
    pupils = _sizes(random)
    errors = SPREAD_OF_PUPILS / np.sqrt(pupils)
    values = random.normal(0, 2.1, len(pupils)) + random.normal(0, errors)
    found = standings_of_means(Figures(values, pupils, errors), target=0.0, smallest=11)
    of_schools, of_rows = _judged(found.p_value, truly=np.zeros(len(pupils), dtype=bool))
    assert found.dispersion.tau_squared == pytest.approx(2.1**2, rel=0.05)
    assert of_schools <= discovery.LISTS + WITHIN
    assert of_rows <= discovery.LISTS + WITHIN
    assert np.mean(found.p_value < 0.05) == pytest.approx(0.05, abs=0.005)
    assert np.mean(found.chance < 0.05) > 0.4


def test_shares_that_only_differ_as_schools_do_are_not_unusual():
    random = np.random.default_rng(20144)
    pupils = _sizes(random)
    truth = random.beta(0.65 * 15, 0.35 * 15, len(pupils))
    counts = random.binomial(pupils.astype(int), truth)
    found = standings_of_shares(Figures(100 * counts / pupils, pupils, pupils), target=65.0, smallest=11)
    of_schools, of_rows = _judged(found.p_value, truly=np.zeros(len(pupils), dtype=bool))
    assert of_schools <= discovery.LISTS + WITHIN
    assert of_rows <= discovery.LISTS + WITHIN


def test_truly_unusual_schools_are_found_among_over_dispersed_ones():
    random = np.random.default_rng(20145)
    pupils, effect = _sizes(random), _effects(random, share=0.03, size=14.0)
    errors = SPREAD_OF_PUPILS / np.sqrt(pupils)
    values = effect + random.normal(0, 2.1, len(pupils)) + random.normal(0, errors)
    found = standings_of_means(Figures(values, pupils, errors), target=0.0, smallest=11)
    of_schools, _ = _judged(found.p_value, truly=effect != 0)
    families, schools = _families()
    rows = discovery.nested(found.p_value, levels=[schools], families=families)[-1]
    assert of_schools <= discovery.LISTS + WITHIN
    assert _by_school(rows)[_by_school(effect != 0)].mean() > 0.9


def test_wilson_intervals_hold_the_true_share():
    random = np.random.default_rng(20146)
    pupils, truth = random.integers(11, 120, 6_000), random.beta(6, 4, 6_000)
    counts = random.binomial(pupils, truth)
    found = [share_interval(int(k), pupils=int(n)) for k, n in zip(counts, pupils, strict=True)]
    held = np.mean([one.low <= share <= one.high for one, share in zip(found, truth, strict=True)])
    assert 0.93 <= held <= 0.97


def test_newcombe_intervals_hold_the_true_gap():
    random = np.random.default_rng(20147)
    one, other = random.integers(8, 60, 6_000), random.integers(20, 120, 6_000)
    first, second = random.beta(5, 5, 6_000), random.beta(7, 4, 6_000)
    counts, others = random.binomial(one, first), random.binomial(other, second)
    held = 0
    for k, n, j, m, gap in zip(counts, one, others, other, first - second, strict=True):
        found = share_difference_interval(int(k), pupils=int(n), other_count=int(j), other_pupils=int(m))
        held += found.low <= gap <= found.high
    assert 0.93 <= held / 6_000 <= 0.97


@pytest.mark.parametrize("middle", [0.15, 0.65, 0.94])
def test_beliefs_of_shares_hold_the_truth_and_probabilities_are_honest(middle):
    random = np.random.default_rng(20148)
    pupils, truth = random.integers(5, 120, 20_000), random.beta(middle * 14, (1 - middle) * 14, 20_000)
    counts = random.binomial(pupils, truth)
    spread = shrinkage.spread_of_shares(counts, pupils=pupils)
    found = shrinkage.belief_of_shares(counts, pupils=pupils, spread=spread)
    assert 0.93 <= np.mean((found.low <= truth) & (truth <= found.high)) <= 0.97
    below = shrinkage.share_is_below(middle, counts=counts, pupils=pupils, spread=spread)
    for low, high in ((0.0, 0.1), (0.4, 0.6), (0.9, 1.0)):
        said = (below >= low) & (below <= high)
        assert np.mean(truth[said] < middle) == pytest.approx(np.mean(below[said]), abs=0.03)


def test_beliefs_of_means_hold_the_truth():
    random = np.random.default_rng(20149)
    errors = SPREAD_OF_PUPILS / np.sqrt(random.integers(5, 120, 20_000))
    truth = random.normal(0.2, 2.1, 20_000)
    values = random.normal(truth, errors)
    spread = shrinkage.spread_of_means(values, standard_errors=errors)
    found = shrinkage.belief_of_means(values, standard_errors=errors, spread=spread)
    assert 0.93 <= np.mean((found.low <= truth) & (truth <= found.high)) <= 0.97
    assert np.mean((found.mean - truth) ** 2) < 0.75 * np.mean((values - truth) ** 2)


@pytest.mark.parametrize("level", [funnel.WARNING, funnel.ALARM])
def test_the_limits_of_a_funnel_keep_what_they_say(level):
    random = np.random.default_rng(20150)
    pupils = random.integers(11, 120, 40_000)
    shares = random.binomial(pupils, 0.61) / pupils
    outside = {}
    for limits_of in (funnel.exact_share_limits, funnel.smooth_share_limits, funnel.wilson_share_limits):
        limits = limits_of(pupils, target=0.61, level=level)
        outside[limits_of] = np.mean((shares < limits.low) | (shares > limits.high)) / (1 - level)
    assert outside[funnel.exact_share_limits] <= 1
    assert outside[funnel.smooth_share_limits] == pytest.approx(1, abs=0.5)
    assert outside[funnel.wilson_share_limits] > 1  # so a funnel is not drawn with them
