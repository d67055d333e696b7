"""Results of groups of pupils within the results of their schools: never more than there are of all.

How far a group lies from all pupils moves from year to year, and differs a little between authorities.
"""

from dataclasses import dataclass

import numpy as np

from steward.sample.arrays import Floats, Ints, chance_of
from steward.sample.england import England

_YEARS = (2017, 2018, 2019)
_AUTHORITY_SPREAD = 0.12
"""How much authorities differ in how far a group lies from all pupils, in log-odds."""
_OFF_LOGIT = 1e-3


@dataclass(frozen=True, slots=True)
class Group:
    """A group that the whole files print: the end of its columns, the column that counts it, its distance.

    `odds` are log-odds of the standard against all pupils, by year; `progress` points of key stage 2 in
    reading, writing and mathematics; `grades` grades of Progress 8.
    """

    suffix: str
    counted: tuple[str, str]
    """The column of its number of pupils at key stage 2 and at key stage 4, "" where there is none."""
    odds: tuple[float, float, float]
    progress: tuple[float, float, float]
    grades: float

    def odds_in(self, year: int) -> float:
        """Return the log-odds of a year, 2017 to 2019."""
        return self.odds[_YEARS.index(year)]


GROUPS = (
    Group("EAL", ("TEALGRP2", "TEALGRP2"), (-0.34, -0.24, -0.13), (0.6, 1.1, 1.8), 0.45),
    Group("FSM6CLA1A", ("TFSM6CLA1A", "TFSM6CLA1A"), (-0.52, -0.50, -0.53), (-0.5, -0.4, -0.5), -0.4),
    Group("G", ("GELIG", ""), (0.17, 0.18, 0.2), (0.4, 0.8, -0.7), 0.2),
    Group("MOBN", ("TMOBN", ""), (0.06, 0.06, 0.06), (0.1, 0.1, 0.1), 0.0),
    Group("NMOB", ("", "TNMOB"), (0.04, 0.04, 0.04), (0.0, 0.0, 0.0), 0.02),
)


def members(england: England, *, group: Group, pupils: Ints, year: int) -> Ints:
    """Return how many of the pupils tested at each site belong to a group."""
    likely = _shares(england, group=group, year=year)
    found: Ints = england.chance.of(f"group {group.suffix} {year} {len(pupils)}").binomial(pupils, likely)
    return found


def _shares(england: England, *, group: Group, year: int) -> Floats:
    of_year = england.intakes[year]
    counts = {"EAL": of_year.other_language, "FSM6CLA1A": of_year.meals_ever, "G": of_year.girls}
    if group.suffix not in counts:
        return np.full(len(of_year.roll), 0.95)
    shares: Floats = np.clip(counts[group.suffix] / np.maximum(of_year.roll, 1), 0.0, 1.0)
    return shares


def reached(
    england: England, *, group: Group, year: int, inside: Ints, everybody: Ints, passed: Ints
) -> Ints:
    """Return how many of a group reached what `passed` of `everybody` reached, within what can be."""
    share = np.clip(passed / np.maximum(everybody, 1), _OFF_LOGIT, 1 - _OFF_LOGIT)
    odds = np.log(share / (1 - share)) + group.odds_in(year) + _luck_of_authorities(england, group=group)
    draw = england.chance.of(f"group reached {group.suffix} {year} {int(passed.sum())}")
    wanted: Ints = draw.binomial(inside, chance_of(odds))
    least, most = np.maximum(0, passed - (everybody - inside)), np.minimum(inside, passed)
    return np.clip(wanted, least, most)


def score(
    england: England, *, group: Group, topic: str, scores: Floats, inside: Ints, lift: tuple[float, float]
) -> Floats:
    """Return the mean score of a group: that of all moved by `lift`, with the luck of so few pupils.

    `lift` is how far the group lies from all pupils, and how much pupils differ, in points of the score.
    """
    distance, spread = lift
    luck = england.chance.of(f"group score {group.suffix} {topic}").normal(size=len(scores))
    moved: Floats = scores + distance + 0.6 * spread * luck / np.sqrt(np.maximum(inside, 1))
    return moved + spread * 0.1 * _luck_of_authorities(england, group=group)


def _luck_of_authorities(england: England, *, group: Group) -> Floats:
    draw = england.chance.of(f"group in authorities {group.suffix}")
    by_area = draw.normal(scale=_AUTHORITY_SPREAD, size=len(england.authorities.names))
    found: Floats = by_area[england.sites.authority]
    return found
