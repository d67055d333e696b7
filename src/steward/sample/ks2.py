"""Results at the end of key stage 2, of 2016 to 2019 and of 2013, as counts and means of pupils."""

from dataclasses import dataclass

import numpy as np

from steward.sample.arrays import Floats, Ints, bounded, chance_of
from steward.sample.england import England
from steward.sample.kinds import Kind
from steward.sample.standing import drawn, mean_of_pupils, standing

_BASE = {2016: 0.20, 2017: 0.52, 2018: 0.70, 2019: 0.68}
"""Log-odds of the expected standard in all three subjects at a middling school."""
PUPIL_SPREAD = {"READ": 6.17, "WRIT": 5.69, "MAT": 5.39}
"""Spread of pupils' progress in scaled points, 2019. Source: methods 1.2."""
_PER_SCORE = {"READ": 1.85, "WRIT": 1.65, "MAT": 2.05}
_MEAN_SCORE = {"READ": 105.0, "GPS": 106.0, "MAT": 104.4}
_SUBJECTS = ("READ", "GPS", "MAT")


@dataclass(frozen=True, slots=True)
class KeyStage2:
    """Results of each site in a year; arrays of equal length."""

    pupils: Ints
    all_three: Ints
    all_three_high: Ints
    expected: dict[str, Ints]
    high: dict[str, Ints]
    score: dict[str, Floats]
    progress: dict[str, Floats]


@dataclass(frozen=True, slots=True)
class KeyStage2Levels:
    """Results of 2013, when pupils reached levels."""

    pupils: Ints
    prior: dict[str, Ints]
    """Pupils of low, middle and high prior attainment: L, M, H."""
    disadvantaged: Ints
    two_levels: dict[str, Ints]
    """Pupils who made two levels of progress: READ, WRIT, MATH."""
    points: Floats
    reading: Ints
    gap: Floats
    """How much lower the disadvantaged are than others, in percentage points; more is worse."""


def scaled_results(england: England, year: int) -> KeyStage2:
    """Return the results of a year of scaled scores, 2016 to 2019."""
    sites, pupils = england.sites, england.intakes[year].eleven
    draw, score = england.chance.of(f"key stage 2 {year}"), standing(england, year)
    special = sites.kind == Kind.SPECIAL
    odds = _BASE[year] - 0.27 * sites.hardship + 0.42 * score - 4.6 * special
    all_three = drawn(draw, sites=sites, pupils=pupils, likely=chance_of(odds))
    high = draw.binomial(all_three, bounded(0.15 + 0.03 * score - 0.03 * sites.hardship, least=0, most=0.6))
    share = {"READ": 0.38, "GPS": 0.40, "MAT": 0.34}
    expected = {
        each: all_three + draw.binomial(pupils - all_three, share[each] * (1 - 0.9 * special))
        for each in _SUBJECTS
    }
    above = {
        each: high + draw.binomial(expected[each] - high, 0.22 + 0.05 * (each != "MAT")) for each in _SUBJECTS
    }
    means = {
        each: _MEAN_SCORE[each]
        - 1.5 * sites.hardship
        + 1.15 * score
        - 11.0 * special
        + _luck(england, topic=f"{each} {year}", pupils=pupils, spread=7.0)
        for each in _SUBJECTS
    }
    progress = {
        each: _PER_SCORE[each] * (score + 0.1)
        - 0.15 * sites.hardship
        - 5.0 * special
        + _luck(england, topic=f"progress {each} {year}", pupils=pupils, spread=spread)
        for each, spread in PUPIL_SPREAD.items()
    }
    return KeyStage2(pupils, all_three, high, expected, above, means, progress)


def _luck(england: England, *, topic: str, pupils: Ints, spread: float) -> Floats:
    return mean_of_pupils(
        england.chance, topic=topic, pupils=pupils, spread=spread, steadiness=england.sites.steadiness
    )


def interval(subject: str, pupils: Ints) -> Floats:
    """Return half the width of the 95% interval of a progress score. Source: methods 1.2."""
    half: Floats = 1.96 * PUPIL_SPREAD[subject] / np.sqrt(np.maximum(pupils, 1))
    return half


def level_results(england: England) -> KeyStage2Levels:
    """Return the results of 2013."""
    sites, of_year = england.sites, england.intakes[2013]
    draw, score, pupils = england.chance.of("key stage 2 2013"), standing(england, 2013), of_year.eleven
    special = sites.kind == Kind.SPECIAL
    low = draw.binomial(pupils, chance_of(-1.65 + 0.45 * sites.hardship + 5.0 * special))
    high = draw.binomial(pupils - low, chance_of(-0.95 - 0.45 * sites.hardship))
    odds = 2.25 - 0.2 * sites.hardship + 0.45 * score - 3.2 * special
    two_levels = {
        each: draw.binomial(pupils, chance_of(odds + plus))
        for each, plus in (("READ", 0.05), ("WRIT", 0.5), ("MATH", 0.0))
    }
    luck = mean_of_pupils(
        england.chance, topic="points", pupils=pupils, spread=4.2, steadiness=sites.steadiness
    )
    return KeyStage2Levels(
        pupils=pupils,
        prior={"L": low, "M": pupils - low - high, "H": high},
        disadvantaged=draw.binomial(pupils, of_year.meals_ever / of_year.roll),
        two_levels=two_levels,
        points=bounded(28.5 - 0.75 * sites.hardship + 0.6 * score - 12.0 * special + luck, least=9, most=33),
        reading=draw.binomial(pupils, chance_of(1.95 - 0.45 * sites.hardship + 0.4 * score - 5.0 * special)),
        gap=draw.normal(14.0, 13.0, len(sites)),
    )
