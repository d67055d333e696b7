"""Ranks that say how uncertain they are: never a place without the range of places that is plausible."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

DRAWS = 1_000
SEED = 1927
_ENDS = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Ranks:
    """For each school its middle rank and the 95% interval of it, 1 being the best."""

    middle: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]


def ranks_of(
    estimates: ArrayLike, *, deviations: ArrayLike, high_is_good: bool, draws: int = DRAWS, seed: int = SEED
) -> Ranks:
    """Return the rank of each school among these, with its 95% interval, by simulation.

    `estimates` and `deviations` are mean and standard deviation of what is believed of each school (see
    `shrinkage`). So many worlds are drawn from that belief with a fixed seed, every school is ranked in each
    of them, and the middle and the ends of its ranks are returned. Source: H. Goldstein and D. J.
    Spiegelhalter, League tables and their limitations, JRSS A 159 (1996).
    """
    middles = np.asarray(estimates, dtype=np.float32)
    spread = np.asarray(deviations, dtype=np.float32)
    schools = len(middles)
    chance = np.random.default_rng(seed).standard_normal((draws, schools), dtype=np.float32)
    worlds = middles + spread * chance
    order = np.argsort(-worlds if high_is_good else worlds, axis=1)
    places = np.empty((draws, schools), dtype=np.int32)
    np.put_along_axis(places, order, np.arange(1, schools + 1, dtype=np.int32)[None, :], axis=1)
    places.sort(axis=0)
    low, high = (places[round(end * (draws - 1))].astype(np.int64) for end in _ENDS)
    return Ranks(places[(draws - 1) // 2].astype(np.int64), low, high)
