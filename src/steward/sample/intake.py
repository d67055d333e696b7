"""Who is on roll each year: numbers, free meals, languages, special needs, and the year groups tested."""

from dataclasses import dataclass

import numpy as np

from steward.sample.arrays import ALWAYS, Chance, Floats, Ints, bounded, chance_of
from steward.sample.kinds import Kind, is_one_of
from steward.sample.sites import BOYS, GIRLS, Sites
from steward.sample.timeline import Spells

_YEAR_GROUPS = np.array([2.0, 3.0, 4.0, 7.0, 4.0, 5.0, 12.0, 10.0, 5.0, 11.0, 9.0])
"""Year groups of each kind of school, sixth forms aside."""
_SIXTH_FORM = 0.85
_NEEDY = (Kind.SPECIAL, Kind.ALTERNATIVE, Kind.INDEPENDENT_SPECIAL)


@dataclass(frozen=True, slots=True)
class Intake:
    """Pupils of each site in a year, as counts; arrays of equal length."""

    roll: Ints
    girls: Ints
    meals: Ints
    """Known to be eligible for free school meals."""
    meals_ever: Ints
    """Eligible at any time in the last six years."""
    other_language: Ints
    language_unknown: Ints
    plan: Ints
    """With an education, health and care plan, or a statement before 2015."""
    support: Ints
    eleven: Ints
    """Pupils at the end of key stage 2."""
    sixteen: Ints
    """Pupils at the end of key stage 4."""

    @property
    def boys(self) -> Ints:
        """Boys on roll."""
        return self.roll - self.girls


def intake(chance: Chance, *, sites: Sites, course: Spells, year: int) -> Intake:
    """Return the pupils of every site in the academic year that ends in `year`."""
    lasting, draw, rows = chance.of("intake"), chance.of(f"intake {year}"), len(sites)
    fill = bounded(lasting.normal(0.94, 0.08, rows) + lasting.normal(0.004, 0.01, rows) * (year - 2014),
                   least=0.5, most=1.05)  # fmt: skip
    groups = _YEAR_GROUPS[sites.kind]
    fill = fill * _grown(course, groups=groups, year=year)
    group = sites.intake * fill
    roll = np.maximum(1, draw.poisson(0.25 * group * groups) + 0.75 * group * groups).astype(np.int64)
    roll += (sites.sixth_form * group * _SIXTH_FORM).astype(np.int64)
    ever = draw.binomial(roll, _meals_ever(sites))
    needs = lasting.normal(0.0, 0.45, rows)
    plan, support = _needs(draw, sites=sites, roll=roll, needs=needs)
    other_language = draw.binomial(roll, chance_of(-2.65 + 1.75 * sites.languages))
    return Intake(
        roll=roll,
        girls=_girls(draw, sites=sites, roll=roll),
        meals=draw.binomial(ever, 0.66),
        meals_ever=ever,
        other_language=other_language,
        language_unknown=draw.binomial(roll - other_language, 0.002),
        plan=plan,
        support=support,
        eleven=np.maximum(1, draw.binomial(np.ceil(group * 1.06).astype(np.int64), 0.93)),
        sixteen=np.maximum(1, draw.binomial(np.ceil(group * 1.04).astype(np.int64), 0.95)),
    )


def _grown(course: Spells, *, groups: Floats, year: int) -> Floats:
    """Return how far new schools have filled, one year group after the other."""
    opening = course.opened.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    share = bounded((year - opening) / groups, least=0.15, most=1.0)
    return np.where(course.opened == ALWAYS, 1.0, share)


def _meals_ever(sites: Sites) -> Floats:
    middle = np.where(sites.kind >= Kind.MIDDLE, -1.1, -1.58)
    middle = np.where(is_one_of(sites.kind, _NEEDY), -0.05, middle)
    steep = np.where(sites.kind >= Kind.MIDDLE, 0.8, 0.95)
    return chance_of(middle + steep * sites.hardship)


def _needs(draw: np.random.Generator, *, sites: Sites, roll: Ints, needs: Floats) -> tuple[Ints, Ints]:
    special = is_one_of(sites.kind, (Kind.SPECIAL, Kind.INDEPENDENT_SPECIAL))
    with_plan = np.where(special, 0.97, 0.014 * np.exp(0.8 * needs))
    plan = draw.binomial(roll, with_plan)
    with_support = np.where(special, 0.5, chance_of(-2.02 + 0.22 * sites.hardship + needs))
    return plan, draw.binomial(roll - plan, with_support)


def _girls(draw: np.random.Generator, *, sites: Sites, roll: Ints) -> Ints:
    likely = np.where(is_one_of(sites.kind, _NEEDY), 0.29, 0.49)
    likely = np.select([sites.gender == GIRLS, sites.gender == BOYS], [1.0, 0.0], likely)
    return draw.binomial(roll, likely)
