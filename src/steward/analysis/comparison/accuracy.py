"""How well a list of neighbours predicts, and weights for which it predicts best.

The error of a list in a measure is the root of the mean, over authorities, of the squared difference
between the authority's number and the mean of its neighbours' numbers. An authority counts where it has a
number and at least five of its neighbours have one. It is never among its own neighbours.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from steward.analysis.comparison.alikeness import Numbers
from steward.analysis.comparison.neighbours import Differences, Members, distances, nearest

_FEWEST = 5
_COUNTS = (8, 10, 12)
"""Weights are judged by lists of about ten, so that they do not hang on the tenth and eleventh authority."""
_STEPS = (0.0, 0.5, 0.7, 1.4, 2.0, 3.0)
_FROM_NOTHING = 0.3
_ROUNDS = 3
_BETTER = 1e-4


@dataclass(frozen=True, slots=True)
class Errors:
    """The error of a list in each measure, NaN where it cannot be told, and over how many authorities."""

    typical: Numbers
    authorities: NDArray[np.int64]


def errors_of(members: Members, *, outcomes: Numbers, among: NDArray[np.bool_]) -> Errors:
    """Return the errors of a list; `outcomes` has a row for each authority and a column for each measure.

    Only the authorities in `among` are predicted; any may predict.
    """
    link = np.zeros((len(members), len(members)))
    one, rank = np.nonzero(members >= 0)
    link[one, members[one, rank]] = 1.0
    known = np.isfinite(outcomes)
    counted = link @ known
    mean = (link @ np.where(known, outcomes, 0.0)) / np.maximum(counted, 1.0)
    used = known & (counted >= _FEWEST) & among[:, None]
    squared = np.where(used, (np.where(known, outcomes, 0.0) - mean) ** 2, 0.0)
    number = used.sum(axis=0)
    typical = np.where(number > 0, np.sqrt(squared.sum(axis=0) / np.maximum(number, 1)), np.nan)
    return Errors(typical, number.astype(np.int64))


@dataclass(frozen=True, slots=True)
class Task:
    """What weights are fitted to: predict `outcomes`, each error taken as a share of that of `baseline`."""

    differences: Differences
    outcomes: Numbers
    baseline: Numbers
    among: NDArray[np.bool_]
    at_least: int

    def loss(self, weights: Numbers) -> float:
        """Return the mean error over all measures and lists of about ten, as a share of the baseline's."""
        apart = distances(self.differences, weights=weights, at_least=self.at_least)
        widest = np.argpartition(apart, max(_COUNTS), axis=1)[:, : max(_COUNTS)]
        order = np.argsort(np.take_along_axis(apart, widest, axis=1), axis=1)
        members = np.take_along_axis(widest, order, axis=1)
        errors = [
            errors_of(members[:, :count], outcomes=self.outcomes, among=self.among).typical
            for count in _COUNTS
        ]
        return float(np.nanmean(np.mean(errors, axis=0) / self.baseline))

    def only(self, columns: NDArray[np.bool_]) -> "Task":
        """Return the task of predicting some of the measures."""
        return Task(
            self.differences,
            self.outcomes[:, columns],
            self.baseline[columns],
            self.among,
            self.at_least,
        )


def fitted(task: Task, *, seed: int, searches: int) -> Numbers:
    """Return weights, with a sum of 1, that predict the measures of a task well.

    One weight at a time is changed while that helps, the features in random order; the result is the mean
    of several such searches, which hangs less on chance than any of them.
    """
    found = [_search(task, random=np.random.default_rng([seed, number])) for number in range(searches)]
    return np.asarray(np.mean(found, axis=0), dtype=np.float64)


def _search(task: Task, *, random: np.random.Generator) -> Numbers:
    count = task.differences.squared.shape[2]
    weights, best = np.ones(count), task.loss(np.ones(count))
    for _ in range(_ROUNDS):
        before = best
        for feature in random.permutation(count):
            weights, best = _improved(task, weights=weights, best=best, feature=int(feature))
        weights = weights / weights.mean()
        if best == before:
            break
    shares: Numbers = weights / weights.sum()
    return shares


def _improved(task: Task, *, weights: Numbers, best: float, feature: int) -> tuple[Numbers, float]:
    for step in _STEPS:
        tried = weights.copy()
        tried[feature] = weights[feature] * step if weights[feature] > 0 else step * _FROM_NOTHING
        if not tried.any():
            continue
        loss = task.loss(tried)
        if loss < best - _BETTER:
            weights, best = tried, loss
    return weights, best


def held_out(
    task: Task, *, groups: Sequence[str], unseen: NDArray[np.bool_], seed: int, searches: int
) -> tuple[Numbers, Mapping[str, Numbers]]:
    """Return the error in each measure with weights found without its group, and the weights of each fold.

    `groups` names the group of each column of the outcomes; the columns of `unseen` are kept out of every
    search, of whatever group they are.
    """
    named = np.array(groups)
    typical, weights_of = np.full(len(named), np.nan), {}
    for group in sorted(set(groups)):
        weights = fitted(task.only((named != group) & ~unseen), seed=seed, searches=searches)
        members = nearest(task.differences, weights=weights, count=10, at_least=task.at_least)
        tested = named == group
        typical[tested] = errors_of(members, outcomes=task.outcomes[:, tested], among=task.among).typical
        weights_of[group] = weights
    return typical, weights_of
