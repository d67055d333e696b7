"""A list as a CSV file: UTF-8 with a byte order mark, without which Excel misreads names with accents.

Every CSV file that leaves goes through here. Text that a spreadsheet would run as a formula is never one.
"""

import csv
import datetime
import io
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

KIND = "text/csv; charset=utf-8"
_ENCODING = "utf-8-sig"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""How text begins that a spreadsheet would run. Source: OWASP, CSV injection."""
_NUMBER = re.compile(r"-?\d[\d,]*(\.\d+)?%?")

Row = Sequence[object]


def csv_file(name: str, *, header: Row, rows: Iterable[Row]) -> HttpResponse:
    """Return an answer that is saved as a file of this name: one header line, then the rows."""
    return saved_as(name, content=csv_bytes([header, *rows]))


def saved_as(name: str, *, content: bytes) -> HttpResponse:
    """Return the bytes of a CSV file as an answer that is saved under this name and kept by no cache."""
    answer = HttpResponse(content, content_type=KIND)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def csv_bytes(rows: Iterable[Row]) -> bytes:
    """Return rows as the bytes of a CSV file; days are written as 2026-07-03, nothing known as nothing."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return stream.getvalue().encode(_ENCODING)


def _plain(cell: object) -> object:
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return guarded(cell) if isinstance(cell, str) else cell


def guarded(text: str) -> str:
    """Return text so that no spreadsheet takes it for a formula: an apostrophe before a risky start.

    A number below nought is no formula and stays as it is.
    """
    if _NUMBER.fullmatch(text):
        return text
    risky = text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS)
    return f"'{text}" if risky else text
