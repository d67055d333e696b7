"""The disadvantage gap index of authorities, from the files of pupils that are held."""

from collections import defaultdict
from collections.abc import Sequence
from functools import reduce
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from ibis.backends import BaseBackend
from ibis.expr.types import NumericValue, Table

from steward.analysis import columns
from steward.analysis.accountability.gap_index import counts_by_score, gap_index_of_counts
from steward.analysis.rebuild.pupils import StoredPupils, authorities_of_schools

GAP_INDICES = "gap_indices.parquet"
KEY_STAGE_2, KEY_STAGE_4 = "reading_maths", "english_maths"
"""The scores: mean scaled score of reading and mathematics, and mean grade of English and mathematics."""
NEEDS = {
    KEY_STAGE_2: ("KS2", "reading_score", "maths_score"),
    KEY_STAGE_4: ("KS4", "english_grade", "maths_grade"),
}
_SEED = 2014
_BY = ("area", "period")


def write_gap_indices(
    connection: BaseBackend, *, files: Sequence[StoredPupils], establishments: Path, into: Path
) -> None:
    """Write the gap index of every authority, year and measure into `into`, in the shape GAP_INDICES.

    Pupils without a score in both subjects are left out. Source: as `gap_index`.
    """
    rows: list[dict[str, object]] = []
    if files:
        register = columns.cast(connection.read_parquet(establishments), columns.ESTABLISHMENTS)
        tables = [connection.read_parquet(file.parquet) for file in files]
        for measure in NEEDS:
            counted = scores_of(tables, files=files, register=register, measure=measure)
            rows += [] if counted is None else _indices(connection.to_pyarrow(counted), measure=measure)
    pq.write_table(pa.Table.from_pylist(rows, schema=columns.GAP_INDICES.to_pyarrow()), into)


def scores_of(
    tables: Sequence[Table], *, files: Sequence[StoredPupils], register: Table, measure: str
) -> Table | None:
    """Return how many pupils of each authority and year have each score, as `counts_by_score`.

    None where no file has the columns of the measure.
    """
    stage, first, second = NEEDS[measure]
    needed = {"disadvantaged", first, second}
    given = [
        _scored(table.filter(table.stage == stage), score=(table[first] + table[second]) / 2.0)
        for table, file in zip(tables, files, strict=True)
        if needed <= set(file.columns)
    ]
    if not given:
        return None
    pupils = reduce(lambda one, other: one.union(other), given)
    placed = pupils.inner_join(authorities_of_schools(register), "urn")
    found = counts_by_score(placed, by=_BY, score="score", disadvantaged="is_disadvantaged")
    return found.order_by(*_BY, "place")


def _scored(pupils: Table, *, score: NumericValue) -> Table:
    known = pupils.disadvantaged.isin(["Y", "N"])
    is_one = ibis.ifelse(known, pupils.disadvantaged == "Y", ibis.null("boolean"))
    found: Table = pupils.select("urn", "period", score=score, is_disadvantaged=is_one)
    return found


def _indices(counted: pa.Table, *, measure: str) -> list[dict[str, object]]:
    groups: dict[tuple[str, int], list[dict[str, float]]] = defaultdict(list)
    for row in counted.to_pylist():
        groups[row["area"], row["period"]].append(row)
    return [
        {"area": area, "measure": measure, "period": period, **index}
        for (area, period), rows in groups.items()
        for index in [_index_of(rows)]
        if index
    ]


def _index_of(rows: list[dict[str, float]]) -> dict[str, object]:
    others, ones = [int(row["rest"]) for row in rows], [int(row["ones"]) for row in rows]
    if not sum(others) or not sum(ones):
        return {}
    found = gap_index_of_counts(others, disadvantaged=ones, seed=_SEED)
    return {
        "gap_index": found.index,
        "lower": found.lower,
        "upper": found.upper,
        "disadvantaged": found.disadvantaged,
        "others": found.others,
    }
