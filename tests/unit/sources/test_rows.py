"""Schools and areas are told apart as the layout says."""

from datetime import date

import ibis
import pyarrow as pa

from steward.analysis.sources import rows
from steward.analysis.sources.definition import Layout, Levels, PeriodFrom


def layout(**changed) -> Layout:
    plain = {
        "id": "any",
        "covers_from": date(2018, 9, 1),
        "covers_to": date(2019, 8, 31),
        "requires": (),
        "period": PeriodFrom(place="path"),
    }
    return Layout(**(plain | changed))


def read(table: dict, of: Layout) -> list[dict]:
    raw = ibis.memtable(pa.table({name: pa.array(cells, pa.string()) for name, cells in table.items()}))
    found = rows.rows_of(raw, of).select("urn", "level", "area", "phase_of_row")
    return ibis.duckdb.connect().to_pyarrow(found).to_pylist()


def test_record_types_name_schools_authorities_and_england():
    results = layout(
        keys={"urn": "URN", "authority": "LEA"},
        levels=Levels(column="RECTYPE", school=("1", "2"), authority=("4",), england=("7",)),
    )
    assert read(
        {
            "RECTYPE": ["1", "2 ", "4", "5", "7", None],
            "LEA": ["383", "383", "383", "", " ", ""],
            "URN": ["107833", " ", "", "", " ", ""],
        },
        results,
    ) == [
        {"urn": 107833, "level": "school", "area": "383", "phase_of_row": "all"},
        {"urn": None, "level": "school", "area": "383", "phase_of_row": "all"},
        {"urn": None, "level": "authority", "area": "383", "phase_of_row": "all"},
        {"urn": None, "level": None, "area": None, "phase_of_row": "all"},
        {"urn": None, "level": "england", "area": "england", "phase_of_row": "all"},
        {"urn": None, "level": None, "area": None, "phase_of_row": "all"},
    ]


def test_national_footers_name_their_phase():
    absence = layout(
        keys={"urn": "URN", "authority": "LA"},
        levels=Levels(
            column="LA",
            school=("*",),
            england=("NAT",),
            phase_column="ESTAB",
            phases={"PRI": "primary", "SEC": "secondary"},
        ),
    )
    found = read(
        {
            "LA": ["201", "NAT", "NAT", "NAT"],
            "ESTAB": ["3614", "PRI", "SEC", "MID"],
            "URN": ["100000", "", "", ""],
        },
        absence,
    )
    assert [(row["level"], row["area"], row["phase_of_row"]) for row in found] == [
        ("school", "201", "all"),
        ("england", "england", "primary"),
        ("england", "england", "secondary"),
        ("england", "england", "unknown"),
    ]


def test_without_levels_a_row_with_a_urn_is_a_school_and_any_other_is_left_out():
    finance = layout(keys={"urn": "urn", "laestab": "laestab"})
    assert read({"urn": ["100000", "TOTAL"], "laestab": ["201/3614", ""]}, finance) == [
        {"urn": 100000, "level": "school", "area": "201", "phase_of_row": "all"},
        {"urn": None, "level": None, "area": None, "phase_of_row": "all"},
    ]


def test_other_columns_of_the_file_are_kept():
    raw = ibis.memtable(pa.table({"URN": ["100000"], "ATT8SCR": ["46.1"], "row": [2]}))
    assert rows.rows_of(raw, layout(keys={"urn": "URN"})).columns == (
        "ATT8SCR", "row", "urn", "level", "area", "phase_of_row",
    )  # fmt: skip


def test_an_authority_row_without_code_is_of_the_authority_of_the_schools_above_it():
    results = layout(
        keys={"urn": "URN"}, levels=Levels(column="RECTYPE", school=("1",), authority=("3",), england=("5",))
    )
    printed = ["1", "1", "3", "1", "3", "1", "1", "3", "5"]
    urns = ["100001", "100002", "", "100003", "", "100004", "100005", "", ""]
    raw = ibis.memtable(
        pa.table({"RECTYPE": printed, "URN": urns, "row": pa.array(range(2, 11), pa.int64())})
    )
    known = ibis.memtable(pa.table({"urn": [100001, 100004], "authority": ["201", "383"]}))
    found = rows.areas_by_position(rows.rows_of(raw, results), authorities=known)
    listed = ibis.duckdb.connect().to_pyarrow(found.order_by("row")).to_pylist()
    assert [one["area"] for one in listed if one["level"] == "authority"] == ["201", None, "383"]
    assert (len(listed), listed[-1]["area"]) == (9, "england")
