"""A figure's table as CSV: plain numbers with their unit in the heading, then what must be known of them."""

import re
from collections.abc import Sequence

from steward.interface.charts import notes, twins
from steward.interface.charts.figures import Figure
from steward.interface.charts.pictures import Imprint
from steward.interface.csv_files import csv_bytes
from steward.interface.parts import Cell, Column, Table, Tag
from steward.interface.words import MINUS
from steward.vocabulary.values import Missing

_NUMBER = re.compile(r"-?£?\d[\d,]*(\.\d+)?%?")
_UNITS = {"%": "percent", "£": "pounds"}


def sheet(figure: Figure, *, imprint: Imprint) -> bytes:
    """Return the table of a figure as a CSV file, and beneath an empty line what must be known of it."""
    table = twins.table_of(figure)
    columns = [
        _column(column, [row[number] for row in table.rows]) for number, column in enumerate(table.columns)
    ]
    rows: list[list[str]] = [[heading for column in columns for heading in column[0]]]
    rows += [[cell for column in columns for cell in column[1][number]] for number in range(len(table.rows))]
    rows.append([])
    rows += [[name, text] for name, text in _about(figure, table, imprint) if text]
    return csv_bytes(rows)


def _column(column: Column, cells: Sequence[object]) -> tuple[list[str], list[list[str]]]:
    """Return the headings of a column and its cells; notes, where there are any, in a column of their own."""
    written = [_text(cell).replace(MINUS, "-") for cell in cells]
    heading = column.label
    if column.numeric:
        signs = {sign for text in written if _NUMBER.fullmatch(text) for sign in _UNITS if sign in text}
        if len(signs) == 1:
            heading = f"{column.label}, {_UNITS[signs.pop()]}"
    plain = [_plain(text) for text in written]
    remarks = [cell.note if isinstance(cell, Cell) else "" for cell in cells]
    if not any(remarks):
        return [heading], [[one] for one in plain]
    return [heading, f"{column.label}, note"], [
        [one, remark] for one, remark in zip(plain, remarks, strict=True)
    ]


def _plain(text: str) -> str:
    """Return a written number without its commas and unit, any other text as it is."""
    if _NUMBER.fullmatch(text):
        return text.replace(",", "").replace("£", "").removesuffix("%")
    return text


def _text(cell: object) -> str:
    if isinstance(cell, Missing):
        return cell.reason.label
    if isinstance(cell, Tag):
        return cell.text
    return _text(cell.content) if isinstance(cell, Cell) else str(cell)


def _about(figure: Figure, table: Table, imprint: Imprint) -> list[tuple[str, str]]:
    missing = notes.reasons_in(cell for row in table.rows for cell in row if isinstance(cell, Missing))
    return [
        ("Title", figure.title),
        ("Description", figure.description),
        ("Measure", figure.measure),
        ("Unit", str(getattr(figure, "unit", "percent"))),
        ("Cohort", figure.cohort),
        *(("Note", note) for note in notes.notes_of(figure)),
        *((reason.label, reason.explanation) for reason in missing),
        ("Source", figure.source),
        ("Given out by", imprint.line),
    ]
