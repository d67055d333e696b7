"""A list as a CSV file. Text that a spreadsheet would run as a formula is never one."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""Source: OWASP, CSV injection."""


def csv_answer(name: str, *, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return the rows as CSV in UTF-8 with a byte order mark."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(header)
    writer.writerows([_guarded(cell) for cell in row] for row in rows)
    answer = HttpResponse(stream.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def address_of(name: str, *, request: HttpRequest) -> str:
    """Return the address of the file of a list with the filters in force."""
    query = request.GET.urlencode()
    return f"{name}.csv{'?' + query if query else ''}"


def _guarded(cell: object) -> object:
    if isinstance(cell, str) and cell.lstrip().startswith(_FORMULA_STARTS):
        return f"'{cell}"
    return cell
