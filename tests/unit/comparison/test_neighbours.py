"""Neighbours of authorities and the accuracy of a list, on figures small enough to work out by hand."""

import numpy as np
import pytest

from steward.analysis.comparison.accuracy import errors_of
from steward.analysis.comparison.comparators import Feature
from steward.analysis.comparison.neighbours import (
    closer_than_usual,
    differences_of,
    distances,
    nearest,
    reciprocity,
    times_chosen,
)

FEATURES = (Feature(id="poverty", title="Poverty", weight=1), Feature(id="size", title="Size", weight=1))
CODES = ("301", "302", "303", "304", "305")
VALUES = np.array([[10, 5], [11, 5], [30, 5], [12, np.nan], [31, 9]], dtype=float)
BOTH = np.ones(2)


def lists(*, count=2, at_least=1, weights=BOTH):
    differences = differences_of(VALUES, authorities=CODES, features=FEATURES)
    return nearest(differences, weights=weights, count=count, at_least=at_least).tolist()


def test_the_nearest_come_first_and_missing_features_are_left_out():
    assert lists()[0] == [1, 3]


def test_too_few_features_in_common_leave_a_place_empty():
    assert lists(count=4, at_least=2)[3] == [-1, -1, -1, -1]


def test_distance_is_the_same_both_ways_and_infinite_to_oneself():
    apart = distances(differences_of(VALUES, authorities=CODES, features=FEATURES), weights=BOTH, at_least=1)
    assert np.allclose(apart, apart.T)
    assert np.isinf(np.diag(apart)).all()


def test_the_feature_that_makes_two_alike_is_told_from_the_one_that_does_not():
    differences = differences_of(VALUES, authorities=CODES, features=FEATURES)
    gained = closer_than_usual(differences, weights=BOTH, one=0, other=1)
    assert gained[0] > 0
    assert np.isnan(closer_than_usual(differences, weights=BOTH, one=0, other=3)[1])


def test_the_error_of_a_list_by_hand():
    members = np.array([[1, 2, 3, 4, 5], [0, 2, 3, 4, 5], *[[0, 1, 2, 3, 4]] * 4])
    outcomes = np.array([[10.0], [20], [20], [20], [20], [20]])
    among = np.array([True, True, False, False, False, False])
    found = errors_of(members, outcomes=outcomes, among=among)
    assert found.typical == pytest.approx([np.sqrt((10**2 + 2**2) / 2)])
    assert found.authorities.tolist() == [2]


def test_reciprocity_and_how_often_chosen():
    members = np.array([[1], [0], [0]])
    assert reciprocity(members) == pytest.approx(2 / 3)
    assert times_chosen(members).tolist() == [2, 1, 0]
