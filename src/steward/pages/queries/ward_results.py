"""Results pooled over the schools that stand in a ward, with those left out counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from steward.analysis.indicators.definition import IndicatorDefinition
from steward.evidence import catalogues
from steward.interface import words
from steward.pages.queries import measures
from steward.pages.queries.earlier_figures import CarriedFigure
from steward.pages.queries.rows import SchoolRow
from steward.register import queries as register
from steward.vocabulary.values import Known

_KEY_STAGE_2, _KEY_STAGE_4 = (10, 11), (15, 16)
_AGES = {
    "rwm_expected": _KEY_STAGE_2,
    "reading_progress": _KEY_STAGE_2,
    "maths_progress": _KEY_STAGE_2,
    "attainment_8": _KEY_STAGE_4,
    "progress_8": _KEY_STAGE_4,
    "english_maths_grade_5": _KEY_STAGE_4,
}
"""The ages, in years, between which pupils have each result."""
POOLED = tuple(_AGES)
"""Results of key stages that are pooled over the schools of a ward, each pupil counting once."""
LEAST_SHARE = 0.5
"""The share of the schools of the age, and of their pupils on roll, that must have a figure."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """A result pooled over schools: the mean weighted by pupils, in one school year.

    `value` is None where fewer pupils than the smallest cohort of the indicator are in it, or fewer than
    half of the schools of the age or of their pupils. `made_of` are the figures in it; `without` counts
    the schools of the age with none, whatever the reason. `share` is that of the pupils of the age whose
    school has a figure, from 0 to 1, as their rolls make likely; None where no roll is known.
    """

    indicator: IndicatorDefinition
    period: int
    value: float | None
    pupils: int
    made_of: tuple[CarriedFigure, ...]
    without: int
    share: float | None

    @property
    def schools(self) -> int:
        """How many schools have a figure."""
        return len(self.made_of)

    @property
    def of_age(self) -> int:
        """How many schools have pupils of the age."""
        return self.schools + self.without

    @property
    def covered(self) -> bool:
        """Whether at least half of the schools of the age, and of their pupils, have a figure."""
        enough = self.schools >= LEAST_SHARE * self.of_age
        return enough and (self.share is None or self.share >= LEAST_SHARE)

    @property
    def words(self) -> str:
        """The value with its unit, or why there is none."""
        if self.value is not None:
            number = words.number(self.value, decimals=self.indicator.decimals)
            return words.with_unit(number, unit=self.indicator.unit)
        if not self.of_age:
            return "No school of the age"
        if not self.schools:
            schools = words.counted(self.of_age, one="school")
            return f"No figure: the files have none of its {schools} of the age"
        if not self.covered:
            schools = words.counted(self.of_age, one="school")
            return f"Not said: only {self.schools} of {schools} of the age, with {self._part}, have a figure"
        return f"Too few pupils to say (fewer than {self.indicator.minimum_cohort})"

    @property
    def _part(self) -> str:
        return (
            "their pupils not known" if self.share is None else f"{words.number(100 * self.share)}% of pupils"
        )

    @property
    def rests_on(self) -> str:
        """Of how many pupils and schools it is made, and how many schools are left out."""
        if self.value is None:
            return ""
        made = f"{words.counted(self.pupils, one='pupil')} of {words.counted(self.schools, one='school')}"
        return f"{made}; {self.without} without a figure left out" if self.without else made

    def of_school(self, urn: int) -> CarriedFigure | None:
        """Return the figure of a school that is in it, or None."""
        return next((one for one in self.made_of if one.urn == urn), None)


def newest_of(found: Iterable[CarriedFigure]) -> dict[str, int]:
    """Return the newest year of each result with a figure and its pupils of any school, as in POOLED."""
    newest: dict[str, int] = {}
    for one in found:
        if _counts(one):
            newest[one.figure.indicator] = max(newest.get(one.figure.indicator, 0), one.figure.period)
    return {code: newest[code] for code in POOLED if code in newest}


Ages = Mapping[int, tuple[int, int]]
"""The lowest and highest age of the pupils of a school, in years, by its URN, where recorded."""


def ages_of(schools: Iterable[SchoolRow]) -> Ages:
    """Return the ages of the pupils of schools as the register has them."""
    held = register.schools_by_urn(school.urn for school in schools).values()
    return {
        one.urn: (one.age_low, one.age_high)
        for one in held
        if one.age_low is not None and one.age_high is not None
    }


def _of_the_age(schools: Sequence[SchoolRow], *, code: str, ages: Ages) -> dict[int, float | None]:
    """Return about how many pupils of each age the schools have that have pupils of the age of a result.

    A school has them by its ages, else by its phase. The pupils on roll are spread evenly over the ages,
    so that a school from 4 to 18 does not count for more than it has of that age; None where not known.
    """
    low, high = _AGES[code]
    phases = catalogues.indicators()[code].phases
    found: dict[int, float | None] = {}
    for school in schools:
        span, roll = ages.get(school.urn), roll_of(school)
        if span is None and school.phase in phases:
            found[school.urn] = None
        elif span is not None and span[0] <= low and span[1] >= high:
            found[school.urn] = None if roll is None else roll / (span[1] - span[0])
    return found


def pooled_of(
    schools: Sequence[SchoolRow],
    *,
    code: str,
    period: int,
    figures: Mapping[int, Sequence[CarriedFigure]],
    ages: Ages,
) -> Pooled:
    """Return a result of one year pooled over those of `schools` that have pupils of the age."""
    indicator = catalogues.indicators()[code]
    made_of = tuple(
        one
        for school in schools
        for one in figures.get(school.urn, ())
        if one.figure.indicator == code and one.figure.period == period and _counts(one)
    )
    of_age = {one.urn: None for one in made_of} | _of_the_age(schools, code=code, ages=ages)
    return _settled(indicator, period=period, made_of=made_of, of_age=of_age)


def _settled(
    indicator: IndicatorDefinition,
    *,
    period: int,
    made_of: tuple[CarriedFigure, ...],
    of_age: Mapping[int, float | None],
) -> Pooled:
    counted = [_number(one) for one in made_of]
    pupils = sum(cohort for _, cohort in counted)
    found = Pooled(
        indicator=indicator,
        period=period,
        value=sum(value * cohort for value, cohort in counted) / pupils if pupils else None,
        pupils=round(pupils),
        made_of=made_of,
        without=len(of_age) - len(made_of),
        share=_share({one.urn for one in made_of}, of_age=of_age),
    )
    if found.covered and pupils >= indicator.minimum_cohort:
        return found
    return replace(found, value=None)


def _share(having: set[int], *, of_age: Mapping[int, float | None]) -> float | None:
    known = {urn: size for urn, size in of_age.items() if size is not None}
    whole = sum(known.values())
    return sum(size for urn, size in known.items() if urn in having) / whole if whole else None


def roll_of(school: SchoolRow) -> float | None:
    """Return the pupils on roll of a school, None where the number is not known."""
    measure = school.measures.get(measures.ROLL)
    return measure.number if measure else None


def _counts(one: CarriedFigure) -> bool:
    return isinstance(one.figure.value, Known) and bool(one.figure.value.cohort)


def _number(one: CarriedFigure) -> tuple[float, float]:
    value = one.figure.value
    return (value.value, value.cohort or 0.0) if isinstance(value, Known) else (0.0, 0.0)
