"""Area figures worked out from schools, for where none is published. Never passed off as published.

A figure is given only where the schools in it have enough of the pupils on roll: a file of one county
is not England.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import ibis
from ibis.expr.types import BooleanValue, Table

from steward.analysis import columns
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.indicators.places import places_of
from steward.analysis.indicators.stacks import Sheets, together, told
from steward.analysis.sources.rows import ALL_PHASES
from steward.vocabulary.areas import ENGLAND, Basis, Level
from steward.vocabulary.values import KNOWN

BY_ROLL = "weighted by pupils on roll"
"""The mark of a computed figure whose publication gives no cohort, so that schools count by their roll."""

LEAST_SHARE_OF_ENGLAND = 75.0
"""Percent of the pupils on roll of the phase that a figure of England or a region must cover."""
LEAST_SHARE_OF_AUTHORITY = 50.0
"""The same for an authority, where a few schools are a large share."""

_PLACE = ("authority", "phase")
_SUMS = (
    "schools",  # with a known value
    "weighed",  # of these, with a weight
    "enrolled",  # of these, with a roll
    "total",  # of the values
    "weight",
    "weighted",  # value times weight
    "cohort",
    "pupils",  # on roll
    "by_roll",  # value times pupils on roll
    "covered",  # pupils on roll of the schools with a weight
)


def computed(
    values: Table,
    *,
    establishments: Table,
    roll: Table,
    indicators: Mapping[str, IndicatorDefinition],
) -> Table:
    """Return area figures worked out from schools, in shape columns.AREAS, for each release apart.

    Takes open state-funded mainstream and special schools of the phases of the indicator. A mean is
    weighted by cohort; a ratio is the ratio of sums where `values` has the column `weight`; a sum is
    a sum. Where a release gives no cohort at all, schools count by their pupils on roll and `mark`
    says so. `schools` is how many are in the figure, `cohort` the pupils behind it, `roll_share` the
    percentage of the pupils on roll of the area's schools of those phases that are in them. Below
    LEAST_SHARE_OF_ENGLAND or LEAST_SHARE_OF_AUTHORITY, or where the roll is not known, there is no
    figure. `roll` has urn, period and pupils.
    """
    rules = _Rules.of(indicators)
    named = values.indicator
    told = values.mutate(
        scope=named.cases(*((name, rules.scope(name)) for name in indicators), else_=_NO_SCOPE),
        added=named.isin(rules.added),
        weight=values.weight if "weight" in values.columns else values.cohort,
    )
    figures = _Figures(told, ("release", "version", "indicator", "period"), rules.scopes)
    periods = values.select("period").distinct()
    places = places_of(establishments, roll=roll, periods=periods)
    return columns.cast(_computed(figures, places=places), columns.AREAS)


def computed_of_sheets(
    coded: Table, *, every: Sheets, places: Table, indicators: Mapping[str, IndicatorDefinition]
) -> Table:
    """Return what `computed` returns, from figures with numbers for their indicators and sheets.

    `coded` has the columns of values.CODED, `places` those of PLACES.
    """
    rules = _Rules.of({name: indicators[name] for name in every.indicators})
    told_of = coded.mutate(
        period=coded.period.cast("int64"),
        scope=told(coded.indicator, [rules.scope(name) for name in every.indicators]),
        added=told(coded.indicator, [int(name in rules.added) for name in every.indicators]) == 1,
    )
    figures = _Figures(told_of, ("sheet", "indicator", "period"), rules.scopes)
    found = _computed(figures, places=places)
    return columns.cast(
        found.mutate(
            indicator=every.indicator_of(found.indicator),
            release=every.release_of(found.sheet),
            version=every.version_of(found.sheet),
        ),
        columns.AREAS,
    )


_NO_SCOPE = -1


@dataclass(frozen=True, slots=True)
class _Rules:
    """Which indicators are worked out, for which phases, and which are added up."""

    scopes: tuple[tuple[str, ...], ...]
    """The different sets of phases; the place of a set is its number."""
    scope_of: dict[str, int]
    added: list[str]

    @classmethod
    def of(cls, indicators: Mapping[str, IndicatorDefinition]) -> "_Rules":
        counted = {name: one for name, one in indicators.items() if one.area != "none"}
        phases = {name: tuple(phase.value for phase in one.phases) for name, one in counted.items()}
        scopes = tuple(sorted(set(phases.values())))
        return cls(
            scopes,
            {name: scopes.index(one) for name, one in phases.items()},
            [name for name, one in counted.items() if one.area == "sum"],
        )

    def scope(self, indicator: str) -> int:
        return self.scope_of.get(indicator, _NO_SCOPE)


@dataclass(frozen=True, slots=True)
class _Figures:
    """Figures of schools, with the number of their set of phases and whether they are added up."""

    table: Table
    keys: tuple[str, ...]
    """The columns that tell one figure of an area from another of the same area; period is one."""
    scopes: tuple[tuple[str, ...], ...]

    @property
    def told(self) -> tuple[str, ...]:
        """The keys, and what else is the same for all schools of a figure."""
        return (*self.keys, "scope", "added")

    def counts(self, table: Table) -> BooleanValue:
        """Whether the phase of a row is one for which the indicator is worked out."""
        return ibis.or_(
            ibis.literal(value=False),
            *(
                (table.scope == number) & table.phase.isin(phases)
                for number, phases in enumerate(self.scopes)
            ),
        )


def _computed(figures: _Figures, *, places: Table) -> Table:
    base = _expected_and_found(figures, places=places)
    at_all = [
        _at(base, figures=figures, level=level, every_phase=every)
        for level, every in product(Level, (False, True))
    ]
    return _finished(together(at_all), figures=figures)


def _expected_and_found(figures: _Figures, *, places: Table) -> Table:
    """What each figure is made of, by authority and phase, beside the pupils who should be in it."""
    sums = _sums(figures, places=places)
    given = sums.group_by(*figures.told).agg(by_cohort=sums.weight.sum() > 0)
    rolls = places.group_by("authority", "region", "phase", "period").agg(expected=places.pupils.sum())
    wanted = rolls.join(given, "period")
    wanted = wanted.filter(figures.counts(wanted))
    both = wanted.left_join(sums, [*figures.told, *_PLACE])
    kept = (*figures.told, "by_cohort", "authority", "region", "phase", "expected")
    return both.select(*(wanted[name] for name in kept), *(sums[name] for name in _SUMS))


def _sums(figures: _Figures, *, places: Table) -> Table:
    table = figures.table
    known = table.filter(table.status == KNOWN)
    at = known.select(*figures.told, "urn", "value", "cohort", "weight").join(places, ["urn", "period"])
    inside = at.filter(figures.counts(at))
    weight = inside.weight.fill_null(0.0)
    pupils = inside.pupils.fill_null(0.0)
    return inside.group_by(*figures.told, *_PLACE).agg(
        schools=inside.count().cast("float64"),
        weighed=ibis.ifelse(weight > 0, 1.0, 0.0).sum(),
        enrolled=ibis.ifelse(pupils > 0, 1.0, 0.0).sum(),
        total=inside.value.sum(),
        weight=weight.sum(),
        weighted=(inside.value * weight).sum(),
        cohort=inside.cohort.fill_null(0.0).sum(),
        pupils=pupils.sum(),
        by_roll=(inside.value * pupils).sum(),
        covered=ibis.ifelse(weight > 0, pupils, 0.0).sum(),
    )


def _at(base: Table, *, figures: _Figures, level: Level, every_phase: bool) -> Table:
    """Add up to one level, either by phase or over all phases of the indicator."""
    areas = {Level.ENGLAND: ibis.literal(ENGLAND), Level.AUTHORITY: base.authority, Level.REGION: base.region}
    phase = ibis.literal(ALL_PHASES) if every_phase else base.phase
    keys = (*figures.told, "by_cohort")
    placed = base.select(*keys, "expected", *_SUMS, area=areas[level], phase=phase)
    placed = placed.filter(placed.area.notnull())
    added = placed.group_by(*keys, "area", "phase").agg(
        **{name: placed[name].sum() for name in ("expected", *_SUMS)}
    )
    return added.mutate(level=ibis.literal(level.value))


def _finished(sums: Table, *, figures: _Figures) -> Table:
    added, by_cohort = sums.added, sums.by_cohort
    found = sums.select(
        "level",
        "area",
        "phase",
        *figures.keys,
        value=ibis.cases(
            (added, sums.total),
            (by_cohort, sums.weighted / sums.weight.nullif(0)),
            else_=sums.by_roll / sums.pupils.nullif(0),
        ),
        status=ibis.literal(KNOWN),
        mark=ibis.ifelse(added | by_cohort, ibis.null("string"), BY_ROLL),
        cohort=ibis.ifelse(by_cohort & (sums.cohort > 0), sums.cohort, sums.pupils),
        basis=ibis.literal(Basis.COMPUTED.value),
        schools=ibis.cases((added, sums.schools), (by_cohort, sums.weighed), else_=sums.enrolled),
        roll_share=100.0
        * ibis.ifelse(by_cohort & ~added, sums.covered, sums.pupils)
        / sums.expected.nullif(0),
    )
    least = ibis.ifelse(
        found.level == Level.AUTHORITY.value, LEAST_SHARE_OF_AUTHORITY, LEAST_SHARE_OF_ENGLAND
    )
    return found.filter(found.value.notnull(), found.schools > 0, found.roll_share >= least)
