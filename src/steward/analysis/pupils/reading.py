"""Reading a file of pupils row by row: what can be used is written aside, what cannot is counted by number.

No text of a file ever stands in a message: what is wrong is told by the number of a row and the name of
a column of the layout. Faults raised by the readers of CSV and Parquet quote rows, so they are swallowed.
"""

import csv
import gzip
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from steward.analysis.pupils.layout import PupilLayout, written
from steward.analysis.pupils.screening import PupilScreening, Screener
from steward.vocabulary.academic_year import AcademicYear

_BLOCK = 64_000_000
_BATCH_ROWS = 500_000
_ROW_GROUP = 250_000


class UnusablePupilFile(ValueError):
    """A file of pupils cannot be used; the message says what is wrong and what to do, and quotes no row."""


def read(
    path: Path, *, layout: PupilLayout, year: AcademicYear | None, urns: Collection[int], into: Path
) -> PupilScreening:
    """Write the rows of `path` that can be used to the Parquet file `into`, and return what was found.

    `year` is that of every row when the file has no column for it; `urns` are the schools that registers
    list. Raises UnusablePupilFile when the file is not one of pupils, has a column that could point at a
    child, or has too many rows that cannot be used; `into` is then not to be kept.
    """
    names = _header(path)
    _refuse_header(names, layout=layout, year=year)
    screener = Screener(layout, names=names, year=year, urns=urns)
    with pq.ParquetWriter(into, screener.schema, compression="zstd") as writer:
        for batch in _batches(path, names=names):
            writer.write_batch(screener.screen(batch), row_group_size=_ROW_GROUP)
    found = screener.found()
    _refuse_rows(found, layout=layout)
    return found


def _header(path: Path) -> tuple[str, ...]:
    try:
        if path.suffix == ".parquet":
            return tuple(written(name) for name in pq.read_schema(path).names)
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8-sig", newline="") as stream:
            return tuple(written(name) for name in next(csv.reader(stream), ()))
    except FileNotFoundError:
        raise UnusablePupilFile(f"There is no file called {path}. Check the name and try again.") from None
    except (UnicodeDecodeError, csv.Error, pa.ArrowException, gzip.BadGzipFile):
        raise UnusablePupilFile(_unreadable(path)) from None


def _unreadable(path: Path) -> str:
    return (
        f"{path.name} cannot be read. Export it as CSV in UTF-8, with a header row and as many fields in "
        "every row, or as Parquet, and try again."
    )


def _refuse_header(names: Sequence[str], *, layout: PupilLayout, year: AcademicYear | None) -> None:
    """Refuse a header; only when it is one of pupils are its names told, since else they may be a row."""
    absent = [name for name in layout.required if name not in names]
    if absent:
        raise UnusablePupilFile(
            f"The first row has no column called {' or '.join(absent)}, so this is not a file of pupil "
            "results. Give the first row the column names of docs/how-to/load-pupil-results.md."
        )
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UnusablePupilFile(f"The column {twice[0]} is there twice. Take one away and try again.")
    for name in names:
        _refuse_column(name, layout=layout)
    if year is None and "year" not in names:
        raise UnusablePupilFile(
            "The file has no column called year. Say the academic year with --year, such as --year 2023-2024."
        )


def _refuse_column(name: str, *, layout: PupilLayout) -> None:
    if layout.column(name):
        return
    personal = layout.personal_reason(name)
    if personal:
        raise UnusablePupilFile(
            f"The column {name} holds {personal}, which Steward must not be given. "
            "Take the column out of the export and load the file again. Nothing was kept."
        )
    raise UnusablePupilFile(
        f"The column {name} is not one that a file of pupils may have, and it could point at a child. "
        "Take it out of the export, or give it the name of a column in docs/how-to/load-pupil-results.md. "
        "Nothing was kept."
    )


def _batches(path: Path, *, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Return the rows as text, batch by batch; what the readers say of a row that they refuse is dropped."""
    batches = _opened(path, names=names)
    while True:
        try:
            batch = next(batches, None)
        except (pa.ArrowException, OSError):
            raise UnusablePupilFile(_unreadable(path)) from None
        if batch is None:
            return
        yield batch


def _opened(path: Path, *, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
    if path.suffix == ".parquet":
        for batch in pq.ParquetFile(path).iter_batches(_BATCH_ROWS):
            yield _as_text(batch, names=names)
        return
    reader = pa.csv.open_csv(
        path,
        read_options=pa.csv.ReadOptions(block_size=_BLOCK, column_names=list(names), skip_rows=1),
        convert_options=pa.csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
    )
    yield from reader


def _as_text(batch: pa.RecordBatch, *, names: Sequence[str]) -> pa.RecordBatch:
    texts = [
        (column.dictionary_decode() if pa.types.is_dictionary(column.type) else column).cast(pa.string())
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(texts, names=list(names))


def _refuse_rows(found: PupilScreening, *, layout: PupilLayout) -> None:
    if not found.rows:
        raise UnusablePupilFile(
            f"None of the {found.read:,} rows can be used. {found.sentence} Correct the export and try again."
        )
    if found.refused * 100 > layout.most_refused_percent * found.read:
        raise UnusablePupilFile(
            f"{found.refused:,} of {found.read:,} rows cannot be used, more than "
            f"{layout.most_refused_percent:g}%. {found.sentence} Correct the export and try again. "
            "Nothing was kept."
        )
