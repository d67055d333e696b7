"""Gaps within the schools of an authority, from figures that passed the disclosure gate."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from steward.access.permissions import Permission, Viewer, reach
from steward.analysis.comparison import school_gaps as within
from steward.analysis.comparison.gap_measures import Gap
from steward.analysis.comparison.pooling import years_to_pool
from steward.analysis.comparison.school_gaps import GroupOfSchool, SchoolGap
from steward.analysis.indicators.definition import IndicatorDefinition, PupilSpread
from steward.equality.queries import school_sides
from steward.equality.queries.one_gap import NoSuchGap
from steward.equality.queries.school_sides import Nation, Sides, YearOfSides
from steward.evidence import catalogues
from steward.register.models import School
from steward.vocabulary.values import Known, Missing, Reason, Value

_NONE = Missing(Reason.NOT_AVAILABLE)
_FROM_PUPIL_FILES = Permission.VIEW_SCHOOL_GROUPS
"""Who may see figures of groups of a school that come from the authority's own pupil files."""


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
    national_how: str
    """Where England's figure of those beside the group is from, in a sentence; empty where it is printed."""
    lines: tuple[SchoolLine, ...]
    whole: SchoolGap | None = None
    """The gap in the authority as a whole, where pupil files say it."""

    @property
    def bucking(self) -> tuple[SchoolLine, ...]:
        """The schools whose group does well, unlikely by chance, the highest first."""
        found = [one for one in self.lines if one.bucks is not None]
        return tuple(sorted(found, key=lambda one: -_shown(one.gap.of.group)))


def gaps_of_schools(viewer: Viewer, *, area: str) -> dict[str, Gap]:
    """Return every gap of the schools of an authority that the viewer may see, by id.

    Published ones for whoever may see published figures everywhere; those of pupil files for whoever may
    see figures of groups of every school.
    """
    published = published_gaps() if reach(viewer, Permission.VIEW_PUBLISHED_FIGURES).everywhere else {}
    own = school_sides.of_pupil_files(area) if reach(viewer, _FROM_PUPIL_FILES).everywhere else {}
    return published | own


def published_gaps() -> dict[str, Gap]:
    """Return every gap that published figures of schools say, by id."""
    return {gap.id: gap for gap in catalogues.gaps().values() if school_sides.published_pair(gap)}


def of_authority(viewer: Viewer, *, area: str, gap_id: str, pooled: bool = False) -> SchoolGaps:
    """Return the gap in every school of an authority within reach of the viewer.

    Raises NoSuchGap where no figure of schools says it, or NothingLoaded.
    """
    gap = gaps_of_schools(viewer, area=area).get(gap_id)
    if gap is None:
        raise NoSuchGap(f"No figure of schools says the gap {gap_id}, or none may be shown.")
    schools = list(School.objects.filter(authority=area))
    sides = _sides(gap, area=area, schools=schools, own_files=reach(viewer, _FROM_PUPIL_FILES).everywhere)
    return _gaps(gap, sides=sides, schools=schools, pooled=pooled)


def _sides(gap: Gap, *, area: str, schools: Sequence[School], own_files: bool) -> Sides:
    urns = [one.urn for one in schools]
    if own_files:
        return school_sides.sides_of(gap, authority=area, urns=urns)
    return school_sides.published_sides(gap, urns=urns)


def of_school(viewer: Viewer, *, school: School) -> list[SchoolGaps]:
    """Return every gap of one school that may be shown, over up to three years.

    Published figures go to whoever may see those of the school; what comes from the authority's own pupil
    files only to whoever may see its groups. Nothing where the school is out of reach of the viewer.
    """
    if not reach(viewer, Permission.VIEW_PUBLISHED_FIGURES).covers(school.urn):
        return []
    area, urns = school.authority_id, (school.urn,)
    own = school_sides.of_pupil_files(area) if reach(viewer, _FROM_PUPIL_FILES).covers(school.urn) else {}
    every = published_gaps() | own
    published = school_sides.published_figures(
        (gap for gap in every.values() if gap.id not in own), urns=urns
    )
    found = []
    for gap in every.values():
        sides = (
            school_sides.pupil_sides(gap, authority=area, urns=urns)
            if gap.id in own
            else school_sides.published_sides(gap, urns=urns, held=published)
        )
        found.append(_gaps(gap, sides=sides, schools=[school], pooled=True))
    return [one for one in found if one.lines]


