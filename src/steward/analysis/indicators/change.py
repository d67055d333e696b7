"""How a figure moves from year to year: only between consecutive years, and only where nothing broke."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import ibis
from ibis.expr.types import NumericValue, StringValue, Table

from steward.analysis.indicators.definition import IndicatorDefinition
from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import KNOWN, Known, Missing, Reason, Value

FURTHEST_SHARES = 5.0
"""How many points the shares of the roll that two computed figures cover may differ by, to be compared."""


class Direction(StrEnum):
    """Which way a figure went, in the words a reader sees."""

    IMPROVING = "Improving"
    DECLINING = "Declining"
    SIMILAR = "Similar"
    HIGHER = "Higher"
    LOWER = "Lower"
    TOO_FEW = "Too few pupils to say"


@dataclass(frozen=True, slots=True)
class Point:
    """The figure of one academic year, by the calendar year of its end."""

    period: int
    value: Value
    roll_share: float | None = None
    """Of a figure computed for an area: the percentage of the pupils on roll whom it covers."""


@dataclass(frozen=True, slots=True)
class Change:
    """The change from `since` to `until` in the unit of the indicator, and its direction."""

    since: int
    until: int
    amount: float
    direction: Direction


@dataclass(frozen=True, slots=True)
class NotComparable:
    """Why there is no change to show: one sentence for the reader."""

    since: int
    until: int
    why: str


def change_between(earlier: Point, later: Point, *, indicator: IndicatorDefinition) -> Change | NotComparable:
    """Return the change from one figure to the next, as shown: both rounded to the indicator's decimals.

    There is none when the years do not follow each other, when the series broke, when a figure is
    missing, or when both are computed and cover shares of the roll more than FURTHEST_SHARES points
    apart. A change smaller than the share of one pupil is Similar. Where either figure rests on
    fewer pupils than the smallest cohort of the indicator, the direction is "Too few pupils to say".
    """
    why = _why_not(earlier, later, indicator=indicator)
    if why or not isinstance(earlier.value, Known) or not isinstance(later.value, Known):
        return NotComparable(earlier.period, later.period, why)
    places = indicator.decimals
    first, second = (round_half_away(one.value, places) for one in (earlier.value, later.value))
    amount = round_half_away(second - first, places)
    return Change(
        earlier.period,
        later.period,
        amount,
        _direction(amount, cohorts=(earlier.value.cohort, later.value.cohort), indicator=indicator),
    )


def changes(points: Iterable[Point], *, indicator: IndicatorDefinition) -> tuple[Change | NotComparable, ...]:
    """Return the change into each year after the first, oldest first."""
    ordered = sorted(points, key=lambda point: point.period)
    return tuple(change_between(earlier, later, indicator=indicator) for earlier, later in pairwise(ordered))


def three_years(points: Iterable[Point], *, until: int) -> tuple[Point, Point, Point]:
    """Return the figures of the three years that end with `until`; a year without one is not available."""
    found = {point.period: point for point in points}
    gap = Missing(Reason.NOT_AVAILABLE)
    first, second, third = (found.get(year, Point(year, gap)) for year in range(until - 2, until + 1))
    return first, second, third


def over_three_years(
    points: Sequence[Point], *, until: int, indicator: IndicatorDefinition
) -> Change | NotComparable:
    """Return the change over the three years that end with `until`, if each of them can be compared."""
    first, second, third = three_years(points, until=until)
    for step in changes((first, second, third), indicator=indicator):
        if isinstance(step, NotComparable):
            return NotComparable(first.period, third.period, step.why)
    if not isinstance(first.value, Known) or not isinstance(third.value, Known):
        return NotComparable(first.period, third.period, "A figure is missing.")
    places = indicator.decimals
    amount = round_half_away(
        round_half_away(third.value.value, places) - round_half_away(first.value.value, places), places
    )
    cohorts = (first.value.cohort, third.value.cohort)
    return Change(
        first.period, third.period, amount, _direction(amount, cohorts=cohorts, indicator=indicator)
    )


def break_between(since: int, until: int, *, indicator: IndicatorDefinition) -> str:
    """Return why figures of the two years cannot be compared, or an empty text where they can."""
    return next((one.why for one in indicator.breaks if since < one.year <= until), "")


def year_on_year(values: Table, *, indicators: Mapping[str, IndicatorDefinition]) -> Table:
    """Return the change into each year of every school, for whole tables of preferred values.

    Columns: urn, indicator, period, value, previous, change (unrounded, in the unit of the
    indicator), few (true where either cohort is below the smallest one). Only consecutive years
    without a break between them; nothing is rounded here.
    """
    known = values.filter(values.status == KNOWN, values.preferred)
    broken = ibis.or_(
        ibis.literal(value=False),
        *(
            (known.indicator == name) & known.period.isin([one.year for one in indicator.breaks])
            for name, indicator in indicators.items()
            if indicator.breaks
        ),
    )
    smallest = smallest_cohort(known.indicator, indicators=indicators)
    now = known.mutate(few=known.cohort < smallest).filter(~broken)
    before = known.select(
        "urn",
        "indicator",
        period=known.period + 1,
        previous=known.value,
        few_before=known.cohort < smallest,
    )
    both = now.join(before, ["urn", "indicator", "period"])
    return both.select(
        "urn",
        "indicator",
        "period",
        "value",
        "previous",
        change=both.value - both.previous,
        few=both.few.fill_null(ibis.literal(value=False))
        | both.few_before.fill_null(ibis.literal(value=False)),
    )


def smallest_cohort(indicator: StringValue, *, indicators: Mapping[str, IndicatorDefinition]) -> NumericValue:
    """Return the fewest pupils on which a figure of each indicator says anything."""
    listed = [(name, float(one.minimum_cohort)) for name, one in indicators.items()]
    return indicator.cases(*listed, else_=0.0) if listed else ibis.literal(0.0)


def _why_not(earlier: Point, later: Point, *, indicator: IndicatorDefinition) -> str:
    if later.period != earlier.period + 1:
        return f"{earlier.period} and {later.period} are not consecutive years."
    broken = break_between(earlier.period, later.period, indicator=indicator)
    if broken:
        return f"The series broke in {later.period}: {broken}"
    for point in (earlier, later):
        if isinstance(point.value, Missing):
            return f"The figure of {point.period} is missing: {point.value.reason.label}."
    return _covers_other_pupils(earlier, later)


def _covers_other_pupils(earlier: Point, later: Point) -> str:
    first, second = earlier.roll_share, later.roll_share
    if first is None or second is None or abs(first - second) <= FURTHEST_SHARES:
        return ""
    shares = f"{first:.0f}% of the roll in {earlier.period}, {second:.0f}% in {later.period}"
    return f"Not compared: the files cover different shares of the pupils ({shares})."


def _direction(
    amount: float, *, cohorts: tuple[float | None, float | None], indicator: IndicatorDefinition
) -> Direction:
    known = [cohort for cohort in cohorts if cohort is not None]
    if any(cohort < indicator.minimum_cohort for cohort in known):
        return Direction.TOO_FEW
    one_pupil = 100.0 / min(known) if known and indicator.unit == "percent" and min(known) > 0 else 0.0
    if amount == 0 or abs(amount) < one_pupil:
        return Direction.SIMILAR
    if indicator.polarity == "none":
        return Direction.HIGHER if amount > 0 else Direction.LOWER
    return Direction.IMPROVING if (amount > 0) == (indicator.polarity == "high") else Direction.DECLINING
