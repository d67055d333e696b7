"""Lists that hold only so many false findings: how many of a list may be chance is said beforehand."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

_NOTHING = -1.0
"""A rate at which nothing is listed."""
LISTS, SCREENS = 0.05, 0.10
"""The share of false findings allowed in a list that people act on, and in a screen that starts a talk."""


def discoveries(p_values: ArrayLike, *, rate: float = LISTS) -> Flags:
    """Return which findings to list so that on average at most the share `rate` of the list is chance.

    A p value that is not a number is never listed. Raises ValueError for a rate that is not between 0 and 1.
    Source: Y. Benjamini and Y. Hochberg, Controlling the false discovery rate, JRSS B 57 (1995).
    """
    _refuse_impossible(rate)
    return adjusted(p_values) <= rate


def adjusted(p_values: ArrayLike) -> Numbers:
    """Return for each p value the smallest rate at which it is listed; 1 for one that is not a number."""
    given = np.asarray(p_values, dtype=np.float64)
    found = np.ones(len(given))
    known = np.flatnonzero(~np.isnan(given))
    if not len(known):
        return found
    order = known[np.argsort(given[known], kind="stable")]
    steps = given[order] * len(order) / np.arange(1, len(order) + 1)
    found[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return found


def stepwise(p_values: ArrayLike, *, level: float = LISTS) -> Flags:
    """Return which findings pass Holm's test, that allows any false finding with the chance `level` only.

    It is stricter than `discoveries`, for a list in which not even one may be wrong. Source: S. Holm, A
    simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979).
    """
    _refuse_impossible(level)
    given = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(given, kind="stable")
    passes = given[order] <= level / np.arange(len(given), 0, -1)
    found = np.zeros(len(given), dtype=np.bool_)
    found[order] = np.logical_and.accumulate(passes)
    return found


def joint(p_values: ArrayLike, *, members: Whole, groups: int) -> Numbers:
    """Return one p value for each of `groups`: that nothing in it is more than chance (Simes).

    `members` says to which group, from 0, each p value belongs. A group without a p value has none (nan).
    Source: R. J. Simes, Biometrika 73 (1986).
    """
    given = np.asarray(p_values, dtype=np.float64)
    found = np.full(groups, np.inf)
    known = np.flatnonzero(~np.isnan(given))
    order = known[np.lexsort((given[known], members[known]))]
    sizes = np.bincount(members[order], minlength=groups)
    starts = np.cumsum(sizes) - sizes
    place = np.arange(len(order)) - starts[members[order]] + 1
    np.minimum.at(found, members[order], given[order] * sizes[members[order]] / place)
    found[np.isinf(found)] = np.nan
    capped: Numbers = np.minimum(found, 1.0)
    return capped


def nested(
    p_values: ArrayLike,
    *,
    levels: Sequence[ArrayLike],
    rate: float = LISTS,
    families: ArrayLike | None = None,
) -> tuple[Flags, ...]:
    """Return what is found at each level of a hierarchy, such as school, measure, group of pupils.

    `levels` gives for each level, coarsest first, the name of that level for every p value; the p values
    themselves are the finest level. First schools are listed, each by the joint p value of what is in it;
    then within a listed school its measures, at a rate lowered by the share of schools that were listed; and
    so on. Each answer has one flag for each p value; the last one is the finest. So at most the share `rate`
    of listed schools is there by chance, and on average of what is listed within them. `families` names the
    list each p value belongs to, such as its authority; all are one list when it is not given. Source: Y.
    Benjamini and M. Bogomolov, Selective inference on multiple families of hypotheses, JRSS B 76 (2014).
    """
    _refuse_impossible(rate)
    given = np.asarray(p_values, dtype=np.float64)
    above = np.zeros(len(given), dtype=np.int64) if families is None else _numbered(families)
    rates = np.full(len(given), rate)
    found: list[Flags] = []
    for names in levels:
        numbers = _numbered(names)
        groups = _numbered(above * (int(numbers.max(initial=0)) + 1) + numbers)
        listed, rates = _listed_groups(given, groups=groups, families=above, rates=rates)
        above = groups
        found.append(listed)
    listed, _ = _listed(given, families=above, rates=rates)
    return (*found, listed)


def expected_false(listed: int, *, rate: float) -> float:
    """Return how many of so many listed findings may be chance, on average at most."""
    return listed * rate


def _listed_groups(
    given: Numbers, *, groups: Whole, families: Whole, rates: Numbers
) -> tuple[Flags, Numbers]:
    """Return the flag of each p value's group in its family, and the rate left for what is within it."""
    count = int(groups.max(initial=-1)) + 1
    family_of, rate_of = np.zeros(count, dtype=np.int64), np.zeros(count)
    family_of[groups], rate_of[groups] = families, rates
    flags, shares = _listed(joint(given, members=groups, groups=count), families=family_of, rates=rate_of)
    left = np.where(flags, rate_of * shares, _NOTHING)
    return flags[groups], left[groups]


def _listed(given: Numbers, *, families: Whole, rates: Numbers) -> tuple[Flags, Numbers]:
    """Return which p values are listed within their family at its rate, and the share of it that is."""
    flags, shares = np.zeros(len(given), dtype=np.bool_), np.zeros(len(given))
    known = np.flatnonzero(~np.isnan(given))
    if not len(known):
        return flags, shares
    order = known[np.lexsort((given[known], families[known]))]
    within = families[order]
    sizes = np.bincount(within)
    place = np.arange(len(order)) - (np.cumsum(sizes) - sizes)[within] + 1
    passes = given[order] <= rates[order] * place / sizes[within]
    last = np.zeros(len(sizes), dtype=np.int64)
    np.maximum.at(last, within, np.where(passes, place, 0))
    flags[order] = place <= last[within]
    shares[order] = last[within] / sizes[within]
    return flags, shares


def _numbered(names: ArrayLike) -> Whole:
    found: Whole = np.unique(np.asarray(names), return_inverse=True)[1].reshape(-1).astype(np.int64)
    return found


def _refuse_impossible(rate: float) -> None:
    if not 0 < rate < 1:
        raise ValueError(f"A rate of {rate} is not between 0 and 1, such as 0.05 for 1 in 20.")
