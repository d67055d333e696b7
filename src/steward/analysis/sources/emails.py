"""E-mail addresses in published cells, which are left out before anything is stored."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from steward.analysis.columns import ROW

_ADDRESS = r"[^\s@,;:<>()]+@[^\s@,;:<>()]+\.[A-Za-z]{2,}"
"""Not a name with an @ in it, such as UTC@harbourside: what follows has a full stop and an ending."""


@dataclass(frozen=True, slots=True)
class EmailCell:
    """A cell that held an e-mail address and is blank now."""

    row: int
    column: str


def without_emails(table: pa.Table) -> tuple[pa.Table, tuple[EmailCell, ...]]:
    """Return `table` with every cell of text that holds an e-mail address blank, and which they were."""
    found: list[EmailCell] = []
    for place, column in enumerate(table.column_names):
        cells = table.column(place)
        if not pa.types.is_string(cells.type) or not pc.any(pc.match_substring(cells, "@")).as_py():
            continue
        holds = pc.match_substring_regex(cells, _ADDRESS)
        numbers = table.column(ROW).filter(holds).to_pylist()
        if numbers:
            found.extend(EmailCell(row, column) for row in numbers)
            table = table.set_column(place, column, pc.if_else(holds, "", cells))
    return table, tuple(found)
