"""The parts of the page of one gap as they are printed."""

from collections.abc import Callable, Sequence

from django.urls import reverse

from steward.analysis.comparison import school_gaps as within
from steward.analysis.comparison.group_gaps import Movement, Side
from steward.analysis.comparison.groups import ALL
from steward.analysis.comparison.school_gaps import GroupOfSchool
from steward.equality import wording
from steward.equality.queries.one_gap import OneGap, YearBeside
from steward.equality.queries.school_gaps import spread_of
from steward.equality.views import school_parts
from steward.equality.views.area_parts import COHORT, others_of_england, tag_of
from steward.interface import words
from steward.interface.charts.figures import Break, LineChart, Part, Point, Series
from steward.interface.parts import Cell, Column, Table
from steward.vocabulary.values import Missing, Reason, Value

_NONE = Missing(Reason.NOT_AVAILABLE)
_SOURCE = "Local Authority Interactive Tool (Department for Education)"
_NEWEST = 5
"""How many years stand unfolded."""
_FILES = "Whole school performance tables (Department for Education)"


def finding(found: OneGap) -> str:
    """Return the one sentence about a gap: its size, and how it moved."""
    newest = found.newest
    if newest is None:
        return f"{found.name} has no year in which both figures of this gap are known."
    gap = wording.gap_words(newest.own, gap=found.gap)
    change = wording.change_words(newest.change, gap=found.gap, usual=found.usual)
    named = wording.capital(found.gap.name)
    return f"{named} in {found.name} were {gap} in {newest.own.label}. {change}."


def further(found: OneGap) -> list[str]:
    """Return what more is to be said: the run of years, England, authorities like it, and the position."""
    newest = found.newest
    if newest is None:
        return []
    sentences = []
    if found.run is not None:
        sentences.append(
            f"Over the unbroken run of years: {_lower(wording.change_words(found.run, gap=found.gap))}."
        )
    for name, value in (
        ("England's", newest.england_gap),
        ("the region's", newest.region),
        (f"the mean of: {found.beside.title}" if found.beside else "authorities like it", newest.beside),
    ):
        compared = wording.beside_words(newest.own, other=value, name=name, gap=found.gap)
        sentences.append(f"The gap is {compared}." if not isinstance(value, Missing) else f"{compared}.")
    if found.of_files:
        sentences.append(_chance(found, newest=newest))
    sentences.append(wording.position_words(found.position, numbers=found.of_files))
    return [wording.capital(sentence) for sentence in sentences]


def _chance(found: OneGap, *, newest: YearBeside) -> str:
    """Return whether chance could explain the gap to pupils outside the group, whose numbers are printed."""
    definition = found.definition
    if definition is None:
        return ""
    own, beside = newest.own.group.value, newest.own.other.value
    others = within.others_of(own, every=beside) if found.gap.pair.against == ALL else beside
    of = GroupOfSchool(0, own, others, (newest.own.year,))
    gap = within.gap_within(
        of,
        is_share=definition.share_of_pupils,
        least=definition.minimum_cohort,
        spread=spread_of(definition, years=of.years),
    )
    said = school_parts.what_can_be_said(gap, decimals=school_parts.interval_places(definition))
    pupils = words.counted(round(own.cohort), one="pupil") if own.cohort else "a number of pupils not printed"
    return f"The group has {pupils}. The gap to pupils outside the group: {_lower(said)}"


def cohort_of(found: OneGap) -> str:
    """Return how many pupils the figures of a gap are of, where they are printed."""
    newest = found.newest
    if not found.of_files or newest is None or not newest.own.group.value.cohort:
        return COHORT
    group = words.counted(round(newest.own.group.value.cohort), one="pupil")
    return f"each authority as a whole; {group} of {found.name} in the group in {newest.own.label}"


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def both_groups(found: OneGap) -> LineChart:
    """Return both groups of the authority and of England over the years."""
    gap = found.gap
    series = (
        _series(gap.name, Part.SCHOOL, found, of=lambda one: one.own.group),
        _series(gap.against_name, Part.AUTHORITY, found, of=lambda one: one.own.other),
        _series(f"England: {gap.name}", Part.ENGLAND, found, of=_england_group),
        _series(f"England: {gap.against_name}", Part.SIMILAR, found, of=_england_other),
    )
    return LineChart(
        title=_both_title(found),
        description=f"{wording.capital(gap.name)} and {gap.against_name} in {found.name} and in England.",
        unit=gap.measure.unit,
        decimals=gap.measure.decimals,
        series=series,
        breaks=_breaks(found),
        id="both-groups",
        measure=gap.measure.title,
        cohort=cohort_of(found),
        source=_FILES if found.of_files else _SOURCE,
    )


def _both_title(found: OneGap) -> str:
    """Return both figures of the newest year, or what is drawn where no year has both."""
    measured, newest = wording.capital(found.gap.measure.measure), found.newest
    if newest is None:
        return f"{measured} in {found.name}: no year has both figures"
    both = wording.both_figures(newest.own, gap=found.gap)
    return f"{measured} in {found.name} in {newest.own.label}: {both}"


