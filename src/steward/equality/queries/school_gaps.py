"""Gaps within the schools of an authority, from figures that passed the disclosure gate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from steward.access.permissions import Permission, Viewer, reach
from steward.analysis.comparison import school_gaps as within
from steward.analysis.comparison.gap_measures import Gap, SchoolPair
from steward.analysis.comparison.groups import ALL
from steward.analysis.comparison.pooling import years_to_pool
from steward.analysis.comparison.school_gaps import GroupOfSchool, SchoolGap
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.equality.queries.one_gap import NoSuchGap
from steward.evidence import catalogues
from steward.evidence.queries import figures
from steward.evidence.queries.figures import Figure
from steward.register.models import School
from steward.vocabulary.areas import ENGLAND, Level
from steward.vocabulary.values import Known, Missing, Reason, Value

_NONE = Missing(Reason.NOT_AVAILABLE)


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """A school with its gap, the gap to all pupils or others of England, and whether its group does well.

    `bucks` is the adjusted p value where the group reaches more than the same group in England, unlikely
    by chance; None elsewhere. `releases` are the files its figures stand in.
    """

    school: School
    gap: SchoolGap
    national: Value
    bucks: float | None
    releases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SchoolGaps:
    """The gap of every school that has figures of it, in the newest year or over up to three years."""

    gap: Gap
    definition: IndicatorDefinition
    years: tuple[int, ...]
    pooled: bool
    against: str
    """Whom the group is held against within a school, inside a sentence."""
    worked_out: bool
    """Whether those are worked out here from all pupils and the group."""
    elsewhere: Value
    """What the same group reaches in England."""
    national: Value
    national_name: str
    lines: tuple[SchoolLine, ...]

    @property
    def bucking(self) -> tuple[SchoolLine, ...]:
        """The schools whose group does well, unlikely by chance, the highest first."""
        found = [one for one in self.lines if one.bucks is not None]
        return tuple(sorted(found, key=lambda one: -_shown(one.gap.of.group)))


def gaps_of_schools() -> dict[str, Gap]:
    """Return every gap of which published figures of schools say both sides, by id."""
    return {gap.id: gap for gap in catalogues.gaps().values() if _pair(gap) is not None}


def of_authority(viewer: Viewer, *, area: str, gap_id: str, pooled: bool = False) -> SchoolGaps:
    """Return the gap in every school of an authority within reach of the viewer.

    Raises NoSuchGap where no published figure of schools says it, or NothingLoaded.
    """
    gap = gaps_of_schools().get(gap_id)
    if gap is None:
        raise NoSuchGap(f"No published figure of schools says the gap {gap_id}.")
    allowed = reach(viewer, Permission.VIEW_SCHOOL_GROUPS)
    schools = [one for one in School.objects.filter(authority=area) if allowed.covers(one.urn)]
    return _gaps(gap, schools=schools, pooled=pooled)


def of_school(viewer: Viewer, *, school: School) -> list[SchoolGaps]:
    """Return every gap of one school that published figures say, in the newest year and pooled.

    Nothing where the school is out of reach of the viewer.
    """
    if not reach(viewer, Permission.VIEW_SCHOOL_GROUPS).covers(school.urn):
        return []
    found = [_gaps(gap, schools=[school], pooled=True) for gap in gaps_of_schools().values()]
    return [one for one in found if one.lines]


def _pair(gap: Gap) -> SchoolPair | None:
    return next((one for one in gap.measure.schools if one.pair == gap.pair.key), None)


def _gaps(gap: Gap, *, schools: Iterable[School], pooled: bool) -> SchoolGaps:
    pair = _pair(gap)
    if pair is None:
        raise NoSuchGap(f"No published figure of schools says the gap {gap.id}.")
    by_urn = {school.urn: school for school in schools}
    definition = catalogues.indicators()[pair.value]
    held = _Held.of(figures.figures_of(by_urn, indicators=(pair.value, pair.other)))
    years = _years(held, pair=pair, definition=definition, pooled=pooled)
    groups = {urn: _group(held, urn, pair=pair, years=years) for urn in by_urn}
    shown = {urn: one for urn, one in groups.items() if one is not None}
    until = years[-1] if years else 0
    elsewhere, national = (_of_england(name, year=until) for name in (pair.value, pair.other))
    least = definition.minimum_cohort
    bucks: Mapping[int, float] = {}
    if definition.share_of_pupils and isinstance(elsewhere, Known):
        bucks = within.bucking_the_trend(list(shown.values()), elsewhere=elsewhere.value, least=least)
    lines = [
        SchoolLine(
            school=by_urn[urn],
            gap=within.gap_within(one, is_share=definition.share_of_pupils, least=least),
            national=_less(one.group, national),
            bucks=bucks.get(urn),
            releases=held.releases_of(urn, names=(pair.value, pair.other), years=one.years),
        )
        for urn, one in shown.items()
    ]
    worked_out = pair.against == ALL
    return SchoolGaps(
        gap=gap,
        definition=definition,
        years=years,
        pooled=pooled,
        against="other pupils of the school" if worked_out else gap.against_name,
        worked_out=worked_out,
        elsewhere=elsewhere,
        national=national,
        national_name="all pupils of England" if worked_out else f"{gap.against_name} of England",
        lines=tuple(sorted(lines, key=lambda one: (_wide(one), one.school.name))),
    )


@dataclass(frozen=True, slots=True)
class _Held:
    """Released figures by school, indicator and year."""

    by_key: Mapping[tuple[int, str, int], Figure]

    @classmethod
    def of(cls, found: Iterable[Figure]) -> "_Held":
        return cls({(one.urn, one.indicator, one.period): one for one in found})

    def value(self, urn: int, name: str, *, year: int) -> Value:
        figure = self.by_key.get((urn, name, year))
        return figure.value if figure else _NONE

    def has(self, urn: int, name: str, *, years: Iterable[int]) -> bool:
        return any((urn, name, year) in self.by_key for year in years)

    def years(self, name: str) -> list[int]:
        """Return the years of which any school has the figure; where none has, those with any record."""
        own = {key: one for key, one in self.by_key.items() if key[1] == name}
        known = {key[2] for key, one in own.items() if isinstance(one.value, Known)}
        return sorted(known or {key[2] for key in own})

    def releases_of(self, urn: int, *, names: Iterable[str], years: Iterable[int]) -> tuple[str, ...]:
        keys = [(urn, name, year) for name in names for year in years]
        return tuple(sorted({self.by_key[key].release for key in keys if key in self.by_key}))


def _years(
    held: _Held, *, pair: SchoolPair, definition: IndicatorDefinition, pooled: bool
) -> tuple[int, ...]:
    known = held.years(pair.value)
    if not known:
        return ()
    if not pooled:
        return (known[-1],)
    return years_to_pool(known[-1], indicator=definition, held=known)


def _group(held: _Held, urn: int, *, pair: SchoolPair, years: tuple[int, ...]) -> GroupOfSchool | None:
    """Return the group of a school, and those it is held against; None where it is in no file."""
    if not held.has(urn, pair.value, years=years[-1:]):
        return None
    pairs = [
        (year, held.value(urn, pair.value, year=year), held.value(urn, pair.other, year=year))
        for year in years
    ]
    group, beside, used = within.both_together(pairs)
    other = within.others_of(group, every=beside) if pair.against == ALL else beside
    return GroupOfSchool(urn, group, other, used)


def _of_england(name: str, *, year: int) -> Value:
    found = [
        one
        for one in figures.figures_of_area(Level.ENGLAND, ENGLAND)
        if (one.indicator, one.period) == (name, year) and one.preferred
    ]
    known = [one for one in found if isinstance(one.value, Known)]
    whole = sorted(known, key=lambda one: (one.phase != ALL, one.phase != "secondary"))
    return whole[0].value if whole else _NONE


def _less(group: Value, national: Value) -> Value:
    if isinstance(group, Missing):
        return group
    if isinstance(national, Missing):
        return national
    return Known(group.value - national.value, group.cohort)


def _wide(one: SchoolLine) -> float:
    amount = one.gap.amount
    return amount.value if isinstance(amount, Known) else float("inf")


def _shown(value: Value) -> float:
    return value.value if isinstance(value, Known) else float("-inf")
