"""A published file as a table of text: every cell as printed, every row with its number in the file."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from steward.analysis.columns import ROW
from steward.analysis.sources import emails, files, outlines, texts, workbooks
from steward.analysis.sources.definition import Layout
from steward.analysis.sources.emails import EmailCell
from steward.analysis.sources.files import LIMIT_BYTES, Form, UnreadableFile
from steward.analysis.sources.texts import Fault, OddRecord

__all__ = ["EmailCell", "Fault", "OddRecord", "Peek", "PublishedTable", "UnreadableFile", "peek", "read"]

_TOP = 12


@dataclass(frozen=True)
class Peek:
    """What the beginning of a file says: enough to recognise the publication."""

    path: Path
    size: int
    form: Form
    encoding: str = ""
    delimiter: str = ""
    tops: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    """The first rows of each sheet; a file that is no workbook has one sheet without a name."""

    @property
    def name(self) -> str:
        """The name of the file without its folder."""
        return self.path.name

    @property
    def header(self) -> tuple[str, ...]:
        """The names in the first row of the first sheet."""
        return self.header_at(1)

    def header_at(self, header_row: int, *, sheet: str = "") -> tuple[str, ...]:
        """Return the names in row `header_row` of the sheet, or of the first sheet."""
        top = self.top_of(sheet)
        return workbooks.names_of(top[header_row - 1]) if len(top) >= header_row else ()

    def top_of(self, sheet: str = "") -> tuple[tuple[str, ...], ...]:
        """Return the first rows of the sheet named `sheet`, capitals aside, or of the first sheet."""
        return self.tops.get(self.sheet_named(sheet), ())

    def sheet_named(self, sheet: str) -> str:
        """Return the name of the sheet as the file spells it, or of its first sheet."""
        wanted = sheet.strip().lower()
        first = next(iter(self.tops), "")
        return next((name for name in self.tops if wanted and name.strip().lower() == wanted), first)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of the file as it is on disk, in hexadecimal."""
        return files.sha256_of(self.path)


@dataclass(frozen=True)
class PublishedTable:
    """A file as published: `table` has every column as text, trimmed, and `row` as int64.

    The header is row 1 and the first record row 2; where the header is further down, rows are
    those of the sheet. Blank records are left out of the table and listed in `odd`.
    """

    table: pa.Table
    header: tuple[str, ...]
    encoding: str
    odd: tuple[OddRecord, ...] = ()
    cut: bool = False
    """Whether the last record stops before its end, as half a file does."""
    lost_characters: int = 0
    dropped: tuple[str, ...] = ()
    """Columns about people, which were not read."""
    emails: tuple[EmailCell, ...] = ()
    """Cells that held an e-mail address and are blank in `table`."""


def peek(path: Path, *, limit_bytes: int = LIMIT_BYTES) -> Peek:
    """Return what the beginning of the file says, reading no more than that.

    Raises UnreadableFile when it is empty, too large, or not what its name says.
    """
    form = files.form_of(path)
    size = files.size_of(path, limit_bytes=limit_bytes)
    if form is Form.WORKBOOK:
        workbooks.refuse_large_workbook(path, limit_bytes=limit_bytes)
        tops = {name: _sheet_top(path, sheet=name) for name in workbooks.sheet_names(path)}
        return Peek(path, size, form, tops=tops)
    if form is Form.PARQUET:
        header = workbooks.parquet_header(path, limit_bytes=limit_bytes)
        first = workbooks.parquet_columns(path, most=_TOP - 1)
        records = zip(*(column.to_pylist() for column in first.columns), strict=True)
        return Peek(path, size, form, tops={"": (header, *records)})
    return _peek_text(path, size=size, form=form)


def _sheet_top(path: Path, *, sheet: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row) for row in workbooks.sheet_rows(path, sheet=sheet, most=_TOP))


def _peek_text(path: Path, *, size: int, form: Form) -> Peek:
    head = files.head_of(path)
    files.refuse_other_kinds(head, name=path.name)
    text = files.text_of(head, name=path.name, whole=len(head) < files.HEAD_BYTES)
    if not text.content.strip():
        raise UnreadableFile(f"{path.name} is empty: download it again.")
    if form is Form.OBJECTS:
        return Peek(path, size, form, text.encoding)
    delimiter = texts.delimiter_of(text.content)
    top = texts.first_records(text.content, delimiter=delimiter, most=_TOP, name=path.name)
    return Peek(path, size, form, text.encoding, delimiter, {"": top})


def read(found: Peek, *, layout: Layout, limit_bytes: int = LIMIT_BYTES) -> PublishedTable:
    """Return the whole file as a table of text, without columns about people and cells with e-mail addresses.

    Raises UnreadableFile when it has no records, names a column twice, is cut inside its gzip, or
    is larger than `limit_bytes` once unpacked.
    """
    if found.form is Form.TEXT:
        published = _read_text(found, layout=layout, limit_bytes=limit_bytes)
    elif found.form is Form.WORKBOOK:
        published = _read_sheet(found, layout=layout)
    elif found.form is Form.PARQUET:
        published = _read_parquet(found, layout=layout)
    elif "geometry" in layout.fields:
        published = _read_outlines(found, layout=layout, limit_bytes=limit_bytes)
    else:
        raise UnreadableFile(f"{found.name} is not a table.")
    if published.table.num_rows == 0:
        raise UnreadableFile(f"{found.name} has a header and no records: download it again.")
    return _without_people(published, layout=layout)


