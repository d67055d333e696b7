"""Releases of one publication stacked on top of each other, with a column for each indicator they give.

Years of a publication differ in the names of their columns and in which they have. Stacked under the
names of the indicators they are read once, in one expression, however many years there are.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import ibis
from ibis.expr.types import Table

from steward.analysis.indicators.catalogue import ReleaseShape, Use, school_uses
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.sources.definition import Layout
from steward.analysis.sources.marks import number_of
from steward.analysis.sources.rows import SCHOOL, rows_of

_NUMBER_OF = "number of "


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
class RowChoice:
    """Which rows of a publication are stacked, and by what they are told apart."""

    keys: tuple[str, ...]
    """Columns of `sources.rows.rows_of` that are kept."""
    chosen: Callable[[Table], Table]


SCHOOL_ROWS = RowChoice(("urn",), lambda placed: placed.filter(placed.level == SCHOOL, placed.urn.notnull()))
"""Rows about one school."""
AREA_ROWS = RowChoice(
    ("level", "area", "phase_of_row"),
    lambda placed: placed.filter(placed.level.notnull(), placed.level != SCHOOL, placed.area.notnull()),
)
"""Rows about an authority, a region or England."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Rows of releases of one publication stacked.

    `rows` has the keys, row, release, version, period and, for each indicator, the columns of
    `names_of`. `given` tells which (release, period) give an indicator, `times` by what a figure is
    multiplied, `divided` which indicators are a ratio of two columns, and `area_phases` under which
    phase area rows are filed where they do not say it. A stack is `contested` when another release
    may give the same figures.
    """

    rows: Table
    keys: tuple[str, ...]
    given: dict[str, list[tuple[str, int]]]
    times: dict[str, float]
    divided: frozenset[str]
    area_phases: dict[str, str]
    contested: bool


@dataclass(frozen=True, slots=True)
class Names:
    """The columns of an indicator in a stack: mark and denominator as printed, and cohort as a number."""

    mark: str
    part: str
    cohort: str


def names_of(indicator: str) -> Names:
    """Return the names of the columns of an indicator in a stack."""
    return Names(f"{indicator}: mark", f"{indicator}: part", f"{indicator}: cohort")


def stacked(
    releases: Iterable[OpenRelease], *, indicators: Mapping[str, IndicatorDefinition], choice: RowChoice
) -> list[Stack]:
    """Return the chosen rows of the releases, in one stack for each publication and way of reading."""
    sheets = [sheet for release in releases for sheet in _sheets(release, indicators=indicators)]
    given = Counter(pair for sheet in sheets for pair in sheet.pairs)
    together: dict[tuple[str, _Manner, bool], list[_Sheet]] = {}
    for sheet in sheets:
        contested = any(given[pair] > 1 for pair in sheet.pairs)
        together.setdefault((sheet.release.source, sheet.manner, contested), []).append(sheet)
    return [
        _stack(alike, choice=choice, contested=contested) for (_, _, contested), alike in together.items()
    ]


def _sheets(release: OpenRelease, *, indicators: Mapping[str, IndicatorDefinition]) -> Iterator["_Sheet"]:
    by_period: dict[int, dict[str, Use]] = {}
    for use in release.uses(indicators):
        by_period.setdefault(use.period, {})[use.indicator.id] = use
    for period, uses in by_period.items():
        yield _Sheet(release, period, uses)


_Manner = frozenset[tuple[str, float, bool]]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One year of one release and how it feeds each indicator."""

    release: OpenRelease
    period: int
    uses: dict[str, Use]

    @property
    def pairs(self) -> list[tuple[str, int]]:
        """The indicators and year of which the sheet gives figures."""
        return [(name, self.period) for name in self.uses]

    @property
    def manner(self) -> _Manner:
        """What makes two sheets unfit for one stack: indicators that are multiplied or divided."""
        return frozenset(
            (name, use.reading.times, bool(use.reading.numerator))
            for name, use in self.uses.items()
            if use.reading.numerator or use.reading.times != 1.0
        )


def _stack(sheets: Sequence[_Sheet], *, choice: RowChoice, contested: bool) -> Stack:
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
    first, *others = [_rows(sheet, names=sorted(given), divided=divided, choice=choice) for sheet in sheets]
    rows = first.union(*others, distinct=False) if others else first
    return Stack(rows, choice.keys, given, times, frozenset(divided), phases, contested)


def _rows(sheet: _Sheet, *, names: list[str], divided: set[str], choice: RowChoice) -> Table:
    release = sheet.release
    placed = choice.chosen(rows_of(_needed(sheet), release.layout))
    columns: dict[str, ibis.Value] = {name: placed[name] for name in choice.keys}
    columns |= {
        "row": placed.row,
        "release": ibis.literal(release.id),
        "version": ibis.literal(release.version),
        "period": ibis.literal(sheet.period, "int32").cast("int64"),
    }
    for name in names:
        use, own = sheet.uses.get(name), names_of(name)
        reading = use.reading if use else None
        columns[own.mark] = _text(placed, (reading.numerator or reading.value) if reading else "")
        columns[own.cohort] = _number(placed, reading.cohort if reading else "")
        if name in divided:
            columns[own.part] = _text(placed, reading.denominator if reading else "")
    return placed.select(**columns)


def _needed(sheet: _Sheet) -> Table:
    """The columns that are read, and beside them every cohort as a number, each read once."""
    raw, layout = sheet.release.raw, sheet.release.layout
    readings = [use.reading for use in sheet.uses.values()]
    wanted = {"row", *layout.keys.values()}
    if layout.levels is not None:
        wanted |= {layout.levels.column, layout.levels.phase_column}
    for reading in readings:
        wanted |= {reading.value, reading.numerator, reading.denominator}
    cohorts = sorted({reading.cohort for reading in readings} - {""})
    numbers = {_NUMBER_OF + name: number_of(raw[name]) for name in cohorts}
    return raw.select(*(name for name in raw.columns if name in wanted), **numbers)


def _text(rows: Table, column: str) -> ibis.Value:
    return rows[column] if column else ibis.null("string")


def _number(rows: Table, column: str) -> ibis.Value:
    return rows[_NUMBER_OF + column] if column else ibis.null("float64")
