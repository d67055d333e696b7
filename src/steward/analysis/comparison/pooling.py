"""Several years of one school as one figure: only years that follow each other and can be compared."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from steward.analysis.indicators import change
from steward.analysis.indicators.definition import IndicatorDefinition

Numbers = NDArray[np.float64]

YEARS = 3


@dataclass(frozen=True, slots=True)
class Pooled:
    """For each school its figure over the years, the pupils behind it, and the first year in it.

    `value` is a share or a mean in the unit given; `variance` is that of a mean by chance, nan for a share.
    """

    value: Numbers
    pupils: Numbers
    variance: Numbers
    since: NDArray[np.int64]


def years_to_pool(
    until: int, *, indicator: IndicatorDefinition, held: Collection[int], most: int = YEARS
) -> tuple[int, ...]:
    """Return the years, oldest first, that may be put together with `until`: at most `most` of them.

    They follow each other, are all `held`, and no break of the series lies between them. Only `until`
    itself where the year before cannot be compared with it; none where `until` is not held.
    """
    years: list[int] = []
    for year in range(until, until - most, -1):
        if year not in held or change.break_between(year, until, indicator=indicator):
            break
        years.insert(0, year)
    return tuple(years)


def pooled(values: ArrayLike, *, pupils: ArrayLike, variances: ArrayLike, years: tuple[int, ...]) -> Pooled:
    """Return each school's figure over `years`, one column a year, weighted by pupils.

    For a share that is all who succeeded out of all pupils. A school counts from its last year backwards for
    as long as it has a figure, since years must follow each other; without the last year it has none (nan).
    """
    given = np.asarray(values, dtype=np.float64)
    known = ~np.isnan(given)
    followed = np.logical_and.accumulate(known[:, ::-1], axis=1)[:, ::-1]
    weights = np.where(followed, np.asarray(pupils, dtype=np.float64), 0.0)
    whole = weights.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        value = np.where(followed, weights * given, 0.0).sum(axis=1) / whole
        spread = np.where(followed, weights**2 * np.asarray(variances, dtype=np.float64), 0.0)
        variance = spread.sum(axis=1) / whole**2
    first = np.array(years)[len(years) - followed.sum(axis=1).clip(1, len(years))]
    return Pooled(value, whole, variance, first.astype(np.int64))
