"""The fast search for similar schools finds what comparing every pair finds."""

import math

import numpy as np
import pytest

from steward.analysis.comparison.alikeness import scaled
from steward.analysis.comparison.comparators import Feature
from steward.analysis.comparison.similar import nearest_schools

FEATURES = [
    Feature(id="roll", title="Roll", weight=0.5, scale="log"),
    Feature(id="meals", title="Meals", weight=2.0),
    Feature(id="language", title="Language", weight=1.0, scale="root"),
    Feature(id="support", title="Support", weight=0.5),
]


def schools_like(seed: int, *, missing: float) -> np.ndarray:
    made = np.random.default_rng(seed)
    values = np.column_stack(
        [made.integers(30, 1500, 120), *(made.integers(0, 40, 120) for _ in FEATURES[1:])]
    ).astype(float)
    values[made.random(values.shape) < missing] = np.nan
    return values


def by_every_pair(values, urns, *, count, at_least):
    points = scaled(values, features=FEATURES)
    found = {}
    for one, urn in enumerate(urns):
        others = []
        for two, other in enumerate(urns):
            pairs = [
                (feature.weight, points[one, number] - points[two, number])
                for number, feature in enumerate(FEATURES)
                if math.isfinite(points[one, number]) and math.isfinite(points[two, number])
            ]
            if one == two or len(pairs) < at_least:
                continue
            weight = sum(each for each, _ in pairs)
            distance = math.sqrt(sum(each * apart**2 for each, apart in pairs) / weight)
            others.append((round(distance, 9), int(other)))
        found[int(urn)] = sorted(others)[:count]
    return found


@pytest.mark.parametrize(("seed", "missing"), [(1, 0.0), (2, 0.1), (3, 0.4), (4, 0.7)])
def test_sets_are_those_of_comparing_every_pair(seed, missing):
    values = schools_like(seed, missing=missing)
    urns = np.random.default_rng(seed).permutation(np.arange(100000, 100120))
    sets = nearest_schools(values, urns=urns, features=FEATURES, schools=9, at_least=2)
    expected = by_every_pair(values, urns, count=9, at_least=2)
    for row, urn in enumerate(urns):
        taken = sets.places[row] >= 0
        wanted = expected[int(urn)]
        assert urns[sets.places[row][taken]].tolist() == [other for _, other in wanted]
        assert sets.distances[row][taken] == pytest.approx([distance for distance, _ in wanted], abs=1e-9)
