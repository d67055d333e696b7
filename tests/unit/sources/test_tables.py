"""Published rows take one shape, whichever publication and year they come from."""

import itertools
from datetime import date

import ibis
import pyarrow as pa
import pytest

from steward.analysis import columns
from steward.analysis.sources import catalogue, tables
from steward.analysis.sources.recognition import Recognised
from steward.analysis.sources.tables import days
from steward.regimes.frameworks import read_frameworks
from steward.vocabulary.academic_year import AcademicYear

SOURCES = catalogue.read_sources()
FRAMEWORKS = read_frameworks()


def recognised(source: str, layout: str, *, as_at: date) -> Recognised:
    definition = SOURCES[source]
    chosen = next(one for one in definition.layouts if one.id == layout)
    return Recognised(definition, chosen, AcademicYear.containing(as_at), as_at, chosen.version)


def published(found: Recognised, *records: dict[str, str]) -> ibis.Table:
    names = found.layout.columns or tuple(records[0])
    table = {name: [record.get(name, "") for record in records] for name in names}
    return ibis.memtable(pa.table({**table, "row": pa.array(range(2, len(records) + 2), pa.int64())}))


def rows(table: ibis.Table) -> list[dict]:
    found = ibis.duckdb.connect().to_pyarrow(table).to_pylist()
    return sorted(found, key=lambda one: (one["row"], not one.get("latest", True)))


MI_2013 = recognised("ofsted_management_information", "2013-december", as_at=date(2013, 12, 31))
GRADE = "Overall effectiveness: how good is the school"


def inspected(found: Recognised, *records: dict[str, str]) -> list[dict]:
    told = tables.inspections(published(found, *records), found, release="r", frameworks=FRAMEWORKS)
    assert told.schema() == columns.INSPECTIONS
    return rows(told)


@pytest.mark.parametrize(
    ("day", "mark", "framework", "outcome"),
    [
        ("2011-12-31", "3", "ofsted_2005", "satisfactory"),
        ("2012-01-01", "3", "ofsted_2012_january", "satisfactory"),
        ("2012-08-31", "3", "ofsted_2012_january", "satisfactory"),
        ("2012-09-01", "3", "ofsted_2012_september", "requires_improvement"),
        ("2015-09-01", "1", "ofsted_2015", "outstanding"),
        ("2019-09-01", "4", "ofsted_2019", "inadequate"),
        ("2024-09-01", "2", "ofsted_2024", None),
        ("2025-11-10", "2", "ofsted_2025", None),
        ("2013-05-09", "9", "ofsted_2012_september", None),
        ("2013-05-09", "0", "ofsted_2012_september", None),
        ("2013-05-09", "Not judged", "ofsted_2012_september", None),
    ],
)
def test_a_grade_is_read_under_the_framework_of_its_day(day, mark, framework, outcome):
    [found] = inspected(MI_2013, {"urn": "107833", "Latest inspection date": day, GRADE: mark})
    assert (found["framework"], found["outcome"], found["mark"]) == (framework, outcome, mark)


def test_latest_and_previous_inspection_of_one_row():
    found = inspected(
        MI_2013,
        {
            "urn": "107833",
            "laestab": "3834106",
            "Ofsted Phase": "PRU",
            "Latest inspection date": "2013-05-09",
            GRADE: "4",
            "Category": "SM ",
            "Previous inspection date": "2009-02-26",
            "Previous Overall effectiveness": "3",
            "Previous_Category": "NTI",
        },
    )
    told = [
        (one["latest"], one["inspected_on"], one["framework"], one["outcome"], one["category"])
        for one in found
    ]
    assert told == [
        (True, date(2013, 5, 9), "ofsted_2012_september", "inadequate", "special_measures"),
        (False, date(2009, 2, 26), "ofsted_2005", "satisfactory", "notice_to_improve"),
    ]
    assert {(one["authority"], one["phase"], one["snapshot"]) for one in found} == {
        ("383", "alternative", True)
    }


def test_a_school_never_inspected_has_one_row_without_date():
    layout = recognised("ofsted_management_information", "2020-august", as_at=date(2020, 8, 31))
    [found] = inspected(layout, {"URN": "147000", "LAESTAB": "3832000"})
    assert found["latest"] is True
    assert (found["inspected_on"], found["framework"], found["outcome"]) == (None, None, None)


