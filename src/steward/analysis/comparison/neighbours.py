"""Our own statistical neighbours: the authorities whose circumstances are most alike, by weighted features.

The weights are chosen so that the mean of the neighbours predicts an authority's outcomes. That idea is of
Wilson, Benton, Teeman and Chamberlain, Children's Services Statistical Neighbour Benchmarking Tool,
National Foundation for Educational Research, 2007; features, scale and the search for weights are ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from steward.analysis.comparison.alikeness import Numbers, in_order, scaled
from steward.analysis.comparison.comparators import Feature

Members = NDArray[np.int64]
"""For each authority the places of its neighbours, nearest first; -1 where there is none."""


@dataclass(frozen=True, slots=True)
class Differences:
    """Squared differences of every two authorities in every feature, on the robust scale.

    `squared` has the shape (authorities, authorities, features); it is 0 where `shared` is 0, which is
    where either of the two has no number.
    """

    squared: Numbers
    shared: Numbers
    codes: NDArray[np.int64]


def differences_of(
    values: Numbers, *, authorities: Sequence[str], features: Sequence[Feature]
) -> Differences:
    """Return the differences between authorities; `values` has a row for each of them."""
    points = scaled(values, features=features)
    known = np.isfinite(points)
    filled = np.where(known, points, 0.0)
    shared = (known[:, None, :] & known[None, :, :]).astype(np.float64)
    squared = (filled[:, None, :] - filled[None, :, :]) ** 2 * shared
    return Differences(squared, shared, np.array([int(code) for code in authorities], dtype=np.int64))


def distances(differences: Differences, *, weights: Numbers, at_least: int) -> Numbers:
    """Return how far apart every two authorities are: the root of the weighted mean squared difference.

    Infinite for an authority and itself, and where two have fewer than `at_least` features in common.
    """
    weight = differences.shared @ weights
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.sqrt((differences.squared @ weights) / weight)
    apart[(differences.shared.sum(axis=2) < at_least) | ~np.isfinite(apart)] = np.inf
    np.fill_diagonal(apart, np.inf)
    return np.asarray(apart, dtype=np.float64)


def nearest(differences: Differences, *, weights: Numbers, count: int, at_least: int) -> Members:
    """Return the `count` authorities nearest to each; equal distances are settled by the lower code."""
    apart = distances(differences, weights=weights, at_least=at_least)
    return in_order(apart, codes=differences.codes, count=count)


def closer_than_usual(differences: Differences, *, weights: Numbers, one: int, other: int) -> Numbers:
    """Return for each feature how much nearer two authorities are in it than `one` is to all, weighted.

    Positive where the feature makes the two alike, negative where it keeps them apart, NaN where either
    has no number.
    """
    shared = differences.shared[one]
    usual = differences.squared[one].sum(axis=0) / np.maximum(shared.sum(axis=0), 1.0)
    gained = weights * (usual - differences.squared[one, other])
    return np.asarray(np.where(shared[other] > 0, gained, np.nan), dtype=np.float64)


def kept(before: Sequence[set[str]], *, after: Sequence[set[str]]) -> float:
    """Return how many neighbours two versions of a list have in common, on average over authorities."""
    return float(np.mean([len(one & two) for one, two in zip(before, after, strict=True)]))


def reciprocity(members: Members) -> float:
    """Return the share of neighbours that have the authority among their own neighbours."""
    lists = [set(row[row >= 0].tolist()) for row in members]
    pairs = [(one, other) for one, listed in enumerate(lists) for other in listed]
    return float(np.mean([one in lists[other] for one, other in pairs])) if pairs else 0.0


def times_chosen(members: Members) -> NDArray[np.int64]:
    """Return in how many lists each authority stands."""
    return np.bincount(members[members >= 0].ravel(), minlength=len(members)).astype(np.int64)
