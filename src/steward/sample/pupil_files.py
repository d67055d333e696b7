"""Writes invented pupils as a file in the layout in which an authority exports its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from steward.sample.arrays import Chance, Flags, Floats, Ints
from steward.sample.england import England, imagine
from steward.sample.pupils import (
    ETHNICITIES,
    MISSING,
    STAGES,
    WRITING,
    Cells,
    Pupils,
    Results,
    cells_of,
    enrol,
    examine,
    unknown,
)

YEARS = (2022, 2023, 2024)
"""Years of which the sample has pupils: those with national tables of Progress 8."""
_CHUNK = 500_000
_WHOLE = ("reading_score", "maths_score", "gps_score", "english_grade", "maths_grade")


@dataclass(frozen=True, slots=True)
class PupilSample:
    """What pupils to invent: how many rows, of which years, of which authority (None: all of England)."""

    pupils: int
    seed: int = 2014
    years: tuple[int, ...] = YEARS
    authority: int | None = None


def write_pupils(path: Path, *, sample: PupilSample, england: England | None = None) -> int:
    """Write a file of invented pupils (CSV, or Parquet by its name) and return how many rows it has.

    The same sample and England give the same rows. Schools are those of `england`, by default that of
    the demonstration. Raises ValueError for an authority that England does not have.
    """
    country = england or imagine(seed=2014, schools=20_000, authorities=150)
    chance = Chance(sample.seed)
    cells = cells_of(country, pupils=sample.pupils, years=sample.years, authority=sample.authority)
    batches = (
        _batch(chance, england=country, cells=chunk, part=part) for part, chunk in enumerate(_chunks(cells))
    )
    return _write_parquet(path, batches) if path.suffix == ".parquet" else _write_csv(path, batches)


def _chunks(cells: Cells) -> Iterator[Cells]:
    """Return the cells in runs of about half a million pupils."""
    ends = np.cumsum(cells.pupils)
    cuts = np.searchsorted(ends, np.arange(_CHUNK, ends[-1], _CHUNK)).tolist()
    edges = [0, *cuts, len(ends)]
    for first, last in pairwise(edges):
        if last > first:
            yield cells.slice(first, last)


def _batch(chance: Chance, *, england: England, cells: Cells, part: int) -> pa.RecordBatch:
    pupils = enrol(chance, england=england, cells=cells, part=part)
    results = examine(chance, england=england, pupils=pupils, part=part)
    return pa.RecordBatch.from_pydict(_who(chance, pupils, part=part) | _what(results))


def _who(chance: Chance, pupils: Pupils, *, part: int) -> dict[str, pa.Array]:
    many = len(pupils.site)

    def known(codes: Sequence[str], numbers: Ints | Flags, topic: str) -> pa.Array:
        blank = unknown(chance, topic=f"{topic} {part}", many=many)
        return _coded(codes, np.where(blank, MISSING, numbers))

    yes_or_no = ("N", "Y")
    return {
        "urn": pa.array(pupils.urn),
        "year": _coded([f"{year - 1}-{year}" for year in range(2000, 2100)], pupils.year - 2000),
        "stage": _coded(STAGES, pupils.stage),
        "sex": _coded(("M", "F"), pupils.girl),
        "disadvantaged": known(yes_or_no, pupils.disadvantaged, "disadvantaged"),
        "free_school_meals": known(yes_or_no, pupils.meals, "meals"),
        "first_language": known(("ENG", "OTH"), pupils.other_language, "language"),
        "sen": known(("N", "K", "E"), pupils.need, "need"),
        "ethnicity": _coded(ETHNICITIES, pupils.ethnicity),
        "looked_after": _coded(yes_or_no, pupils.looked_after),
        "term_of_birth": _coded(("AUTUMN", "SPRING", "SUMMER"), pupils.term),
        "idaci_quintile": known(("1", "2", "3", "4", "5"), pupils.fifth - 1, "fifth"),
    }


def _what(results: Results) -> dict[str, pa.Array]:
    scores = {
        name: _whole(score) if name in _WHOLE else pa.array(score, from_pandas=True)
        for name, score in results.scores.items()
    }
    return scores | {
        "writing": _coded(WRITING, results.writing),
        "ebacc_entered": _coded(("N", "Y"), results.entered),
        "sessions_possible": pa.array(results.possible.astype(np.int16)),
        "sessions_missed": pa.array(results.missed.astype(np.int16)),
    }


def _whole(score: Floats) -> pa.Array:
    return pa.array(np.nan_to_num(score).astype(np.int16), mask=np.isnan(score))


def _coded(codes: Sequence[str], numbers: Ints | Flags) -> pa.Array:
    plain = numbers.astype(np.int8)
    return pa.DictionaryArray.from_arrays(pa.array(plain, mask=plain == MISSING), pa.array(list(codes)))


def _write_parquet(path: Path, batches: Iterator[pa.RecordBatch]) -> int:
    first = next(batches)
    with pq.ParquetWriter(path, first.schema, compression="zstd") as writer:
        writer.write_batch(first)
        rows: int = first.num_rows
        for batch in batches:
            writer.write_batch(batch)
            rows += batch.num_rows
    return rows


def _write_csv(path: Path, batches: Iterator[pa.RecordBatch]) -> int:
    rows = 0
    with path.open("wb") as stream:
        for number, batch in enumerate(batches):
            plain = pa.RecordBatch.from_arrays(
                [
                    one.dictionary_decode() if pa.types.is_dictionary(one.type) else one
                    for one in batch.columns
                ],
                names=batch.schema.names,
            )
            options = pa.csv.WriteOptions(include_header=number == 0, quoting_style="none")
            pa.csv.write_csv(plain, stream, options)
            rows += batch.num_rows
    return rows
