"""Files are read as published, or refused with a sentence."""

import datetime
import gzip
import hashlib
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from steward.analysis.sources import reading
from steward.analysis.sources.definition import Layout, PeriodFrom
from steward.analysis.sources.reading import EmailCell, Fault, PublishedTable, UnreadableFile

LAYOUT = Layout(
    id="any",
    covers_from=datetime.date(2018, 9, 1),
    covers_to=datetime.date(2019, 8, 31),
    requires=(),
    period=PeriodFrom(place="path"),
    personal=("TELNUM",),
)


def written(folder: Path, content: bytes, *, name: str = "any.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def read(path: Path, *, layout: Layout = LAYOUT, **limits: int) -> PublishedTable:
    return reading.read(reading.peek(path, **limits), layout=layout, **limits)


def cells(published: PublishedTable) -> list[dict]:
    return published.table.to_pylist()


def test_every_cell_is_kept_as_printed_and_trimmed_with_its_row(tmp_path):
    published = read(written(tmp_path, b"URN, NAME\n107833, Bell Lane \n107834,SUPP\n"))
    assert cells(published) == [
        {"URN": "107833", "NAME": "Bell Lane", "row": 2},
        {"URN": "107834", "NAME": "SUPP", "row": 3},
    ]
    assert published.table.schema.field("row").type == pa.int64()


def test_no_cell_with_an_email_address_is_read(tmp_path):
    content = (
        b"URN,NAME,STREET\n1,A@b.sch.uk,1 Road\n2,UTC@harbourside,Write to head@a-b.co.uk\n3,LEARN@ MAT,\n"
    )
    published = read(written(tmp_path, content))
    assert [(one["NAME"], one["STREET"]) for one in cells(published)] == [
        ("", "1 Road"),
        ("UTC@harbourside", ""),
        ("LEARN@ MAT", ""),
    ]
    assert published.emails == (EmailCell(2, "NAME"), EmailCell(3, "STREET"))


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("URN,NAME\n1,Zoë£\n".encode(), "utf-8"),
        ("URN,NAME\n1,Zoë£\n".encode("utf-8-sig"), "utf-8-sig"),
        ("URN,NAME\n1,Zoë£\n".encode("cp1252"), "cp1252"),
        ("URN,NAME\n1,Zoë£\n".encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + "URN,NAME\n1,Zoë£\n".encode("utf-16-be"), "utf-16"),
    ],
)
def test_each_encoding_is_told_and_recorded(tmp_path, content, encoding):
    published = read(written(tmp_path, content))
    assert (cells(published)[0]["NAME"], published.encoding) == ("Zoë£", encoding)


def test_bytes_beyond_windows_1252_are_counted(tmp_path):
    assert read(written(tmp_path, b"URN,NAME\n1,\x81\x8d\xe9\n")).lost_characters == 2


def test_a_packed_file_and_a_tab_separated_file_are_read(tmp_path):
    packed = written(tmp_path, gzip.compress(b"URN,NAME\n1,A\n", mtime=0), name="a.csv.gz")
    tabbed = written(tmp_path, b"URN\tNAME\n1\tA, B\n", name="b.txt")
    assert cells(read(packed)) == [{"URN": "1", "NAME": "A", "row": 2}]
    assert cells(read(tabbed)) == [{"URN": "1", "NAME": "A, B", "row": 2}]


def test_a_line_break_inside_a_cell_does_not_shift_the_rows(tmp_path):
    published = read(written(tmp_path, b'URN,NAME\n1,"A\nB"\n2,C\n'))
    assert [(one["NAME"], one["row"]) for one in cells(published)] == [("A\nB", 2), ("C", 3)]


def test_columns_about_people_are_not_read(tmp_path):
    published = read(written(tmp_path, b"URN,TELNUM\n1,0113 496 0000\n"))
    assert (published.table.column_names, published.dropped) == (["URN", "row"], ("TELNUM",))


def test_short_records_are_filled_and_listed(tmp_path):
    published = read(written(tmp_path, b"A,B,C\n1,2,3\n4,5\n\n7,8,9\n"))
    assert [(one["C"], one["row"]) for one in cells(published)] == [("3", 2), ("", 3), ("9", 5)]
    assert [(one.row, one.fault) for one in published.odd] == [(3, Fault.SHORT), (4, Fault.BLANK)]
    assert not published.cut


def test_long_records_are_listed_and_blank_cells_beyond_the_header_are_told_apart(tmp_path):
    published = read(written(tmp_path, b"A,B\n1,2,3\n4,5,,\n"))
    assert [(one.row, one.fault, one.cells) for one in published.odd] == [
        (2, Fault.LONG, 3),
        (3, Fault.LONG_BUT_BLANK, 4),
    ]


def test_records_of_blank_cells_are_left_out_and_listed(tmp_path):
    published = read(written(tmp_path, b"A,B\n1,2\n,\n3,4\n"))
    assert [one["row"] for one in cells(published)] == [2, 4]
    assert [(one.row, one.fault) for one in published.odd] == [(3, Fault.BLANK)]


