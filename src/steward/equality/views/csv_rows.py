"""Gaps as rows of a file for a spreadsheet: numbers plain, missing ones as the key of their reason."""

from steward.analysis.comparison.group_gaps import GapChange
from steward.equality.queries.area_gaps import AreaGap, AreaGaps
from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import Known, Value

HEADER = (
    "area",
    "name",
    "gap",
    "group",
    "held_against",
    "measure",
    "stage",
    "unit",
    "year",
    "group_value",
    "other_value",
    "gap_amount",
    "movement",
    "wider_by",
    "compared_with",
    "usual_movement",
    "england_gap",
    "region_gap",
    "beside",
    "beside_mean_gap",
    "gap_to_national_others",
)


def row_of(one: AreaGap, *, found: AreaGaps) -> tuple[object, ...]:
    """Return the row of one gap of an authority."""
    newest, change = one.newest, one.change
    return (
        found.area,
        found.name,
        one.gap.id,
        one.gap.name,
        one.gap.against_name,
        one.gap.measure.title,
        one.gap.measure.stage.value,
        one.gap.measure.unit,
        newest.label,
        plain(newest.group.value, decimals=newest.group.decimals),
        plain(newest.other.value, decimals=newest.other.decimals),
        plain(newest.amount, decimals=newest.decimals),
        one.movement.value,
        rounded(change),
        "" if change is None else change.since,
        "" if one.usual is None else round_half_away(one.usual, 1),
        plain(one.england, decimals=newest.decimals),
        plain(one.region, decimals=newest.decimals),
        found.beside.id if found.beside else "",
        plain(one.beside, decimals=2),
        plain(one.national_others, decimals=newest.decimals),
    )


def rounded(change: GapChange | None) -> object:
    """Return by how much a gap became wider as the page prints it, nothing where that cannot be said."""
    if change is None or change.amount is None:
        return ""
    return round_half_away(change.amount, change.decimals)


def plain(value: Value, *, decimals: int) -> object:
    """Return a number, or the key of the reason it is missing."""
    return round_half_away(value.value, decimals) if isinstance(value, Known) else value.reason.value
