"""A list as a file to take away. Text that a spreadsheet would run as a formula is never one."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.http import HttpResponse

from steward.interface import csv_files

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Row = Sequence[object]


def csv_answer(name: str, *, header: Row, rows: Iterable[Row]) -> HttpResponse:
    """Return the rows as a CSV file."""
    return csv_files.csv_file(f"{name}.csv", header=header, rows=rows)


def xlsx_answer(name: str, *, header: Row, rows: Iterable[Row], about: Sequence[str]) -> HttpResponse:
    """Return the rows as a workbook, with what they are on a sheet before them."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    cover, sheet = book.add_worksheet("About"), book.add_worksheet("List")
    for place, line in enumerate(about):
        cover.write_string(place, 0, line)
    for place, row in enumerate([header, *rows]):
        sheet.write_row(place, 0, [_guarded(cell) for cell in row])
    sheet.freeze_panes(1, 0)
    book.close()
    return _file(stream.getvalue(), kind=_XLSX, name=f"{name}.xlsx")


def _guarded(cell: object) -> object:
    return csv_files.guarded(cell) if isinstance(cell, str) else cell


def _file(content: bytes, *, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
