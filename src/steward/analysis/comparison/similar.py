"""The schools most like each school, by intake only.

Two schools are compared over the features that both have published, at least so many of them; what is
missing is left out and never filled in. Source of the choice of features: the Department for Education's
similar schools and the families of schools of the Education Endowment Foundation; the method is ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from steward.analysis.comparison.alikeness import Numbers, scaled
from steward.analysis.comparison.comparators import Feature

_SPARE = 12
"""So many schools beyond a full set are looked at, so that equal distances are settled by number."""
_NO_SCHOOL = -1


@dataclass(frozen=True, slots=True)
class Sets:
    """The schools nearest each school: places in the list of schools, nearest first, then -1."""

    places: NDArray[np.int64]
    distances: Numbers


def nearest_schools(
    values: Numbers, *, urns: NDArray[np.int64], features: Sequence[Feature], schools: int, at_least: int
) -> Sets:
    """Return for each school of a phase the `schools` others most like it.

    `values` has a row for each URN and a column for each feature, NaN where it is not published. The
    distance is the root of the weighted mean of squared differences on a robust scale, over the features
    both have. Equal distances are settled by the lower URN.
    """
    weights = np.array([feature.weight for feature in features])
    points = scaled(values, features=features)
    known = np.isfinite(points)
    patterns, of_pattern = np.unique(known, axis=0, return_inverse=True)
    members = [np.flatnonzero(of_pattern.ravel() == number) for number in range(len(patterns))]
    reach = schools + 1 + _SPARE
    places = np.full((len(urns), schools), _NO_SCHOOL, dtype=np.int64)
    distances = np.full((len(urns), schools), np.inf)
    for pattern, asking in zip(patterns, members, strict=True):
        found = [
            _within(points, asking=asking, among=among, shared=pattern & other, weights=weights, reach=reach)
            for other, among in zip(patterns, members, strict=True)
            if (pattern & other).sum() >= at_least
        ]
        if found:
            places[asking], distances[asking] = _best(found, asking=asking, urns=urns, count=schools)
    return Sets(places, distances)


_Found = tuple[NDArray[np.int64], Numbers]
"""Places and distances, a row for each school that asks."""


def _within(
    points: Numbers,
    *,
    asking: NDArray[np.int64],
    among: NDArray[np.int64],
    shared: NDArray[np.bool_],
    weights: Numbers,
    reach: int,
) -> _Found:
    """Return the nearest of `among` to each of `asking` over the shared features."""
    stretch = np.sqrt(weights[shared] / weights[shared].sum())
    tree = cKDTree(points[np.ix_(among, shared)] * stretch)
    count = min(reach, len(among))
    distances, found = tree.query(points[np.ix_(asking, shared)] * stretch, k=list(range(1, count + 1)))
    return among[found], distances


def _best(
    found: Sequence[_Found], *, asking: NDArray[np.int64], urns: NDArray[np.int64], count: int
) -> _Found:
    """Return the nearest of all that were found, without the school itself."""
    places = np.concatenate([one for one, _ in found], axis=1)
    distances = np.concatenate([one for _, one in found], axis=1)
    distances = np.where(places == asking[:, None], np.inf, np.round(distances, 9))
    order = np.lexsort((urns[places], distances), axis=1)[:, :count]
    nearest = np.take_along_axis(distances, order, axis=1)
    chosen = np.where(np.isfinite(nearest), np.take_along_axis(places, order, axis=1), _NO_SCHOOL)
    short = count - chosen.shape[1]
    return (
        np.pad(chosen, ((0, 0), (0, short)), constant_values=_NO_SCHOOL),
        np.pad(nearest, ((0, 0), (0, short)), constant_values=np.inf),
    )
