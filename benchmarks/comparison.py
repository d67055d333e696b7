"""How long it takes to judge all schools of a phase, and to find the schools most like each.

Judging (funnel, shrinkage, ranks) has no other program to be held against: its time stands against the three
seconds asked for. The search for similar schools is held against measuring every pair of schools. All times
are of the processor.
"""

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

from steward.analysis.comparison.alikeness import scaled
from steward.analysis.comparison.comparators import Feature, read_comparators
from steward.analysis.comparison.ranks import ranks_of
from steward.analysis.comparison.similar import nearest_schools
from steward.analysis.comparison.standings import Figures, standings_of_shares
from steward.vocabulary.phases import Phase

SCHOOLS = 17_000
SMALLEST = 11
LIMIT = 3.0
"""Seconds that judging every school in a measure, and finding its neighbours, may take together."""
_AT_ONCE = 500
Numbers = NDArray[np.float64]


def main() -> int:
    """Print the times; return 1 where the two searches do not find equally near schools."""
    rng = np.random.default_rng(11)
    pupils = (rng.poisson(rng.gamma(4, 10, SCHOOLS)) + SMALLEST).astype(np.float64)
    counts = rng.binomial(pupils.astype(np.int64), rng.beta(13, 7, SCHOOLS))
    judged = _seconds(lambda: _judge(Figures(100 * counts / pupils, pupils, pupils)))
    method = read_comparators()["similar-schools"].similar_schools
    if method is None:
        raise LookupError("similar-schools.yaml has no method.")
    features = method.phases[Phase.PRIMARY]
    values = rng.gamma(3.0, 8.0, (SCHOOLS, len(features)))
    found: list[Numbers] = []
    searched = _seconds(
        lambda: found.append(
            nearest_schools(
                values, urns=np.arange(SCHOOLS), features=features, schools=method.schools, at_least=1
            ).distances
        )
    )
    plain: list[Numbers] = []
    every = _seconds(lambda: plain.append(_every_pair(values, features=features, schools=method.schools)))
    together = judged + searched
    print(f"standings: {SCHOOLS:,} schools, one measure: {judged:.2f} s; similar schools: {searched:.2f} s;")
    print(f"together {together:.2f} s, {together / LIMIT:.2f} of the {LIMIT:.0f} s asked for;")
    print(f"similar schools against measuring every pair: {searched / every:.2f} of {every:.2f} s.")
    return int(not np.allclose(found[0], plain[0], atol=1e-6))


def _judge(figures: Figures) -> None:
    found = standings_of_shares(figures, target=65.0, smallest=SMALLEST)
    ranks_of(found.estimate, deviations=found.deviation, high_is_good=True)


def _every_pair(values: Numbers, *, features: tuple[Feature, ...], schools: int) -> Numbers:
    """Return the distances of the nearest schools of each, by measuring every pair of schools."""
    weights = np.array([feature.weight for feature in features])
    points = scaled(values, features=features) * np.sqrt(weights / weights.sum())
    parts = []
    for start in range(0, len(points), _AT_ONCE):
        apart = cdist(points[start : start + _AT_ONCE], points)
        apart[np.arange(len(apart)), np.arange(start, start + len(apart))] = np.inf
        parts.append(np.sort(np.partition(apart, schools, axis=1)[:, :schools], axis=1))
    return np.concatenate(parts)


def _seconds(work: Callable[[], None]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    raise SystemExit(main())
