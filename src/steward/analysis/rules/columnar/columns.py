"""The evidence of many schools as arrays, one place a school, gathered once and asked many times."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.rules.cohorts import NEAREST_YEARS, OF_THE_WHOLE_SCHOOL
from steward.analysis.rules.inspections import DEEPEST
from steward.analysis.rules.school_evidence import ROLL, Inspection, SchoolEvidence
from steward.vocabulary.areas import ENGLAND, Level
from steward.vocabulary.facts import FactKind
from steward.vocabulary.phases import Governance, Phase
from steward.vocabulary.values import Known

T = TypeVar("T")
Numbers = NDArray[np.float64]
"""NaN where nothing is known."""
Flags = NDArray[np.bool_]
Years = NDArray[np.int64]
"""Academic years by the calendar year of their end; 0 where there is none."""

NOTHING = -1
"""The place in a list of what is not there."""

_PLACES = 6
_BEYOND_YEARS = 10_000
_Keys = Mapping[tuple[str, int], Numbers]


@dataclass(frozen=True, slots=True)
class Sizes:
    """What is known of the pupils behind the figures of one year."""

    pupils: Numbers
    enough: Flags


class Columns:
    """The evidence of schools as arrays in the order given, all as at one date.

    What is worked out from it (figures rounded, numbers of pupils, figures of areas) is kept, so that a
    changed policy is answered without reading the evidence again.
    """

    def __init__(self, schools: Sequence[SchoolEvidence]) -> None:
        """Read the schools. Raises ValueError when they are not all as at the same date."""
        if len({school.as_at for school in schools}) > 1:
            raise ValueError("Give schools as at one date.")
        self.schools = tuple(schools)
        self.as_at: date = schools[0].as_at if schools else date.min
        self._kept: dict[Hashable, Any] = {}
        self._values, self._cohorts = _figures(self.schools)
        self._facts = _facts(self.schools)
        self._inspections, self.inspected = _inspections(self.schools)
        self._years, self._year_group = _grouped(self.schools, by=lambda one: id(one.years))
        self._places, self._place = _grouped(
            self.schools, by=lambda one: (id(one.areas), one.authority, one.phase)
        )
        self.inspected_on = _numbers(
            (one.inspections[0].inspected_on.toordinal() if one.inspections else None for one in schools),
        )
        self.age_low = _numbers(one.age_low for one in schools)
        self.age_high = _numbers(one.age_high for one in schools)

    def __len__(self) -> int:
        return len(self.schools)

    @property
    def kinds_of_inspection(self) -> tuple[Inspection, ...]:
        """One inspection for each framework, outcome and category; `inspected` holds places in them."""
        return self._inspections

    def kept(self, key: Hashable, *, work: Callable[[], T]) -> T:
        """Return what was worked out before under `key`, or work it out and keep it."""
        if key not in self._kept:
            self._kept[key] = work()
        found: T = self._kept[key]
        return found

    def in_phases(self, phases: Iterable[Phase]) -> Flags:
        """Return which schools are of one of the phases."""
        return self._one_of("phase", frozenset(phases))

    def run_as(self, governance: Iterable[Governance]) -> Flags:
        """Return which schools are run in one of the ways."""
        return self._one_of("governance", frozenset(governance))

    def in_force(self, fact: FactKind) -> Flags:
        """Return for which schools a fact of the kind is in force on the date."""
        return self._facts.get(fact, self.nobody())

    def newest(self, indicator: str) -> Years:
        """Return the newest year in which any school of the authority is published; 0 where there is none."""
        return self._of_groups(lambda one: next(iter(one.years.get(indicator, ())), 0))

    def shared_year(self, indicators: Iterable[str], *, oldest: int) -> Years:
        """Return the year that measures held against each other are read in; 0 where there is none."""
        names = sorted(indicators)
        return self._of_groups(lambda one: one.shared_year(names, oldest=oldest) or 0)

    def is_published(self, indicator: str, *, years: Years) -> Flags:
        """Return whether the year is one in which any school of the authority is published."""
        pairs, places = np.unique(self._year_group * _BEYOND_YEARS + years, return_inverse=True)
        told = [self._has_year(indicator, *divmod(int(pair), _BEYOND_YEARS)) for pair in pairs]
        return np.array(told, dtype=np.bool_)[places]

    def values(self, indicator: str, *, years: Years) -> Numbers:
        """Return the figures of the years, NaN where there is none or it is withheld."""
        return self._by_year(years, of=lambda year: self._column(self._values, indicator, year))

    def rounded(self, indicator: str, *, years: Years) -> Numbers:
        """Return the figures of the years as they are compared."""
        return self._by_year(years, of=lambda year: self._rounded(indicator, year=year))

    def sizes(self, measure: IndicatorDefinition, *, years: Years, least: int) -> Sizes:
        """Return what is known of the pupils behind the figures, held against the `least` to be used."""

        def of(year: int) -> Sizes:
            key = ("sizes", measure.id, measure.theme, year, least)
            return self.kept(key, work=lambda: self._sizes(measure, year=year, least=least))

        pupils = self._by_year(years, of=lambda year: of(year).pupils)
        enough = self._by_year(years, of=lambda year: of(year).enough.astype(np.float64))
        return Sizes(pupils, enough == 1)

    def limits(self, indicator: str, *, area: str, years: Years, margin: float) -> Numbers:
        """Return the figures of the area with the margin added, as they are compared; NaN where not known."""
        return self._by_year(years, of=lambda year: self._limits(indicator, area, year, margin))

    def _has_year(self, indicator: str, group: int, year: int) -> bool:
        return year in self._years[group].years.get(indicator, ())

    def nobody(self) -> Flags:
        """Return no school."""
        return np.zeros(len(self), dtype=np.bool_)

    def _one_of(self, name: str, allowed: frozenset[Any]) -> Flags:
        def work() -> Flags:
            return np.array([getattr(one, name) in allowed for one in self.schools], dtype=np.bool_)

        return self.kept((name, allowed), work=work)

    def _of_groups(self, year_of: Callable[[SchoolEvidence], int]) -> Years:
        return np.array([year_of(one) for one in self._years], dtype=np.int64)[self._year_group]

    def _by_year(self, years: Years, *, of: Callable[[int], Numbers]) -> Numbers:
        """Return for each school what `of` gives for its own year; NaN where it has none."""
        named = [int(year) for year in np.unique(years)]
        if len(named) == 1 and named[0]:
            return of(named[0])
        found = np.full(len(self), np.nan)
        for year in filter(None, named):
            here = years == year
            found[here] = of(year)[here]
        return found

    def _column(self, of: _Keys, indicator: str, year: int) -> Numbers:
        found = of.get((indicator, year))
        return np.full(len(self), np.nan) if found is None else found

    def _rounded(self, indicator: str, *, year: int) -> Numbers:
        def work() -> Numbers:
            return rounded(self._column(self._values, indicator, year))

        return self.kept(("rounded", indicator, year), work=work)

    def _limits(self, indicator: str, area: str, year: int, margin: float) -> Numbers:
        def work() -> Numbers:
            told = (_beside(one, area=area, indicator=indicator, year=year) for one in self._places)
            return _numbers(told)

        figures = self.kept(("area", indicator, area, year), work=work)
        return rounded(figures + margin)[self._place]

    def _sizes(self, measure: IndicatorDefinition, *, year: int, least: int) -> Sizes:
        own = self._column(self._cohorts, measure.id, year)
        has_own = ~np.isnan(own)
        if least <= 1:
            return Sizes(own, ~has_own | (own >= least))
        roll = _nearest(lambda each: self._column(self._values, ROLL, each), to=year)
        nearby = _nearest(lambda each: self._column(self._cohorts, measure.id, each), to=year)
        not_less = np.isnan(nearby) | (nearby >= least)
        has_roll = ~np.isnan(roll)
        pupils = own
        if measure.theme in OF_THE_WHOLE_SCHOOL:
            otherwise = np.where(has_roll, roll >= least, not_less)
            same_year = self._column(self._values, ROLL, year)
            pupils = np.where(has_own, own, same_year)
        else:
            otherwise = not_less & ~(has_roll & (roll < least))
        return Sizes(pupils, np.where(has_own, own >= least, otherwise))


def rounded(numbers: Numbers) -> Numbers:
    """Return the numbers as they are compared: rounded as one number alone would be, never by a factor."""
    return np.array([round(one, _PLACES) for one in numbers.tolist()], dtype=np.float64)


def _numbers(of: Iterable[float | None]) -> Numbers:
    return np.array([np.nan if one is None else one for one in of], dtype=np.float64)


def _figures(schools: Sequence[SchoolEvidence]) -> tuple[_Keys, _Keys]:
    """Return values, and numbers of pupils where they are published, by indicator and year."""
    count = len(schools)
    values: dict[tuple[str, int], Numbers] = defaultdict(lambda: np.full(count, np.nan))
    cohorts: dict[tuple[str, int], Numbers] = defaultdict(lambda: np.full(count, np.nan))
    for place, school in enumerate(schools):
        for key, figure in school.figures.items():
            value = figure.value
            if isinstance(value, Known):
                values[key][place] = value.value
            if value.cohort is not None:
                cohorts[key][place] = value.cohort
    return values, cohorts


def _facts(schools: Sequence[SchoolEvidence]) -> dict[FactKind, Flags]:
    found: dict[FactKind, Flags] = {}
    for place, school in enumerate(schools):
        for fact in school.facts:
            if fact.in_force_on(school.as_at):
                found.setdefault(fact.kind, np.zeros(len(schools), dtype=np.bool_))[place] = True
    return found


def _inspections(schools: Sequence[SchoolEvidence]) -> tuple[tuple[Inspection, ...], NDArray[np.int64]]:
    """Return the kinds of inspection there are, and the places of each school's newest among them."""
    kinds: dict[tuple[str, str | None, str | None], int] = {}
    samples: list[Inspection] = []
    places = np.full((len(schools), DEEPEST), NOTHING, dtype=np.int64)
    for row, school in enumerate(schools):
        for back, one in enumerate(school.inspections[:DEEPEST]):
            key = (one.framework, one.outcome, one.category)
            if key not in kinds:
                kinds[key] = len(samples)
                samples.append(one)
            places[row, back] = kinds[key]
    return tuple(samples), places


