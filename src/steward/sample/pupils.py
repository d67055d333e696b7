"""Invented pupils of the invented schools: who they are, what they reached, how often they were there.

No pupil has a name or a number. Groups differ about as much as they do in England: disadvantaged pupils
reach less and are absent more, and that gap widens by the year; that of pupils with another language narrows.
"""

from dataclasses import dataclass

import numpy as np

from steward.sample.arrays import NO_ROW, Chance, Flags, Floats, Ints, bounded, chance_of
from steward.sample.england import YEARS, England
from steward.sample.kinds import WITH_KS2, WITH_KS4, Kind, is_one_of

MISSING = -1
"""A code or a score that is not recorded."""
NO_STAGE, TWO, FOUR = range(3)
STAGES = ("NONE", "KS2", "KS4")
ETHNICITIES = ("WHIT", "MIXD", "ASIA", "BLAC", "CHIN", "AOEG", "UNCL")
WRITING = ("GDS", "EXS", "WTS", "PK", "A")

_OF_ENGLISH = np.array([0.845, 0.07, 0.03, 0.032, 0.002, 0.006, 0.015])
_OF_OTHERS = np.array([0.30, 0.05, 0.41, 0.15, 0.025, 0.045, 0.02])
_BY_ETHNICITY = np.array([0.0, 0.0, 0.22, -0.06, 0.7, 0.08, -0.1])
_PRIOR_POINTS = np.array([59.0, 80, 90, 95, 100, 105, 110, 115, 120])
_ATTAINMENT_POINTS = np.array([10.0, 15.9, 22, 27.6, 35.5, 45.1, 57.6, 70.6, 82])
"""Average Attainment 8 in England by result at eleven, 2024. Source: methods 1.4, national table."""
_FULL_YEAR = 380
_LAST_PROGRESS = 2023
"""The last year whose pupils at the end of key stage 2 had been assessed at the age of 7."""
_UNKNOWN = 0.004
_AUGUST = np.datetime64("2020-08-31", "D").astype(np.int64)


