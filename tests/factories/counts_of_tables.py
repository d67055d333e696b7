"""Linked tables made from random counts: rows by columns, or with rows in groups that add up."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from steward.analysis.disclosure.tables import Cell, LinkedTables, Sum


def linked(
    counts: NDArray[np.int64], *, limit: int, parts: Sequence[int] = (), costs: Sequence[float] = ()
) -> LinkedTables:
    """Return tables of counts by row and column with totals of rows known.

    `parts` says how many rows each subtotal has; without it there is only the total of each column.
    Totals of columns may be withheld, at ten times the cost of a count.
    """
    table = _Table(limit)
    body = [[table.add(int(count)) for count in row] for row in counts]
    for row, cells in zip(counts, body, strict=True):
        table.sums.append(Sum(table.add(int(row.sum()), known=True), tuple(cells)))
    groups = _split(body, parts or (len(body),))
    subtotals = []
    for rows in groups:
        cells = [tuple(row[place] for row in rows) for place in range(counts.shape[1])]
        totals = [table.add(sum(table.cells[one].count for one in column), cost=10.0) for column in cells]
        table.sums += [Sum(total, column) for total, column in zip(totals, cells, strict=True)]
        subtotals.append(totals)
    if len(groups) > 1:
        for column in zip(*subtotals, strict=True):
            whole = sum(table.cells[one].count for one in column)
            table.sums.append(Sum(table.add(whole, cost=20.0), tuple(column)))
    return LinkedTables(tuple(table.cells), tuple(table.sums), tuple(table.costs), frozenset(table.known))


class _Table:
    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.cells: list[Cell] = []
        self.costs: list[float] = []
        self.known: set[int] = set()
        self.sums: list[Sum] = []

    def add(self, count: int, *, cost: float = 1.0, known: bool = False) -> int:
        figure = len(self.costs)
        small = 0 < count < self.limit and not known
        self.cells.append(Cell(count, figure, need=self.limit if small else 0))
        self.costs.append(cost)
        if known:
            self.known.add(figure)
        return figure


def _split(rows, parts):
    ends = np.cumsum(parts)
    return [rows[end - size : end] for end, size in zip(ends, parts, strict=True) if size]
