"""Rounding as the Department for Education rounds: its own test vectors, and numbers below zero."""

import pytest

from steward.vocabulary.rounding import round_half_away


@pytest.mark.parametrize(
    ("number", "places", "rounded"),
    [
        (285, -1, 290),
        (2.85, 0, 3),
        (2.5, 0, 3),
        (2.85, 1, 2.9),
        (283.54, -2, 300),
        (283.54, -1, 280),
        (283.234, 0, 283),
        (2.86, 2, 2.86),
        (-2.5, 0, -3),
        (-0.455, 2, -0.46),
        (-0.004, 2, 0.0),
        (0.125, 2, 0.13),
    ],
)
def test_halves_go_away_from_zero(number: float, places: int, rounded: float) -> None:
    assert round_half_away(number, places) == rounded
