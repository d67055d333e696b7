"""Releases of one publication stacked on top of each other, with a column for each indicator they give.

Years of a publication differ in the names of their columns and in which they have. Stacked under the
names of the indicators they are read once, in one expression, however many years there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import ibis
from ibis.expr.types import Table

from steward.analysis.indicators.catalogue import ReleaseShape, Use, school_uses
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.sources.definition import Layout
from steward.analysis.sources.rows import rows_of


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
class Stack:
    """Releases of one publication stacked.

    `rows` has urn, row, level, area, phase, release, version, period and, for each indicator, the
    columns of `names_of`. `given` tells which (release, period) give an indicator, `times` by what a
    figure is multiplied, `divided` which indicators are a ratio of two columns, and `area_phases`
    under which phase area rows are filed where they do not say it.
    """

    rows: Table
    given: dict[str, list[tuple[str, int]]]
    times: dict[str, float]
    divided: frozenset[str]
    area_phases: dict[str, str]


@dataclass(frozen=True, slots=True)
class Names:
    """The columns of an indicator in a stack: mark as printed, denominator, and cohort, as text."""

    mark: str
    part: str
    cohort: str


def names_of(indicator: str) -> Names:
    """Return the names of the columns of an indicator in a stack."""
    return Names(f"{indicator}: mark", f"{indicator}: part", f"{indicator}: cohort")


def stacked(releases: Iterable[OpenRelease], *, indicators: Mapping[str, IndicatorDefinition]) -> list[Stack]:
    """Return the releases that feed any indicator, in one stack for each publication and way of reading."""
    sheets: dict[tuple[str, frozenset[tuple[str, float, bool]]], list[_Sheet]] = {}
    for release in releases:
        by_period: dict[int, list[Use]] = {}
        for use in release.uses(indicators):
            by_period.setdefault(use.period, []).append(use)
        for period, uses in by_period.items():
            sheet = _Sheet(release, period, {use.indicator.id: use for use in uses})
            sheets.setdefault((release.source, sheet.manner), []).append(sheet)
    return [_stack(together) for together in sheets.values()]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One year of one release and how it feeds each indicator."""

    release: OpenRelease
    period: int
    uses: dict[str, Use]

    @property
    def manner(self) -> frozenset[tuple[str, float, bool]]:
        """What makes two sheets unfit for one stack: indicators that are multiplied or divided."""
        return frozenset(
            (name, use.reading.times, bool(use.reading.numerator))
            for name, use in self.uses.items()
            if use.reading.numerator or use.reading.times != 1.0
        )


def _stack(sheets: Sequence[_Sheet]) -> Stack:
    given: dict[str, list[tuple[str, int]]] = {}
    times: dict[str, float] = {}
    phases: dict[str, str] = {}
    divided: set[str] = set()
    for sheet in sheets:
        for name, use in sheet.uses.items():
            given.setdefault(name, []).append((sheet.release.id, sheet.period))
            times[name] = use.reading.times
            phases[name] = use.reading.area_phase
            if use.reading.numerator:
                divided.add(name)
    first, *others = [_rows(sheet, names=sorted(given), divided=divided) for sheet in sheets]
    rows = first.union(*others, distinct=False) if others else first
    return Stack(rows, given, times, frozenset(divided), phases)


def _rows(sheet: _Sheet, *, names: list[str], divided: set[str]) -> Table:
    release = sheet.release
    placed = rows_of(release.raw.select(*_needed(sheet)), release.layout)
    columns: dict[str, ibis.Value] = {
        "urn": placed.urn,
        "row": placed.row,
        "level": placed.level,
        "area": placed.area,
        "phase": placed.phase_of_row,
        "release": ibis.literal(release.id),
        "version": ibis.literal(release.version),
        "period": ibis.literal(sheet.period, "int32").cast("int64"),
    }
    for name in names:
        use, own = sheet.uses.get(name), names_of(name)
        reading = use.reading if use else None
        columns[own.mark] = _text(placed, (reading.numerator or reading.value) if reading else "")
        columns[own.cohort] = _text(placed, reading.cohort if reading else "")
        if name in divided:
            columns[own.part] = _text(placed, reading.denominator if reading else "")
    return placed.select(**columns)


def _needed(sheet: _Sheet) -> list[str]:
    layout = sheet.release.layout
    wanted = {"row", *layout.keys.values()}
    if layout.levels is not None:
        wanted |= {layout.levels.column, layout.levels.phase_column}
    for use in sheet.uses.values():
        reading = use.reading
        wanted |= {reading.value, reading.numerator, reading.denominator, reading.cohort}
    return [name for name in sheet.release.raw.columns if name in wanted]


def _text(rows: Table, column: str) -> ibis.Value:
    return rows[column] if column else ibis.null("string")
