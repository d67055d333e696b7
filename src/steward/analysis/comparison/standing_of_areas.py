"""How an authority stands among all: its rank, its quartile band, and its change from the year before.

The rules are those of the Local Authority Interactive Tool: ties share the better place, a value on
the upper bound of a quartile is in it, and quartiles are those of type 7 (linear between two values).
There a rank and a band count up from the lowest value and colours say which end is good; here 1st and
A are always the good end, and a measure without a good end has neither. Beside a rank stands the range
that the rounding of the printed figures leaves open, and a change is told as better or worse only where it
is beyond rounding and beyond how far authorities usually move. Chance is in neither: the series prints no
numbers of pupils.

Source: dfe-analytical-services/local-authority-interactive-tool, R/fn_analysis.R.
"""

import math
import statistics
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from steward.analysis.indicators.series_breaks import BreachOfSeries, why_broken
from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import Known, Value

_TINY = 1e-9
FEWEST_FOR_BANDS = 4
"""Quartiles need as many values as there are quarters."""


class Band(StrEnum):
    """A quarter of the authorities; A is the good end."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"

    @property
    def words(self) -> str:
        """The band as it ends the sentence "It is ..."."""
        return {
            Band.A: "in the best quarter of authorities",
            Band.B: "in the second best quarter of authorities",
            Band.C: "in the third quarter of authorities",
            Band.D: "in the lowest quarter of authorities",
        }[self]


@dataclass(frozen=True, slots=True)
class Rank:
    """A place among `of` authorities with a value; `shared` where another has the same value.

    The rounding of the printed figures leaves the places from `low` to `high` open.
    """

    place: int
    of: int
    shared: bool
    low: int
    high: int

    @property
    def words(self) -> str:
        """The rank as "7th of 152 (5th to 9th, by rounding)" or "joint 7th of 152 (...)"."""
        place = f"{'joint ' if self.shared else ''}{ordinal(self.place)} of {self.of}"
        if self.low == self.high:
            return f"{place} (rounding leaves no other place)"
        return f"{place} ({ordinal(self.low)} to {ordinal(self.high)}, by rounding)"


@dataclass(frozen=True, slots=True)
class YearPoint:
    """The figure of one year; `year` is None where the label names none."""

    label: str
    year: int | None
    years: int | None
    value: Value


@dataclass(frozen=True, slots=True)
class AreaChange:
    """The change from one label to the next as shown: both rounded first. `good` is None without polarity.

    `rounding` is how far the rounding of both figures may have moved it, each way; `usual` how far
    authorities move in 19 cases of 20, None where too few have both years; both in the unit of the measure.
    """

    since: str
    until: str
    amount: float
    good: bool | None
    rounding: float = 0.0
    usual: float | None = None

    @property
    def beyond_rounding(self) -> bool:
        """Whether rounding alone cannot explain it."""
        return abs(self.amount) > self.rounding + _TINY

    @property
    def tells(self) -> bool:
        """Whether it is beyond rounding, and beyond how far authorities usually move."""
        return self.beyond_rounding and (self.usual is None or abs(self.amount) > self.usual + _TINY)

    @property
    def word(self) -> str:
        """Which way it went, where it is enough to tell."""
        if self.amount == 0:
            return "The same"
        if not self.tells:
            return "Too little to tell"
        if self.good is None:
            return "Higher" if self.amount > 0 else "Lower"
        return "Better" if self.good else "Worse"


@dataclass(frozen=True, slots=True)
class NoChange:
    """Why two years cannot be compared, in one sentence."""

    why: str


def rank_of(value: float, *, among: Collection[float], polarity: str, rounding: float = 0.0) -> Rank | None:
    """Return the rank of `value` among the values of all authorities (its own with them).

    1st is the highest where polarity is "high" and the lowest where it is "low"; ties share the better
    place. `rounding` is how far the exact figure may lie from a printed one: two figures nearer than twice
    that may stand the other way round. None where polarity is neither, or `among` is empty.
    """
    if polarity not in ("high", "low") or not among:
        return None
    sign = 1.0 if polarity == "high" else -1.0
    ahead = [sign * (other - value) for other in among]
    same = sum(1 for other in among if other == value)
    slack = 2 * rounding - _TINY if rounding else 0.0
    surely = sum(1 for by in ahead if by > max(slack, 0.0))
    perhaps = sum(1 for by in ahead if by > -slack) - (1 if slack else 0)
    return Rank(
        place=1 + sum(1 for by in ahead if by > 0),
        of=len(ahead),
        shared=same > 1,
        low=1 + surely,
        high=1 + perhaps,
    )


def quartile_bounds(values: Collection[float], *, polarity: str) -> tuple[float, float, float] | None:
    """Return the upper bounds of bands A, B and C, counted from the good end, as values of the measure.

    With polarity "high" a value is in A when it is at least the first bound, with "low" when it is at
    most that. None without polarity, or for fewer than FEWEST_FOR_BANDS values.
    """
    if polarity not in ("high", "low") or len(values) < FEWEST_FOR_BANDS:
        return None
    sign = -1.0 if polarity == "high" else 1.0
    ordered = sorted(sign * value for value in values)
    first, second, third = (sign * _quantile(ordered, share) for share in (0.25, 0.5, 0.75))
    return first, second, third


def band_of(value: float, *, among: Collection[float], polarity: str, banded: bool = True) -> Band | None:
    """Return the quartile band of `value`; None where the measure has no good end or is not banded."""
    bounds = quartile_bounds(among, polarity=polarity) if banded else None
    if bounds is None:
        return None
    sign = -1.0 if polarity == "high" else 1.0
    for band, bound in zip((Band.A, Band.B, Band.C), bounds, strict=True):
        if sign * value <= sign * bound:
            return band
    return Band.D


def change_between(
    earlier: YearPoint,
    later: YearPoint,
    *,
    polarity: str,
    decimals: int,
    breaches: Iterable[BreachOfSeries] = (),
) -> AreaChange | NoChange:
    """Return the change from a year to the next, only where the years are consecutive and nothing broke."""
    why = _why_not(earlier, later, breaches=breaches)
    if why or not isinstance(earlier.value, Known) or not isinstance(later.value, Known):
        return NoChange(why)
    first, second = (round_half_away(one.value, decimals) for one in (earlier.value, later.value))
    amount = round_half_away(second - first, decimals)
    good = None if polarity not in ("high", "low") else (amount > 0) == (polarity == "high")
    return AreaChange(earlier.label, later.label, amount, good)


def change_into(
    points: Sequence[YearPoint], *, polarity: str, decimals: int, breaches: Iterable[BreachOfSeries] = ()
) -> AreaChange | NoChange:
    """Return the change into the last of `points` (oldest first) from the one before it."""
    dated = [point for point in points if point.year is not None]
    if len(dated) < 2:
        return NoChange("There is no year before.")
    return change_between(dated[-2], dated[-1], polarity=polarity, decimals=decimals, breaches=breaches)


def mean_of(values: Iterable[Value | None]) -> float | None:
    """Return the plain mean of the known values, as the tool has it of statistical neighbours, or None."""
    known = [one.value for one in values if isinstance(one, Known)]
    return math.fsum(known) / len(known) if known else None


def spread_of(values: Collection[float]) -> float | None:
    """Return the standard deviation of the values of authorities; None for fewer than FEWEST_FOR_BANDS."""
    return statistics.pstdev(values) if len(values) >= FEWEST_FOR_BANDS else None


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th, 11th."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    suffix = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def _why_not(earlier: YearPoint, later: YearPoint, *, breaches: Iterable[BreachOfSeries]) -> str:
    if earlier.year is None or later.year is None:
        return "A label names no year."
    if later.year != earlier.year + 1:
        return f"{earlier.label} and {later.label} are not consecutive."
    if earlier.years != later.years:
        return f"{earlier.label} and {later.label} do not cover the same number of years."
    broken = why_broken(earlier.year, later.year, breaches=breaches)
    if broken:
        return f"New series from {later.label}: {broken}"
    for point in (earlier, later):
        if not isinstance(point.value, Known):
            return f"The figure of {point.label} is missing: {point.value.reason.label.lower()}."
    return ""


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Return the quantile of type 7 of sorted values: linear between the two nearest."""
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])
