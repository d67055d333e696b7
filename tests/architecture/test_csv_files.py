"""Every CSV file that leaves is written in one place: with a byte order mark, and no text that runs."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest

from steward.interface import csv_files

SOURCE = Path(__file__).parents[2] / "src/steward"
WRITER = SOURCE / "interface/csv_files.py"
APART = ("sample", "analysis", "definitions")
"""These write no answer to a browser."""


def test_no_other_module_writes_csv_for_a_browser():
    found = [
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if path != WRITER
        and path.relative_to(SOURCE).parts[0] not in APART
        and re.search(r"csv\.(writer|DictWriter)|text/csv|encode\(\"utf-8-sig", path.read_text("utf-8"))
    ]

    assert found == []


def test_a_file_has_one_mark_a_name_and_is_kept_by_no_cache():
    answer = csv_files.csv_file("schools.csv", header=("name",), rows=[("Ysgol Gymraeg Tŷ",)])

    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.content.count(b"\xef\xbb\xbf") == 1
    assert answer["Content-Disposition"] == 'attachment; filename="schools.csv"'
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        (" @sum", "' @sum"),
        ("-1+cmd", "'-1+cmd"),
        ("\tx", "'\tx"),
        ("-0.31", "-0.31"),
        ("+44", "'+44"),
        (-0.5, "-0.5"),
        (date(2026, 7, 3), "2026-07-03"),
        (None, ""),
        ("St Mary's", "St Mary's"),
        ("3-16", "3-16"),
    ],
)
def test_text_that_a_spreadsheet_would_run_is_kept_from_it(cell, written):
    read = csv.reader(io.StringIO(csv_files.csv_bytes([("first", cell)]).decode("utf-8-sig")))

    assert list(read) == [["first", written]]
