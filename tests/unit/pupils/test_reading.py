"""A file of pupils is read by its documented columns; what cannot be used is told without quoting it."""

import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from steward.analysis.pupils.reading import UnusablePupilFile
from unit.pupils.known import HEADER, LAYOUT, ROWS, read, written

MANY = ROWS * 10
"""Enough good rows for one bad row to be fewer than one in twenty."""


def test_every_row_of_a_good_file_is_held(tmp_path: Path) -> None:
    found, rows = read(written(tmp_path, *ROWS))

    assert (found.read, found.rows, found.refused) == (7, 7, 0)
    assert found.held == {(2024, "KS2"): 4, (2024, "KS4"): 3}
    assert pq.read_table(rows).column("period").to_pylist() == [2024] * 7


def test_other_ways_of_writing_a_code_are_understood(tmp_path: Path) -> None:
    header = "URN,Academic Year".replace("Academic Year", "year") + ",Stage,SEN,ethnicity,First Language"
    found, rows = read(written(tmp_path, "100001,202324,2,s,WBRI,enb", header=header))

    (row,) = pq.read_table(rows).to_pylist()
    assert found.rows == 1
    assert (row["sen"], row["ethnicity"], row["first_language"]) == ("E", "WHIT", "ENG")


@pytest.mark.parametrize("column", ["UPN", "Forename", "Date of Birth", "postcode", "Pupil ID"])
def test_a_column_that_points_at_a_child_is_refused_by_name(column: str, tmp_path: Path) -> None:
    path = written(tmp_path, ROWS[0] + ",Marker-77", header=f"{HEADER},{column}")

    with pytest.raises(UnusablePupilFile) as refused:
        read(path)

    assert column.casefold().replace(" ", "_") in str(refused.value)
    assert "Nothing was kept" in str(refused.value)
    assert "Marker-77" not in str(refused.value)


def test_any_other_column_is_refused_too(tmp_path: Path) -> None:
    with pytest.raises(UnusablePupilFile, match="The column tutor_group is not one"):
        read(written(tmp_path, ROWS[0] + ",7B", header=f"{HEADER},tutor_group"))


def test_a_file_without_header_is_refused_without_quoting_its_first_row(tmp_path: Path) -> None:
    with pytest.raises(UnusablePupilFile) as refused:
        read(written(tmp_path, ROWS[1], header="Marker-77,Smith,1.1.2012"))

    assert "no column called urn" in str(refused.value)
    assert "arker" not in str(refused.value)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("999999,2023-2024,KS2" + "," * 17, "Urn is not a school that a register lists"),
        ("100001,2023-2025,KS2" + "," * 17, "Year is not an academic year"),
        ("100001,2023-2024,Marker-77" + "," * 17, "Stage is not one of its codes"),
        ("100001,2023-2024,KS2,,,,140" + "," * 13, "Reading_score is not a number from 80 to 120"),
        ("100001,2023-2024,NONE" + "," * 13 + ",10,11,,", "Sessions_missed is more than"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_by_number_and_reason(row: str, why: str, tmp_path: Path) -> None:
    found, _ = read(written(tmp_path, *MANY, row))

    assert found.refused == 1
    assert why in found.sentence
    assert f"row {len(MANY) + 2}" in found.sentence
    assert "arker" not in found.sentence


def test_a_file_with_too_many_bad_rows_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(UnusablePupilFile, match="of 8 rows cannot be used, more than 5%"):
        read(written(tmp_path, *ROWS, "100001,2023-2024,Marker-77" + "," * 17))


def test_a_row_with_too_few_fields_refuses_the_file_without_quoting_it(tmp_path: Path) -> None:
    with pytest.raises(UnusablePupilFile) as refused:
        read(written(tmp_path, *ROWS, "100001,Marker-77"))

    assert "cannot be read" in str(refused.value)
    assert "arker" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_the_year_can_be_said_where_the_file_has_none(tmp_path: Path) -> None:
    path = written(tmp_path, "100001,KS2", header="urn,stage")

    with pytest.raises(UnusablePupilFile, match="--year"):
        read(path)
    assert read(path, year=2023)[0].held == {(2023, "KS2"): 1}


def test_rows_of_another_year_than_was_said_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusablePupilFile, match="None of the 7 rows can be used"):
        read(written(tmp_path, *ROWS), year=2022)


def test_parquet_and_compressed_files_read_the_same(tmp_path: Path) -> None:
    plain = written(tmp_path, *ROWS)
    _, rows = read(plain)
    expected = pq.read_table(rows)
    packed = tmp_path / "pupils.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    numbers = tmp_path / "pupils.parquet"
    pq.write_table(pa.csv.read_csv(plain), numbers)

    assert pq.read_table(read(packed)[1]).equals(expected)
    assert pq.read_table(read(numbers)[1]).equals(expected)


def test_every_group_of_a_column_is_one_that_is_defined() -> None:
    from steward.analysis.comparison.groups import read_groups  # noqa: PLC0415

    assert {column.group for column in LAYOUT.columns if column.group} <= set(read_groups())
