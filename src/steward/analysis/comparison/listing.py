"""What is said of schools among themselves: which are listed in their authority, and their ranks in it."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from steward.analysis.comparison import discovery, ranks
from steward.analysis.comparison.ranks import Ranks

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

_DRAWS = 250
"""Enough for the ends of an interval of whole ranks, and little enough for every school of England."""


def listed(p_values: Numbers, *, families: Whole, schools: Whole, rate: float = discovery.LISTS) -> Flags:
    """Return which findings are listed in their family (an authority), by school and then by measure.

    At most the share `rate` of the schools listed in an authority is there by chance, on average.
    """
    return discovery.nested(p_values, levels=[schools], rate=rate, families=families)[-1]


def ranked(estimates: Numbers, *, deviations: Numbers, groups: Whole, high_is_good: Flags) -> Ranks:
    """Return the rank of each school in its group, with its interval; 0 where nothing is believed of it."""
    middle, low, high = (np.zeros(len(estimates), dtype=np.int64) for _ in range(3))
    for rows in runs(groups):
        known = rows[~np.isnan(estimates[rows])]
        if not len(known):
            continue
        found = ranks.ranks_of(
            estimates[known],
            deviations=deviations[known],
            high_is_good=bool(high_is_good[known[0]]),
            draws=_DRAWS,
        )
        middle[known], low[known], high[known] = found.middle, found.low, found.high
    return Ranks(middle, low, high)


def runs(groups: Whole) -> Iterator[Whole]:
    """Yield the places of the rows of each group."""
    order = np.argsort(groups, kind="stable")
    yield from (
        places for places in np.split(order, np.flatnonzero(np.diff(groups[order])) + 1) if len(places)
    )
