"""Which published figures about groups of pupils are withheld, of schools and of the areas they are in.

Of a share of the pupils of a school (such as those with a plan) the group is the numerator. Of a result of
a group the figure of all pupils stands beside it, so that the result of the rest can be worked out too. A
figure of an area is withheld where it would tell what is withheld of a school in it: unless several
withheld schools of one authority and phase hide each other, or the figure is printed so roughly that the
school could have as many pupils more, or fewer, as the limit. Of a mean of scores no number of pupils can be
worked out, so that it is withheld only for few pupils; what a pupil can add to it is the range of scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import ibis
from ibis.expr.types import BooleanValue, NumericValue, Table

from steward.analysis import columns
from steward.analysis.disclosure.policy import AUTHORITY, ENGLAND, REGION, SCHOOL, DisclosurePolicy

WITHHELD = ibis.schema(
    {
        "level": "string",  # school, authority, region or england
        "area": "string",  # URN as text, authority code, region name, or "england"
        "phase": "string",  # of a school empty
        "indicator": "string",
        "period": "int64",
        "figure": "boolean",  # the figure is withheld
        "pupils": "boolean",  # the number of pupils behind it is withheld
    }
)
"""One row for each figure that may not be shown, whatever release prints it."""

ALL = "all"
_KNOWN = "known"
_YES, _NO = ibis.literal(value=True), ibis.literal(value=False)
_KEYS = ("urn", "indicator", "period")
_PLACE_KEYS = ("level", "area", "phase", "indicator", "period")
_PARTS = ("pupils", "those_with", "those_without")


@dataclass(frozen=True, slots=True)
class GroupMeasure:
    """An indicator about a group of pupils: of what measure of all pupils, printed to how many decimals."""

    indicator: str
    whole: str
    """The indicator of all pupils that it is the same of for a group; empty for the size of a group."""
    decimals: int
    mean_range: float | None = None
    """For a mean of scores: how far apart those of two pupils can lie; None for a share in percent."""


@dataclass(frozen=True, slots=True)
class PublishedTables:
    """Values and areas in the shapes of the chain, and where each school was in each year (PLACES)."""

    values: Table
    areas: Table
    places: Table


def withheld(tables: PublishedTables, *, measures: Sequence[GroupMeasure], policy: DisclosurePolicy) -> Table:
    """Return what may not be shown of the figures of the measures, in shape WITHHELD."""
    schools = _of_schools(tables.values, measures=measures, policy=policy)
    found = schools.filter(schools.figure)
    named = found.select(
        level=ibis.literal(SCHOOL),
        area=found.urn.cast("string"),
        phase=ibis.literal(""),
        indicator=found.indicator,
        period=found.period,
        figure=found.figure,
        pupils=found.hides_pupils,
    )
    areas = _of_areas(tables, schools=found, measures=measures, policy=policy)
    return columns.cast(named, WITHHELD).union(columns.cast(areas, WITHHELD))


def _of_schools(values: Table, *, measures: Sequence[GroupMeasure], policy: DisclosurePolicy) -> Table:
    """One row for each figure of a school: whether it and its pupils are withheld, and the counts in it."""
    sizes = _sizes(values, measures=[one for one in measures if not one.whole], policy=policy)
    shares = [one for one in measures if one.whole and one.mean_range is None]
    means = [one for one in measures if one.whole and one.mean_range is not None]
    results = _results(values, measures=shares, policy=policy)
    each = sizes.union(results)
    if means:
        each = each.union(_means(values, measures=means, policy=policy))
    return each.group_by(*_KEYS).agg(
        figure=each.figure.any(),
        hides_pupils=each.hides_pupils.any(),
        **{name: each[name].max() for name in _PARTS},
    )


def _sizes(values: Table, *, measures: Sequence[GroupMeasure], policy: DisclosurePolicy) -> Table:
    """Shares of the pupils of a school: the group is withheld where it or the rest is small."""
    least = policy.limits_of(SCHOOL).pupils
    known = _known_of(values, [one.indicator for one in measures])
    inside = _count(known.value, known.cohort)
    few = _few(inside, least) | _few(known.cohort - inside, least)
    return known.select(
        *_KEYS,
        figure=few.fill_null(_YES),
        hides_pupils=_NO,
        pupils=known.cohort,
        those_with=inside,
        those_without=known.cohort - inside,
    )


def _results(values: Table, *, measures: Sequence[GroupMeasure], policy: DisclosurePolicy) -> Table:
    """Results of a group beside those of all pupils: withheld where any part of the four is small.

    The number of pupils is withheld too where it would leave too little room for what is withheld: of 16
    pupils 12 reach the standard, so of 9 of them at least 5 do.
    """
    limits = policy.limits_of(SCHOOL)
    group, whole, both = _beside_all(values, measures=measures)
    inside, every = group.cohort, whole.every
    with_it = _count(group.value, inside)
    rest, rest_with_it = every - inside, _count(whole.of_every, every) - with_it
    least = limits.results
    small = ibis.or_(
        _small(with_it, least, policy=policy),
        _small(inside - with_it, least, policy=policy),
        ((rest > 0) & _small(rest_with_it, least, policy=policy)).fill_null(_NO),
        ((rest > 0) & _small(rest - rest_with_it, least, policy=policy)).fill_null(_NO),
    )
    few = _few(inside, limits.pupils) | _few(rest, limits.pupils).fill_null(_NO)
    with_all = _count(whole.of_every, every)
    room = ibis.least(inside, with_all) - ibis.greatest(0, with_all - rest)
    tight = small & (rest > 0) & (room < limits.pupils).fill_null(_NO)
    return both.select(
        *(group[name] for name in _KEYS),
        figure=(few | small).fill_null(_YES),
        hides_pupils=(few | tight).fill_null(_YES),
        pupils=inside,
        those_with=with_it,
        those_without=inside - with_it,
    )


def _means(values: Table, *, measures: Sequence[GroupMeasure], policy: DisclosurePolicy) -> Table:
    """Means of scores of a group: withheld where it or the rest has few pupils."""
    least = policy.limits_of(SCHOOL).pupils
    group, whole, both = _beside_all(values, measures=measures)
    inside = group.cohort
    few = _few(inside, least) | _few(whole.every - inside, least).fill_null(_NO)
    return both.select(
        *(group[name] for name in _KEYS),
        figure=few.fill_null(_YES),
        hides_pupils=few.fill_null(_YES),
        pupils=inside,
        those_with=inside.round(),
        those_without=inside,
    )


def _beside_all(values: Table, *, measures: Sequence[GroupMeasure]) -> tuple[Table, Table, Table]:
    """Return the figures of groups, those of all pupils, and both joined by school, year and measure."""
    group = _known_of(values, [one.indicator for one in measures])
    group = group.mutate(
        of=group.indicator.cases(*((one.indicator, one.whole) for one in measures), else_="")
    )
    whole = _known_of(values, sorted({one.whole for one in measures}))
    whole = whole.select(of="indicator", urn="urn", period="period", every="cohort", of_every="value")
    return group, whole, group.left_join(whole, ["urn", "period", "of"])


def _of_areas(
    tables: PublishedTables, *, schools: Table, measures: Sequence[GroupMeasure], policy: DisclosurePolicy
) -> Table:
    """Areas whose figure would tell a withheld school."""
    areas = _printed_areas(tables.areas, measures=measures)
    least = policy.limits_of(SCHOOL).pupils
    exposed = _exposed(schools.join(tables.places.drop("pupils"), ["urn", "period"]), least=least)
    above = [
        _telling(areas, _within(exposed, level=level, phase=phase), least=least)
        for level in (AUTHORITY, REGION, ENGLAND)
        for phase in ("phase", ALL)
    ]
    found = reduce(lambda one, other: one.union(other), [*above, _small_areas(areas, policy=policy)])
    decided = found.group_by(*_PLACE_KEYS).agg(figure=found.figure.any(), pupils=found.pupils.any())
    return decided.filter(decided.figure | decided.pupils)


def _printed_areas(areas: Table, *, measures: Sequence[GroupMeasure]) -> Table:
    """The figures of areas, with how many pupils more, and fewer, would be printed as the same figure."""
    known = areas.filter((areas.status == _KNOWN) & areas.indicator.isin([one.indicator for one in measures]))
    step = known.indicator.cases(*((one.indicator, 10.0**-one.decimals) for one in measures), else_=1.0)
    above = (known.value / step).round() * step - known.value
    reach = known.indicator.cases(
        *((one.indicator, 100.0 if one.mean_range is None else one.mean_range) for one in measures),
        else_=100.0,
    )
    return known.mutate(
        is_mean=known.indicator.isin([one.indicator for one in measures if one.mean_range is not None]),
        more=(step / 2 + above) / reach * known.cohort,
        fewer=(step / 2 - above) / reach * known.cohort,
    )


def _exposed(placed: Table, *, least: int) -> Table:
    """The withheld schools that no others of their authority and phase hide, by figure and by pupils.

    Where there are two or more with enough pupils in all, a reader cannot tell what is whose, whatever is
    known of them together.
    """
    group = ibis.window(group_by=["authority", "phase", "indicator", "period"])
    unnumbered = ibis.ifelse(placed.hides_pupils, placed.pupils, 0.0)
    counted = placed.mutate(
        together=ibis.and_(
            placed.count().over(group) >= 2,
            ibis.least(*(placed[name].sum().over(group) for name in _PARTS)) >= least,
        ),
        together_pupils=ibis.and_(
            placed.hides_pupils.cast("int64").sum().over(group) >= 2, unnumbered.sum().over(group) >= least
        ),
    )
    told = counted.mutate(
        alone=~counted.together.fill_null(_NO),
        alone_pupils=counted.hides_pupils & ~counted.together_pupils.fill_null(_NO),
    )
    return told.filter(told.alone | told.alone_pupils)


def _within(exposed: Table, *, level: str, phase: str) -> Table:
    """Whether there are exposed schools in each area of a level and phase."""
    area = ibis.literal(ENGLAND) if level == ENGLAND else exposed[level]
    at = exposed.select(
        "indicator",
        "period",
        "alone",
        "alone_pupils",
        level=ibis.literal(level),
        area=area,
        phase=ibis.literal(ALL) if phase == ALL else exposed[phase],
    )
    return at.group_by(*_PLACE_KEYS).agg(alone=at.alone.any(), alone_pupils=at.alone_pupils.any())


def _telling(areas: Table, within: Table, *, least: int) -> Table:
    """Whether each figure of an area tells an exposed school in it, and its pupils.

    It does not where it would be printed the same with as many pupils more, and fewer, as the limit.
    """
    both = areas.join(within, list(_PLACE_KEYS))
    rough = ibis.and_(both.more >= least, both.fewer >= least)
    return both.select(
        *_PLACE_KEYS,
        figure=both.alone & ~rough.fill_null(_YES),
        pupils=both.alone_pupils & both.cohort.notnull(),
    )


def _small_areas(areas: Table, *, policy: DisclosurePolicy) -> Table:
    """Areas whose own group is small."""
    limits = areas.level.cases(
        *((level, policy.limits_of(level).pupils) for level in (AUTHORITY, REGION, ENGLAND)), else_=0
    )
    inside = _count(areas.value, areas.cohort)
    few = (areas.cohort > 0) & (areas.cohort < limits)
    small = ~areas.is_mean & ibis.or_(inside < limits, areas.cohort - inside < limits)
    return areas.select(
        *_PLACE_KEYS,
        figure=(few | small).fill_null(_NO),
        pupils=few.fill_null(_NO),
    )


def _known_of(values: Table, indicators: Sequence[str]) -> Table:
    return values.filter((values.status == _KNOWN) & values.indicator.isin(list(indicators)))


def _count(share: NumericValue, of: NumericValue) -> NumericValue:
    return (share * of / 100.0).round()


def _few(count: NumericValue, least: int) -> BooleanValue:
    return (count > 0) & (count < least)


def _small(count: NumericValue, least: int, *, policy: DisclosurePolicy) -> BooleanValue:
    return count < least if policy.none_or_all_is_small else _few(count, least)
