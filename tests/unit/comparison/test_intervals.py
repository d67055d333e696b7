"""Intervals against printed vectors, at their boundaries, and by how often they hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steward.analysis.comparison.intervals import (
    Interval,
    count_interval,
    mean_interval,
    share_difference_interval,
    share_interval,
)
from steward.analysis.indicators.catalogue import read_indicators

COUNTS = st.integers(1, 2000).flatmap(lambda pupils: st.tuples(st.integers(0, pupils), st.just(pupils)))


@pytest.mark.parametrize(
    ("count", "pupils", "confidence", "low", "high", "digits"),
    [
        (65, 100, 0.95, 0.5525444329688797, 0.7363575175690247, 15),
        (65, 100, 0.998, 0.4954946574, 0.7783540614, 10),
        (1045, 5000, 0.95, 0.1979554988, 0.2204913037, 10),
    ],
)
def test_wilson_as_the_public_health_indicators_print_it(
    count: int, pupils: int, confidence: float, low: float, high: float, digits: int
) -> None:
    found = share_interval(count, pupils=pupils, confidence=confidence)

    assert (round(found.low, digits), round(found.high, digits)) == (round(low, digits), round(high, digits))


@pytest.mark.parametrize(
    ("count", "confidence", "low", "high", "digits"),
    [
        (65, 0.95, 50.16318771, 82.84913855, 8),
        # Printed as 982.59320183; the formula in 40 digits gives 982.59320180733.
        (1045, 0.95, 982.59320183, 1110.33121299, 7),
        (1, 0.95, 0.01307213, 5.56375558, 8),
        (10, 0.998, 2.91631837, 24.19372493, 8),
    ],
)
def test_byar_as_the_public_health_indicators_print_it(
    count: int, confidence: float, low: float, high: float, digits: int
) -> None:
    found = count_interval(count, confidence=confidence)

    assert (round(found.low, digits), round(found.high, digits)) == (round(low, digits), round(high, digits))


def test_newcombe_for_a_gap_of_two_groups() -> None:
    found = share_difference_interval(56, pupils=70, other_count=48, other_pupils=80)

    assert (round(found.low, 3), round(found.high, 3)) == (0.052, 0.334)


@pytest.mark.parametrize(
    ("mean", "spread", "pupils", "low", "high", "digits"),
    [
        (0.22778, 1.41628, 9, -0.70, 1.15, 2),
        (0.0, 1.41628, 9, -0.92530, 0.92530, 5),
        (0.0, 1.41628, 180, -0.20690, 0.20690, 5),
        (0.21, 1.41628, 180, 0.0031, 0.4169, 4),
        (0.20, 1.41628, 180, -0.0069, 0.4069, 4),
        (0.0, 1.41628, 25, -0.5552, 0.5552, 4),
        (0.0, 1.41628, 100, -0.2776, 0.2776, 4),
        (0.0, 1.41628, 150, -0.2267, 0.2267, 4),
        (0.0, 1.41628, 240, -0.1792, 0.1792, 4),
    ],
)
def test_progress_8_limits_of_the_worked_cases(
    mean: float, spread: float, pupils: int, low: float, high: float, digits: int
) -> None:
    found = mean_interval(mean, spread=spread, pupils=pupils, quantile=1.96)

    assert (round(found.low, digits), round(found.high, digits)) == (low, high)


@pytest.mark.parametrize(
    ("code", "halves"),
    [
        ("reading_progress", (3.65, 2.21, 1.56, 1.28)),
        ("writing_progress", (3.36, 2.04, 1.44, 1.18)),
        ("maths_progress", (3.19, 1.93, 1.36, 1.11)),
    ],
)
def test_key_stage_2_limits_of_2019_from_the_definitions(code: str, halves: tuple[float, ...]) -> None:
    spread = read_indicators()[code].pupil_spread_in(2019)

    assert spread is not None
    found = [
        mean_interval(0, spread=spread.deviation, pupils=pupils, quantile=spread.quantile).high
        for pupils in (11, 30, 60, 90)
    ]
    assert tuple(round(half, 2) for half in found) == halves


@pytest.mark.parametrize(("year", "spread"), [(2022, 1.408359), (2023, 1.414023), (2024, 1.41628)])
def test_the_spread_of_progress_8_is_dated(year: int, spread: float) -> None:
    progress = read_indicators()["progress_8"]

    found = progress.pupil_spread_in(year)
    assert found is not None
    assert (found.deviation, found.quantile) == (spread, 1.96)
    assert progress.pupil_spread_in(2025) is None


@pytest.mark.parametrize("pupils", [1, 2, 11, 5000])
def test_none_and_all_of_the_pupils_leave_room_on_one_side_only(pupils: int) -> None:
    none, every = share_interval(0, pupils=pupils), share_interval(pupils, pupils=pupils)

    assert none.low == 0.0
    assert every.high == 1.0
    assert 0 < none.high < 1
    assert none.high == pytest.approx(1 - every.low, abs=1e-12)


def test_one_pupil_says_next_to_nothing() -> None:
    found = share_interval(1, pupils=1)

    assert (round(found.low, 4), found.high) == (0.2065, 1.0)


def test_no_event_can_still_be_chance() -> None:
    found = count_interval(0)

    assert found.low == 0.0
    assert 3 < found.high < 4


@pytest.mark.parametrize(("count", "pupils"), [(0, 0), (-1, 10), (11, 10), (1, -1)])
def test_what_is_no_share_is_refused_in_words(count: int, pupils: int) -> None:
    with pytest.raises(ValueError, match="pupils"):
        share_interval(count, pupils=pupils)


def test_other_impossible_requests_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="at least one pupil"):
        mean_interval(0.1, spread=1.4, pupils=0, quantile=1.96)
    with pytest.raises(ValueError, match="below zero"):
        mean_interval(0.1, spread=-1.4, pupils=10, quantile=1.96)
    with pytest.raises(ValueError, match="below zero"):
        count_interval(-1)
    for confidence in (0.0, 1.0, 95.0):
        with pytest.raises(ValueError, match="between 0 and 1"):
            share_interval(1, pupils=2, confidence=confidence)


@given(COUNTS)
def test_a_share_lies_in_its_interval_and_more_confidence_widens_it(found: tuple[int, int]) -> None:
    count, pupils = found
    narrow = share_interval(count, pupils=pupils)
    wide = share_interval(count, pupils=pupils, confidence=0.998)

    assert 0 <= wide.low <= narrow.low <= count / pupils <= narrow.high <= wide.high <= 1


@given(COUNTS, COUNTS)
def test_a_gap_the_other_way_round_is_the_same_gap(one: tuple[int, int], other: tuple[int, int]) -> None:
    forth = share_difference_interval(one[0], pupils=one[1], other_count=other[0], other_pupils=other[1])
    back = share_difference_interval(other[0], pupils=other[1], other_count=one[0], other_pupils=one[1])

    assert forth.low == pytest.approx(-back.high, abs=1e-12)
    assert forth.low <= one[0] / one[1] - other[0] / other[1] <= forth.high


@given(st.integers(0, 5000))
def test_a_count_lies_in_its_interval(count: int) -> None:
    found = count_interval(count)

    assert 0 <= found.low <= count < found.high


def _held(found: list[Interval], truth: np.ndarray) -> float:
    return float(np.mean([one.low <= true <= one.high for one, true in zip(found, truth, strict=True)]))


@pytest.mark.parametrize("low", [0.1, 0.4, 0.65])
def test_nineteen_in_twenty_intervals_of_schools_hold_the_truth(low: float) -> None:
    draw = np.random.default_rng(2014)
    pupils = draw.integers(11, 240, 6000)
    truth = draw.uniform(low, low + 0.25, 6000)
    counts = draw.binomial(pupils, truth)
    shares = [share_interval(int(c), pupils=int(n)) for c, n in zip(counts, pupils, strict=True)]
    means = truth + draw.normal(0, 1.4, 6000) / np.sqrt(pupils)
    of_means = [
        mean_interval(float(m), spread=1.4, pupils=int(n), quantile=1.96)
        for m, n in zip(means, pupils, strict=True)
    ]

    assert 0.93 <= _held(shares, truth) <= 0.97
    assert 0.93 <= _held(of_means, truth) <= 0.97


def test_nineteen_in_twenty_gaps_and_counts_hold_the_truth() -> None:
    draw = np.random.default_rng(383)
    pupils, others = draw.integers(11, 60, 4000), draw.integers(15, 200, 4000)
    truth, beside = draw.uniform(0.2, 0.8, 4000), draw.uniform(0.2, 0.8, 4000)
    counts, other_counts = draw.binomial(pupils, truth), draw.binomial(others, beside)
    gaps = [
        share_difference_interval(int(c), pupils=int(n), other_count=int(d), other_pupils=int(m))
        for c, n, d, m in zip(counts, pupils, other_counts, others, strict=True)
    ]
    rates = draw.uniform(5, 80, 4000)
    events = [count_interval(int(count)) for count in draw.poisson(rates)]

    assert 0.93 <= _held(gaps, truth - beside) <= 0.97
    assert 0.93 <= _held(events, rates) <= 0.97
