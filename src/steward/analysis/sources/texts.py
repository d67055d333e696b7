"""Tables of text: the delimiter, the records, and which records do not fit the header."""

import csv
import io
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import pyarrow as pa
import pyarrow.csv as pcsv

from steward.analysis.sources.files import UnreadableFile

_DELIMITERS = ",\t;|"
_QUOTED = re.compile(r'"(?:[^"]|"")*"')


class Fault(StrEnum):
    """What is odd about a record."""

    BLANK = "blank"
    SHORT = "short"
    LONG = "long"
    LONG_BUT_BLANK = "long_but_blank"


@dataclass(frozen=True, slots=True)
class OddRecord:
    """A record that does not fit the header: its row, what is odd, and how many cells it has."""

    row: int
    fault: Fault
    cells: int


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a file as columns of text, with the row number of each and the odd ones."""

    columns: tuple[Sequence[str], ...]
    rows: Sequence[int]
    odd: tuple[OddRecord, ...] = ()
    cut: bool = False
    """Whether the last record stops before its end."""


def delimiter_of(text: str) -> str:
    """Return the delimiter of the header line: the most frequent of comma, tab, semicolon and bar."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = _QUOTED.sub("", first)
    return max(_DELIMITERS, key=lambda mark: (bare.count(mark), mark == ","))


def first_records(text: str, *, delimiter: str, most: int, name: str) -> tuple[tuple[str, ...], ...]:
    """Return the first `most` records of `text`, trimmed."""
    found = itertools.islice(_records(text, delimiter=delimiter, name=name), most)
    return tuple(tuple(cell.strip() for cell in record) for record in found)


def _records(text: str, *, delimiter: str, name: str, strict: bool = False) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    for row in itertools.count(1):
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise UnreadableFile(
                f"{name}, row {row}: the record cannot be read ({fault}). A quotation mark is opened "
                "and never closed, or the file is cut. Download it again."
            ) from fault


def quick_columns(text: str, *, delimiter: str) -> list[pa.ChunkedArray] | None:
    """Return the columns of the table `text`, or None where any record is odd and must be read slowly."""
    if text.count('"') % 2:
        return None
    header = next(_records(text, delimiter=delimiter, name=""), [])
    try:
        table = pcsv.read_csv(
            pa.BufferReader(text.encode()),
            parse_options=pcsv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=pcsv.ConvertOptions(
                column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    if len(set(header)) < len(header) or table.column_names != header:
        return None
    return list(table.columns)


def read_records(text: str, *, delimiter: str, width: int, header_row: int, name: str) -> Records:
    """Return the records after the header, padded or cut to `width` cells; blank ones are left out."""
    gathered = _Gathered(width=width)
    unbalanced = text.count('"') % 2 == 1
    records = _records(text, delimiter=delimiter, name=name, strict=unbalanced)
    for row, record in enumerate(records, start=1):
        if row > header_row:
            gathered.take(record, row=row)
    return gathered.records(cut=not text.endswith(("\n", "\r")) and gathered.ends_short)


def records_of_rows(found: Sequence[Sequence[str]], *, width: int, header_row: int) -> Records:
    """Return the rows of a sheet after the header as Records."""
    gathered = _Gathered(width=width)
    for row, record in enumerate(found, start=1):
        if row > header_row:
            spare = any(record[width:])
            gathered.take(record if spare else record[:width], row=row)
    return gathered.records(cut=False)


@dataclass(slots=True)
class _Gathered:
    width: int
    kept: list[Sequence[str]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    odd: list[OddRecord] = field(default_factory=list)
    fewest_cells: int = 1 << 30
    ends_short: bool = False
    """Whether the last record has fewer cells than any other."""

    def take(self, record: Sequence[str], *, row: int) -> None:
        cells = len(record)
        self.ends_short = bool(self.rows) and cells < min(self.fewest_cells, self.width)
        self.fewest_cells = min(self.fewest_cells, cells)
        if not any(cell and not cell.isspace() for cell in record):
            self.odd.append(OddRecord(row, Fault.BLANK, cells))
            return
        if cells < self.width:
            self.odd.append(OddRecord(row, Fault.SHORT, cells))
            record = [*record, *([""] * (self.width - cells))]
        elif cells > self.width:
            spare = any(cell.strip() for cell in record[self.width :])
            self.odd.append(OddRecord(row, Fault.LONG if spare else Fault.LONG_BUT_BLANK, cells))
            record = record[: self.width]
        self.kept.append(record)
        self.rows.append(row)

    def records(self, *, cut: bool) -> Records:
        columns = tuple(zip(*self.kept, strict=True)) if self.kept else ((),) * self.width
        return Records(columns, self.rows, tuple(self.odd), cut)
