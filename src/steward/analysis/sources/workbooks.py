"""Workbooks and Parquet files as rows of text."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook

from steward.analysis.sources.files import UnreadableFile

Cell = int | float | str | bool | time | date | datetime | timedelta | None


def refuse_large_workbook(path: Path, *, limit_bytes: int) -> None:
    """Raise UnreadableFile when the workbook is not sound or unpacks to more than `limit_bytes`."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError) as fault:
        raise UnreadableFile(
            f"{path.name} is not a sound workbook (it may be password-protected): save it again as .xlsx."
        ) from fault
    if not any(name.endswith("workbook.xml") for name in names):
        raise UnreadableFile(f"{path.name} is not a workbook: it holds other files.")
    if unpacked > limit_bytes:
        raise UnreadableFile(
            f"{path.name} unpacks to {unpacked / 1_000_000:,.0f} MB, more than is read: check the file."
        )


def sheet_names(path: Path) -> tuple[str, ...]:
    """Return the names of the sheets of the workbook in order."""
    return tuple(_open(path).sheet_names)


def sheet_rows(path: Path, *, sheet: str, most: int | None = None) -> list[list[str]]:
    """Return the rows of a sheet as text, at most `most`: dates in ISO form, whole numbers without point."""
    try:
        cells = _open(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False, nrows=most)
    except (CalamineError, ValueError) as fault:
        raise UnreadableFile(f"{path.name}: the sheet '{sheet}' cannot be read ({fault}).") from fault
    return [[cell_text(cell) for cell in row] for row in cells]


def cell_text(cell: Cell) -> str:
    """Return the text of one cell as it would be published in a CSV file."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()


def _open(path: Path) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_path(path)
    except (CalamineError, OSError, ValueError) as fault:
        raise UnreadableFile(f"{path.name} is not a sound workbook: save it again as .xlsx.") from fault


def parquet_header(path: Path, *, limit_bytes: int) -> tuple[str, ...]:
    """Return the column names of a Parquet file, or raise UnreadableFile."""
    try:
        found = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as fault:
        raise UnreadableFile(f"{path.name} is not a sound Parquet file: download it again.") from fault
    groups = [found.metadata.row_group(group) for group in range(found.metadata.num_row_groups)]
    if sum(group.total_byte_size for group in groups) > limit_bytes:
        raise UnreadableFile(f"{path.name} unpacks to more than is read: check the file.")
    return tuple(found.schema_arrow.names)


def parquet_columns(path: Path, *, most: int | None = None) -> pa.Table:
    """Return the Parquet file with every column as text, null as blank; at most `most` rows."""
    try:
        table = pq.ParquetFile(path).read() if most is None else _first_rows(path, most=most)
        return pa.table({name: _as_text(table.column(name)) for name in table.column_names})
    except (pa.ArrowException, OSError) as fault:
        raise UnreadableFile(f"{path.name} cannot be read as a table of text: {fault}.") from fault


def _first_rows(path: Path, *, most: int) -> pa.Table:
    source = pq.ParquetFile(path)
    batch = next(source.iter_batches(batch_size=most), None)
    return source.schema_arrow.empty_table() if batch is None else pa.Table.from_batches([batch])


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_floating(column.type) and _are_whole(column):
        column = pc.cast(column, pa.int64())
    return pc.fill_null(pc.utf8_trim_whitespace(pc.cast(column, pa.string())), "")


def _are_whole(column: pa.ChunkedArray) -> bool:
    present = pc.drop_null(column)
    whole = pc.equal(pc.floor(present), present)
    return bool(pc.all(whole).as_py()) and not bool(pc.any(pc.greater(pc.abs(present), 2.0**53)).as_py())


def names_of(header: Sequence[str]) -> tuple[str, ...]:
    """Return the names in a header row, trimmed, without the nameless columns at its end."""
    names = [" ".join(name.split()) if "\n" in name else name.strip() for name in header]
    while names and not names[-1]:
        names.pop()
    return tuple(names)
