"""The real published files: every one is recognised, read and screened, and says what is known of it."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import ibis
import pyarrow.compute as pc
import pytest

from steward.analysis.sources import catalogue, reading, recognition, rows, screening, tables
from steward.analysis.sources.definition import Holds
from steward.analysis.sources.reading import Peek, PublishedTable
from steward.analysis.sources.recognition import Recognised
from steward.analysis.sources.screening import Context, Verdict
from steward.analysis.sources.screening.cells import Cells
from steward.regimes.frameworks import read_frameworks
from steward.vocabulary.academic_year import AcademicYear

pytestmark = pytest.mark.real

SOURCES = catalogue.read_sources()
FRAMEWORKS = read_frameworks()


def taken(path: Path) -> tuple[PublishedTable, Recognised]:
    found = reading.peek(path)
    told = recognition.recognise(found, sources=SOURCES)
    return reading.read(found, layout=told.layout), told


def listed(table: ibis.Table) -> list[dict]:
    return ibis.duckdb.connect().to_pyarrow(table).to_pylist()


@pytest.fixture(scope="module")
def recognised(published_data) -> list[tuple[str, Peek, Recognised]]:
    paths = sorted(path for path in published_data.rglob("*") if path.is_file())
    found = [reading.peek(path) for path in paths]
    return [
        (one.path.relative_to(published_data).as_posix(), one, recognition.recognise(one, sources=SOURCES))
        for one in found
    ]


def test_every_file_is_recognised_or_said_to_be_unused_and_why(recognised):
    used = [name for name, _, told in recognised if told.is_used]
    unused = [name for name, _, told in recognised if not told.is_used]
    assert len(used) == 106
    assert all(
        "/meta/" in name or name.startswith(("fft/", "admissions/", "exclusions/", "geography/"))
        or name in ("manifest.json", "performance_tables/abbreviations_2018-2019.xlsx",
                    "register/neu_old_to_latest_urn_2022.csv.gz")
        for name in unused
    )  # fmt: skip


def test_the_year_of_each_folder_is_the_year_of_its_files(recognised):
    for name, _, told in recognised:
        year = AcademicYear.find(name.rpartition("/")[0])
        if told.is_used and year is not None:
            assert told.period == year, name


def test_every_used_file_passes_screening_and_no_column_is_unknown(recognised):
    known: set[int] = set()
    ordered = sorted(recognised, key=lambda one: one[2].source.holds is not Holds.REGISTER)
    for name, found, told in ordered:
        if not told.is_used:
            continue
        published = reading.read(found, layout=told.layout)
        report = screening.screen(published, told, context=Context(known_urns=frozenset(known) or None))
        failures = [one.message for one in report.of(Verdict.FAIL)]
        assert failures == [], name
        assert [one.message for one in report.findings if one.test in ("columns", "marks")] == [
            f"{screening.TESTS[test]}." for test in ("columns", "marks")
        ], name
        if told.source.holds is Holds.REGISTER:
            urns = pc.unique(published.table.column(told.layout.keys["urn"])).to_pylist()
            known |= {int(urn) for urn in urns if urn}
    assert len(known) == 32_368


def test_no_stored_cell_holds_an_email_address(recognised):
    left_out: dict[str, list[tuple[int, str]]] = {}
    for name, found, told in recognised:
        if not told.is_used:
            continue
        published = reading.read(found, layout=told.layout)
        for column in published.table.drop_columns(["row"]).columns:
            holds = pc.match_substring_regex(column, r"[^ ]@[^ ]+[.][A-Za-z]")
            assert not pc.any(holds).as_py(), name
        if published.emails:
            left_out[name] = [(one.row, one.column) for one in published.emails]
    assert {name: [column for _, column in cells] for name, cells in left_out.items()} == {
        "performance_tables/2016-2017/england_spine.csv.gz": ["ADDRESS3"],
        "performance_tables/2020-2021/england_school_information.csv.gz": ["SCHNAME"],
    }


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("2016-2017/england_spine", "4 schools have more than one record (4 records too many), all alike."),
        ("2017-2018/england_census", "1 school has more than one record (1 record too many), all alike."),
    ],
)
def test_the_repeated_schools_of_real_files_are_warnings(published_data, file, message):
    published, told = taken(published_data / f"performance_tables/{file}.csv.gz")
    report = screening.screen(published, told, context=Context())
    assert [(one.verdict, one.message) for one in report.findings if one.test == "keys"] == [
        (Verdict.WARNING, message)
    ]


@pytest.mark.parametrize("year", ["2016-2017", "2017-2018"])
def test_england_of_the_census_cannot_be_read_from_the_wrong_column_unseen(published_data, year):
    published, told = taken(published_data / f"performance_tables/{year}/england_census.csv.gz")
    older = next(layout for layout in SOURCES["census"].layouts if layout.id == "2015")
    wrong = screening.screen(published, replace(told, layout=older), context=Context())
    assert wrong.verdict is Verdict.FAIL
    assert "are both of England, all phases" in wrong.sentence


def test_levels_in_columns_and_in_expressions_agree(recognised):
    for name, found, told in recognised:
        if not told.is_used or told.layout.levels is None:
            continue
        published = reading.read(found, layout=told.layout)
        if told.source.holds is Holds.SERIES:
            continue
        columnar = Counter(Cells(published, told).levels.to_pylist())
        expression = rows.rows_of(ibis.memtable(published.table), told.layout)
        counted = expression.group_by("level").aggregate(rows=expression.count())
        assert {one["level"]: one["rows"] for one in listed(counted)} == dict(columnar), name


def test_the_truncated_register_of_2013_is_a_warning(published_data):
    path = published_data / "performance_tables/2012-2013/england_spine.csv.gz"
    published, told = taken(path)
    report = screening.screen(published, told, context=Context())
    [cut] = [one for one in report.findings if one.test == "completeness"]
    assert (published.table.num_rows, cut.verdict, cut.places[0].row) == (13_135, Verdict.WARNING, 13_136)


@pytest.mark.parametrize(
    ("year", "row_of_england", "primary"), [("2018-2019", "4", 3), ("2016-2017", "4.0", 3)]
)
def test_absence_ends_with_england_by_phase(published_data, year, row_of_england, primary):
    published, told = taken(published_data / f"performance_tables/{year}/england_abs.csv.gz")
    of_england = rows.rows_of(ibis.memtable(published.table), told.layout)
    found = listed(of_england.filter(of_england["level"] == "england"))
    assert {one["phase_of_row"]: one["PERCTOT"] for one in found}["primary"] == row_of_england
    assert [one["phase_of_row"] for one in found] == ["primary", "secondary", "special"][:primary]


def test_leeds_attainment_8_is_published_and_differs_from_its_schools(published_data):
    path = published_data / "performance_tables/2018-2019/england_ks4provisional.csv.gz"
    published, told = taken(path)
    report = screening.screen(published, told, context=Context(authority="383"))
    found = {(one.area, one.column): one for one in report.totals}
    leeds, england = found["383", "ATT8SCR"], found["england", "ATT8SCR"]
    assert (leeds.published, round(leeds.computed, 1)) == (44.8, 45.7)
    assert (england.published, found["383", "P8MEA"].published) == (46.5, 0.02)
    assert found["england", "P8MEA"].published == -0.03


@pytest.mark.parametrize(
    ("day", "schools", "counts"),
    [
        ("2013-12-31", 256, {"outstanding": 45, "good": 164, "below": 40, "inadequate": 7}),
        ("2014-12-31", 260, {"outstanding": 45, "good": 173, "below": 38, "inadequate": 4}),
    ],
)
def test_leeds_inspections(published_data, day, schools, counts):
    published, told = taken(published_data / f"ofsted/mi_schools_{day}.csv.gz")
    raw = ibis.memtable(published.table)
    found = listed(tables.inspections(raw, told, release="r", frameworks=FRAMEWORKS))
    leeds = [one for one in found if one["latest"] and one["authority"] == "383"]
    below = {"satisfactory": "below", "requires_improvement": "below"}
    assert told.as_at == date.fromisoformat(day)
    assert len(leeds) == schools
    assert Counter(below.get(one["outcome"], one["outcome"]) for one in leeds) == counts
    good = counts["outstanding"] + counts["good"]
    assert round(100 * good / schools, 1) == {"2013-12-31": 81.6, "2014-12-31": 83.8}[day]


def test_no_inspection_of_any_file_is_without_framework(recognised):
    for name, found, told in recognised:
        if told.source.holds is not Holds.INSPECTIONS:
            continue
        published = reading.read(found, layout=told.layout)
        raw = ibis.memtable(published.table)
        outcomes = tables.inspections(raw, told, release="r", frameworks=FRAMEWORKS)
        dated = outcomes.filter(outcomes["inspected_on"].notnull())
        lacking = dated.filter(dated["framework"].isnull() | dated["outcome"].isnull())
        assert listed(lacking.aggregate(rows=lacking.count())) == [{"rows": 0}], name


def test_inspections_of_2020_keep_the_urn_of_their_time(published_data):
    published, told = taken(published_data / "ofsted/mi_state-funded_schools_2020-08-31.csv.gz")
    raw = ibis.memtable(published.table)
    found = listed(tables.inspections(raw, told, release="r", frameworks=FRAMEWORKS))
    latest = [one for one in found if one["latest"]]
    assert len(latest) == 21_969
    assert sum(one["outcome"] is None for one in latest) == 193
    assert sum(one["urn_at_inspection"] not in (None, one["urn"]) for one in latest) == 4_291


def test_statistical_neighbours_of_leeds(published_data):
    published, told = taken(published_data / "lait/sn_may_2025.xlsx")
    found = listed(tables.neighbours(ibis.memtable(published.table), told, release="r"))
    leeds = sorted((one["rank"], one["neighbour"]) for one in found if one["authority"] == "383")
    assert [neighbour for _, neighbour in leeds] == [
        "851", "882", "373", "826", "382", "355", "801", "852", "306", "839",
    ]  # fmt: skip


def test_wards_and_trusts_of_leeds(published_data):
    published, told = taken(published_data / "register/edubasealldata_leeds_20230705.csv.gz")
    found = listed(tables.establishments(ibis.memtable(published.table), told, release="r"))
    opened = [one for one in found if one["standing"] == "open"]
    assert (len(found), len(opened)) == (771, 306)
    assert all(one["ward"] for one in opened)
    assert len({one["ward"] for one in opened}) == 33
    assert {one["governance"] for one in found if one["trust"]} == {"academy"}


def test_links_are_folded_into_pairs(published_data):
    published, told = taken(published_data / "register/links_edubasealldata_20260821.csv.gz")
    found = listed(tables.links(ibis.memtable(published.table), told, release="r"))
    pairs = {(one["urn"], one["predecessor"]) for one in found}
    assert len(pairs) == len(found) == 17_685


def test_authority_rows_of_key_stage_2_in_2013_are_told_by_their_place(published_data):
    inspected, told = taken(published_data / "ofsted/mi_schools_2013-12-31.csv.gz")
    raw = ibis.memtable(inspected.table)
    schools = raw.select(urn=rows.urn_of(raw, told.layout), authority=rows.authority_of(raw, told.layout))
    published, told = taken(published_data / "performance_tables/2012-2013/england_ks2_subset.csv.gz")
    table = rows.rows_of(ibis.memtable(published.table), told.layout)
    found = listed(rows.areas_by_position(table, authorities=schools))
    areas = {one["area"]: one["PT2READ12"] for one in found if one["level"] == "authority"}
    assert len(found) == published.table.num_rows
    assert len([one for one in found if one["level"] == "authority" and one["area"]]) == len(areas) == 152
    assert areas["383"] == "91%"
