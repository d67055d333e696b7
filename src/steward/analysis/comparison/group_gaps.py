"""Gaps between a group of pupils and those it is held against: their size, their change, their order.

A gap is the group's figure less the other's, so it is below zero where the group has the lower figure.
Its width is the size of it on the side that is worse for the group; a group that does better has a width
below zero. Figures are used as printed, and what their rounding leaves open is kept beside every gap.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from steward.analysis.comparison.gap_measures import Gap
from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import Known, Missing, Reason, Value

_MOST_DECIMALS = 2
_TINY = 1e-9


class Movement(StrEnum):
    """Whether a gap closes, as the word a reader sees."""

    NARROWING = "Narrowing"
    WIDENING = "Widening"
    STEADY = "About the same"
    USUAL = "Within the usual movement"
    TURNED = "Turned round"
    UNJUDGED = "Changed, what is usual is not known"
    UNKNOWN = "Not comparable"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two figures of a gap as printed, and with how many decimals its series prints that year.

    `release` and `row` are the file and the row it stands in, empty where it stands in none.
    """

    value: Value
    decimals: int = 0
    release: str = ""
    row: int = 0

    @property
    def rounding(self) -> float:
        """How far the exact figure may lie from the printed one, in the unit of the figure."""
        return float(0.5 * 10.0**-self.decimals)


@dataclass(frozen=True, slots=True)
class GapYear:
    """A gap in the year that ends in `year`; `label` is the year as published."""

    year: int
    label: str
    group: Side
    other: Side

    @property
    def amount(self) -> Value:
        """The group's figure less the other's, or why there is none."""
        if isinstance(self.group.value, Missing):
            return self.group.value
        if isinstance(self.other.value, Missing):
            return self.other.value
        places = max(self.group.decimals, self.other.decimals)
        return Known(round_half_away(self.group.value.value - self.other.value.value, places))

    @property
    def decimals(self) -> int:
        """With how many decimals the gap is shown: those of the figure that is printed with more."""
        return max(self.group.decimals, self.other.decimals)

    @property
    def rounding(self) -> float:
        """How far rounding alone may have moved the gap, each way."""
        return self.group.rounding + self.other.rounding


@dataclass(frozen=True, slots=True)
class GapChange:
    """How a gap moved from one year to the next; `amount` is by how much it became wider (below 0: narrower).

    `amount` is None where the two years cannot be compared, and `why` says so in a sentence.
    """

    since: int
    until: int
    movement: Movement
    amount: float | None = None
    decimals: int = 0
    why: str = ""


def printed_decimals(numbers: Iterable[float]) -> int:
    """Return with how many decimals numbers are printed: the most that any of them needs, at most two.

    Numbers that went through a spreadsheet (35.299999999999997) are read as what was meant (35.3).
    """
    most = 0
    for number in numbers:
        while most < _MOST_DECIMALS and abs(number - round(number, most)) > _TINY * max(1.0, abs(number)):
            most += 1
    return most


def width(amount: float, *, polarity: str) -> float:
    """Return how far the group is on the worse side: above zero where it does worse than the others."""
    return -amount if polarity == "high" else amount


def change_between(earlier: GapYear, later: GapYear, *, gap: Gap) -> GapChange:
    """Return how the gap moved between two years, only where they follow each other and can be compared.

    It narrows or widens where the printed figures differ by more than rounding of all four of them could
    explain, and by no less than the smallest change of the measure; otherwise it is about the same. It
    turned round where the group went from behind to ahead or the other way.
    """
    why = _why_not(earlier, later, gap=gap)
    first, second = earlier.amount, later.amount
    if why or not isinstance(first, Known) or not isinstance(second, Known):
        return GapChange(earlier.year, later.year, Movement.UNKNOWN, why=why)
    before, after = (abs(one.value) for one in (first, second))
    places = max(earlier.decimals, later.decimals)
    amount = round_half_away(after - before, places)
    noise = earlier.rounding + later.rounding
    turned = first.value * second.value < 0 and min(before, after) > max(earlier.rounding, later.rounding)
    if turned:
        moved = Movement.TURNED
    elif abs(amount) + _TINY < max(noise, gap.measure.least_change):
        moved = Movement.STEADY
    else:
        moved = Movement.WIDENING if amount > 0 else Movement.NARROWING
    return GapChange(earlier.year, later.year, moved, amount, places)


