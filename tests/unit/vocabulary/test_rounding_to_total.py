"""Shares rounded so that they total 100, and a share that is the same wherever it is printed."""

import pytest

from steward.interface import words
from steward.interface.charts.bars import stacked_bars
from steward.interface.charts.figures import Bar, Share, StackedBars
from steward.vocabulary.rounding import round_to_total


@pytest.mark.parametrize(
    ("numbers", "rounded"),
    [
        ([68.5, 31.5], (69, 31)),
        ([100 / 3] * 3, (34, 33, 33)),
        ([12.5, 12.5, 75], (13, 12, 75)),
        ([100.0, 0.0], (100, 0)),
        ([], ()),
    ],
)
def test_shares_total_100(numbers: list[float], rounded: tuple[float, ...]) -> None:
    assert round_to_total(numbers) == rounded


def test_shares_total_100_with_decimals() -> None:
    assert round_to_total([100 / 3] * 3, 1) == (33.4, 33.3, 33.3)


@pytest.mark.parametrize(("part", "whole", "said"), [(37, 54, "69%"), (1, 8, "13%"), (0, 54, "0%")])
def test_a_share_is_rounded_half_away_from_zero(part: float, whole: float, said: str) -> None:
    assert words.share(part, whole=whole) == said


def test_a_bar_prints_shares_that_total_100() -> None:
    bar = Bar("Attainment", (Share("Given", 68.5, 137), Share("Not given", 31.5, 63)), 200)
    drawn = stacked_bars(StackedBars(id="x", measure="m", title="t", description="d", bars=(bar,)))
    assert "69%" in drawn
    assert "31%" in drawn
    assert "32%" not in drawn
