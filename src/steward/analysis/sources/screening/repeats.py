"""Test that each school has one record, and what its records say where it has more."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from steward.analysis.columns import ROW
from steward.analysis.sources.definition import Holds
from steward.analysis.sources.marks import NUMBER
from steward.analysis.sources.screening.cells import Cells, count_of
from steward.analysis.sources.screening.report import Finding, Verdict, counted, passed

_SHARE = 0.01
_ENOUGH = 3
_NAMED_AT_MOST = 6
_ONE_ROW_A_SCHOOL = (Holds.REGISTER, Holds.RESULTS)
_PASTED_TWICE = "The file may hold the table twice: download it again."
_USED = {
    Holds.REGISTER: "Of each the first record that is open is used, or else the first; the others are not."
}
_FIRST_USED = "The first record of each is used; the others are not."


@dataclass(frozen=True, slots=True)
class _Difference:
    """Two records of one school that differ in a column."""

    column: str
    urn: int
    rows: tuple[int, int]
    values: tuple[str, str]

    @property
    def is_figure(self) -> bool:
        """Whether either of them prints a number."""
        return any(re.search(NUMBER, value) for value in self.values)


def keys(cells: Cells) -> Iterator[Finding]:
    """Yield the schools that have more than one record, where a publication has one for each.

    Three schools and more than one in a hundred fail the file, and so does any school whose records
    differ in a figure, since it is not known which of them is right. Registers hold no figures.
    """
    holds = cells.recognised.source.holds
    if not (holds in _ONE_ROW_A_SCHOOL or cells.layout.snapshot) or cells.urns is None:
        return
    rows = pa.table({"urn": cells.urns, ROW: cells.table.column(ROW)}).filter(cells.is_urn)
    each = rows.group_by("urn").aggregate([(ROW, "min"), (ROW, "count")])
    again = each.filter(pc.greater(each.column(f"{ROW}_count"), 1))
    if not again.num_rows:
        yield passed("keys")
        return
    many = again.num_rows >= _ENOUGH and again.num_rows > _SHARE * each.num_rows
    found = () if many else _differences(cells, urns=again.column("urn"))
    figures = [] if holds is Holds.REGISTER else [one for one in found if one.is_figure]
    if figures:
        yield _contradiction(cells, figures=figures)
    else:
        yield _repetition(cells, again=again, found=found, many=many)


def _differences(cells: Cells, *, urns: pa.ChunkedArray) -> tuple[_Difference, ...]:
    concerned = cells.table.filter(pc.is_in(cells.urns, value_set=urns.combine_chunks()))
    key = cells.layout.keys["urn"]
    records: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in concerned.to_pylist():
        records[record[key]].append(record)
    columns = [name for name in cells.table.column_names if name not in (ROW, *cells.layout.keys.values())]
    return tuple(
        _Difference(column, int(urn), (first[ROW], other[ROW]), (first[column], other[column]))
        for urn, (first, *others) in records.items()
        for other in others
        for column in columns
        if first[column] != other[column]
    )


def _repetition(cells: Cells, *, again: pa.Table, found: tuple[_Difference, ...], many: bool) -> Finding:
    repeated = pc.and_(
        pc.is_in(cells.urns, value_set=again.column("urn").combine_chunks()),
        pc.invert(pc.is_in(cells.table.column(ROW), value_set=again.column(f"{ROW}_min").combine_chunks())),
    )
    count = count_of(repeated)
    columns = list(dict.fromkeys(one.column for one in found))
    likeness = f", which differ in {', '.join(columns[:_NAMED_AT_MOST])}" if columns else ", all alike"
    return Finding(
        "keys",
        Verdict.FAIL if many else Verdict.WARNING,
        f"{counted(again.num_rows, 'school has', 'schools have')} more than one record "
        f"({counted(count, 'record', 'records')} too many){'' if many else likeness}.",
        _PASTED_TWICE if many else _USED.get(cells.recognised.source.holds, _FIRST_USED),
        count,
        cells.places(repeated, column=cells.layout.keys["urn"]),
    )


def _contradiction(cells: Cells, *, figures: list[_Difference]) -> Finding:
    one = figures[0]
    rows = pa.array([row for each in figures for row in each.rows], pa.int64())
    concerned = pc.is_in(cells.table.column(ROW), value_set=rows)
    return Finding(
        "keys",
        Verdict.FAIL,
        f"Rows {one.rows[0]} and {one.rows[1]} are both of the school {one.urn} and differ in the column "
        f"{one.column}: {one.values[0] or 'blank'} and {one.values[1] or 'blank'}.",
        "It cannot be told which is right, so the file is not loaded: ask the publisher, "
        "and take the wrong record out.",
        count_of(concerned),
        cells.places(concerned, column=one.column),
    )