def _grouped(
    schools: Sequence[SchoolEvidence], *, by: Callable[[SchoolEvidence], Hashable]
) -> tuple[tuple[SchoolEvidence, ...], NDArray[np.int64]]:
    """Return one school for each group, and the place of each school's own among them."""
    groups: dict[Hashable, int] = {}
    samples: list[SchoolEvidence] = []
    places = np.zeros(len(schools), dtype=np.int64)
    for row, school in enumerate(schools):
        key = by(school)
        if key not in groups:
            groups[key] = len(samples)
            samples.append(school)
        places[row] = groups[key]
    return tuple(samples), places


def _beside(school: SchoolEvidence, *, area: str, indicator: str, year: int) -> float | None:
    england = area == "england"
    found = school.areas.beside(
        level=Level.ENGLAND if england else Level.AUTHORITY,
        area=ENGLAND if england else school.authority,
        phase=school.phase,
        indicator=indicator,
        period=year,
    )
    return found[0].value.value if found is not None and isinstance(found[0].value, Known) else None


def _nearest(column: Callable[[int], Numbers], *, to: int) -> Numbers:
    """Return the number of the nearest year; of two as near, the smaller."""
    found = column(to)
    for back in range(1, NEAREST_YEARS + 1):
        found = np.where(np.isnan(found), np.fmin(column(to - back), column(to + back)), found)
    return found
