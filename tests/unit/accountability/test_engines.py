"""The expressions for pupils give on Spark what they give on DuckDB."""

import random
from collections.abc import Callable
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from ibis.backends import BaseBackend
from ibis.expr.types import Table

from steward.analysis.accountability import attainment8, gap_index, progress8_columns
from steward.analysis.accountability.attainment8 import Kind
from steward.analysis.accountability.catalogue import progress_8_tables

pytestmark = pytest.mark.filterwarnings("ignore")


def _pupils() -> pa.Table:
    chance = random.Random(12)
    rows = [
        {
            "urn": 100000 + number % 5,
            "period": chance.choice([2021, 2022, 2023, 2024]),
            "prior_attainment": chance.choice([None, chance.randrange(118, 240) / 2]),
            "attainment_8": chance.choice([None, chance.randrange(0, 900) / 10]),
            **{
                f"{name}_points": float(chance.randrange(0, 18))
                for name in ("english", "maths", "ebacc", "open")
            },
            "poor": chance.choice([True, False, None]),
        }
        for number in range(600)
    ]
    return pa.Table.from_pylist(rows)


def _results() -> pa.Table:
    chance = random.Random(13)
    rows = [
        {
            "pupil": pupil,
            "result": number,
            "kind": chance.choice(list(Kind)).value,
            "points": float(chance.randrange(10)),
        }
        for pupil in range(60)
        for number in range(chance.randrange(1, 12))
    ]
    return pa.Table.from_pylist(rows)


def _scored(pupils: Table) -> Table:
    return progress8_columns.progress_8(pupils, tables=progress_8_tables().values())


def _schools(pupils: Table) -> Table:
    return progress8_columns.school_scores(
        _scored(pupils), by=["urn", "period"], tables=progress_8_tables().values()
    )


def _gaps(pupils: Table) -> Table:
    return gap_index.gap_indices(pupils, by=["urn"], score="attainment_8", disadvantaged="poor")


def _attainment(results: Table) -> Table:
    return attainment8.attainment_of_all(results, by=["pupil"])


EXPRESSIONS: dict[Callable[[Table], Table], Callable[[], pa.Table]] = {
    _scored: _pupils,
    _schools: _pupils,
    _gaps: _pupils,
    _attainment: _results,
}


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=lambda one: one.__name__.strip("_"))
def test_spark_gives_what_duckdb_gives(
    expression: Callable[[Table], Table], spark: BaseBackend, tmp_path: Path
) -> None:
    path = tmp_path / "rows.parquet"
    pq.write_table(EXPRESSIONS[expression](), path)
    here, there = (
        _rows(engine, expression(engine.read_parquet(path))) for engine in (ibis.duckdb.connect(), spark)
    )
    assert len(here) == len(there) > 0
    for one, other in zip(here, there, strict=True):
        assert one == pytest.approx(other, abs=1e-9)


def _rows(engine: BaseBackend, table: Table) -> list[tuple[float, ...]]:
    found = engine.to_pyarrow(table).to_pylist()
    made = [tuple(-999.0 if cell is None else float(cell) for cell in row.values()) for row in found]
    return sorted(made, key=lambda row: [round(cell, 6) for cell in row])
