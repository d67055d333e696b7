"""The rows that screening points at, as a file for the person who mends them."""

import csv
import re

from django.http import HttpResponse

from steward.evidence.models import DataRelease
from steward.evidence.queries import screening

_FORMULA = re.compile(r"^(?:[=@\t\r]|[+-](?![\d.]))")
"""How a cell begins that a spreadsheet would run as a formula; negative numbers are let be."""


def findings_file(chosen: DataRelease) -> HttpResponse:
    """Return one line for each place: the outcome, the sentence, what to do, and the record as printed."""
    columns, faulty = screening.faulty_rows(chosen)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{chosen.id}-screening.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(["Outcome", "Error", "What to do", "Row", "Column", "Value", *columns])
    for one in faulty:
        told = (one.finding.verdict.value.upper(), one.finding.message, one.finding.advice)
        place = ("" if one.row is None else str(one.row), one.column, one.value)
        writer.writerow([_harmless(text) for text in (*told, *place, *one.printed)])
    return response


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text
