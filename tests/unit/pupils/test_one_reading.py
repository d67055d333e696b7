"""Groupings of one table are made in one reading of it on DuckDB, and say what they said before."""

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ibis.expr.types import Table

from steward.analysis.pupils.one_reading import reads_once

COLUMNS = ("area", "sex", "need", "ward")
CODES = st.sampled_from(["A", "B", None])
ROWS = st.lists(st.tuples(*(CODES for _ in COLUMNS), st.integers(-9, 9)), min_size=1, max_size=12)
KEYS = st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=3, unique=True)
FEW = [("A", "B", None, "A", 2), ("A", None, "B", "B", 3), (None, "A", "A", None, 5)]


def _table(rows: list[tuple[object, ...]]) -> Table:
    names = (*COLUMNS, "score")
    shape = pa.schema(dict.fromkeys(COLUMNS, pa.string()) | {"score": pa.int64()})
    columns = [dict(zip(names, row, strict=True)) for row in rows]
    return ibis.memtable(pa.Table.from_pylist(columns, schema=shape)).mutate(double=ibis._.score * 2)


def _summed(table: Table, keys: list[str]) -> Table:
    return table.group_by(*keys).aggregate(total=table.double.sum(), rows=table.count())


def _told(grouped: Table, *, number: int) -> Table:
    """Give every grouping the same columns, so that several can be put one below the other."""
    absent = {name: ibis.null("string") for name in COLUMNS if name not in grouped.columns}
    return grouped.mutate(number=ibis.literal(number), **absent).select("number", *COLUMNS, "total", "rows")


def _together(*grouped: Table) -> Table:
    told = [_told(one, number=number) for number, one in enumerate(grouped)]
    return ibis.union(told[0], *told[1:]) if len(told) > 1 else told[0]


def _answers(expression: Table) -> tuple[list[str], list[str]]:
    """Return what the query says as Ibis writes it, and in one reading."""
    engines = (ibis.duckdb.connect(), reads_once(ibis.duckdb.connect()))
    plain, once = (
        sorted(map(repr, engine.to_pyarrow(expression).to_pylist()))  # type: ignore[attr-defined]
        for engine in engines
    )
    return plain, once


def _query(expression: Table) -> str:
    return str(reads_once(ibis.duckdb.connect()).compile(expression))


@settings(max_examples=30, deadline=None)
@given(rows=ROWS, keys=st.lists(KEYS, min_size=1, max_size=4))
def test_the_answer_stays_the_same(rows: list[tuple[object, ...]], keys: list[list[str]]) -> None:
    table = _table(rows)
    plain, once = _answers(_together(*(_summed(table, one) for one in keys)))

    assert once == plain


def test_groupings_of_one_table_are_made_in_one_reading() -> None:
    table = _table(FEW)
    query = _query(_together(_summed(table, ["area", "sex"]), _summed(table, ["area", "need", "ward"])))

    assert query.count("GROUPING SETS") == 1
    assert query.count("SUM(") == 1


def test_a_missing_code_is_not_taken_for_a_column_that_is_not_grouped_by() -> None:
    table = _table([(None, None, None, None, 1), ("A", None, None, None, 2)])
    plain, once = _answers(_together(_summed(table, ["area", "sex"]), _summed(table, ["area", "need"])))

    assert once == plain
    assert len(once) == 4


def test_a_cube_that_is_summed_again_takes_its_rows_from_the_one_reading() -> None:
    table = _table(FEW)
    cube, other = _summed(table, ["area", "sex", "need"]), _summed(table, ["area", "ward"])
    sums = [
        cube.group_by("area", key).aggregate(total=cube.total.sum(), rows=cube.rows.sum())
        for key in ("sex", "need")
    ]
    expression = _together(*sums, other)
    plain, once = _answers(expression)

    assert once == plain
    assert "GROUPING SETS" in _query(expression)


@pytest.mark.parametrize("case", ["one grouping", "other sums", "only some rows", "same name, other column"])
def test_groupings_that_differ_in_more_than_their_columns_are_left(case: str) -> None:
    table = _table(FEW)
    first = _summed(table, ["area", "sex"])
    others = {
        "one grouping": [],
        "other sums": [table.group_by("need").aggregate(total=table.score.sum(), rows=table.count())],
        "only some rows": [_summed(table.filter(table.score > 2), ["need"])],
        "same name, other column": [_summed(table.mutate(sex=table.need), ["ward", "sex"])],
    }
    expression = _together(first, *others[case])
    plain, once = _answers(expression)

    assert once == plain
    assert "GROUPING SETS" not in _query(expression)
