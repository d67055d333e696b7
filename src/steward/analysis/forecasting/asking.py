"""A model that has been fitted, as plain numbers: how likely, and what weighed most."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from steward.analysis.forecasting.catalogue import NAMES
from steward.analysis.forecasting.outcomes import Numbers

_FORM = 1
"""Version of the file form."""


class Target(StrEnum):
    """What is asked about the next inspection, or about results."""

    BELOW_GOOD = "below_good"
    CONCERN = "concern"
    DECLINE = "decline"

    @property
    def label(self) -> str:
        """How it is said in tables."""
        return {
            Target.BELOW_GOOD: "an inspection below good",
            Target.CONCERN: "an inspection with inadequate or a category of concern",
            Target.DECLINE: "a substantial decline of progress",
        }[self]


class Kind(StrEnum):
    """The models that are held against each other, the simplest first."""

    PREVIOUS_GRADE = "previous_grade"
    PROGRESS_ONLY = "progress_only"
    LOGISTIC = "logistic"
    TREES = "trees"

    @property
    def label(self) -> str:
        """How the model is called in tables."""
        return _LABELS[self]


_LABELS = {
    Kind.PREVIOUS_GRADE: "Previous grade only",
    Kind.PROGRESS_ONLY: "Progress only",
    Kind.LOGISTIC: "Logistic on ten numbers",
    Kind.TREES: "Boosted trees on all numbers",
}


BANDS: tuple[tuple[str, float], ...] = (
    ("Unlikely", 0.0),
    ("Possible", 0.15),
    ("Quite possible", 0.3),
    ("More likely than not", 0.5),
)
"""Likelihoods in words, each from a likelihood upwards."""


class UnreadableModel(ValueError):
    """A kept model cannot be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """How a score becomes a likelihood: log odds = intercept + slope * score (J. Platt, 1999)."""

    intercept: float
    slope: float

    def likely(self, score: Numbers) -> Numbers:
        """Return the likelihood, 0 to 1."""
        found: Numbers = 1 / (1 + np.exp(-np.clip(self.intercept + self.slope * score, -30, 30)))
        return found


@dataclass(frozen=True, slots=True)
class Linear:
    """A weighted sum: each feature less its middle, by its spread, times its weight; unknown adds nothing."""

    features: tuple[str, ...]
    middles: tuple[float, ...]
    spreads: tuple[float, ...]
    weights: tuple[float, ...]
    intercept: float
    line: Line = Line(0.0, 1.0)

    def parts(self, matrix: Numbers) -> Numbers:
        """Return what each feature adds to the log odds, one column a feature."""
        chosen = matrix[:, [NAMES.index(one) for one in self.features]]
        scaled = (chosen - np.array(self.middles)) / np.array(self.spreads)
        added: Numbers = np.where(np.isnan(scaled), 0.0, scaled) * np.array(self.weights)
        return added

    def score(self, matrix: Numbers) -> Numbers:
        """Return the log odds before calibration."""
        found: Numbers = self.intercept + self.parts(matrix).sum(axis=1)
        return found

    def likely(self, matrix: Numbers) -> Numbers:
        """Return the likelihood of each row."""
        return self.line.likely(self.score(matrix))


@dataclass(frozen=True, slots=True)
class Tree:
    """One tree as columns of its nodes; node 0 is the root and a leaf has feature -1."""

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    unknown_left: tuple[int, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees: the log odds are a base plus one leaf of each tree."""

    trees: tuple[Tree, ...]
    base: float
    line: Line = Line(0.0, 1.0)

    def score(self, matrix: Numbers) -> Numbers:
        """Return the log odds before calibration."""
        total = np.full(len(matrix), self.base)
        for tree in self.trees:
            total += _leaf_values(tree, matrix=matrix)
        return total

    def likely(self, matrix: Numbers) -> Numbers:
        """Return the likelihood of each row."""
        return self.line.likely(self.score(matrix))

    def parts(self, matrix: Numbers) -> Numbers:
        """Return what each feature adds: how the log odds fall when it is not known, one column a feature."""
        whole, found = self.score(matrix), np.zeros_like(matrix)
        for place in range(matrix.shape[1]):
            without = matrix.copy()
            without[:, place] = np.nan
            found[:, place] = whole - self.score(without)
        return found

    @property
    def features(self) -> tuple[str, ...]:
        """The features read: all."""
        return NAMES


Model = Linear | Trees


def band_of(likely: float) -> str:
    """Return a likelihood, 0 to 1, in words."""
    return next(words for words, least in reversed(BANDS) if likely >= least)


def _leaf_values(tree: Tree, *, matrix: Numbers) -> Numbers:
    feature, threshold = np.array(tree.feature), np.array(tree.threshold)
    children = np.column_stack([tree.left, tree.right])
    unknown_left = np.array(tree.unknown_left, dtype=bool)
    at = np.zeros(len(matrix), dtype=np.int64)
    rows = np.arange(len(matrix))
    while True:
        inner = feature[at] >= 0
        if not inner.any():
            found: Numbers = np.array(tree.value)[at]
            return found
        given = matrix[rows, np.maximum(feature[at], 0)]
        left = np.where(np.isnan(given), unknown_left[at], given <= threshold[at])
        at = np.where(inner, children[at, np.where(left, 0, 1)], at)


def text_of(model: Model) -> str:
    """Return the model as JSON in a fixed order, the same text for the same numbers."""
    kind = "linear" if isinstance(model, Linear) else "trees"
    return json.dumps({"form": _FORM, "kind": kind, "features_known": NAMES, **asdict(model)}, sort_keys=True)


def model_from(text: str) -> Model:
    """Return the model that `text_of` wrote. Raises UnreadableModel for anything else."""
    try:
        content: Mapping[str, Any] = json.loads(text)
        if content["form"] != _FORM or tuple(content["features_known"]) != NAMES:
            raise UnreadableModel("The model was made by another version. Run steward forecast again.")
        line = Line(**content["line"])
        if content["kind"] == "linear":
            return _linear(content, line=line)
        trees = tuple(
            Tree(**{name: tuple(values) for name, values in one.items()}) for one in content["trees"]
        )
        return Trees(trees, float(content["base"]), line)
    except (KeyError, TypeError, json.JSONDecodeError) as fault:
        raise UnreadableModel(
            "The model is not one that Steward wrote. Run steward forecast again."
        ) from fault


def _linear(content: Mapping[str, Any], *, line: Line) -> Linear:
    names = ("features", "middles", "spreads", "weights")
    columns: Sequence[tuple[Any, ...]] = [tuple(content[name]) for name in names]
    return Linear(columns[0], columns[1], columns[2], columns[3], float(content["intercept"]), line)
