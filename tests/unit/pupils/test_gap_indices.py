"""The gap index of an authority is that of its pupils, with an interval that is the same each time."""

from pathlib import Path

import ibis
import pyarrow.parquet as pq
import pytest

from steward.analysis.accountability.gap_index import gap_index_with_interval
from steward.analysis.rebuild.gap_indices import write_gap_indices
from unit.pupils.known import read, register_file, stored, written

HEADER = "urn,year,stage,disadvantaged,english_grade,maths_grade"


def _written(folder: Path, *rows: str, header: str = HEADER) -> list[dict[str, object]]:
    found, kept = read(written(folder, *rows, header=header))
    into = folder / "gap_indices.parquet"
    write_gap_indices(
        ibis.duckdb.connect(), files=[stored(found, kept)], establishments=register_file(folder), into=into
    )
    return pq.read_table(into).to_pylist()


def _rows(disadvantaged: str, grades: tuple[int, ...]) -> list[str]:
    return [f"100001,2023-2024,KS4,{disadvantaged},{grade},{grade - 1}" for grade in grades]


def test_the_index_of_an_authority_is_that_of_its_pupils(tmp_path: Path) -> None:
    others, ones = (9, 8, 7, 5, 3), (8, 6, 4, 2)
    (row,) = _written(tmp_path, *_rows("N", others), *_rows("Y", ones))
    expected = gap_index_with_interval(
        [one - 0.5 for one in others], disadvantaged=[one - 0.5 for one in ones], seed=2014
    )

    assert expected is not None
    assert (row["area"], row["measure"], row["period"]) == ("383", "english_maths", 2024)
    assert (row["disadvantaged"], row["others"]) == (4, 5)
    assert row["gap_index"] == pytest.approx(expected.index)
    assert (row["lower"], row["upper"]) == pytest.approx((expected.lower, expected.upper))


def test_a_pupil_without_a_grade_or_of_unknown_group_is_in_neither(tmp_path: Path) -> None:
    rows = [*_rows("N", (5, 4)), *_rows("Y", (3,)), "100001,2023-2024,KS4,Y,,3", "100001,2023-2024,KS4,,9,9"]
    (row,) = _written(tmp_path, *rows)

    assert (row["disadvantaged"], row["others"], row["gap_index"]) == (1, 2, 10.0)


def test_a_file_without_the_columns_or_a_group_has_no_index(tmp_path: Path) -> None:
    assert not _written(tmp_path, *_rows("N", (5, 4)))
    assert not _written(tmp_path, "100001,2023-2024,KS4,Y", header="urn,year,stage,disadvantaged")


def test_without_files_the_table_is_empty(tmp_path: Path) -> None:
    into = tmp_path / "gap_indices.parquet"
    write_gap_indices(ibis.duckdb.connect(), files=[], establishments=register_file(tmp_path), into=into)

    assert pq.read_table(into).num_rows == 0