def _england_group(one: YearBeside) -> Side | None:
    return one.england.group if one.england else None


def _england_other(one: YearBeside) -> Side | None:
    return one.england.other if one.england else None


def _series(name: str, part: Part, found: OneGap, *, of: Callable[[YearBeside], Side | None]) -> Series:
    points = []
    for one in found.years:
        side = of(one)
        points.append(Point(one.own.label, side.value if side else _NONE))
    return Series(wording.capital(name), part, tuple(points))


def gap_over_time(found: OneGap) -> LineChart:
    """Return the gap of the authority, of England and of authorities like it over the years."""

    def line(name: str, part: Part, of: Callable[[YearBeside], Value]) -> Series:
        return Series(name, part, tuple(Point(one.own.label, of(one)) for one in found.years))

    series = [
        line(found.name, Part.SCHOOL, lambda one: one.own.amount),
        line("England", Part.ENGLAND, lambda one: one.england_gap),
        line("Region", Part.AUTHORITY, lambda one: one.region),
    ]
    if found.beside:
        series.append(line(found.beside.title, Part.SIMILAR, lambda one: one.beside))
    high = found.gap.measure.polarity == "high"
    worse = "below zero the group is behind" if high else "above zero the group does worse"
    return LineChart(
        title=f"The gap: {finding_short(found)}",
        description=f"{wording.capital(found.gap.name)} less {found.gap.against_name}; {worse}.",
        unit="points",
        decimals=found.gap.measure.decimals,
        series=tuple(series),
        breaks=_breaks(found),
        from_zero=True,
        id="gap",
        measure=f"Gap in {found.gap.measure.title}",
        cohort=cohort_of(found),
        source=_FILES if found.of_files else _SOURCE,
    )


def finding_short(found: OneGap) -> str:
    """Return the movement of the newest year in a few words."""
    newest = found.newest
    moved = newest.movement if newest else Movement.UNKNOWN
    return {
        Movement.WIDENING: "wider than a year before",
        Movement.NARROWING: "narrower than a year before",
        Movement.USUAL: "moved no further than such gaps usually do",
        Movement.STEADY: "about the same as a year before",
        Movement.TURNED: "turned round",
        Movement.UNJUDGED: f"changed, and {wording.USUAL_NOT_KNOWN}",
        Movement.UNKNOWN: "the newest year cannot be compared with the one before",
    }[moved]


def _breaks(found: OneGap) -> tuple[Break, ...]:
    return tuple(Break(one.own.label, "break") for one in found.breaks)


def years_tables(found: OneGap) -> tuple[Table, Table | None]:
    """Return the newest years and, where there are more, the earlier ones."""
    newest_first = list(reversed(found.years))
    named = f"{found.gap.title}, {found.name}"
    newest = _years_table(found, years=newest_first[:_NEWEST], caption=named)
    earlier = newest_first[_NEWEST:]
    caption = f"{named}, earlier years"
    return newest, _years_table(found, years=earlier, caption=caption) if earlier else None


def _years_table(found: OneGap, *, years: Sequence[YearBeside], caption: str) -> Table:
    """Return years: both figures with their printed row, the gap, its change, and elsewhere."""
    columns = (
        Column("Year"),
        Column(wording.capital(found.gap.name), numeric=True),
        Column(wording.capital(found.gap.against_name), numeric=True),
        Column("Gap", numeric=True),
        Column("Since the year before"),
        Column("England's gap", numeric=True),
        Column("Region's gap", numeric=True, minor=True),
        Column(
            f"Mean gap: {found.beside.title}" if found.beside else "Authorities like it",
            numeric=True,
            minor=True,
        ),
        Column("Group less England's others", numeric=True, minor=True),
    )
    rows = tuple(_row(one, found=found) for one in years)
    return Table(caption, columns, rows, hide_caption=True)


def _row(one: YearBeside, *, found: OneGap) -> tuple[object, ...]:
    places = one.own.decimals
    return (
        one.own.label,
        _side(one.own.group, found=found),
        _side(one.own.other, found=found),
        _gap(one.own.amount, decimals=places),
        _change(one, found=found),
        _gap(one.england_gap, decimals=places),
        _gap(one.region, decimals=places),
        _gap(one.beside, decimals=max(places, 1)),
        others_of_england(one.national_others, gap=found.gap, decimals=places),
    )


def _side(side: Side, *, found: OneGap) -> object:
    if isinstance(side.value, Missing):
        return side.value
    text = wording.figure(side.value, measure=found.gap.measure, decimals=side.decimals)
    href = reverse("evidence:row", args=(side.release, side.row)) if side.release else ""
    return Cell(text, href=href)


def _gap(value: Value, *, decimals: int) -> object:
    return value if isinstance(value, Missing) else words.signed(value.value, decimals=decimals)


def _change(one: YearBeside, *, found: OneGap) -> object:
    if one.change is None:
        return "No earlier year"
    return Cell(tag_of(one.movement), note=wording.change_words(one.change, gap=found.gap, usual=one.usual))
