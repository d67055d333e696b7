"""How far apart two rows of features are, with missing ones left out and never filled in."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from steward.analysis.comparison.comparators import Feature

Numbers = NDArray[np.float64]

_QUARTILES_TO_DEVIATION = 1.349
"""The distance between the quartiles of a normal distribution, in standard deviations."""
_FARTHEST = 4.0
"""A feature more robust deviations from the middle than this counts as this far, so that none rules."""


def scaled(values: Numbers, *, features: Sequence[Feature]) -> Numbers:
    """Return features by robust scale: 0 is the median, 1 the distance that 1 deviation would be.

    `values` has a row for each school or authority and a column for each feature, NaN where it is not
    published. A feature that does not differ between the quartiles is scaled by its own deviation; one
    that is the same everywhere is 0.
    """
    found = np.full_like(values, np.nan)
    for number, feature in enumerate(features):
        column = _shaped(values[:, number], scale=feature.scale)
        known = column[np.isfinite(column)]
        if known.size:
            found[:, number] = (column - np.median(known)) / _spread(known)
    return np.clip(found, -_FARTHEST, _FARTHEST)


def _shaped(column: Numbers, *, scale: str) -> Numbers:
    if scale == "root":
        return np.sqrt(np.maximum(column, 0.0))
    if scale == "log":
        return np.log(np.where(column > 0, column, np.nan))
    return column


def _spread(known: Numbers) -> float:
    low, high = np.quantile(known, (0.25, 0.75))
    spread = float(high - low) / _QUARTILES_TO_DEVIATION
    return spread or float(np.std(known)) or 1.0


def in_order(distances: Numbers, *, codes: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Return for each row the `count` columns with the least distance, nearest first.

    Equal distances (to nine decimals) are taken in the order of `codes`, so that the same figures always
    give the same list. Columns at an infinite distance are -1.
    """
    rounded = np.round(distances, 9)
    order = np.lexsort((np.broadcast_to(codes, rounded.shape), rounded), axis=1)[:, :count]
    reached = np.take_along_axis(rounded, order, axis=1)
    return np.where(np.isfinite(reached), order, -1)