def _why_not(earlier: GapYear, later: GapYear, *, gap: Gap) -> str:
    if later.year != earlier.year + 1:
        return (
            f"The year before {later.label} has no figures of both groups, "
            "and years further apart are not compared."
        )
    broken = gap.measure.break_in(later.year)
    if broken is not None:
        return broken.why
    if gap.group.changed_in(later.year):
        return f"From {later.label} the group means something else than before."
    for one in (earlier, later):
        if isinstance(one.amount, Missing):
            return f"A figure of {one.label} is missing: {one.amount.reason.label.lower()}."
    return ""


def latest(years: Sequence[GapYear]) -> GapYear | None:
    """Return the newest year in which both figures are known, or None."""
    return next((one for one in reversed(years) if isinstance(one.amount, Known)), None)


def latest_change(years: Sequence[GapYear], *, gap: Gap) -> GapChange | None:
    """Return how the gap moved into its newest known year; None where there is none, or no year before."""
    newest = latest(years)
    if newest is None:
        return None
    before = [one for one in years if one.year < newest.year]
    if not before:
        return None
    year_before = next((one for one in before if one.year == newest.year - 1), before[-1])
    return change_between(year_before, newest, gap=gap)


def run_change(years: Sequence[GapYear], *, gap: Gap) -> GapChange | None:
    """Return how the gap moved over the unbroken run of years that ends in the newest known one.

    Each year of the run can be compared with the next. None where the run is shorter than three years:
    then it says no more than the last change.
    """
    newest = latest(years)
    if newest is None:
        return None
    by_year = {one.year: one for one in years}
    first = newest
    while first.year - 1 in by_year:
        step = change_between(by_year[first.year - 1], first, gap=gap)
        if step.movement is Movement.UNKNOWN:
            break
        first = by_year[first.year - 1]
    if newest.year - first.year < 2 or not isinstance(first.amount, Known):
        return None
    bridged = GapYear(newest.year - 1, first.label, first.group, first.other)
    unbroken = gap.model_copy(update={"measure": gap.measure.model_copy(update={"breaks": ()})})
    found = change_between(bridged, newest, gap=unbroken)
    return GapChange(first.year, newest.year, found.movement, found.amount, found.decimals)


def movement_of(change: GapChange | None, *, usual: float | None) -> Movement:
    """Return how a gap moved, where a change no larger than `usual` is neither narrowing nor widening.

    `usual` is that of `usual_movement`, in the unit of the gap; None where it is not known: then a change is
    not judged, since nothing says whether it is more than such gaps usually move.
    """
    if change is None or change.amount is None:
        return Movement.UNKNOWN
    if change.movement not in (Movement.NARROWING, Movement.WIDENING):
        return change.movement
    if usual is None:
        return Movement.UNJUDGED
    return Movement.USUAL if abs(change.amount) <= usual + _TINY else change.movement


def usual_movement(moved: Sequence[float], *, least: int = 30) -> float | None:
    """Return how far changes of gaps spread each way in 19 cases of 20, or None for fewer than `least`.

    It is 1.96 robust standard deviations (1.4826 median distances from the median), so that a few wild
    authorities do not widen it. Source: P. J. Huber, Robust Statistics (1981), section 5.1.
    """
    if len(moved) < least:
        return None
    middle = median(moved)
    return 1.96 * 1.4826 * median(abs(one - middle) for one in moved)


def mean_of(values: Sequence[Value], *, least: int = 2) -> Value:
    """Return the plain mean of the known values, or that it is not available where fewer than `least` are.

    Areas count alike, whatever their size: the series prints no numbers of pupils to weigh them by.
    """
    known = [one.value for one in values if isinstance(one, Known)]
    if len(known) < least:
        return Missing(Reason.NOT_AVAILABLE)
    return Known(math.fsum(known) / len(known))


@dataclass(frozen=True, slots=True)
class Position:
    """The place of an area among `of` areas, 1 for the smallest gap; rounding leaves `low` to `high` open."""

    place: int
    low: int
    high: int
    of: int


def position(own: str, *, widths: Mapping[str, float], rounding: float, least: int = 10) -> Position | None:
    """Return where an area's gap stands among those of all areas, or None where too few have one.

    `widths` are by area. Rounding of both figures of both areas may hide which of two gaps is wider: the
    place is given with the range it leaves open. Chance is not in it: the series prints no numbers of pupils.
    """
    mine = widths.get(own)
    if mine is None or len(widths) < least:
        return None
    others = [one for area, one in widths.items() if area != own]
    slack = 2 * rounding - _TINY
    return Position(
        place=1 + sum(one < mine - _TINY for one in others),
        low=1 + sum(one < mine - slack for one in others),
        high=1 + sum(one < mine + slack for one in others),
        of=len(widths),
    )
