"""Downloads hold exactly the schools listed, say what they rest on, run no formula, and are recorded."""

import csv
import hashlib
import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from steward.access.roles import Role
from steward.audit import queries as audit
from steward.evidence.queries import releases
from steward.interface import csv_files
from steward.pages import exports
from steward.pages.exports import Asked
from steward.pages.queries import exports as downloads
from steward.pages.queries.exports import Download, ExportColumn
from steward.register.models import School

QUERIES = (
    "",
    "phase=primary&sort=-roll",
    "proposal=not-settled&rows=500",
    "q=primary&sort=-inspected&page=2",
)


@pytest.fixture
def adviser(client_of, sample_home):
    return client_of(Role.ADVISER)


def _csv(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def _sheet(response, *, name: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_name(name).to_python()


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("path", ["/schools.csv", "/schools.xlsx"])
def test_only_officers_may_download_lists(role, path, client_of, sample_home):
    urn = School.objects.filter(authority=sample_home.authority)[0].urn if role is Role.SCHOOL_USER else None
    response = client_of(role, urn=urn).get(path)
    assert response.status_code == (403 if role in (Role.SCRUTINY_MEMBER, Role.SCHOOL_USER) else 200)


@pytest.mark.parametrize("query", QUERIES)
def test_csv_holds_all_pages_of_the_list_in_its_order(query, adviser):
    listed = [row.urn for row in adviser.get(f"/schools/?{query}").context["found"].rows]
    assert [int(row["URN"]) for row in _csv(adviser.get(f"/schools.csv?{query}"))] == listed


@pytest.mark.parametrize("query", QUERIES)
def test_the_workbook_holds_the_same_rows_as_the_csv(query, adviser):
    plain = _csv(adviser.get(f"/schools.csv?{query}"))
    head, *rows = _sheet(adviser.get(f"/schools.xlsx?{query}"), name="Schools")
    assert head == list(plain[0])
    assert [int(row[0]) for row in rows] == [int(row["URN"]) for row in plain]
    place = head.index("Overall absence (%), 2018 to 2019")
    for row, same in zip(rows, plain, strict=True):
        text = same[head[place]]
        assert row[place] == (float(text) if text.replace(".", "").isdigit() else text)


def test_a_figure_is_a_number_or_the_words_of_its_reason(adviser):
    found = adviser.get("/schools/?rows=500").context["found"]
    rows = {int(row["URN"]): row for row in _csv(adviser.get("/schools.csv"))}
    for row in found.rows:
        measure = row.measures.get("absence")
        text = rows[row.urn]["Overall absence (%), 2018 to 2019"]
        if measure is not None and measure.number is not None:
            assert float(text) == pytest.approx(measure.number)
        else:
            assert text == (measure.value.reason.label if measure and measure.value else text)
            assert text


def test_no_cell_is_blank(adviser):
    for row in _csv(adviser.get("/schools.csv?standing=open&standing=closed&standing=unknown")):
        assert all(row.values()), row


def test_the_cover_says_what_when_who_and_from_which_files(adviser, sample_home):
    response = adviser.get("/schools.xlsx?phase=primary&sort=-roll")
    cover = {row[0]: row[1] for row in _sheet(response, name="Cover") if len(row) > 1 and row[1]}
    count = len(_csv(adviser.get("/schools.csv?phase=primary")))
    assert cover["What"] == f"{count} schools in {sample_home.summary.authority_name}: open, primary"
    assert cover["Sorted by"] == "pupils on roll, from the highest or latest"
    assert cover["Downloaded"].endswith("by Adviser 1")
    assert f"{timezone.localdate().day} {timezone.localdate():%B %Y}" in cover["Downloaded"]
    assert cover["The same list"].endswith("/schools/?phase=primary&sort=-roll")
    assert "Open Government Licence v3.0" in cover["Licence"]
    assert "Four categories" in cover["Proposals"]


def test_the_workbook_names_the_files_with_dates_and_hashes(adviser):
    _, *rows = _sheet(adviser.get("/schools.xlsx"), name="Data versions")
    live = {release.sha256: release for release in releases.live()}
    assert rows
    for title, version, _, _, file_name, sha256 in rows:
        assert (live[sha256].title, live[sha256].version, live[sha256].file_name) == (
            title,
            version,
            file_name,
        )


def test_the_workbook_explains_every_word_for_a_missing_figure(adviser):
    legend = {row[0] for row in _sheet(adviser.get("/schools.xlsx"), name="Missing figures")}
    found = {
        row["Overall absence (%), 2018 to 2019"] for row in _csv(adviser.get("/schools.csv?standing=closed"))
    }
    assert {text for text in found if not text.replace(".", "").isdigit()} <= legend


def test_file_names_begin_with_the_day(adviser, sample_home):
    header = adviser.get("/schools.csv").headers["Content-Disposition"]
    assert header.startswith(f'attachment; filename="{timezone.localdate():%Y-%m-%d}-schools-')


@pytest.mark.parametrize("path", ["/schools.csv", "/schools.xlsx"])
def test_every_download_is_recorded(path, adviser, person_with):
    response = adviser.get(f"{path}?phase=primary")
    event = audit.events_about("list", subject_id="schools")[0]
    assert event.verb == "pages.schools.exported"
    assert event.actor_name == "Adviser 1"
    assert event.details["address"] == f"{path}?phase=primary"
    assert event.details["sha256"] == hashlib.sha256(response.content).hexdigest()
    assert event.details["bytes"] == len(response.content)
    assert audit.verify_chain().holds


def test_a_refused_download_is_not_recorded_as_one(client_of, sample_home):
    client_of(Role.SCRUTINY_MEMBER).get("/schools.csv")
    assert not audit.events_about("list", subject_id="schools").exists()


HOSTILE = ("=1+1", "+44", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "  =1+1", '=HYPERLINK("http://x")')


def _download(*cells: object) -> Download:
    columns = (ExportColumn("Text", lambda row: ""), ExportColumn("Number", lambda row: 0, 2))
    return Download(columns, tuple((cell, -0.5) for cell in cells), "Anywhere", "in Anywhere", "name", "", ())


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_never_begins_a_text_like_a_formula(text):
    [row] = list(csv.DictReader(io.StringIO(exports.as_csv(_download(text)).decode("utf-8-sig"), newline="")))
    assert row["Text"] == f"'{text}"
    assert row["Number"] == "-0.5"


@pytest.mark.parametrize("text", ["St Mary's", "a=b", "3-16", "“quoted”"])
def test_plain_texts_are_left_alone(text):
    assert csv_files.guarded(text) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_the_workbook_holds_texts_and_no_formula(text):
    asked = Asked(by=text, at=datetime(2026, 7, 3, 9, 30, tzinfo=UTC), address="http://steward.example/")
    body = exports.as_workbook(_download(text), asked=asked)
    assert b"<f>" not in _unzipped(body)


def _unzipped(body: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        return b"".join(parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/"))


def test_downloads_of_nothing_are_refused_kindly(client_of, settings, tmp_path):
    settings.STEWARD_STORE, settings.STEWARD_AUTHORITY = tmp_path, ""
    response = client_of(Role.ADVISER).get("/schools.csv")
    assert b"steward load FOLDER" in response.content
    assert not audit.events_about("list", subject_id="schools").exists()


def test_words_for_how_a_list_is_sorted():
    assert downloads.sort_in_words("name") == "name"
    assert downloads.sort_in_words("-inspected").startswith("date of the latest inspection, from")
