"""A download as CSV and as a workbook. Text that a spreadsheet would run as a formula is never one."""

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from steward.interface import csv_files
from steward.pages.queries import exports
from steward.pages.queries.exports import Cell, Download

_WIDEST = 60
_ABOUT_FIGURES = (
    "The newest year published; the heading of each column says which. Never blank: where a figure is "
    "missing, the reason stands in its place (sheet “Missing figures”)."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked for a download, when, and at which address the list stands."""

    by: str
    at: datetime.datetime
    address: str


def as_csv(download: Download) -> bytes:
    """Return the rows as CSV in UTF-8 with a byte order mark, days as 2026-07-03, one header line."""
    rows = ([_plain(cell) for cell in row] for row in download.rows)
    return csv_files.csv_bytes([[column.heading for column in download.columns], *rows])


def _plain(cell: Cell) -> Cell:
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def as_workbook(download: Download, *, asked: Asked) -> bytes:
    """Return a workbook: a cover sheet, the rows, the data versions, and the legend of missing words."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties(
        {"title": f"Schools {download.words}", "author": asked.by, "created": asked.at.replace(tzinfo=None)}
    )
    _Sheets(book).write(download, asked=asked)
    book.close()
    return stream.getvalue()


class _Sheets:
    """Writes the sheets of one workbook."""

    def __init__(self, book: "xlsxwriter.Workbook") -> None:
        self.book = book
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.bold = book.add_format({"bold": True, "valign": "top"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.day = book.add_format({"num_format": "d mmmm yyyy", "align": "left"})
        self.numbers = {
            places: book.add_format({"num_format": "#,##0" + ("." + "0" * places if places else "")})
            for places in range(4)
        }

    def write(self, download: Download, *, asked: Asked) -> None:
        """Write every sheet, the cover first."""
        self._cover(download, asked=asked)
        self._rows(download)
        self._table(
            "Data versions",
            ("Publication", "Version", "As at", "Loaded on", "File", "SHA-256"),
            [
                (
                    each.title,
                    each.version,
                    each.as_at or "Not dated",
                    each.loaded_at.date(),
                    each.file_name,
                    each.sha256,
                )
                for each in download.versions
            ],
        )
        self._table("Missing figures", ("What stands there", "What it means"), exports.legend())

    def _cover(self, download: Download, *, asked: Asked) -> None:
        sheet = self.book.add_worksheet("Cover")
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, f"Schools of {download.authority}", self.title)
        for number, (label, text) in enumerate(_cover_lines(download, asked=asked), start=2):
            sheet.write_string(number, 0, label, self.bold)
            sheet.write_string(number, 1, text, self.wrapped)

    def _rows(self, download: Download) -> None:
        sheet = self.book.add_worksheet("Schools")
        sheet.freeze_panes(1, 3)
        for place, column in enumerate(download.columns):
            sheet.write_string(0, place, column.heading, self.head)
            texts = [len(str(row[place])) for row in download.rows]
            sheet.set_column(place, place, min(max([10, *texts]) + 1, _WIDEST))
        for number, row in enumerate(download.rows, start=1):
            for place, cell in enumerate(row):
                self._cell(sheet, (number, place), cell, download.columns[place].decimals)
        if download.rows:
            sheet.autofilter(0, 0, len(download.rows), len(download.columns) - 1)

    def _table(self, name: str, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, head in enumerate(heads):
            sheet.write_string(0, place, head, self.head)
            widths = [len(str(row[place])) for row in rows]
            sheet.set_column(place, place, min(max([len(head), *widths]) + 2, 80))
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                self._cell(sheet, (number, place), cell, None)

    def _cell(
        self,
        sheet: "xlsxwriter.worksheet.Worksheet",
        place: tuple[int, int],
        cell: Cell,
        decimals: int | None,
    ) -> None:
        if isinstance(cell, datetime.date):
            sheet.write_datetime(*place, datetime.datetime.combine(cell, datetime.time()), self.day)
        elif isinstance(cell, str):
            sheet.write_string(*place, cell)
        else:
            sheet.write_number(*place, cell, None if decimals is None else self.numbers[decimals])


def _cover_lines(download: Download, *, asked: Asked) -> list[tuple[str, str]]:
    lines = [
        ("What", f"{len(download.rows)} schools {download.words}"),
        ("Sorted by", download.sorted_by),
        ("Downloaded", f"{asked.at.day} {asked.at:%B %Y at %H:%M} by {asked.by}"),
        ("The same list", asked.address),
    ]
    if download.proposals:
        lines.append(
            ("Proposals", f"{download.proposals}. A proposal is worked out from rules; a person decides.")
        )
    lines += [
        (
            "Figures",
            _ABOUT_FIGURES,
        ),
        (
            "Data versions",
            f"{len(download.versions)} published files, with dates and hashes (sheet “Data versions”).",
        ),
        ("Licence", exports.ATTRIBUTION),
    ]
    return lines
