"""The disadvantage gap index: how far disadvantaged pupils stand behind others when all are put in order."""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import numpy as np
import numpy.typing as npt
from ibis.expr.types import Table

_SCALE = 20
_DRAWS = 1000
_TAIL = 2.5
Scores = Sequence[float] | npt.NDArray[np.float64] | npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class GapIndex:
    """The index, the limits of its 95% interval, and how many pupils it rests on.

    0 is no gap; 10 is every other pupil above every disadvantaged one; below 0 the disadvantaged lead.
    """

    index: float
    lower: float
    upper: float
    disadvantaged: int
    others: int


def gap_index(others: Scores, *, disadvantaged: Scores) -> float | None:
    """Return the gap index of the scores of two groups, or None where a group is empty.

    Pupils are put in order of score, with the mean of their places where scores are equal. The index is
    the mean place of others less that of the disadvantaged, times twenty over the number of pupils, which
    is twenty times (P - 0.5), P being the chance that one of the others is above one of the disadvantaged.
    Source: Statistical first release 40/2014 (Department for Education); the factor of twenty is inferred
    from the published index of 2014, methods 1.6.
    """
    first, second = np.asarray(others, dtype=float), np.asarray(disadvantaged, dtype=float)
    if not first.size or not second.size:
        return None
    above, below = _counts(first, second)
    return float(_index(above, below))


def gap_index_with_interval(
    others: Scores, *, disadvantaged: Scores, seed: int, draws: int = _DRAWS
) -> GapIndex | None:
    """Return the gap index of an authority with a 95% bootstrap interval, or None where a group is empty.

    Both groups are drawn anew `draws` times from their own pupils; the limits are the percentiles 2.5 and
    97.5 of the index of the draws. The same seed gives the same limits. Source: B. Efron and R. Tibshirani,
    An Introduction to the Bootstrap (1993), chapter 13.
    """
    first, second = np.asarray(others, dtype=float), np.asarray(disadvantaged, dtype=float)
    if not first.size or not second.size:
        return None
    above, below = _counts(first, second)
    return gap_index_of_counts(above, disadvantaged=below, seed=seed, draws=draws)


def gap_indices(pupils: Table, *, by: Sequence[str], score: str, disadvantaged: str) -> Table:
    """Return for each combination of the columns `by` the gap index of its pupils.

    `score` is a column of numbers and `disadvantaged` one of true and false; a pupil without either is in
    neither group. Returned are `by`, `gap_index` (null where a group is empty), `disadvantaged_pupils` and
    `other_pupils`. Every engine gives the same, since no ties are put in order. Source: as `gap_index`.
    """
    counted = counts_by_score(pupils, by=by, score=score, disadvantaged=disadvantaged)
    upto = ibis.window(group_by=list(by), order_by=counted.place, preceding=None, following=0)
    below = counted.mutate(lower=counted.ones.sum().over(upto) - counted.ones)
    summed = below.group_by(*by).aggregate(
        ones=below.ones.sum(), rest=below.rest.sum(), won=(below.rest * (below.lower + below.ones / 2)).sum()
    )
    share = summed.won / (summed.ones * summed.rest).nullif(0)
    found: Table = summed.select(
        *by,
        gap_index=_SCALE * (share - 0.5),
        disadvantaged_pupils=summed.ones.cast("int64"),
        other_pupils=summed.rest.cast("int64"),
    )
    return found


def counts_by_score(pupils: Table, *, by: Sequence[str], score: str, disadvantaged: str) -> Table:
    """Return how many pupils have each score: `by`, `place` (the score), `ones` (disadvantaged) and `rest`.

    All that an index and its interval need of pupils; columns as in `gap_indices`.
    """
    known = pupils.filter(pupils[score].notnull() & pupils[disadvantaged].notnull())
    is_one = known[disadvantaged]
    counted: Table = known.group_by(*by, place=known[score]).aggregate(
        ones=ibis.ifelse(is_one, 1, 0).sum().cast("float64"),
        rest=ibis.ifelse(is_one, 0, 1).sum().cast("float64"),
    )
    return counted


def gap_index_of_counts(others: Scores, *, disadvantaged: Scores, seed: int, draws: int = _DRAWS) -> GapIndex:
    """Return what `gap_index_with_interval` does, from how many of each group have each score, lowest first.

    Raises ValueError where a group is empty.
    """
    above, below = np.asarray(others, dtype=np.int64), np.asarray(disadvantaged, dtype=np.int64)
    if not above.sum() or not below.sum():
        raise ValueError("An index needs pupils in both groups.")
    chance = np.random.default_rng(seed)
    drawn = _index(
        chance.multinomial(above.sum(), above / above.sum(), size=draws),
        chance.multinomial(below.sum(), below / below.sum(), size=draws),
    )
    lower, upper = np.percentile(drawn, [_TAIL, 100 - _TAIL])
    return GapIndex(
        float(_index(above, below)), float(lower), float(upper), int(below.sum()), int(above.sum())
    )


def _counts(
    others: npt.NDArray[np.float64], disadvantaged: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return how many of each group have each score, lowest score first."""
    scores, places = np.unique(np.concatenate([others, disadvantaged]), return_inverse=True)
    above = np.bincount(places[: others.size], minlength=scores.size)
    below = np.bincount(places[others.size :], minlength=scores.size)
    return above, below


def _index(others: npt.NDArray[np.int64], disadvantaged: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Return the index of counts by score; the last axis is the scores, lowest first."""
    lower = np.cumsum(disadvantaged, axis=-1) - disadvantaged
    won = (others * (lower + disadvantaged / 2)).sum(axis=-1)
    share = won / (others.sum(axis=-1) * disadvantaged.sum(axis=-1))
    found: npt.NDArray[np.float64] = _SCALE * (share - 0.5)
    return found
