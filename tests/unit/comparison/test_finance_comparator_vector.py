"""The department's finance comparators divide by the range; ours by a robust spread, so only ratios agree."""

import numpy as np
import pytest

from steward.analysis.comparison.alikeness import scaled
from steward.analysis.comparison.comparators import Feature

ROLL = Feature(id="roll", title="Pupils", weight=1.0)
BY_RANGE = [[0, 0.25, 1], [0.25, 0, 0.25], [1, 0.25, 0]]


def squared(column: list[float]) -> np.ndarray:
    points = scaled(np.array([column]).T, features=[ROLL])[:, 0]
    return (points[:, None] - points[None, :]) ** 2


def test_squared_differences_of_0_5_10_stand_to_each_other_as_the_departments() -> None:
    """Source: methods 4, [0, 5, 10]; theirs by the widest, ours by a spread no outlier rules."""
    found = squared([0.0, 5.0, 10.0])
    assert found / found.max() == pytest.approx(np.array(BY_RANGE))
    assert found.max() == pytest.approx((10 / (5 / 1.349)) ** 2)


def test_one_extreme_school_does_not_make_all_others_the_same() -> None:
    """Why ours is not by range: 5,000 pupils would make 0 and 10 differ by four in a million."""
    found = squared([0.0, 2.0, 4.0, 5.0, 6.0, 8.0, 10.0, 5000.0])
    assert found[0, 6] / found.max() > 1e-2
