"""Reading the text of one column of pupils: each way of writing is understood once, and never printed."""

import math
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

import ibis.expr.schema as sch
import pyarrow as pa
import pyarrow.compute as pc

from steward.analysis.pupils.layout import Kind, PupilColumn, PupilLayout
from steward.vocabulary.academic_year import AcademicYear

PERIOD = "period"
"""The academic year by the calendar year of its end, in place of the column `year`."""

_BLANK = frozenset({"", "null", "none given", "."})
_URN = re.compile(r"[1-9]\d{5}")
_WARD = re.compile(r"[EW]05\d{6}")
_SHORT_YEAR = re.compile(r"(20\d\d)(\d\d)")
_TYPES = {Kind.URN: pa.int64(), Kind.YEAR: pa.int64(), Kind.NUMBER: pa.float64()}

Understand = Callable[[str], int | float | str | None]
"""Gives what a text means, or None when it means nothing the column may hold."""


@dataclass(frozen=True, slots=True)
class Understood:
    """A column as read: its values, and which rows hold a text that the column may not hold."""

    values: pa.Array
    faulty: pa.Array


def shape_of(layout: PupilLayout) -> sch.Schema:
    """Return the columns of pupils in the store, with Ibis types."""
    types = {stored(column): type_of(column) for column in layout.columns}
    return sch.Schema.from_pyarrow(pa.schema(types))


def stored(column: PupilColumn) -> str:
    """Return the name under which a column is stored."""
    return PERIOD if column.kind is Kind.YEAR else column.name


def type_of(column: PupilColumn) -> pa.DataType:
    """Return the Arrow type of a stored column."""
    return _TYPES.get(column.kind, pa.string())


def understand(texts: pa.Array, *, column: PupilColumn, urns: Collection[int]) -> Understood:
    """Return the values of a column of text; a blank is missing, which only a required column may not be.

    `urns` are the schools that registers list: a row of any other school is faulty.
    """
    reader = _reader(column, urns=urns)
    encoded = texts.dictionary_encode()
    values: list[int | float | str | None] = []
    faulty: list[bool] = []
    for raw in encoded.dictionary.to_pylist():
        text = raw.strip()
        blank = text.casefold() in _BLANK
        value = None if blank else reader(text)
        values.append(value)
        faulty.append(column.required if blank else value is None)
    read = pa.array(values, type_of(column)).take(encoded.indices)
    wrong = pa.array(faulty, pa.bool_()).take(encoded.indices)
    return Understood(read, pc.fill_null(wrong, column.required))


def _reader(column: PupilColumn, *, urns: Collection[int]) -> Understand:
    if column.kind is Kind.URN:
        return lambda text: _urn(text, urns=urns)
    if column.kind is Kind.YEAR:
        return year_of
    if column.kind is Kind.NUMBER:
        return lambda text: _number(text, column=column)
    if column.kind is Kind.WARD:
        return lambda text: text.upper() if _WARD.fullmatch(text.upper()) else None
    meanings = {way.casefold(): key for key, code in column.codes.items() for way in (key, *code.written)}
    return lambda text: meanings.get(_without_point(text).casefold())


def year_of(text: str) -> int | None:
    """Return the calendar year in which a written academic year ends, or None."""
    short = _SHORT_YEAR.fullmatch(_without_point(text))
    if short and int(short[2]) == (int(short[1]) + 1) % 100:
        return int(short[1]) + 1
    found = AcademicYear.find(text)
    return found.ends if found else None


def _urn(text: str, *, urns: Collection[int]) -> int | None:
    plain = _without_point(text)
    return int(plain) if _URN.fullmatch(plain) and int(plain) in urns else None


def _number(text: str, *, column: PupilColumn) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) and column.least <= number <= column.most else None


def _without_point(text: str) -> str:
    return text.removesuffix(".0")
