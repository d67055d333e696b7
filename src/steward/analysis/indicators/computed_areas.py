"""Area figures worked out from schools, for where none is published. Never passed off as published."""

from collections.abc import Mapping
from itertools import product

import ibis
from ibis.expr.types import BooleanValue, Table

from steward.analysis import columns
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.indicators.places import places_of
from steward.analysis.sources.rows import ALL_PHASES
from steward.vocabulary.areas import ENGLAND, Basis, Level
from steward.vocabulary.values import KNOWN

BY_ROLL = "weighted by pupils on roll"
"""The mark of a computed figure whose publication gives no cohort, so that schools count by their roll."""

_FIGURE = ("release", "version", "indicator", "period")
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
    percentage of the pupils on roll of the area's schools of those phases that are in them.
    `roll` has urn, period and pupils.
    """
    counted = {name: one for name, one in indicators.items() if one.area != "none"}
    places = places_of(establishments, roll=roll, periods=values.select("period").distinct())
    base = _expected_and_found(values, places=places, indicators=counted)
    at_all = [_at(base, level=level, every_phase=every) for level, every in product(Level, (False, True))]
    first, *others = at_all
    return _figures(first.union(*others, distinct=False), indicators=counted)


def _expected_and_found(
    values: Table, *, places: Table, indicators: Mapping[str, IndicatorDefinition]
) -> Table:
    """What each figure is made of, by authority and phase, beside the pupils who should be in it."""
    sums = _sums(values, places=places, indicators=indicators)
    figures = sums.group_by(*_FIGURE).agg(by_cohort=sums.weight.sum() > 0)
    rolls = places.group_by("authority", "region", "phase", "period").agg(expected=places.pupils.sum())
    wanted = rolls.join(figures, "period")
    wanted = wanted.filter(_in_phases(wanted, indicators=indicators))
    both = wanted.left_join(sums, [*_FIGURE, *_PLACE])
    return both.select(
        *(wanted[name] for name in (*_FIGURE, "by_cohort", "authority", "region", "phase", "expected")),
        *(sums[name] for name in _SUMS),
    )


def _sums(values: Table, *, places: Table, indicators: Mapping[str, IndicatorDefinition]) -> Table:
    known = values.filter(values.status == KNOWN, values.indicator.isin(list(indicators)))
    weight = known.weight if "weight" in known.columns else known.cohort
    slim = known.select(*_FIGURE, "urn", "value", "cohort", weight=weight)
    at = slim.join(places, ["urn", "period"])
    inside = at.filter(_in_phases(at, indicators=indicators))
    weight = inside.weight.fill_null(0.0)
    pupils = inside.pupils.fill_null(0.0)
    return inside.group_by(*_FIGURE, *_PLACE).agg(
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


def _in_phases(table: Table, *, indicators: Mapping[str, IndicatorDefinition]) -> BooleanValue:
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, one in indicators.items():
        groups.setdefault(tuple(phase.value for phase in one.phases), []).append(name)
    return ibis.or_(
        *(table.indicator.isin(names) & table.phase.isin(phases) for phases, names in groups.items())
    )


def _at(base: Table, *, level: Level, every_phase: bool) -> Table:
    """Add up to one level, either by phase or over all phases of the indicator."""
    areas = {Level.ENGLAND: ibis.literal(ENGLAND), Level.AUTHORITY: base.authority, Level.REGION: base.region}
    phase = ibis.literal(ALL_PHASES) if every_phase else base.phase
    placed = base.select(*_FIGURE, "by_cohort", "expected", *_SUMS, area=areas[level], phase=phase)
    placed = placed.filter(placed.area.notnull())
    added = placed.group_by(*_FIGURE, "by_cohort", "area", "phase").agg(
        **{name: placed[name].sum() for name in ("expected", *_SUMS)}
    )
    return added.mutate(level=ibis.literal(level.value))


def _figures(sums: Table, *, indicators: Mapping[str, IndicatorDefinition]) -> Table:
    added = sums.indicator.isin([name for name, one in indicators.items() if one.area == "sum"])
    by_cohort = sums.by_cohort
    figures = sums.select(
        "level",
        "area",
        "phase",
        *_FIGURE,
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
    return columns.cast(figures.filter(figures.value.notnull(), figures.schools > 0), columns.AREAS)
