"""Addresses of the files of lists."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse

from steward.interface import csv_files


def csv_answer(name: str, *, header: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """Return the rows as a CSV file of this name."""
    return csv_files.csv_file(f"{name}.csv", header=header, rows=rows)


def address_of(name: str, *, request: HttpRequest) -> str:
    """Return the address of the file of a list with the filters in force."""
    query = request.GET.urlencode()
    return f"{name}.csv{'?' + query if query else ''}"
