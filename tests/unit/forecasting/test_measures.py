"""Measures against small cases worked out by hand, and against scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

from steward.analysis.forecasting import measures

CAME = np.array([1.0, 0.0, 1.0, 0.0])
SAID = np.array([0.9, 0.8, 0.7, 0.1])
ONES = np.ones(4)


def test_by_hand():
    assert measures.auc(CAME, SAID, ONES) == pytest.approx(0.75)
    assert measures.average_precision(CAME, SAID, ONES) == pytest.approx((1 + 2 / 3) / 2)
    assert measures.recall_in_riskiest(0.25)(CAME, SAID, ONES) == pytest.approx(0.5)
    assert measures.ceiling(CAME, share=0.1) == pytest.approx(0.2)
    assert measures.brier(CAME, SAID, ONES) == pytest.approx((0.01 + 0.64 + 0.09 + 0.01) / 4)


def test_like_the_library_with_ties_and_weights():
    draw = np.random.default_rng(5)
    said = np.round(draw.random(300), 1)
    came = (draw.random(300) < said).astype(float)
    weight = draw.integers(0, 4, 300).astype(float)
    assert measures.auc(came, said, weight) == pytest.approx(roc_auc_score(came, said, sample_weight=weight))
    assert measures.average_precision(came, said, weight) == pytest.approx(
        average_precision_score(came, said, sample_weight=weight)
    )
    assert measures.brier(came, said, weight) == pytest.approx(
        brier_score_loss(came, said, sample_weight=weight)
    )


def test_ties_share_the_room_of_the_riskiest():
    assert measures.recall_in_riskiest(0.5)(CAME, np.full(4, 0.3), ONES) == pytest.approx(0.5)


def test_a_sure_and_right_forecast_is_calibrated():
    draw = np.random.default_rng(6)
    said = draw.uniform(0.05, 0.95, 20_000)
    came = (draw.random(20_000) < said).astype(float)
    ones = np.ones(20_000)
    assert measures.calibration_slope(came, said, ones) == pytest.approx(1, abs=0.05)
    assert measures.calibration_error(came, said, ones) < 0.02
    assert measures.calibration_error(came, np.full(20_000, 0.9), ones) > 0.3


def test_where_all_or_none_came_nothing_is_said():
    assert np.isnan(measures.auc(ONES, SAID, ONES))
    assert np.isnan(measures.calibration_slope(ONES, SAID, ONES))


def test_draws_of_authorities_are_the_same_for_the_same_seed_and_the_difference_to_itself_is_none():
    authority = np.array(["a", "a", "b", "b"])
    first, second = (measures.Draws(authority, draws=50, seed=2) for _ in range(2))
    assert np.array_equal(
        first.of(measures.brier, came=CAME, said=SAID), second.of(measures.brier, came=CAME, said=SAID)
    )
    by = first.better_by(measures.auc, came=CAME, said=SAID, other=SAID)
    assert (by.value, by.low, by.high) == (0, 0, 0)
