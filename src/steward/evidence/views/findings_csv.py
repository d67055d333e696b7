"""The rows that screening points at, as a file for the person who mends them."""

from django.http import HttpResponse

from steward.evidence.models import DataRelease
from steward.evidence.queries import screening
from steward.interface import csv_files


def findings_file(chosen: DataRelease) -> HttpResponse:
    """Return one line for each place: the outcome, the sentence, what to do, and the record as printed."""
    columns, faulty = screening.faulty_rows(chosen)
    rows = []
    for one in faulty:
        told = (one.finding.verdict.value.upper(), one.finding.message, one.finding.advice)
        place = ("" if one.row is None else str(one.row), one.column, one.value)
        rows.append((*told, *place, *one.printed))
    header = ("Outcome", "Error", "What to do", "Row", "Column", "Value", *columns)
    return csv_files.csv_file(f"{chosen.id}-screening.csv", header=header, rows=rows)
