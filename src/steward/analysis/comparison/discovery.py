"""Lists that hold only so many false findings: how many of a list may be chance is said beforehand."""

from collections.abc import Hashable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

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


def joint(p_values: ArrayLike, *, members: NDArray[np.int64], groups: int) -> Numbers:
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
    p_values: ArrayLike, *, levels: Sequence[Sequence[Hashable]], rate: float = LISTS
) -> tuple[Flags, ...]:
    """Return what is found at each level of a hierarchy, such as school, measure, group of pupils.

    `levels` gives for each level, coarsest first, the name of that level for every p value; the p values
    themselves are the finest level. First schools are listed, each by the joint p value of what is in it;
    then within a listed school its measures, at a rate lowered by the share of schools that were listed; and
    so on. Each answer has one flag for each p value; the last one is the finest. So at most the share `rate`
    of listed schools is there by chance, and on average of what is listed within them. Source: Y. Benjamini
    and M. Bogomolov, Selective inference on multiple families of hypotheses, JRSS B 76 (2014).
    """
    _refuse_impossible(rate)
    given = np.asarray(p_values, dtype=np.float64)
    found: list[Flags] = []
    families = np.zeros(len(given), dtype=np.int64)
    rates = np.full(len(given), rate)
    for names in levels:
        groups = _numbered(list(zip(families.tolist(), names, strict=True)))
        listed, rates = _listed(given, groups=groups, families=families, rates=rates)
        families = groups
        found.append(listed)
    listed, _ = _listed(given, groups=np.arange(len(given)), families=families, rates=rates)
    return (*found, listed)


def expected_false(listed: int, *, rate: float) -> float:
    """Return how many of so many listed findings may be chance, on average at most."""
    return listed * rate


def _listed(
    given: Numbers, *, groups: NDArray[np.int64], families: NDArray[np.int64], rates: Numbers
) -> tuple[Flags, Numbers]:
    """Return the flag of each p value's group within its family, and the rate left for what is within."""
    count = int(groups.max(initial=-1)) + 1
    by_group = joint(given, members=groups, groups=count)
    family_of, rate_of = np.zeros(count, dtype=np.int64), np.zeros(count)
    family_of[groups], rate_of[groups] = families, rates
    flags, left = np.zeros(count, dtype=np.bool_), np.zeros(count)
    for within in _each(family_of):
        flags[within] = adjusted(by_group[within]) <= rate_of[within]
        known = max(int(np.sum(~np.isnan(by_group[within]))), 1)
        left[within] = np.where(flags[within], rate_of[within] * np.sum(flags[within]) / known, -1.0)
    return flags[groups], left[groups]


def _each(families: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    order = np.argsort(families, kind="stable")
    edges = np.flatnonzero(np.diff(families[order])) + 1
    return np.split(order, edges) if len(order) else []


def _numbered(names: Sequence[Hashable]) -> NDArray[np.int64]:
    seen: Mapping[Hashable, int] = {name: place for place, name in enumerate(dict.fromkeys(names))}
    return np.array([seen[name] for name in names], dtype=np.int64)


def _refuse_impossible(rate: float) -> None:
    if not 0 < rate < 1:
        raise ValueError(f"A rate of {rate} is not between 0 and 1, such as 0.05 for 1 in 20.")
