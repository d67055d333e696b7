"""The parts of the page of pupils who are in two groups at once as they are printed."""

from collections.abc import Callable, Mapping

from steward.equality.queries import two_groups as queries
from steward.equality.queries.two_groups import TwoCharacteristics, TwoGroups
from steward.equality.views.school_parts import figure_places, interval_places, what_can_be_said
from steward.interface import words
from steward.interface.parts import Cell, Column, Table
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import Known, Missing, Reason, Value

CSV_HEADER = (
    "measure",
    "year",
    "first_characteristic",
    "first_group",
    "second_characteristic",
    "second_group",
    "value",
    "pupils",
    "all_others_value",
    "all_others_pupils",
    "gap",
    "interval_low",
    "interval_high",
    "too_few_pupils",
)

SORTS: Mapping[str, Callable[[TwoGroups], object]] = {
    "group": lambda one: (one.first, one.second),
    "pupils": lambda one: one.value.cohort or 0.0,
    "behind": lambda one: one.gap.amount.value if isinstance(one.gap.amount, Known) else 0.0,
}
"""How the list may be sorted, by the key in the address; those without a figure always stand last."""


def finding(found: TwoCharacteristics, *, name: str) -> str:
    """Return the one sentence that matters: who is furthest behind, or why nobody can be named."""
    title, year = found.definition.title, AcademicYear(found.crossing.period)
    if not found.told:
        return f"Nothing can be said of {title} of two groups at once in {name} in {year}."
    most = found.told[0]
    behind = queries.behind_by(most, definition=found.definition)
    if behind <= 0 or not isinstance(most.value, Known):
        return f"In {title} in {name} in {year} no pupils of two groups at once are behind all others."
    size = words.number(behind, decimals=figure_places(found.definition))
    return (
        f"Furthest behind all other pupils of {name} in {title} in {year}, by {size} {_unit(found)}: those "
        f"in both “{most.first}” and “{most.second}”. {_said(most, found=found)}"
    )


def _unit(found: TwoCharacteristics) -> str:
    return "percentage points" if found.definition.unit == "percent" else "points"


def table(found: TwoCharacteristics, *, sorted_by: str) -> Table:
    """Return each pair with its figure, number of pupils, gap to all others and what can be said of it."""
    columns = (
        Column(found.first.title, sort="group"),
        Column(found.second.title),
        Column("Figure", numeric=True),
        Column("Pupils", numeric=True, sort="pupils"),
        Column("Gap to all others", numeric=True, sort="behind"),
        Column("What can be said"),
    )
    rows = tuple(_row(one, found=found) for one in in_order(found, sorted_by=sorted_by))
    caption = f"{found.definition.title}, {found.first.title} and {found.second.title}"
    return Table(caption, columns, rows, sorted_by=sorted_by, hide_caption=True)


def in_order(found: TwoCharacteristics, *, sorted_by: str) -> list[TwoGroups]:
    """Return the pairs sorted by a key of SORTS; "-behind" puts those furthest behind first."""
    name = sorted_by.removeprefix("-")
    rows = list(found.rows or ())
    if name == "behind":
        backwards = sorted_by.startswith("-") == (found.definition.polarity == "low")
        shown = [one for one in rows if isinstance(one.gap.amount, Known)]
        rest = [one for one in rows if isinstance(one.gap.amount, Missing)]
        return [*sorted(shown, key=SORTS[name], reverse=backwards), *rest]  # type: ignore[arg-type]
    return sorted(rows, key=SORTS[name], reverse=sorted_by.startswith("-"))  # type: ignore[arg-type]


def _row(one: TwoGroups, *, found: TwoCharacteristics) -> tuple[object, ...]:
    pupils = one.value.cohort
    return (
        one.first,
        one.second,
        _figure(one.value, found=found),
        words.number(pupils) if pupils is not None else Missing(_reason(one.value)),
        Cell(_signed(one.gap.amount, found=found), note=_others(one, found=found)),
        _said(one, found=found),
    )


def _said(one: TwoGroups, *, found: TwoCharacteristics) -> str:
    return what_can_be_said(one.gap, decimals=interval_places(found.definition))


def _figure(value: Value, *, found: TwoCharacteristics) -> object:
    if isinstance(value, Missing):
        return value
    number = words.number(value.value, decimals=figure_places(found.definition))
    return words.with_unit(number, unit=found.definition.unit)


def _others(one: TwoGroups, *, found: TwoCharacteristics) -> str:
    other = one.gap.of.other
    return "" if isinstance(other, Missing) else f"others: {_figure(other, found=found)}"


def _signed(value: Value, *, found: TwoCharacteristics) -> object:
    if isinstance(value, Missing):
        return value
    return words.signed(value.value, decimals=figure_places(found.definition))


def _reason(value: Value) -> Reason:
    return value.reason if isinstance(value, Missing) else Reason.NOT_AVAILABLE


def csv_row(one: TwoGroups, *, found: TwoCharacteristics) -> tuple[object, ...]:
    """Return a pair as a row of a file; what was withheld stands as the key of its reason."""
    other, gap = one.gap.of.other, one.gap
    low, high = (gap.interval.low, gap.interval.high) if gap.interval else (None, None)
    places = figure_places(found.definition)
    return (
        found.definition.title,
        AcademicYear(found.crossing.period),
        found.first.title,
        one.first,
        found.second.title,
        one.second,
        _plain(one.value, decimals=places),
        _reason(one.value).value if one.value.cohort is None else round(one.value.cohort),
        _plain(other, decimals=places),
        "" if other.cohort is None else round(other.cohort),
        _plain(gap.amount, decimals=places),
        "" if low is None else round_half_away(low, places),
        "" if high is None else round_half_away(high, places),
        "yes" if gap.too_few else "no",
    )


def _plain(value: Value, *, decimals: int) -> object:
    return round_half_away(value.value, decimals) if isinstance(value, Known) else value.reason.value