@dataclass(frozen=True, slots=True)
class Cells:
    """So many pupils of a school at one stage in one year; arrays of equal length."""

    site: Ints
    urn: Ints
    year: Ints
    stage: Ints
    pupils: Ints

    def slice(self, first: int, last: int) -> "Cells":
        """Return the cells from `first` to before `last`."""
        return Cells(*(getattr(self, name)[first:last] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Pupils:
    """Who the pupils of some cells are, as codes; arrays of equal length."""

    site: Ints
    urn: Ints
    year: Ints
    stage: Ints
    girl: Flags
    meals: Flags
    """Claiming free school meals now."""
    disadvantaged: Flags
    other_language: Flags
    need: Ints
    """0 none, 1 support, 2 plan."""
    ethnicity: Ints
    looked_after: Flags
    term: Ints
    """0 autumn, 1 spring, 2 summer."""
    fifth: Ints
    """Fifth of deprivation, 1 the most deprived."""


@dataclass(frozen=True, slots=True)
class Results:
    """What each pupil reached; not a number where it is not recorded or does not apply."""

    scores: dict[str, Floats]
    writing: Ints
    entered: Ints
    """For the English Baccalaureate: 0 no, 1 yes."""
    possible: Ints
    missed: Ints


def cells_of(england: England, *, pupils: int, years: tuple[int, ...], authority: int | None) -> Cells:
    """Return how many pupils each school has at each stage and year, `pupils` in all.

    `authority` is the code of one authority; None for all of England. Schools are those open in August 2020,
    with intakes in proportion to their last. Raises ValueError for an authority the sample does not have.
    """
    rows = england.establishments.by_site(int(_AUGUST), len(england.sites))
    sites = np.flatnonzero((rows != NO_ROW) & (england.sites.kind < Kind.INDEPENDENT))
    sites = sites[~england.establishments.unlisted[rows[sites]]]
    if authority is not None:
        sites = sites[england.authority_codes[sites] == authority]
    if not len(sites):
        raise ValueError(f"The sample has no authority {authority}.")
    last = england.intakes[YEARS[-1]]
    kind = england.sites.kind[sites]
    eleven = np.where(is_one_of(kind, WITH_KS2), last.eleven[sites], 0)
    sixteen = np.where(is_one_of(kind, WITH_KS4), last.sixteen[sites], 0)
    others = np.maximum(last.roll[sites] - eleven - sixteen, 0)
    weights = np.tile(np.stack([others, eleven, sixteen], axis=1).reshape(-1), len(years)).astype(float)
    shares = weights / weights.sum() * pupils
    many = np.floor(shares).astype(np.int64)
    left = pupils - int(many.sum())
    many[np.argsort(many - shares, kind="stable")[:left]] += 1
    each = np.repeat(sites, len(STAGES))
    return Cells(
        site=np.tile(each, len(years)),
        urn=england.establishments.urn[rows[np.tile(each, len(years))]],
        year=np.repeat(np.array(years), len(each)),
        stage=np.tile(np.arange(len(STAGES)), len(sites) * len(years)),
        pupils=many,
    )


def enrol(chance: Chance, *, england: England, cells: Cells, part: int) -> Pupils:
    """Return the pupils of some cells, in the order of the cells; `part` tells one draw from another."""
    draw = chance.of(f"pupils {part}")
    site = np.repeat(cells.site, cells.pupils)
    last, sites, many = england.intakes[YEARS[-1]], england.sites, len(site)
    hardship = sites.hardship[site]

    def drawn(counts: Ints) -> Flags:
        return draw.random(many) < (counts / np.maximum(last.roll, 1))[site]

    meals, plan, support = drawn(last.meals_ever), drawn(last.plan), drawn(last.support)
    looked_after = draw.random(many) < 0.006 * np.exp(0.3 * hardship)
    language = drawn(last.other_language)
    poverty = 0.7 * hardship + 0.9 * meals + draw.normal(0.0, 0.9, many)
    return Pupils(
        site=site,
        urn=np.repeat(cells.urn, cells.pupils),
        year=np.repeat(cells.year, cells.pupils),
        stage=np.repeat(cells.stage, cells.pupils),
        girl=drawn(last.girls),
        meals=meals & (draw.random(many) < 0.7),
        disadvantaged=meals | looked_after | (draw.random(many) < 0.004),
        other_language=language,
        need=np.where(plan, 2, np.where(support, 1, 0)),
        ethnicity=_ethnicity(draw, other_language=language),
        looked_after=looked_after,
        term=draw.integers(0, 3, many),
        fifth=5 - np.searchsorted([-0.9, -0.15, 0.45, 1.15], poverty),
    )


def examine(chance: Chance, *, england: England, pupils: Pupils, part: int) -> Results:
    """Return what pupils reached; each score only at the stage at which it is taken."""
    draw = chance.of(f"results {part}")
    ability = _ability(draw, england=england, pupils=pupils)
    possible, missed = _sessions(draw, pupils=pupils)
    scores = _at_eleven(draw, pupils=pupils, ability=ability) | _at_sixteen(
        draw, pupils=pupils, ability=ability
    )
    writing = np.select([ability > 1.2, ability > -0.62, ability > -1.5], [0, 1, 2], 3)
    writing = np.where(draw.random(len(ability)) < 0.006, 4, writing)
    more = chance.of(f"progress and entries {part}")
    entered = more.random(len(ability)) < chance_of(-0.6 + 0.9 * ability)
    return Results(
        scores | _progress(more, pupils=pupils, ability=ability),
        writing=np.where(pupils.stage == TWO, writing, MISSING),
        entered=np.where(pupils.stage == FOUR, entered, MISSING),
        possible=possible,
        missed=missed,
    )


def unknown(chance: Chance, *, topic: str, many: int) -> Flags:
    """Return for which of `many` pupils something was not recorded."""
    return chance.of(topic).random(many) < _UNKNOWN


def _ethnicity(draw: np.random.Generator, *, other_language: Flags) -> Ints:
    at = draw.random(len(other_language))
    english, others = (np.searchsorted(np.cumsum(one)[:-1], at) for one in (_OF_ENGLISH, _OF_OTHERS))
    return np.where(other_language, others, english)


def _ability(draw: np.random.Generator, *, england: England, pupils: Pupils) -> Floats:
    sites, later = england.sites, pupils.year - 2022
    score: Floats = (
        0.22 * sites.quality[pupils.site]
        - 0.06 * sites.hardship[pupils.site]
        + 0.9 * sites.selective[pupils.site]
        - (0.42 + 0.03 * later) * pupils.disadvantaged
        - np.array([0.0, 0.75, 1.7])[pupils.need]
        - (0.16 - 0.05 * later) * pupils.other_language
        + 0.12 * pupils.girl
        - 0.25 * pupils.looked_after
        - 0.1 * (pupils.term - 1.0)
        + _BY_ETHNICITY[pupils.ethnicity]
        + draw.normal(0.2, 0.85, len(pupils.site))
    )
    return score


def _at_eleven(draw: np.random.Generator, *, pupils: Pupils, ability: Floats) -> dict[str, Floats]:
    here = (pupils.stage == TWO) & (ability > -2.1)
    language, girl = pupils.other_language.astype(np.float64), pupils.girl.astype(np.float64)
    shift = {"reading_score": -0.1 * language, "maths_score": -0.15 * girl, "gps_score": 0.0 * girl}
    found = {}
    for name, moved in shift.items():
        taken = here & (draw.random(len(ability)) > 0.012)
        score = 104.4 + 7.2 * (ability + moved + draw.normal(0.0, 0.4, len(ability)))
        found[name] = np.where(taken, np.round(bounded(score, least=80, most=120)), np.nan)
    return found


def _progress(draw: np.random.Generator, *, pupils: Pupils, ability: Floats) -> dict[str, Floats]:
    """Return progress from the age of 7 to 11, of which pupils of 2024 and after have none."""
    many = len(ability)
    here = (pupils.stage == TWO) & (pupils.year <= _LAST_PROGRESS) & (draw.random(many) > 0.05)
    gained = 0.4 * (ability - 0.2) + 0.15 * pupils.other_language
    spreads = {"reading_progress": 6.0, "writing_progress": 5.5, "maths_progress": 5.2}
    return {
        name: np.where(
            here,
            np.round(spread * bounded(gained + draw.normal(0.0, 0.9, many), least=-4, most=4), 2),
            np.nan,
        )
        for name, spread in spreads.items()
    }


def _at_sixteen(draw: np.random.Generator, *, pupils: Pupils, ability: Floats) -> dict[str, Floats]:
    many, here = len(ability), pupils.stage == FOUR

    def noise(spread: float) -> Floats:
        return draw.normal(0.0, spread, many)

    prior = np.round(2 * bounded(104.3 + 6.6 * (0.8 * ability + noise(0.55)), least=59, most=120)) / 2
    gained = 0.55 * ability - 0.05 * pupils.disadvantaged - 0.55 * (ability < -1.2) + noise(1.0)
    total = np.interp(prior, _PRIOR_POINTS, _ATTAINMENT_POINTS) + 10 * gained
    grade = bounded(total, least=0, most=90) / 10
    english = np.round(bounded(grade + 0.35 + 0.25 * pupils.girl + noise(0.7), least=0, most=9))
    maths = np.round(bounded(grade - 0.1 + noise(0.8), least=0, most=9))
    scores = {
        "prior_attainment": np.where(draw.random(many) < 0.045, np.nan, prior),
        "english_grade": english,
        "maths_grade": maths,
        "english_points": 2 * english,
        "maths_points": 2 * maths,
        "ebacc_points": np.round(6 * bounded(grade - 0.5 + noise(0.6), least=0, most=9)) / 2,
        "open_points": np.round(6 * bounded(grade + 0.35 + noise(0.6), least=0, most=9)) / 2,
        "ebacc_average": np.round(bounded(grade * 0.88 + noise(0.4), least=0, most=9), 2),
    }
    return {name: np.where(here, score, np.nan) for name, score in scores.items()}


def _sessions(draw: np.random.Generator, *, pupils: Pupils) -> tuple[Ints, Ints]:
    many = len(pupils.site)
    possible = np.where(draw.random(many) < 0.02, draw.integers(60, _FULL_YEAR, many), _FULL_YEAR)
    odds = (
        -3.25
        + 0.45 * (pupils.stage == FOUR)
        + 0.6 * pupils.disadvantaged
        + np.array([0.0, 0.3, 0.5])[pupils.need]
        - 0.25 * pupils.other_language
        + draw.normal(0.0, 0.7, many)
    )
    return possible, draw.binomial(possible, chance_of(odds))
