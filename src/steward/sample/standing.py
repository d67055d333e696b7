"""How well each site does in a year, before chance has its say in the results of that year's pupils."""

import numpy as np

from steward.sample.arrays import Chance, Floats, Ints
from steward.sample.england import England
from steward.sample.kinds import SPONSORED_TYPES, is_one_of
from steward.sample.sites import Sites

_SHIFT = 0.28
"""Spread of what changes from year to year in a school: teachers, heads, luck."""
_GAIN_A_YEAR = 0.09
_MOST_GAIN = 0.4


def standing(england: England, year: int) -> Floats:
    """Return a standard score for each site: lasting quality, trend, the turn of the year, a new sponsor."""
    sites, draw = england.sites, england.chance.of(f"standing {year}")
    taken_over = is_one_of(england.course.second, SPONSORED_TYPES)
    converted = england.course.converted.astype("datetime64[D]").astype("datetime64[Y]").astype(int) + 1970
    gain = np.clip((year - converted) * _GAIN_A_YEAR, 0.0, _MOST_GAIN) * (sites.steadiness == 1.0)
    turn = _SHIFT * draw.normal(0.0, 1.0, len(sites)) * sites.steadiness
    score: Floats = sites.quality + sites.trend * np.clip(year - 2014, -3, 5) + turn + gain * taken_over
    return score


def mean_of_pupils(chance: Chance, *, topic: str, pupils: Ints, spread: float, steadiness: Floats) -> Floats:
    """Return the luck of the cohort: a mean of `pupils` draws with so great a spread among pupils."""
    draw = chance.of(topic).normal(0.0, 1.0, len(pupils))
    return draw * spread * steadiness / np.sqrt(np.maximum(pupils, 1))


def drawn(draw: np.random.Generator, *, sites: Sites, pupils: Ints, likely: Floats) -> Ints:
    """Return how many of the pupils of each site; without chance for the schools of the story."""
    chance: Ints = draw.binomial(pupils, likely)
    return np.where(sites.steadiness < 1.0, np.round(pupils * likely).astype(np.int64), chance)