def _without_people(published: PublishedTable, *, layout: Layout) -> PublishedTable:
    people = [name for name in layout.personal if name in published.table.column_names]
    table, blanked = emails.without_emails(published.table.drop_columns(people))
    return replace(published, table=table, dropped=tuple(people), emails=blanked)


def _read_text(found: Peek, *, layout: Layout, limit_bytes: int) -> PublishedTable:
    content = files.bytes_of(found.path, limit_bytes=limit_bytes)
    text = files.text_of(content, name=found.name)
    del content
    top = texts.first_records(
        text.content, delimiter=found.delimiter, most=layout.header_row, name=found.name
    )
    if len(top) < layout.header_row:
        raise UnreadableFile(f"{found.name} has no row {layout.header_row}, where its header should be.")
    header = _checked_header(top[-1], layout=layout, name=found.name)
    quick = texts.quick_columns(text.content, delimiter=found.delimiter) if layout.header_row == 1 else None
    if quick is not None and len(quick) == len(header):
        table, odd = _numbered(quick, header=header)
        return PublishedTable(table, header, text.encoding, odd, lost_characters=text.lost)
    records = texts.read_records(
        text.content,
        delimiter=found.delimiter,
        width=len(header),
        header_row=layout.header_row,
        name=found.name,
    )
    table = _table(records, header=header)
    return PublishedTable(table, header, text.encoding, records.odd, records.cut, text.lost)


def _read_sheet(found: Peek, *, layout: Layout) -> PublishedTable:
    sheet = found.sheet_named(layout.sheet)
    cells = workbooks.sheet_rows(found.path, sheet=sheet)
    if len(cells) < layout.header_row:
        raise UnreadableFile(f"{found.name} has no row {layout.header_row}, where its header should be.")
    header = _checked_header(cells[layout.header_row - 1], layout=layout, name=found.name)
    records = texts.records_of_rows(cells, width=len(header), header_row=layout.header_row)
    return PublishedTable(_table(records, header=header), header, "workbook", records.odd)


def _read_parquet(found: Peek, *, layout: Layout) -> PublishedTable:
    columns = workbooks.parquet_columns(found.path)
    header = _checked_header(columns.column_names, layout=layout, name=found.name)
    table, odd = _numbered(columns.columns, header=header)
    return PublishedTable(table, header, "parquet", odd)


def _read_outlines(found: Peek, *, layout: Layout, limit_bytes: int) -> PublishedTable:
    text = files.text_of(files.bytes_of(found.path, limit_bytes=limit_bytes), name=found.name)
    properties = [name for name in layout.columns if name != outlines.GEOMETRY]
    rows = outlines.features(text.content, properties=properties, name=found.name)
    header = (*properties, outlines.GEOMETRY)
    records = texts.records_of_rows([list(header), *rows], width=len(header), header_row=1)
    return PublishedTable(_table(records, header=header), header, text.encoding, records.odd)


def _checked_header(names: Sequence[str], *, layout: Layout, name: str) -> tuple[str, ...]:
    """Return the header with repeated columns that the layout knows of told apart by a number."""
    seen: Counter[str] = Counter()
    header: list[str] = []
    for place, column in enumerate(workbooks.names_of(names), start=1):
        seen[column.lower()] += 1
        if column.lower() == ROW:
            column = f"{column} (published)"
        elif seen[column.lower()] > 1 and column in layout.repeats:
            column = f"{column} {seen[column.lower()]}"
        header.append(column or f"Column {place} (no name)")
    twice = sorted(column for column, times in Counter(one.lower() for one in header).items() if times > 1)
    if twice:
        raise UnreadableFile(
            f"{name}, row {layout.header_row}: the column {twice[0].upper()} is there twice, so it is "
            "not certain which to read. Download the file again, or take one of them out."
        )
    if not header:
        raise UnreadableFile(f"{name}, row {layout.header_row}: there are no column names.")
    return tuple(header)


def _table(records: texts.Records, *, header: tuple[str, ...]) -> pa.Table:
    columns = [pc.utf8_trim_whitespace(pa.array(column, pa.string())) for column in records.columns]
    return pa.table([*columns, pa.array(records.rows, pa.int64())], names=[*header, ROW])


def _numbered(
    columns: Sequence[pa.ChunkedArray], *, header: tuple[str, ...]
) -> tuple[pa.Table, tuple[OddRecord, ...]]:
    trimmed = [pc.utf8_trim_whitespace(column) for column in columns]
    count = len(trimmed[0])
    numbered = pa.table([*trimmed, pa.array(range(2, count + 2), pa.int64())], names=[*header, ROW])
    blank = _blank(trimmed)
    if blank is None:
        return numbered, ()
    rows = numbered.filter(blank).column(ROW).to_pylist()
    odd = tuple(OddRecord(row, Fault.BLANK, len(header)) for row in rows)
    return numbered.filter(pc.invert(blank)), odd


def _blank(columns: Sequence[pa.ChunkedArray]) -> pa.ChunkedArray | None:
    """Return which records are blank in every column, or None where none is."""
    blank = pc.equal(columns[0], "")
    for column in columns[1:]:
        if not pc.any(blank).as_py():
            return None
        blank = pc.and_(blank, pc.equal(column, ""))
    return blank if pc.any(blank).as_py() else None