def of_whole_authority(area: str) -> list[tuple[Gap, SchoolGap]]:
    """Return every gap of an authority that its pupil files say, in the newest year, with its interval."""
    found = []
    for gap in school_sides.of_pupil_files(area).values():
        sides = school_sides.sides_of(gap, authority=area, urns=())
        if sides.authority:
            of = _group(0, sides.authority, years=(sides.authority[-1][0],), sides=sides)
            found.append((gap, _within(of, sides=sides)))
    return found


def _gaps(gap: Gap, *, sides: Sides, schools: Iterable[School], pooled: bool) -> SchoolGaps:
    by_urn = {school.urn: school for school in schools}
    years = _years(sides, pooled=pooled)
    held = {urn: own for urn, own in sides.schools.items() if any(year in years[-1:] for year, _, _ in own)}
    groups = [_group(urn, own, years=years, sides=sides) for urn, own in held.items()]
    nation = sides.england.get(years[-1] if years else 0, Nation())
    bucks = _bucking(groups, elsewhere=nation.group, sides=sides)
    lines = [
        SchoolLine(
            school=by_urn[one.urn],
            gap=_within(one, sides=sides),
            national=_less(one.group, nation.other),
            bucks=bucks.get(one.urn),
            releases=sides.releases.get(one.urn, ()),
        )
        for one in groups
    ]
    whole = _group(0, sides.authority, years=years, sides=sides) if sides.authority and years else None
    return SchoolGaps(
        gap=gap,
        definition=sides.definition,
        years=years,
        pooled=pooled,
        against=sides.against,
        worked_out=sides.beside_all,
        elsewhere=nation.group,
        national=nation.other,
        national_name=nation.name,
        national_how=nation.how,
        lines=tuple(sorted(lines, key=lambda one: (_wide(one), one.school.name))),
        whole=_within(whole, sides=sides) if whole else None,
    )


def _years(sides: Sides, *, pooled: bool) -> tuple[int, ...]:
    known = sides.years
    if not known:
        return ()
    if not pooled:
        return (known[-1],)
    return years_of_known_spread(
        years_to_pool(known[-1], indicator=sides.definition, held=known), definition=sides.definition
    )


def years_of_known_spread(years: tuple[int, ...], *, definition: IndicatorDefinition) -> tuple[int, ...]:
    """Return the newest years whose gap has an interval: of a score, those with a known spread of pupils."""
    if definition.share_of_pupils:
        return years
    fewer = (years[start:] for start in range(len(years)))
    return next((one for one in fewer if spread_of(definition, years=one)), years)


def _group(urn: int, own: Sequence[YearOfSides], *, years: tuple[int, ...], sides: Sides) -> GroupOfSchool:
    by_year = {year: (group, beside) for year, group, beside in own}
    pairs = [(year, *by_year.get(year, (_NONE, _NONE))) for year in years]
    group, beside, used = within.both_together(pairs)
    other = within.others_of(group, every=beside) if sides.beside_all else beside
    return GroupOfSchool(urn, group, other, used)


def _within(of: GroupOfSchool, *, sides: Sides) -> SchoolGap:
    definition = sides.definition
    return within.gap_within(
        of,
        is_share=definition.share_of_pupils,
        least=definition.minimum_cohort,
        spread=spread_of(definition, years=of.years),
    )


def spread_of(definition: IndicatorDefinition, *, years: Sequence[int]) -> PupilSpread | None:
    """Return how scores of pupils differ, the widest of the years; None where that of a year is not known."""
    whole = catalogues.indicators().get(definition.group_of, definition)
    found = [whole.pupil_spread_in(year) for year in years]
    known = [one for one in found if one is not None]
    return max(known, key=lambda one: one.deviation) if known and len(known) == len(found) else None


def _bucking(groups: Sequence[GroupOfSchool], *, elsewhere: Value, sides: Sides) -> Mapping[int, float]:
    if not sides.definition.share_of_pupils or not isinstance(elsewhere, Known):
        return {}
    if sides.definition.polarity != "high":
        return {}
    least = sides.definition.minimum_cohort
    return within.bucking_the_trend(groups, elsewhere=elsewhere.value, least=least)


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
