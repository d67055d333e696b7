"""The parts of an authority's page of gaps as they are printed."""

from collections.abc import Sequence

from django.urls import reverse

from steward.analysis.comparison.gap_measures import Gap
from steward.analysis.comparison.group_gaps import Movement
from steward.equality import wording
from steward.equality.queries import area_gaps
from steward.equality.queries.area_gaps import AreaGap, AreaGaps
from steward.interface import words
from steward.interface.charts.figures import Beside, DotPlot, DotRow, Part
from steward.interface.parts import Cell, Column, Concern, Table, Tag
from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import Known, Missing, Value

_CONCERNS = {
    Movement.WIDENING: Concern.HIGH,
    Movement.NARROWING: Concern.LOW,
    Movement.STEADY: Concern.PLAIN,
    Movement.USUAL: Concern.PLAIN,
    Movement.TURNED: Concern.PLAIN,
    Movement.UNJUDGED: Concern.UNSETTLED,
    Movement.UNKNOWN: Concern.UNSETTLED,
}
_MOST_ROWS = 12
PLOTTED = "widest-gaps"
COHORT = "each authority as a whole; the series gives no number of pupils"


def gaps_table(found: AreaGaps, *, shown: Sequence[AreaGap], sorted_by: str, caption: str) -> Table:
    """Return gaps with both figures, the change, and the same gap elsewhere."""
    beside = found.beside.title if found.beside else "Authorities like it"
    columns = (
        Column("Group", sort="group"),
        Column("In", sort="measure"),
        Column("Gap", numeric=True, sort="gap"),
        Column("Since the year before", sort="change"),
        Column("England's gap", numeric=True, sort="england"),
        Column("Mean gap beside", numeric=True, minor=True),
        Column("Group less England's others", numeric=True, minor=True),
    )
    rows = []
    for one in shown:
        link, measured, group, against, gap, moved, england, region, *rest = _row(one, area=found.area)
        held = f"{group}, beside {against.content} of {against.note}" if isinstance(against, Cell) else ""
        nation = Cell(england, note=f"region: {region}") if isinstance(region, str) else england
        rows.append((link, measured, Cell(gap, note=held), moved, nation, *rest))
    return Table(f"{caption}, beside: {beside}", columns, tuple(rows), sorted_by=sorted_by)


def moving_table(found: AreaGaps, *, shown: Sequence[AreaGap], caption: str) -> Table:
    """Return a few gaps with their size, how they moved, and England's, without sorting."""
    columns = (
        Column("Group"),
        Column("In"),
        Column("Gap", numeric=True),
        Column("Since the year before"),
        Column("England's gap", numeric=True),
    )
    rows = []
    for one in shown:
        link, measured, _, against, gap, moved, england, *_ = _row(one, area=found.area)
        held = f"beside {against.note}" if isinstance(against, Cell) else ""
        rows.append((link, measured, Cell(gap, note=held), moved, england))
    return Table(caption, columns, tuple(rows), hide_caption=True)


def _row(one: AreaGap, *, area: str) -> tuple[object, ...]:
    newest, measure = one.newest, one.gap.measure
    places = newest.decimals
    group, other = (
        wording.figure(side.value, measure=measure, decimals=side.decimals)
        for side in (newest.group, newest.other)
    )
    return (
        Cell(wording.capital(one.gap.name), href=reverse("equality:gap", args=(area, one.gap.id))),
        Cell(measure.title, note=newest.label),
        group,
        Cell(other, note=one.gap.against_name),
        wording.signed(newest.amount, decimals=places),
        Cell(tag_of(one.movement), note=wording.change_note(one.change, gap=one.gap, usual=one.usual)),
        _cell(one.england, decimals=places),
        _cell(one.region, decimals=places),
        _cell(one.beside, decimals=max(places, 1)),
        others_of_england(one.national_others, gap=one.gap, decimals=places),
    )


def tag_of(movement: Movement) -> Tag:
    """Return the word of a movement in the shape of its concern."""
    return Tag(movement.value, _CONCERNS[movement])


def _cell(value: Value, *, decimals: int) -> object:
    return value if isinstance(value, Missing) else words.signed(value.value, decimals=decimals)


def others_of_england(value: Value, *, gap: Gap, decimals: int) -> object:
    """Return the group less England's others; where these are not known, that all pupils stand for them."""
    shown = _cell(value, decimals=decimals)
    return (
        Cell(shown, note="all pupils") if isinstance(shown, str) and area_gaps.others_are_all(gap) else shown
    )


def widest_plot(found: AreaGaps) -> DotPlot | None:
    """Return the widest gaps in percentage points with England's and the chosen authorities' beside."""
    widest = found.of_unit("percent")[:_MOST_ROWS]
    if not widest:
        return None
    return DotPlot(
        title=_widest_title(found.name, widest=widest),
        description="How many percentage points behind those they are held against each group is, in its "
        "newest year; England's gap and the mean of authorities like it stand beside. "
        "No intervals are drawn.",
        unit="points",
        decimals=1,
        rows=tuple(_dot_row(one, found=found) for one in widest),
        value_name=found.name,
        reference=0.0,
        reference_name="No gap",
        id=PLOTTED,
        measure="Width of the gap, percentage points",
        cohort=COHORT,
        source="Local Authority Interactive Tool (Department for Education)",
    )


def _widest_title(name: str, *, widest: Sequence[AreaGap]) -> str:
    """Return the finding of the widest gaps: the widest of them, and where it is England's too."""
    first = widest[0]
    amount = wording.size(first.wide, measure=first.gap.measure, decimals=first.newest.decimals)
    compared = [gap for one in widest if (gap := area_gaps.beyond(one, other=one.england)) is not None]
    wider = sum(gap > 0 for gap in compared)
    beside = (
        f"; {words.number(wider)} of the {words.counted(len(compared), one='widest gap')} "
        f"{'is' if wider == 1 else 'are'} wider than England's"
        if len(compared) > 1
        else ""
    )
    return f"{wording.capital(first.gap.name)} in {name} are furthest behind, by {amount}{beside}"


def _dot_row(one: AreaGap, *, found: AreaGaps) -> DotRow:
    beside = [Beside("England", Part.ENGLAND, _width(one.england, one=one))]
    if found.beside is not None:
        beside.append(Beside(found.beside.title, Part.SIMILAR, _width(one.beside, one=one)))
    return DotRow(
        label=f"{wording.capital(one.gap.name)}, {one.gap.measure.title} ({one.newest.label})",
        value=Known(round_half_away(one.wide, one.newest.decimals)),
        beside=tuple(beside),
        href=reverse("equality:gap", args=(found.area, one.gap.id)),
        note=wording.change_words(one.change, gap=one.gap, usual=one.usual),
    )


def _width(value: Value, *, one: AreaGap) -> Value:
    if isinstance(value, Missing):
        return value
    sign = -1.0 if one.gap.measure.polarity == "high" else 1.0
    return Known(round_half_away(sign * value.value, 1))


def in_order(gaps: Sequence[AreaGap], *, sorted_by: str) -> list[AreaGap]:
    """Return gaps sorted by a key of `area_gaps.SORTS`, the other way round with "-" before it."""
    key = area_gaps.SORTS[sorted_by.removeprefix("-")]
    return sorted(gaps, key=key, reverse=sorted_by.startswith("-"))  # type: ignore[arg-type]