def test_a_file_cut_inside_its_last_record_says_so(tmp_path):
    assert read(written(tmp_path, b"A,B,C\n1,2,3\n4,5,6\n7,8")).cut
    assert not read(written(tmp_path, b"A,B,C\n1,2,3\n4,5\n7,8", name="b.csv")).cut


def test_an_open_quotation_mark_does_not_swallow_the_file_in_silence(tmp_path):
    with pytest.raises(UnreadableFile, match=r"row 3.*quotation mark"):
        read(written(tmp_path, b'A,B\n1,2\n3,"4\n5,6\n7,8\n'))


def test_an_inch_mark_inside_a_cell_is_no_quotation_mark(tmp_path):
    published = read(written(tmp_path, b'A,B\n1,2\n3,4" pipe\n'))
    assert cells(published)[1]["B"] == '4" pipe'


def test_a_workbook_is_read_from_the_row_and_sheet_its_layout_names(tmp_path):
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Cover").write(0, 0, "About")
    sheet = book.add_worksheet("Provider level data")
    sheet.write_row(2, 0, ["URN", "DATE", "SCORE", "SNP", "SNP"])
    sheet.write_row(3, 0, [107833.0, "", 44.8, "a", "b"])
    sheet.write_datetime(3, 1, datetime.date(2013, 12, 31), book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    layout = LAYOUT.model_copy(update={"sheet": "provider level DATA", "header_row": 3, "repeats": ("SNP",)})
    published = read(path, layout=layout)
    assert cells(published) == [
        {"URN": "107833", "DATE": "2013-12-31", "SCORE": "44.8", "SNP": "a", "SNP 2": "b", "row": 4}
    ]


def test_a_parquet_file_is_read_as_text(tmp_path):
    path = tmp_path / "series.parquet"
    pq.write_table(pa.table({"LA": [383.0, None], "VALUE": ["-", " 4.5 "]}), path)
    assert cells(read(path)) == [
        {"LA": "383", "VALUE": "-", "row": 2},
        {"LA": "", "VALUE": "4.5", "row": 3},
    ]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "is empty"),
        ("blank.csv", b" \n\n", "is empty"),
        ("header.csv", b"URN,NAME\n", "a header and no records"),
        ("report.csv", b"%PDF-1.7\n", "is a PDF"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n", "is an image"),
        ("book.csv", b"PK\x03\x04rest", "is a zip archive or a workbook"),
        ("page.csv", b"<!DOCTYPE html><html>", "is a web page"),
        ("old.csv", b"\xd0\xcf\x11\xe0rest", "old Excel"),
        ("binary.csv", bytes(range(256)) * 4, "is not text"),
        ("twice.csv", b"URN,NAME,urn\n1,2,3\n", "the column URN is there twice"),
        (
            "half.csv.gz",
            gzip.compress(random.Random(7).randbytes(50_000).hex().encode(), mtime=0)[:20_000],
            "half a gzip file",
        ),
        ("not.csv.gz", b"URN,NAME\n1,2\n", "not a sound gzip file"),
        ("pdf.csv.gz", gzip.compress(b"%PDF-1.7\n", mtime=0), "is a PDF"),
        ("many.zip", b"PK\x03\x04", "unpack it"),
        ("old.xls", b"\xd0\xcf\x11\xe0", "save it as .xlsx"),
        ("broken.xlsx", b"PK\x03\x04rest", "not a sound workbook"),
        ("broken.parquet", b"PAR1rest", "not a sound Parquet file"),
        ("notes.docx", b"PK", "not a kind of file"),
        ("utf16.csv", b"\xff\xfe" + b"\x00\xd8" * 9 + b"a\x00", "says it is UTF-16"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_a_sentence(tmp_path, name, content, says):
    with pytest.raises(UnreadableFile, match=says) as refused:
        read(written(tmp_path, content, name=name))
    assert name in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        reading.peek(tmp_path / "none.csv")


def test_a_sparse_file_of_five_gigabytes_is_refused_without_reading_it(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as stream:
        stream.truncate(5_000_000_000)
    with pytest.raises(UnreadableFile, match="more than 1,000 MB"):
        reading.peek(path)


def test_a_gzip_bomb_is_refused(tmp_path):
    path = written(tmp_path, gzip.compress(b"URN,NAME\n" + b"1,2\n" * 100_000), name="bomb.csv.gz")
    with pytest.raises(UnreadableFile, match="holds more than"):
        read(path, limit_bytes=100_000)


def test_the_hash_is_that_of_the_file_on_disk(tmp_path):
    found = reading.peek(written(tmp_path, b"URN,NAME\n1,2\n"))
    assert found.sha256 == hashlib.sha256(b"URN,NAME\n1,2\n").hexdigest()
    assert found.size == 13
