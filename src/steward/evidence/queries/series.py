"""Reads of the series of authorities: every measure, of every authority, region and England, year by year.

The whole of it is some hundred thousand numbers, kept in memory as a matrix for each generation of
tables: a line for each measure and label, a column for each area.
"""

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from steward.analysis import columns
from steward.analysis.indicators.series import SERIES_PLACES
from steward.analysis.rebuild.series import MEASURES_FILE, PLACES_FILE, SERIES_FILE
from steward.evidence import engine
from steward.evidence.queries import releases
from steward.vocabulary.areas import Level, name_of_area
from steward.vocabulary.values import KNOWN, Known, Missing, Reason, Value

_SHAPES = {
    SERIES_FILE: columns.SERIES,
    MEASURES_FILE: columns.MEASURES,
    PLACES_FILE: SERIES_PLACES,
}
_NO_CELL = Missing(Reason.NOT_AVAILABLE)
_TOPICS = "; "


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of the series as its dictionary describes it; `row` is its row in the dictionary.

    `unit` is percent, score, number, rate, pounds or days; `axis` says in the publisher's words what is
    counted; `polarity` is high, low or none; `banded` is false where the publisher gives no quartile.
    """

    code: str
    title: str
    topics: tuple[str, ...]
    polarity: str
    decimals: int
    unit: str
    axis: str
    year_type: str
    meaning: str
    banded: bool
    release: str
    row: int


@dataclass(frozen=True, slots=True)
class SeriesPlace:
    """An area of the series; `region` is the code of the region of an authority, empty for others."""

    code: str
    level: Level
    name: str
    region: str


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """One cell of the series. `year` and `years` are None where the label names no year."""

    measure: str
    area: str
    label: str
    year: int | None
    years: int | None
    value: Value
    release: str
    row: int


def measures() -> Mapping[str, Measure]:
    """Return every measure by its code, in the order of the dictionary; empty where none was loaded.

    Raises NothingLoaded when there is no generation of tables.
    """
    return _measures(releases.current_folder())


def places() -> Mapping[str, SeriesPlace]:
    """Return every area of the series by its code: authorities, regions, and "england"."""
    return _places(releases.current_folder())


def series_of(
    wanted: Collection[str], *, areas: Collection[str] | None = None
) -> Mapping[tuple[str, str], tuple[SeriesPoint, ...]]:
    """Return the points of measures by measure and area, oldest first; points whose label has no year last.

    `areas` are codes of `places`; every area when None. A measure or area that is not there is left out.
    """
    book = _book(releases.current_folder())
    found = {}
    for measure in wanted:
        for area in book.areas if areas is None else areas:
            points = tuple(book.points(measure, area))
            if points:
                found[measure, area] = points
    return MappingProxyType(found)


def labels_of(measure: str) -> tuple[str, ...]:
    """Return the labels of a measure, oldest first; those that name no year are last."""
    return tuple(line.label for line in _book(releases.current_folder()).lines.get(measure, ()))


def across(measure: str, *, label: str) -> Mapping[str, float]:
    """Return the known values of every authority in one year of a measure, by code."""
    return _book(releases.current_folder()).across(measure, label)


@dataclass(frozen=True, slots=True)
class _Line:
    """A measure in one year; `place` is its line in the matrix."""

    label: str
    year: int | None
    years: int | None
    place: int


@dataclass(frozen=True)
class _Book:
    """The series of a generation; a cell that the file does not have is NaN with row 0."""

    areas: Mapping[str, int]
    authorities: tuple[str, ...]
    lines: Mapping[str, tuple[_Line, ...]]
    values: NDArray[np.float64]
    rows: NDArray[np.int32]
    kinds: NDArray[np.int16]
    """Which of `missing` stands in a cell without a number."""
    missing: tuple[Missing, ...]
    release: str

    @cached_property
    def authority_columns(self) -> NDArray[np.int64]:
        """The columns of the authorities, in their order."""
        return np.array([self.areas[code] for code in self.authorities], dtype=np.int64)

    def points(self, measure: str, area: str) -> Iterator[SeriesPoint]:
        """Yield the cells of a measure and area that the file has, oldest first."""
        column = self.areas.get(area)
        if column is None:
            return
        for line in self.lines.get(measure, ()):
            row = int(self.rows[line.place, column])
            if row:
                value = self.value(line.place, column)
                yield SeriesPoint(measure, area, line.label, line.year, line.years, value, self.release, row)

    def value(self, line: int, column: int) -> Value:
        """Return the value in a cell."""
        number = float(self.values[line, column])
        return self.missing[int(self.kinds[line, column])] if math.isnan(number) else Known(number)

    def across(self, measure: str, label: str) -> Mapping[str, float]:
        """Return the known values of authorities in one year, by code."""
        line = next((one for one in self.lines.get(measure, ()) if one.label == label), None)
        if line is None or not self.authorities:
            return {}
        numbers = self.values[line.place][self.authority_columns].tolist()
        return {
            code: number
            for code, number in zip(self.authorities, numbers, strict=True)
            if not math.isnan(number)
        }


@lru_cache(maxsize=2)
def _measures(folder: Path) -> Mapping[str, Measure]:
    found = {}
    for row in _read(folder, MEASURES_FILE).to_pylist():
        found[row["code"]] = Measure(
            code=row["code"],
            title=row["title"] or row["code"],
            topics=tuple((row["topic"] or "").split(_TOPICS)),
            polarity=row["polarity"],
            decimals=row["decimals"] or 0,
            unit=row["unit"],
            axis=row["axis"] or "",
            year_type=row["year_type"] or "",
            meaning=row["meaning"] or "",
            banded=row["banded"],
            release=row["release"],
            row=row["row"],
        )
    return MappingProxyType(found)


@lru_cache(maxsize=2)
def _places(folder: Path) -> Mapping[str, SeriesPlace]:
    listed = _read(folder, PLACES_FILE).to_pylist()
    found = (
        SeriesPlace(
            row["area"], Level(row["level"]), name_of_area(row["name"] or row["area"]), row["region"] or ""
        )
        for row in listed
    )
    return MappingProxyType({place.code: place for place in found})


@lru_cache(maxsize=2)
def _book(folder: Path) -> _Book:
    table = _read(folder, SERIES_FILE)
    coded = {name: _coded(table, name) for name in ("measure", "area", "label", "status", "mark")}
    line_of, lines = _lines(table, measure=coded["measure"], label=coded["label"])
    areas = {code: number for number, code in enumerate(coded["area"][1])}
    shape = (int(line_of.max()) + 1 if len(line_of) else 0, len(areas))
    values, rows = np.full(shape, np.nan), np.zeros(shape, dtype=np.int32)
    area_of = coded["area"][0]
    numbers = table.column("value").to_numpy(zero_copy_only=False).astype(np.float64)
    rows[line_of, area_of] = table.column("row").to_numpy(zero_copy_only=False)
    values[line_of, area_of] = numbers
    kind_of, missing = _kinds(status=coded["status"], mark=coded["mark"])
    kinds = np.zeros(shape, dtype=np.int16)
    kinds[line_of, area_of] = kind_of
    known = _places(folder)
    authorities = [code for code in areas if code in known and known[code].level is Level.AUTHORITY]
    named = table.column("release")
    return _Book(
        areas=MappingProxyType(areas),
        authorities=tuple(sorted(authorities)),
        lines=lines,
        values=values,
        rows=rows,
        kinds=kinds,
        missing=missing,
        release=named[0].as_py() if len(named) else "",
    )


_Coded = tuple[NDArray[np.int64], list[str]]
"""The number of each text, and the texts in the order of their numbers."""


def _coded(table: pa.Table, name: str) -> _Coded:
    column = table.column(name).combine_chunks().dictionary_encode()
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    numbers = column.indices.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers, column.dictionary.to_pylist()


def _lines(
    table: pa.Table, *, measure: _Coded, label: _Coded
) -> tuple[NDArray[np.int64], Mapping[str, tuple[_Line, ...]]]:
    """Return the line of each cell in the matrix, and the lines of each measure, oldest first."""
    pairs = measure[0] * max(len(label[1]), 1) + label[0]
    each, first, line_of = np.unique(pairs, return_index=True, return_inverse=True)
    years, spans = (table.column(name).take(pa.array(first)).to_pylist() for name in ("year", "years"))
    found: dict[str, list[_Line]] = {}
    for place, pair in enumerate(each.tolist()):
        code, text = divmod(pair, max(len(label[1]), 1))
        line = _Line(label[1][text], years[place], spans[place], place)
        found.setdefault(measure[1][code], []).append(line)
    ordered = {
        code: tuple(sorted(listed, key=lambda one: (one.year is None, one.year or 0, one.label)))
        for code, listed in found.items()
    }
    return line_of.astype(np.int64), MappingProxyType(ordered)


def _kinds(*, status: _Coded, mark: _Coded) -> tuple[NDArray[np.int16], tuple[Missing, ...]]:
    """Return which kind of missing each cell is, and the kinds: first that of a cell the file lacks."""
    pairs = status[0] * max(len(mark[1]), 1) + mark[0]
    pairs[np.array([one == KNOWN for one in status[1]], dtype=bool)[status[0]]] = -1
    each, kind_of = np.unique(pairs, return_inverse=True)
    made = [_NO_CELL]
    for pair in each.tolist():
        reason, text = divmod(pair, max(len(mark[1]), 1))
        made.append(_NO_CELL if pair < 0 else Missing(Reason(status[1][reason]), mark[1][text] or ""))
    return (kind_of + 1).astype(np.int16), tuple(made)


def _read(folder: Path, name: str) -> pa.Table:
    """Return a table of a generation; an empty one where it was made before this table was known."""
    path = folder / name
    if not path.exists():
        return _SHAPES[name].to_pyarrow().empty_table()
    found = engine.connection().to_pyarrow(engine.table(path))
    if not isinstance(found, pa.Table):
        raise TypeError(f"{name} is not a table.")
    return found
