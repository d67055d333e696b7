"""The problem the four programs solve, and the pupils they solve it for."""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from steward.analysis.accountability.catalogue import progress_8_tables
from steward.sample.arrays import Chance
from steward.sample.england import England, imagine
from steward.sample.pupil_files import YEARS, _batch
from steward.sample.pupils import FOUR, Cells, cells_of

GROUPS = (
    "sex",
    "disadvantaged",
    "first_language",
    "sen",
    "ethnicity",
    "looked_after",
    "term_of_birth",
    "idaci_quintile",
)
"""The eight characteristics: columns of a file of pupils, whose codes are the members."""
SLOTS = ("english_points", "maths_points", "ebacc_points", "open_points")
SHAPE = pa.schema(
    {"urn": pa.int64(), "period": pa.int64()}
    | dict.fromkeys(GROUPS, pa.string())
    | dict.fromkeys((*SLOTS, "prior_attainment"), pa.float64())
)
PUPILS, EXPECTED, SPREADS = "pupils.parquet", "expected.parquet", "spreads.parquet"
OUTCOME = "cube.parquet"
UNKNOWN, ALL = "unknown", "all"
"""What a program writes for a missing code, and for every pupil of the school."""
_CHUNK = 500_000


def prepared(kept: Path, *, rows: int) -> Path:
    """Return the folder of the problem below `kept`, written when it is not there."""
    folder = kept / str(rows)
    if not folder.exists():
        kept.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="making-", dir=kept) as making:
            prepare(Path(making, "inputs"), rows=rows)
            Path(making, "inputs").rename(folder)
    return folder


def prepare(folder: Path, *, rows: int) -> None:
    """Write pupils at the end of key stage 4 and the national tables of Progress 8 into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    england, chance = imagine(seed=2014, schools=20_000, authorities=150), Chance(2014)
    with pq.ParquetWriter(folder / PUPILS, SHAPE, compression="zstd") as writer:
        for part, cells in enumerate(_chunks(england, rows=rows)):
            writer.write_batch(_shaped(_batch(chance, england=england, cells=cells, part=part)))
    tables = progress_8_tables().values()
    expected = [
        {"period": one.year, "halves": halves, "expected": group.attainment_8, "least": group.lowest_progress}
        for one in tables
        for group in one.groups
        for halves in range(round(group.lowest * 2), round(group.highest * 2) + 1)
    ]
    whole, number = pa.int64(), pa.float64()
    shape = pa.schema({"period": whole, "halves": whole, "expected": number, "least": number})
    pq.write_table(pa.Table.from_pylist(expected, schema=shape), folder / EXPECTED)
    spreads = [{"period": one.year, "reach": one.quantile * one.deviation().progress_8} for one in tables]
    pq.write_table(pa.Table.from_pylist(spreads), folder / SPREADS)


def timed(solve: Callable[[Path, Path], None]) -> None:
    """Solve the problem in the folders named on the command line; print seconds and processor seconds.

    It is solved twice, and the second time is told, so that neither imports nor first use are in it.
    """
    inputs, into = map(Path, sys.argv[1:3])
    for _ in range(2):
        began, worked = time.perf_counter(), time.process_time()
        solve(inputs, into)
        taken = time.perf_counter() - began, time.process_time() - worked
    print(*taken)


def _chunks(england: England, *, rows: int) -> Iterator[Cells]:
    every = cells_of(england, pupils=5_000_000, years=YEARS, authority=None)
    kept = every.stage == FOUR
    cells = Cells(*(getattr(every, name)[kept] for name in Cells.__slots__))
    edges = np.floor(np.cumsum(np.concatenate([[0], cells.pupils])) / cells.pupils.sum() * rows + 0.5)
    cells = replace(cells, pupils=np.diff(edges).astype(np.int64))
    ends = np.cumsum(cells.pupils)
    cuts = [0, *np.searchsorted(ends, np.arange(_CHUNK, ends[-1], _CHUNK)).tolist(), len(ends)]
    for first, last in pairwise(cuts):
        if last > first:
            yield cells.slice(first, last)


def _shaped(batch: pa.RecordBatch) -> pa.RecordBatch:
    period = pc.add(pc.cast(pc.utf8_slice_codeunits(batch["year"].dictionary_decode(), 0, 4), pa.int64()), 1)
    columns = {name: batch[name] for name in SHAPE.names if name != "period"} | {"period": period}
    return pa.RecordBatch.from_arrays(
        [_plain(columns[name]).cast(kind.type) for name, kind in zip(SHAPE.names, SHAPE, strict=True)],
        schema=SHAPE,
    )


def _plain(column: pa.Array) -> pa.Array:
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column