def test_the_urn_at_the_time_of_the_inspection_is_kept():
    layout = recognised("ofsted_management_information", "2020-august", as_at=date(2020, 8, 31))
    [found] = inspected(
        layout,
        {
            "URN": "147000",
            "Inspection start date": "18/04/2017",
            "Overall effectiveness": "2",
            "URN at time of latest full inspection": "107833",
        },
    )
    assert (found["urn"], found["urn_at_inspection"]) == (147000, 107833)


def test_words_of_the_history_are_kept_as_published():
    layout = recognised("ofsted_history", "2020", as_at=date(2020, 2, 26))
    found = inspected(
        layout,
        {"URN": "101948", "Rating": "Satisfactory", "Inspection Date": "20130625"},
        {"URN": "101948", "Rating": "Requires Improvement", "Inspection Date": "20150513"},
    )
    assert [(one["framework"], one["outcome"], one["latest"]) for one in found] == [
        ("ofsted_2012_january", "satisfactory", False),
        ("ofsted_2012_september", "requires_improvement", True),
    ]


SPINE = recognised("register_spine", "2016", as_at=date(2016, 11, 11))


def registered(found: Recognised, *records: dict[str, str]) -> list[dict]:
    told = tables.establishments(published(found, *records), found, release="r")
    assert told.schema() == columns.ESTABLISHMENTS
    return rows(told)


@pytest.mark.parametrize(
    ("printed", "governance", "phase"),
    [
        ("Voluntary Aided School ", "maintained", "primary"),
        ("Academy  - Converter Special School", "academy", "special"),
        ("Free School??- UTC", "academy", "primary"),
        ("Free School ?? 16-19", "academy", "post_16"),
        ("City Technology College ", "academy", "primary"),
        ("Other Independent School ", "independent", "primary"),
        ("Non-Maintained Special School", "other", "special"),
        ("Communit", "other", "primary"),
    ],
)
def test_types_say_who_runs_a_school(printed, governance, phase):
    [found] = registered(SPINE, {"URN": "107833", "NFTYPE": printed, "ISPRIMARY": "1"})
    assert (found["governance"], found["phase"]) == (governance, phase)


@pytest.mark.parametrize(
    ("primary", "secondary", "low", "high", "phase"),
    [
        ("1", "0", "3", "11", "primary"),
        ("0", "1", "11", "18", "secondary"),
        ("1", "1", "3", "18", "all_through"),
        ("1", "1", "9", "13", "secondary"),
        ("1", "1", "8", "12", "primary"),
        ("0", "0", "", "", "unknown"),
    ],
)
def test_flags_and_ages_say_the_phase(primary, secondary, low, high, phase):
    record = {"URN": "107833", "NFTYPE": "Community School", "ISPRIMARY": primary, "ISSECONDARY": secondary}
    [found] = registered(SPINE, {**record, "AGEL": low, "AGEH": high})
    assert found["phase"] == phase


def test_a_row_of_the_register_takes_its_shape():
    [found] = registered(
        SPINE,
        {
            "URN": "107833", "LA": "383", "ESTAB": "12", "SCHNAME": "Bell Lane Primary", "ICLOSE": "3",
            "NFTYPE": "Community School", "OPENDATE": "20160901", "CLOSEDATE": " ", "TOWN": "",
        },
    )  # fmt: skip
    assert (found["authority"], found["establishment_number"]) == ("383", "0012")
    assert (found["standing"], found["opened_on"], found["closed_on"]) == ("open", date(2016, 9, 1), None)
    assert (found["name"], found["town"], found["as_at"]) == ("Bell Lane Primary", None, date(2016, 11, 11))


def test_a_repeated_urn_is_one_school_and_a_row_without_urn_is_none():
    found = registered(
        SPINE,
        {"URN": "107833", "ICLOSE": "2"},
        {"URN": "107833", "ICLOSE": "1"},
        {"URN": " ", "ICLOSE": "1"},
    )
    assert [(one["urn"], one["standing"], one["row"]) for one in found] == [(107833, "open", 3)]


