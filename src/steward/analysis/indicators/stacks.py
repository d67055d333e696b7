"""Releases of one publication stacked on top of each other, with a column for each indicator they give.

Years of a publication differ in the names of their columns and in which they have. Stacked under the
names of the indicators they are read once, in one expression, however many years there are. Sheets
and indicators are numbered, and the numbers stand for their names until everything is sorted.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import ibis
from ibis.expr.types import IntegerValue, StringValue, Table, Value

from steward.analysis.columns import ROW
from steward.analysis.indicators.catalogue import ReleaseShape, Use, school_uses
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.sources.definition import Layout, PeriodFrom
from steward.analysis.sources.marks import number_of
from steward.analysis.sources.rows import SCHOOL, rows_of


@dataclass(frozen=True, slots=True)
class OpenRelease:
    """A stored release opened as a table: the file as text, with its row numbers in column `row`."""

    id: str
    raw: Table
    source: str
    layout: Layout
    period: int | None
    """Academic year by the calendar year of its end; None where years stand side by side."""
    version: str

    def uses(self, indicators: Mapping[str, IndicatorDefinition]) -> tuple[Use, ...]:
        """Return how the release feeds the indicators."""
        shape = ReleaseShape(self.source, self.layout, self.period, frozenset(self.raw.columns))
        return school_uses(shape, indicators=indicators)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One year of one release and how it feeds each indicator."""

    release: OpenRelease
    period: int
    uses: dict[str, Use]

    @property
    def pairs(self) -> list[tuple[str, int]]:
        """The indicators and year of which the sheet gives figures."""
        return [(name, self.period) for name in self.uses]

    @property
    def manner(self) -> frozenset[tuple[str, float, bool]]:
        """What makes two sheets unfit for one stack: indicators that are multiplied or divided."""
        return frozenset(
            (name, use.reading.times, bool(use.reading.numerator))
            for name, use in self.uses.items()
            if use.reading.numerator or use.reading.times != 1.0
        )


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a rebuild in the order of their years, and the indicators in the order of their ids.

    The place of a sheet or an indicator is the number that stands for it in a stack.
    """

    sheets: tuple[Sheet, ...]
    indicators: tuple[str, ...]

    def number_of(self, indicator: str) -> int:
        """Return the number of an indicator, -1 when no sheet gives it."""
        return self.indicators.index(indicator) if indicator in self.indicators else -1

    def release_of(self, number: IntegerValue) -> StringValue:
        """Return the id of the release of a sheet."""
        return told(number, [sheet.release.id for sheet in self.sheets])

    def version_of(self, number: IntegerValue) -> StringValue:
        """Return the version of the release of a sheet."""
        return told(number, [sheet.release.version for sheet in self.sheets])

    def indicator_of(self, number: IntegerValue) -> StringValue:
        """Return the id of an indicator."""
        return told(number, self.indicators)


def told(number: IntegerValue, answers: Sequence[str | int]) -> Value:
    """Return the answer at the place `number`, from 0; found by halving, since engines try cases in turn."""
    return _halved(number, answers, first=0)


def _halved(number: IntegerValue, answers: Sequence[str | int], *, first: int) -> Value:
    if len(set(answers)) == 1:
        return ibis.literal(answers[0])
    middle = len(answers) // 2
    return ibis.ifelse(
        number < first + middle,
        _halved(number, answers[:middle], first=first),
        _halved(number, answers[middle:], first=first + middle),
    )


def sheets_of(releases: Iterable[OpenRelease], *, indicators: Mapping[str, IndicatorDefinition]) -> Sheets:
    """Return every sheet that feeds an indicator."""
    found = []
    for release in releases:
        by_period: dict[int, dict[str, Use]] = {}
        for use in release.uses(indicators):
            by_period.setdefault(use.period, {})[use.indicator.id] = use
        found += [Sheet(release, period, uses) for period, uses in by_period.items()]
    ordered = sorted(found, key=lambda sheet: (sheet.period, sheet.release.id))
    return Sheets(tuple(ordered), tuple(sorted({name for sheet in found for name in sheet.uses})))


@dataclass(frozen=True, slots=True)
class RowChoice:
    """Which rows of a publication are stacked, and by what they are told apart."""

    reads: tuple[str, ...]
    """Keys of a layout that are needed to tell them."""
    keys: tuple[str, ...]
    """Columns of `sources.rows.rows_of` that are kept."""
    phases: bool
    """Whether the rows say of which phase they are."""
    compared: bool
    """Whether figures that other sheets may give are stacked apart."""
    chosen: Callable[[Table], Table]


SCHOOL_ROWS = RowChoice(
    reads=("urn",),
    keys=("urn",),
    phases=False,
    compared=True,
    chosen=lambda placed: placed.filter(placed.level == SCHOOL, placed.urn.notnull()),
)
"""Rows about one school."""
AREA_ROWS = RowChoice(
    reads=("authority", "laestab", "region"),
    keys=("level", "area", "phase_of_row"),
    phases=True,
    compared=False,
    chosen=lambda placed: placed.filter(
        placed.level.notnull(), placed.level != SCHOOL, placed.area.notnull()
    ),
)
"""Rows about an authority, a region or England."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Rows of sheets of one publication stacked.

    `rows` has the keys, row, sheet, period and, for each indicator, its mark and denominator as printed
    under the names of `mark_of` and `part_of`; `cohorts` names the column with its cohort as a
    number. `given` tells which sheets give an indicator, `uses` one of the ways in which it is read
    (in a stack all multiply and divide alike). A stack is `contested` when other sheets may give the
    same figures.
    """

    rows: Table
    keys: tuple[str, ...]
    given: dict[str, list[int]]
    uses: dict[str, Use]
    cohorts: dict[str, str]
    contested: bool


def mark_of(indicator: str) -> str:
    """Return the column of a stack with what is printed for an indicator, or its numerator."""
    return f"{indicator}: mark"


def part_of(indicator: str) -> str:
    """Return the column of a stack with the denominator of an indicator as printed."""
    return f"{indicator}: part"


def stacked(every: Sheets, *, choice: RowChoice) -> list[Stack]:
    """Return the chosen rows of the sheets, in one stack for each publication and way of reading."""
    times_given = Counter(pair for sheet in every.sheets for pair in sheet.pairs)
    alike: dict[tuple[object, ...], dict[int, Sheet]] = {}
    for number, sheet in enumerate(every.sheets):
        contested = choice.compared and any(times_given[pair] > 1 for pair in sheet.pairs)
        layout = _plain_layout(sheet.release.layout, choice=choice)
        way = (contested, sheet.release.source, sheet.manner, layout.model_dump_json())
        alike.setdefault(way, {})[number] = sheet
    return [_stack(sheets, choice=choice, contested=bool(way[0])) for way, sheets in alike.items()]


def together(tables: Sequence[Table]) -> Table:
    """Return all rows of the tables, which have the same columns."""
    first, *others = tables
    return first.union(*others, distinct=False) if others else first


_LEVEL, _PHASE = "level as printed", "phase as printed"


def _plain_layout(layout: Layout, *, choice: RowChoice) -> Layout:
    """The layout of a stack: how its rows are told, under names that are the same in every year."""
    levels = layout.levels
    if levels is not None:
        phased = choice.phases and bool(levels.phase_column)
        levels = levels.model_copy(
            update={
                "column": _LEVEL,
                "phase_column": _PHASE if phased else "",
                "phases": levels.phases if phased else {},
            }
        )
    return Layout(
        id="stack",
        covers_from=date.min,
        covers_to=date.max,
        requires=(),
        period=PeriodFrom(place="fixed"),
        keys={name: f"{name} as printed" for name in layout.keys if name in choice.reads},
        levels=levels,
    )


def _stack(sheets: Mapping[int, Sheet], *, choice: RowChoice, contested: bool) -> Stack:
    given: dict[str, list[int]] = {}
    uses: dict[str, Use] = {}
    for number, sheet in sheets.items():
        for name, use in sheet.uses.items():
            given.setdefault(name, []).append(number)
            uses[name] = use
    layout = _plain_layout(next(iter(sheets.values())).release.layout, choice=choice)
    cohorts = {name: tuple(_cohort_of(sheet, name) for sheet in sheets.values()) for name in given}
    slots = {named: f"cohort {place}" for place, named in enumerate(sorted(set(cohorts.values())))}
    printed = together(
        [
            sheet.release.raw.select(
                **_printed(sheet, number=number, uses=uses, layout=layout),
                **{slot: _added(sheet.release.raw, named[place]) for named, slot in slots.items()},
            )
            for place, (number, sheet) in enumerate(sheets.items())
        ]
    )
    numbered = printed.mutate(**{slot: number_of(printed[slot]) for slot in slots.values()})
    rows = choice.chosen(rows_of(numbered, layout))
    kept = [name for name in numbered.columns if not name.endswith(" as printed")]
    return Stack(
        rows=rows.select(*choice.keys, *kept),
        keys=choice.keys,
        given=given,
        uses=uses,
        cohorts={name: slots[named] for name, named in cohorts.items()},
        contested=contested,
    )


def _printed(sheet: Sheet, *, number: int, uses: Mapping[str, Use], layout: Layout) -> dict[str, Value]:
    """What is taken from a sheet, as printed: the number of the row, its keys and its marks."""
    raw, own = sheet.release.raw, sheet.release.layout
    columns: dict[str, Value] = {
        "row": raw[ROW],
        "sheet": ibis.literal(number, "int16").cast("int16"),
        "period": ibis.literal(sheet.period, "int16").cast("int16"),
        **{named: raw[own.keys[key]] for key, named in layout.keys.items()},
    }
    if own.levels is not None and layout.levels is not None:
        columns[_LEVEL] = raw[own.levels.column]
        if layout.levels.phase_column:
            columns[_PHASE] = raw[own.levels.phase_column]
    for name, use in uses.items():
        divided = bool(use.reading.numerator)
        columns[mark_of(name)] = _text(raw, _column(sheet, name, "numerator" if divided else "value"))
        if divided:
            columns[part_of(name)] = _text(raw, _column(sheet, name, "denominator"))
    return columns


def _column(sheet: Sheet, indicator: str, part: Literal["value", "numerator", "denominator"]) -> str:
    use = sheet.uses.get(indicator)
    return "" if use is None else str(getattr(use.reading, part))


def _cohort_of(sheet: Sheet, indicator: str) -> tuple[str, ...]:
    use = sheet.uses.get(indicator)
    return () if use is None else use.reading.cohort_columns


def _added(raw: Table, named: tuple[str, ...]) -> StringValue:
    """The sum of columns written as text, so that it is stacked on what others print; one as printed."""
    if len(named) < 2:
        return _text(raw, "".join(named))
    first, *others = (number_of(raw[name]) for name in named)
    return sum(others, first).cast("int64").cast("string")


def _text(raw: Table, column: str) -> StringValue:
    return raw[column] if column else ibis.null("string")
