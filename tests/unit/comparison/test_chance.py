"""What is said of chance beside England: boundaries, missing pieces, small cohorts."""

import numpy as np
import pytest

from factories.small_releases import indicator
from steward.analysis.comparison.chance import Chance, chance_of
from steward.analysis.comparison.intervals import Interval
from steward.analysis.indicators.catalogue import read_indicators
from steward.analysis.indicators.definition import PupilSpread
from steward.vocabulary.values import Known

SHARE = indicator(share_of_pupils=True, decimals=0)
SPREADS = (PupilSpread(year=2024, deviation=1.41628, quantile=1.96, source="A test"),)
SCORE = indicator(unit="score", decimals=2, theme="progress", pupil_spreads=SPREADS)
UNLIKELY, POSSIBLE = "and unlikely to be chance", "but chance could explain it"


@pytest.mark.parametrize(
    ("value", "pupils", "england", "words"),
    [
        (40.0, 60, 65.0, f"Below England, {UNLIKELY}"),
        (60.0, 60, 65.0, f"Below England, {POSSIBLE}"),
        (70.0, 60, 65.0, f"Above England, {POSSIBLE}"),
        (95.0, 60, 65.0, f"Above England, {UNLIKELY}"),
        (65.4, 60, 65.0, "The same as England"),
        (0.0, 30, 65.0, f"Below England, {UNLIKELY}"),
        (100.0, 30, 65.0, f"Above England, {UNLIKELY}"),
        (0.0, 11, 5.0, f"Below England, {POSSIBLE}"),
        (0.0, 10, 65.0, "Too few pupils to say"),
        (0.0, 0, 65.0, "Too few pupils to say"),
    ],
)
def test_a_share_beside_england(value: float, pupils: int, england: float, words: str) -> None:
    found = chance_of(Known(value, pupils), indicator=SHARE, period=2019, england=england)

    assert found.words == words
    assert (found.interval is None) == (found.chance is Chance.TOO_FEW)
    assert not found.published


def test_the_interval_of_a_share_is_in_percent() -> None:
    found = chance_of(Known(65.0, 100), indicator=SHARE, period=2019, england=70.0)

    assert found.interval is not None
    assert (round(found.interval.low, 4), round(found.interval.high, 4)) == (55.2544, 73.6358)


def test_an_interval_that_ends_at_england_could_be_chance() -> None:
    share = Known(65.0, 100)
    interval = chance_of(share, indicator=SHARE, period=2019, england=None).interval
    assert interval is not None

    at_the_end = chance_of(share, indicator=SHARE, period=2019, england=interval.high)
    just_beyond = chance_of(share, indicator=SHARE, period=2019, england=interval.high + 1e-9)

    assert at_the_end.chance is Chance.POSSIBLE
    assert just_beyond.chance is Chance.UNLIKELY


@pytest.mark.parametrize(
    ("limits", "england", "chance"),
    [
        (Interval(0.01, 0.43), -0.03, Chance.UNLIKELY),
        (Interval(0.0, 0.42), -0.03, Chance.POSSIBLE),
        (Interval(-0.02, 0.40), -0.03, Chance.POSSIBLE),
        (Interval(-0.43, -0.04), -0.03, Chance.UNLIKELY),
        (Interval(-0.42, -0.03), -0.03, Chance.POSSIBLE),
        (Interval(-0.41, -0.01), -0.03, Chance.POSSIBLE),
    ],
)
def test_published_limits_never_say_more_than_the_published_band(
    limits: Interval, england: float, chance: Chance
) -> None:
    score = Known((limits.low + limits.high) / 2, 150)

    found = chance_of(score, indicator=SCORE, period=2019, england=england, limits=limits)

    assert (found.interval, found.published, found.chance) == (limits, True, chance)


@pytest.mark.parametrize(("score", "chance"), [(0.21, Chance.UNLIKELY), (0.20, Chance.POSSIBLE)])
def test_a_score_without_printed_limits_has_those_of_the_spread_of_its_year(
    score: float, chance: Chance
) -> None:
    found = chance_of(Known(score, 180), indicator=SCORE, period=2024, england=-0.03)

    assert (found.chance, found.published) == (chance, False)


def test_a_published_interval_of_few_pupils_is_kept_and_nothing_concluded() -> None:
    limits = Interval(-2.9, -0.9)

    found = chance_of(Known(-1.9, 8), indicator=SCORE, period=2019, england=-0.03, limits=limits)

    assert (found.interval, found.chance) == (limits, Chance.TOO_FEW)


@pytest.mark.parametrize(
    ("value", "measure", "england"),
    [
        (Known(40.0), SHARE, 65.0),
        (Known(40.0, 60), SHARE, None),
        (Known(140.0, 60), SHARE, 65.0),
        (Known(float("nan"), 60), SHARE, 65.0),
        (Known(0.4, 180), SCORE.model_copy(update={"pupil_spreads": ()}), -0.03),
        (Known(412.0, 412), indicator(unit="pupils", theme="pupils", decimals=0), 280.0),
        (Known(31.0, 412), indicator(theme="pupils"), 22.0),
    ],
    ids=["no cohort", "no England", "no share", "no number", "no spread", "a count", "an intake"],
)
def test_nothing_is_said_of_chance_without_what_it_takes(
    value: Known, measure: object, england: float | None
) -> None:
    found = chance_of(value, indicator=measure, period=2019, england=england)

    assert (found.chance, found.words) == (None, "")


def test_counts_money_and_intakes_are_never_shares_of_chance() -> None:
    for one in read_indicators().values():
        if one.theme in ("pupils", "money", "workforce"):
            assert not one.share_of_pupils, one.id
            assert not one.pupil_spreads, one.id
        assert not (one.share_of_pupils and one.pupil_spreads), one.id


def test_one_school_in_twenty_differs_by_chance_alone() -> None:
    draw = np.random.default_rng(2019)
    pupils = draw.integers(11, 120, 4000)
    counts = draw.binomial(pupils, 0.65)
    found = [
        chance_of(Known(100 * c / n, float(n)), indicator=SHARE, period=2019, england=65.0)
        for c, n in zip(counts, pupils, strict=True)
    ]

    assert 0.03 <= np.mean([one.chance is Chance.UNLIKELY for one in found]) <= 0.07
