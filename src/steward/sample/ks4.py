"""Results at the end of key stage 4, of 2013 to 2019, as means and counts of pupils."""

from dataclasses import dataclass

import numpy as np

from steward.sample.arrays import Flags, Floats, Ints, bounded, chance_of
from steward.sample.england import England
from steward.sample.kinds import Kind, is_one_of
from steward.sample.printing import rounded
from steward.sample.standing import drawn, mean_of_pupils, standing

PUPIL_SPREAD = {2016: 1.09, 2017: 1.27, 2018: 1.265, 2019: 1.285}
"""National spread of pupils' Progress 8 by year, recovered from published intervals and pupils."""
_LEVEL = {2016: 49.6, 2017: 46.2, 2018: 46.4, 2019: 46.6}
_BASICS = {2016: 0.62, 2017: 0.62, 2018: 0.63, 2019: 0.65}


@dataclass(frozen=True, slots=True)
class KeyStage4:
    """Results of each site in a year; arrays of equal length, shares as counts of pupils."""

    pupils: Ints
    progress_pupils: Ints
    adjusted: Ints
    """Pupils whose very low score was held at the floor."""
    attainment: Floats
    progress: Floats
    points: Floats
    """Average point score of the English Baccalaureate."""
    basics_4: Ints
    basics_5: Ints
    entered: Ints
    baccalaureate_4: Ints
    baccalaureate_5: Ints
    five_with_basics: Ints

    def take(self, site: Ints) -> "KeyStage4":
        """Return the results of some sites."""
        return KeyStage4(*(getattr(self, name)[site] for name in self.__slots__))


def results_at_sixteen(england: England, year: int) -> KeyStage4:
    """Return the results of a year of Attainment 8 and Progress 8, 2016 to 2019."""
    sites, pupils = england.sites, england.intakes[year].sixteen
    draw = england.chance.of(f"key stage 4 {year}")
    special = is_one_of(sites.kind, (Kind.SPECIAL, Kind.INDEPENDENT_SPECIAL))
    counted = pupils - draw.binomial(pupils, np.where(special, 0.12, 0.05))
    progress = _progress(england, year, counted=counted, special=special)
    prior = england.chance.of("prior attainment").normal(0.0, 3.8, len(pupils)) * sites.steadiness
    ability = -3.0 * sites.hardship + 14.5 * sites.selective + prior
    attainment = _LEVEL[year] + ability + 6.0 * (progress + 1.35 * special) + draw.normal(0, 1.4, len(pupils))
    attainment = np.where(special, np.abs(draw.normal(6.0, 5.0, len(pupils))), attainment)
    odds = _BASICS[year] + 0.115 * (attainment - _LEVEL[year])
    basics_4 = draw.binomial(pupils, chance_of(odds))
    basics_5 = draw.binomial(basics_4, chance_of(0.55 + 0.075 * (attainment - _LEVEL[year])))
    liking = england.chance.of("liking").normal(-0.55, 0.85, len(pupils)) + draw.normal(0, 0.25, len(pupils))
    wants = chance_of(liking + 0.07 * (attainment - _LEVEL[year]))
    entered = draw.binomial(pupils, np.where(special, 0.0, wants))
    passed_4 = draw.binomial(entered, chance_of(0.35 + 0.08 * (attainment - _LEVEL[year])))
    passed_5 = draw.binomial(passed_4, chance_of(0.5 + 0.08 * (attainment - _LEVEL[year])))
    basics_4, basics_5 = np.maximum(basics_4, passed_4), np.maximum(basics_5, passed_5)
    return KeyStage4(
        pupils=pupils,
        progress_pupils=np.maximum(counted, 1),
        adjusted=draw.binomial(counted, 0.009),
        attainment=bounded(attainment, least=0.2, most=86.0),
        progress=rounded(bounded(progress, least=-3.2, most=2.2), 2),
        points=bounded(attainment / 11.4 + draw.normal(0, 0.12, len(pupils)), least=0.02, most=8.4),
        basics_4=basics_4,
        basics_5=np.minimum(basics_5, basics_4),
        entered=entered,
        baccalaureate_4=passed_4,
        baccalaureate_5=passed_5,
        five_with_basics=draw.binomial(basics_4, 0.93),
    )


def _progress(england: England, year: int, *, counted: Ints, special: Flags) -> Floats:
    sites = england.sites
    luck = mean_of_pupils(
        england.chance,
        topic=f"luck {year}",
        pupils=counted,
        spread=PUPIL_SPREAD[year],
        steadiness=sites.steadiness,
    )
    expected: Floats = -0.05 - 0.07 * sites.hardship + 0.22 * sites.selective - 1.35 * special
    progress: Floats = expected + 0.35 * standing(england, year) + luck
    return progress


def bands(score: Floats, *, low: Floats, high: Floats) -> Ints:
    """Return Progress 8 bands 1 to 5 from the printed score and interval.

    Well above: at least 0.5 and the whole interval above nought; well below: under -0.5 and the whole
    interval below nought. Source: Department for Education; methods 1.4 and point 2.
    """
    return np.select(
        [low > 0, high < 0],
        [np.where(score >= 0.5, 1, 2), np.where(score < -0.5, 5, 4)],
        3,
    ).astype(np.int64)


def five_good_passes(england: England, year: int) -> Ints:
    """Return pupils with five A* to C grades including English and mathematics, 2013 to 2015.

    The rules of 2014 counted fewer qualifications and only first entries: schools lost what they had
    by such passes, and nothing of it came back in 2015.
    """
    sites, pupils = england.sites, england.intakes[min(year, 2014)].sixteen
    draw, score = england.chance.of(f"five good passes {year}"), standing(england, year)
    special = is_one_of(sites.kind, (Kind.SPECIAL, Kind.INDEPENDENT_SPECIAL))
    odds = 0.36 - 0.42 * sites.hardship + 0.4 * score + 2.0 * sites.selective - 5.0 * special
    lasting = chance_of(odds)
    gain = sites.vocational if year == 2013 else 0.0
    return drawn(draw, sites=sites, pupils=pupils, likely=bounded(lasting + gain, least=0.0, most=1.0))
