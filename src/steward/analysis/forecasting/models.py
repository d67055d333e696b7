"""Models that are fitted: two that read one number, a logistic one on ten, and boosted trees on all.

scikit-learn fits them. What is fitted is plain numbers (`asking`), so that no program code is ever read
from a file and no web page waits for the library.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from steward.analysis.forecasting.asking import Kind, Line, Linear, Model, Tree, Trees
from steward.analysis.forecasting.catalogue import NAMES, TEN
from steward.analysis.forecasting.measures import line_through
from steward.analysis.forecasting.outcomes import Numbers, Whole

_LEAST_ROWS = 60
"""Fewer schools than this are not learnt from."""
_LEAST_CAME = 15
_CALIBRATION_PARTS = 3


class TooLittleToLearn(ValueError):
    """There are too few inspections to learn from; the message says how many there are."""


def fit(kind: Kind, *, matrix: Numbers, came: Numbers, schools: Whole, seed: int) -> Model:
    """Return the model of a kind, fitted and calibrated on schools of the past.

    The calibration is learnt from schools that were set aside while the model was fitted, part by part.
    Raises TooLittleToLearn.
    """
    if len(came) < _LEAST_ROWS or min(came.sum(), len(came) - came.sum()) < _LEAST_CAME:
        raise TooLittleToLearn(
            f"Only {len(came):,} inspections can be learnt from, {int(came.sum()):,} of them of the kind "
            f"asked about; at least {_LEAST_ROWS} with {_LEAST_CAME} of each are needed."
        )
    learn = _LEARNERS[kind]
    whole = learn(matrix, came, seed)
    parts = part_of(schools, parts=_CALIBRATION_PARTS, salt=seed + 1)
    aside = np.full(len(came), np.nan)
    for part in range(_CALIBRATION_PARTS):
        held, rest = parts == part, parts != part
        if 0 < came[rest].sum() < rest.sum():
            aside[held] = learn(matrix[rest], came[rest], seed).score(matrix[held])
    known = ~np.isnan(aside)
    intercept, slope = line_through(came[known], aside[known], np.ones(int(known.sum())))
    return replace(whole, line=Line(intercept, slope))


def part_of(schools: Whole, *, parts: int, salt: int) -> Whole:
    """Return into which part each school falls: always the same for a school, whatever the order."""
    mixed = (schools.astype(np.uint64) + np.uint64(salt)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    found: Whole = (mixed % np.uint64(parts)).astype(np.int64)
    return found


def _linear(features: tuple[str, ...]) -> Callable[[Numbers, Numbers, int], Model]:
    def learn(matrix: Numbers, came: Numbers, seed: int) -> Model:
        chosen = matrix[:, [NAMES.index(one) for one in features]]
        known = ~np.isnan(chosen)
        count = np.maximum(known.sum(axis=0), 1)
        middles = np.where(known, chosen, 0.0).sum(axis=0) / count
        away = np.where(known, chosen - middles, 0.0)
        spreads = np.sqrt((away**2).sum(axis=0) / count)
        spreads = np.where(spreads > 0, spreads, 1.0)
        fitted = LogisticRegression(C=1.0, max_iter=500, random_state=seed).fit(away / spreads, came)
        return Linear(
            features,
            tuple(float(one) for one in middles),
            tuple(float(one) for one in spreads),
            tuple(float(one) for one in fitted.coef_[0]),
            float(fitted.intercept_[0]),
        )

    return learn


def _trees(matrix: Numbers, came: Numbers, seed: int) -> Model:
    told = np.flatnonzero([len(np.unique(one[~np.isnan(one)])) > 1 for one in matrix.T])
    fitted = HistGradientBoostingClassifier(
        learning_rate=0.04,
        max_iter=150,
        max_leaf_nodes=8,
        min_samples_leaf=40,
        l2_regularization=5.0,
        early_stopping=False,
        random_state=seed,
    ).fit(matrix[:, told], came)
    trees = tuple(_tree(predictors[0].nodes, told=told) for predictors in fitted._predictors)
    return Trees(trees, float(np.ravel(fitted._baseline_prediction)[0]))


def _tree(nodes: Any, *, told: Whole) -> Tree:  # noqa: ANN401 - a structured array of scikit-learn
    """Return the nodes of a tree of scikit-learn; a number equal to the threshold goes left there too."""
    leaf = nodes["is_leaf"].astype(bool)
    feature = told[np.where(leaf, 0, nodes["feature_idx"].astype(np.int64))]
    columns: Mapping[str, Any] = {
        "feature": np.where(leaf, -1, feature),
        "threshold": np.where(leaf, 0.0, nodes["num_threshold"]),
        "unknown_left": nodes["missing_go_to_left"].astype(np.int64),
        "left": np.where(leaf, 0, nodes["left"].astype(np.int64)),
        "right": np.where(leaf, 0, nodes["right"].astype(np.int64)),
        "value": nodes["value"],
    }
    return Tree(**{name: tuple(values.tolist()) for name, values in columns.items()})


_LEARNERS: Mapping[Kind, Callable[[Numbers, Numbers, int], Model]] = {
    Kind.PREVIOUS_GRADE: _linear(("previous_grade",)),
    Kind.PROGRESS_ONLY: _linear(("progress", "beyond_expected")),
    Kind.LOGISTIC: _linear(TEN),
    Kind.TREES: _trees,
}