def test_only_an_academy_belongs_to_the_trust_it_is_listed_with():
    gias = recognised("gias_establishments", "full", as_at=date(2023, 7, 5))
    record = dict.fromkeys((*gias.layout.fields.values(), *gias.layout.keys.values()), "")
    found = registered(
        gias,
        record | {
            "URN": "107833", "TypeOfEstablishment (name)": "Foundation school",
            "Trusts (name)": "A LEARNING PARTNERSHIP",
        },
        record | {
            "URN": "140000", "TypeOfEstablishment (name)": "Academy converter", "Trusts (name)": "A TRUST",
            "OpenDate": "01-01-1900", "EstablishmentStatus (name)": "Open, but proposed to close",
            "AdministrativeWard (name)": "Kirkstall",
        },
    )  # fmt: skip
    assert [one["trust"] for one in found] == [None, "A TRUST"]
    assert (found[1]["ward"], found[1]["standing"], found[1]["opened_on"]) == ("Kirkstall", "open", None)


def test_both_sides_of_a_link_are_one_pair():
    gias = recognised("gias_links", "2019", as_at=date(2019, 9, 1))
    raw = published(
        gias,
        {"URN": "107833", "LinkURN": "140000", "LinkType": "Successor", "LinkEstablishedDate": "31-08-2013"},
        {
            "URN": "140000",
            "LinkURN": "107833",
            "LinkType": "Predecessor",
            "LinkEstablishedDate": "01-09-2013",
        },
        {"URN": "107834", "LinkURN": "140001", "LinkType": "Successor - merged", "LinkEstablishedDate": ""},
        {"URN": "107835", "LinkURN": "140001", "LinkType": "Sixth Form Centre Link"},
        {"URN": "107836", "LinkURN": "107837", "LinkType": "Result of Amalgamation"},
        {"URN": "107838", "LinkURN": "", "LinkType": "Predecessor"},
    )
    found = tables.links(raw, gias, release="r")
    assert found.schema() == columns.LINKS
    assert [(one["urn"], one["predecessor"], one["relation"], one["since"]) for one in rows(found)] == [
        (140000, 107833, "Predecessor", date(2013, 9, 1)),
        (140001, 107834, "Predecessor - merged", None),
    ]


def test_a_sponsor_is_a_group_that_is_no_trust():
    gias = recognised("gias_group_links", "2021", as_at=date(2023, 9, 1))
    raw = published(
        gias,
        {"URN": "140000", "Linked UID": "1", "Group Name": "A", "Group Type": "Multi-academy trust"},
        {"URN": "140000", "Linked UID": "2", "Group Name": "B", "Group Type": "School sponsor"},
    )
    assert [one["is_trust"] for one in rows(tables.memberships(raw, gias, release="r"))] == [True, False]


@pytest.mark.parametrize(
    ("printed", "written_as", "day"),
    [
        ("31/12/2013", "%d/%m/%Y", date(2013, 12, 31)),
        ("31-12-2013", "%d-%m-%Y", date(2013, 12, 31)),
        ("20131231", "%Y%m%d", date(2013, 12, 31)),
        ("2013-12-31", "%d/%m/%Y", date(2013, 12, 31)),
        ("2013-12-31 00:00:00", "%Y-%m-%d", date(2013, 12, 31)),
        ("29-02-2020", "%d-%m-%Y", date(2020, 2, 29)),
        ("29-02-2019", "%d-%m-%Y", None),
        ("31/04/2013", "%d/%m/%Y", None),
        ("12/31/2013", "%d/%m/%Y", None),
        ("01-01-1900", "%d-%m-%Y", None),
        ("NULL", "%Y-%m-%d", None),
        ("", "%Y%m%d", None),
    ],
)
def test_days_are_read_in_the_form_of_their_layout(printed, written_as, day):
    table = ibis.memtable(pa.table({"printed": [printed]}))
    read = table.select(day=days.day_of(table["printed"], written_as=written_as))
    assert ibis.duckdb.connect().to_pyarrow(read).to_pylist() == [{"day": day}]


def test_frameworks_follow_each_other_without_gap_or_overlap():
    ordered = sorted(FRAMEWORKS.values(), key=lambda one: one.in_force_from)
    for earlier, later in itertools.pairwise(ordered):
        assert earlier.in_force_to is not None
        assert (later.in_force_from - earlier.in_force_to).days == 1
    assert ordered[-1].in_force_to is None


def test_the_report_card_has_no_rule_of_good_or_better():
    assert FRAMEWORKS["ofsted_2025"].good_or_better == ()
    assert FRAMEWORKS["ofsted_2024"].good_or_better == ()
    assert FRAMEWORKS["ofsted_2025"].scale[0].key == "exceptional"
