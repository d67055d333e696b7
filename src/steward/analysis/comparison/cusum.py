"""Slow drifts in a run of figures: a sum that grows while they lie on the bad side (E. S. Page, 1954).

One-sided, with the reference value k and the decision value h in standard deviations. The run lengths to a
false and to a true alarm follow from the chain of states of the sum (D. Brook and D. A. Evans, Biometrika
59, 1972), and hold exactly only where the ordinary level is known rather than learnt from few figures.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

K, H = 0.5, 4.0
"""Reference and decision value: a shift of one standard deviation is found after eight figures or so."""

_STATES = 400


@dataclass(frozen=True, slots=True)
class RunningSum:
    """The sum after each figure, and the places (0 is the first) at which it went beyond the limit."""

    levels: tuple[float, ...]
    alarms: tuple[int, ...]

    @property
    def last(self) -> float:
        """The sum after the newest figure; 0 where there is none."""
        return self.levels[-1] if self.levels else 0.0


def running_sum(
    scores: Sequence[float], *, k: float = K, h: float = H, resets: Collection[int] = ()
) -> RunningSum:
    """Return the sum of what each score has above `k`, never below zero.

    `scores` are in standard deviations, positive on the bad side. The sum begins anew before each place in
    `resets`, where somebody acted.
    """
    level, levels, alarms = 0.0, [], []
    for place, score in enumerate(scores):
        level = max(0.0, (0.0 if place in resets else level) + score - k)
        levels.append(level)
        if level > h:
            alarms.append(place)
    return RunningSum(tuple(levels), tuple(alarms))


def running_sum_of_counts(
    counts: Sequence[int],
    *,
    expected: Sequence[float],
    times: float = 2.0,
    h: float = H,
    resets: Collection[int] = (),
) -> RunningSum:
    """Return the sum of the log likelihoods of counts `times` as high against as high as `expected`.

    Counts are taken as Poisson: each adds count * log(times) - expected * (times - 1). Raises ValueError
    unless `times` is above 1 and each expectation above 0.
    """
    if times <= 1 or any(one <= 0 for one in expected):
        raise ValueError("Give expected counts above zero, and a multiple of them above one.")
    gains = [count * math.log(times) - one * (times - 1) for count, one in zip(counts, expected, strict=True)]
    return running_sum(gains, k=0.0, h=h, resets=resets)


def average_run_length(shift: float, *, k: float = K, h: float = H) -> float:
    """Return after how many figures, on average, the sum alarms when they lie `shift` deviations off.

    The level of the sum is cut into states, the lowest of them zero; each figure moves it by a normal
    deviate less `k`.
    """
    width = 2 * h / (2 * _STATES - 1)
    centres = np.arange(_STATES) * width
    upper = centres[None, :] + width / 2 - centres[:, None] + k - shift
    lower = upper - width
    moved = _normal(upper) - np.where(np.arange(_STATES)[None, :] == 0, 0.0, _normal(lower))
    lengths = np.linalg.solve(np.eye(_STATES) - moved, np.ones(_STATES))
    return float(lengths[0])


_erf = np.vectorize(math.erf, otypes=[np.float64])


def _normal(at: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = 0.5 * (1 + _erf(at / math.sqrt(2)))
    return found
