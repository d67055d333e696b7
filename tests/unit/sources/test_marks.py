"""Published text becomes a number or keeps the reason why it is none."""

import ibis
import pyarrow as pa
import pytest

from steward.analysis.sources import marks

CASES = [
    ("12", 12.0, "known"),
    (" 73.4% ", 73.4, "known"),
    ("£45,421", 45421.0, "known"),
    ("-£1,234.50", -1234.5, "known"),
    ("-0.03", -0.03, "known"),
    (".5", 0.5, "known"),
    ("9.4E-05", 9.4e-05, "known"),
    ("260,096", 260096.0, "known"),
    ("SUPP", None, "suppressed"),
    ("supp ", None, "suppressed"),
    ("NE", None, "no_entries"),
    ("LOWCOV", None, "low_coverage"),
    ("SP", None, "small_percentage"),
    ("", None, "not_recorded"),
    ("  ", None, "not_recorded"),
    (None, None, "not_recorded"),
    ("NULL", None, "not_recorded"),
    ("-", None, "not_recorded"),
    ("1O", None, "unreadable"),
    ("nan", None, "unreadable"),
    ("inf", None, "unreadable"),
    ("1 2", None, "unreadable"),
    ("12,34", None, "unreadable"),
    ("%", None, "unreadable"),
]


@pytest.mark.parametrize(("printed", "number", "status"), CASES)
def test_printed_text_is_read(printed, number, status):
    table = ibis.memtable(pa.table({"value": pa.array([printed], pa.string())}))
    read = table.select(number=marks.number_of(table["value"]), status=marks.status_of(table["value"]))
    assert ibis.duckdb.connect().to_pyarrow(read).to_pylist() == [{"number": number, "status": status}]
