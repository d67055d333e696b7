"""Screening finds what is wrong with a file, names row and column, and says what to do."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from steward.analysis.sources import catalogue, reading, recognition, screening
from steward.analysis.sources.reading import Fault, OddRecord
from steward.analysis.sources.screening import Context, Finding, Place, ScreeningReport, Verdict, figures

SOURCES = catalogue.read_sources()
HEADER = (
    "RECTYPE,LEA,ESTAB,URN,SCHNAME,ICLOSE,NFTYPE,TPUP,ATT8SCR,P8PUP,TP8ADJ,P8MEA,P8CILOW,P8CIUPP,P8MEA_ORIG,"
    "P8CILOW_ORIG,P8CIUPP_ORIG,PTL2BASICS_94,PTL2BASICS_95,EBACCAPS,PTEBACC_E_PTQ_EE,PTEBACC_94,PTEBACC_95,"
    "PT5EM_94,P8_BANDING"
)
NAMES = HEADER.split(",")


def school(urn: int, **changed: str) -> dict[str, str]:
    record = dict.fromkeys(NAMES, "10") | {
        "RECTYPE": "1", "LEA": "383", "ESTAB": "4000", "URN": str(urn), "SCHNAME": "A school",
        "NFTYPE": "CY", "TPUP": "100", "ATT8SCR": "46.0", "P8MEA": "0.1", "P8CILOW": "-0.2",
        "P8CIUPP": "0.4", "P8MEA_ORIG": "0.1", "P8_BANDING": "3", "EBACCAPS": "4.1",
    }  # fmt: skip
    return record | changed


def area(kind: str, **changed: str) -> dict[str, str]:
    return dict.fromkeys(NAMES, "") | {"RECTYPE": kind} | changed


SCHOOLS = [school(107800 + number) for number in range(20)]
WHOLE = [*SCHOOLS, area("4", LEA="383", ATT8SCR="46.0"), area("7", ATT8SCR="46.0")]


def screened(
    folder: Path, records: list[dict[str, str]], *, header: str = HEADER, context: Context | None = None
) -> ScreeningReport:
    path = folder / "2018-2019" / "england_ks4provisional.csv"
    path.parent.mkdir(exist_ok=True)
    lines = [",".join(record[name] for name in NAMES) for record in records]
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    found = reading.peek(path)
    told = recognition.recognise(found, sources=SOURCES)
    published = reading.read(found, layout=told.layout)
    return screening.screen(published, told, context=context or Context())


def of(report: ScreeningReport, test: str) -> Finding:
    found = [one for one in report.findings if one.test == test and one.verdict is not Verdict.PASS]
    return found[0] if found else next(one for one in report.findings if one.test == test)


def test_a_sound_file_passes_every_test(tmp_path):
    report = screened(tmp_path, WHOLE, context=Context(known_urns=frozenset(range(107800, 107820))))
    assert [one for one in report.findings if one.verdict is not Verdict.PASS] == []
    assert (report.verdict, report.sentence) == (Verdict.PASS, "22 rows, nothing to note.")
    assert report.means["ATT8SCR"] == pytest.approx(46.0)


def test_the_report_survives_json(tmp_path):
    report = screened(tmp_path, [*WHOLE, school(107800, ATT8SCR="1O")])
    assert ScreeningReport.from_json(json.loads(json.dumps(report.as_json()))) == report


def test_unknown_and_missing_columns_are_named(tmp_path):
    header = HEADER.replace("PT5EM_94", "PT5EM_NEW")
    report = screened(tmp_path, WHOLE, header=header)
    told = [one.message for one in report.findings if one.test == "columns"]
    assert told == ["A column is missing: PT5EM_94.", "A column is new: PT5EM_NEW."]
    assert report.verdict is Verdict.WARNING


def test_a_repeated_school_is_listed(tmp_path):
    finding = of(screened(tmp_path, [*WHOLE, school(107800)]), "keys")
    assert (finding.verdict, finding.count) == (Verdict.WARNING, 1)
    assert (finding.places[0].row, finding.places[0].value) == (24, "107800")
    assert finding.message == "1 school has more than one record (1 record too many), all alike."
    assert finding.advice == "The first record of each is used; the others are not."


def test_a_repeated_school_spelt_otherwise_is_listed_with_what_differs(tmp_path):
    again = [school(107800, SCHNAME="The school"), school(107801), school(107801)]
    finding = of(screened(tmp_path, [*WHOLE, *again]), "keys")
    assert finding.verdict is Verdict.WARNING
    assert finding.message == (
        "2 schools have more than one record (3 records too many), which differ in SCHNAME."
    )


@pytest.mark.parametrize("figure", ["52.0", "SUPP"])
def test_a_school_whose_records_contradict_each_other_keeps_the_file_out(tmp_path, figure):
    finding = of(screened(tmp_path, [*WHOLE, school(107800, ATT8SCR=figure)]), "keys")
    assert (finding.verdict, [place.row for place in finding.places]) == (Verdict.FAIL, [2, 24])
    assert finding.message == (
        f"Rows 2 and 24 are both of the school 107800 and differ in the column ATT8SCR: 46.0 and {figure}."
    )


def test_more_than_one_school_in_a_hundred_repeated_keeps_the_file_out(tmp_path):
    again = [school(107800 + number) for number in range(3)]
    finding = of(screened(tmp_path, [*WHOLE, *again]), "keys")
    assert (finding.verdict, finding.advice) == (
        Verdict.FAIL,
        "The file may hold the table twice: download it again.",
    )


def test_a_table_pasted_twice_fails(tmp_path):
    assert of(screened(tmp_path, [*SCHOOLS, *WHOLE]), "keys").verdict is Verdict.FAIL


def test_cells_with_an_email_address_are_left_out_and_counted(tmp_path):
    named = [school(107850, SCHNAME="head@school.example.sch.uk"), school(107851, SCHNAME="UTC@harbourside")]
    finding = of(screened(tmp_path, [*WHOLE, *named]), "emails")
    assert (finding.verdict, finding.count, finding.places) == (Verdict.WARNING, 1, (Place(24, "SCHNAME"),))
    assert finding.message == (
        "1 cell that held an e-mail address was left out, the first in row 24, column SCHNAME."
    )


def test_unknown_schools_are_listed_and_kept(tmp_path):
    context = Context(known_urns=frozenset(range(107801, 107820)))
    report = screened(tmp_path, WHOLE, context=context)
    finding = of(report, "register")
    assert (finding.verdict, finding.count, finding.places[0].value) == (Verdict.WARNING, 1, "107800")
    assert report.rows == 22


def test_a_file_of_which_no_school_is_in_any_register_fails(tmp_path):
    context = Context(known_urns=frozenset({100000}))
    assert of(screened(tmp_path, WHOLE, context=context), "register").verdict is Verdict.FAIL


def test_without_a_register_schools_are_not_looked_up(tmp_path):
    assert "No register is loaded" in of(screened(tmp_path, WHOLE), "register").message


def test_an_impossible_number_of_a_school_keeps_the_file_out(tmp_path):
    report = screened(tmp_path, [*WHOLE, school(107850, PTL2BASICS_94="134%")])
    finding = of(report, "ranges")
    assert (report.verdict, finding.verdict, finding.count) == (Verdict.FAIL, Verdict.FAIL, 1)
    assert finding.message == ("1 number of the column PTL2BASICS_94 is outside 0 to 100: row 24 says 134%.")
    assert "not loaded: compare the row with the file as published" in finding.advice
    assert finding.places == (Place(24, "PTL2BASICS_94", "134%"),)
    many = [school(107800 + number, PTL2BASICS_94="107833") for number in range(20)]
    found = of(screened(tmp_path, many), "ranges")
    assert found.verdict is Verdict.FAIL
    assert "20 numbers of the column PTL2BASICS_94 are outside" in found.message


def test_an_impossible_number_of_an_area_keeps_the_file_out(tmp_path):
    england = area("7", ATT8SCR="46.0", P8MEA="99999")
    finding = of(screened(tmp_path, [*WHOLE[:-1], england]), "ranges")
    assert (finding.verdict, finding.places[0].row) == (Verdict.FAIL, 23)


def test_the_ends_of_a_range_are_possible(tmp_path):
    ends = [school(107850, PTL2BASICS_94="0%"), school(107851, PTL2BASICS_94="100%")]
    assert of(screened(tmp_path, [*WHOLE, *ends]), "ranges").verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("mean", "before", "message"),
    [
        (0.0012, 0.0034, "is 0.00120; the release before had 0.00340."),
        (25.04, 8.11, "is 25.0; the release before had 8.1."),
        (0.41, 0.0, "is 0.410; the release before had 0.000."),
        (0.19, 0.28, "is 0.190; the release before had 0.280."),
        (38_512.4, 35_000.1, "is 38,512; the release before had 35,000."),
        (-0.02, 0.51, "is -0.020; the release before had 0.510."),
    ],
)
def test_averages_are_printed_with_the_decimals_that_tell_them_apart(mean, before, message):
    assert figures._moved("P8MEA", mean=mean, before=before) == f"The average of P8MEA over schools {message}"


def test_an_area_printed_twice_keeps_the_file_out(tmp_path):
    finding = of(screened(tmp_path, [*WHOLE, area("4", LEA="383", ATT8SCR="12")]), "areas")
    assert (finding.verdict, finding.count, finding.places) == (
        Verdict.FAIL,
        1,
        (Place(24, "", "authority 383, all phases"),),
    )
    assert finding.message == (
        "1 row has the same area and phase as another: rows 22 and 24 are both of authority 383, all phases."
    )


def of_census(folder: Path, footers: list[str], *, year: str = "2017-2018", **levels: str) -> ScreeningReport:
    path = folder / year / "england_census.csv"
    path.parent.mkdir(exist_ok=True)
    header = SOURCES["census"].layouts[5].columns
    schools = [",".join([str(100000 + number), "201", "3614", *["10"] * 18]) for number in range(20)]
    path.write_text("\n".join([",".join(header), *schools, *footers]) + "\n", encoding="utf-8")
    told = recognition.recognise(reading.peek(path), sources=SOURCES)
    layout = told.layout
    assert layout.levels is not None
    layout = layout.model_copy(update={"levels": layout.levels.model_copy(update=levels)})
    published = reading.read(reading.peek(path), layout=layout)
    return screening.screen(published, replace(told, layout=layout), context=Context())


def footer(authority: str, establishment: str) -> str:
    return ",".join(["NAT", authority, establishment, *["20"] * 18])


def test_phases_read_from_the_wrong_column_keep_the_file_out(tmp_path):
    footers = [footer("", "PRI"), footer("", "SEC")]
    assert of(of_census(tmp_path, footers), "areas").verdict is Verdict.PASS
    found = [one for one in of_census(tmp_path, footers, phase_column="LA").findings if one.test == "areas"]
    assert [(one.verdict, one.message) for one in found] == [
        (
            Verdict.FAIL,
            "1 row has the same area and phase as another: rows 22 and 23 are both of England, all phases.",
        ),
        (Verdict.FAIL, "Row 22 is of England, but says no phase in the column LA."),
    ]


def test_a_lone_row_of_england_without_phase_keeps_the_file_out(tmp_path):
    found = of(of_census(tmp_path, [footer("PRI", "")]), "areas")
    assert (found.verdict, found.message) == (
        Verdict.FAIL,
        "Row 22 is of England, but says no phase in the column ESTAB.",
    )


def test_areas_may_repeat_where_the_layout_says_why(tmp_path):
    footers = [footer("", "PRI"), footer("", "PRI")]
    report = of_census(tmp_path, footers, areas_repeat="Each area has a row for every sex.")
    assert not [one for one in report.findings if one.test == "areas"]


def test_an_unknown_mark_is_a_warning_and_words_in_a_column_of_numbers_fail(tmp_path):
    finding = of(screened(tmp_path, [*WHOLE, school(107850, ATT8SCR="1O")]), "marks")
    assert (finding.verdict, finding.places[0].row) == (Verdict.WARNING, 24)
    assert "row 24 says '1O'" in finding.message
    words = [school(107800 + number, ATT8SCR="A school") for number in range(20)]
    assert of(screened(tmp_path, words), "marks").verdict is Verdict.FAIL


def test_published_marks_pass(tmp_path):
    marked = [school(107850 + place, ATT8SCR=mark) for place, mark in enumerate(("SUPP", "NE", "LOWCOV", ""))]
    assert of(screened(tmp_path, [*WHOLE, *marked]), "marks").verdict is Verdict.PASS


def test_swapped_columns_fail(tmp_path):
    swapped = HEADER.replace("URN,SCHNAME", "SCHNAME,URN")
    finding = of(screened(tmp_path, WHOLE, header=swapped), "urns")
    assert finding.verdict is Verdict.FAIL
    assert "20 of 20 rows have no URN in the column URN: row 2 says 'A school'" in finding.message


def test_a_file_of_wales_fails(tmp_path):
    welsh = [school(400000 + number, LEA="681") for number in range(20)]
    finding = of(screened(tmp_path, welsh), "authorities")
    assert (finding.verdict, finding.advice) == (Verdict.FAIL, "Give the file for England.")


def test_an_authority_in_no_register_is_a_warning(tmp_path):
    context = Context(known_authorities=frozenset({"382"}))
    finding = of(screened(tmp_path, WHOLE, context=context), "authorities")
    assert (finding.verdict, finding.count) == (Verdict.WARNING, 20)


def test_a_figure_for_five_pupils_or_fewer_is_a_warning(tmp_path):
    finding = of(screened(tmp_path, [*WHOLE, school(107850, TPUP="5")]), "suppression")
    assert (finding.verdict, finding.places[0].row) == (Verdict.WARNING, 24)
    boundary = of(screened(tmp_path, [*WHOLE, school(107850, TPUP="6")]), "suppression")
    assert boundary.verdict is Verdict.PASS


def test_rows_of_schools_and_areas_are_counted(tmp_path):
    assert of(screened(tmp_path, [*WHOLE, area("5")]), "levels").message == (
        "Rows by level: 1 authority, 1 england, 20 school; 1 row of another kind is left out."
    )


def test_published_and_computed_figures_stand_side_by_side(tmp_path):
    records = [
        school(107800, TPUP="100", ATT8SCR="40"),
        school(107801, TPUP="300", ATT8SCR="60"),
        school(107802, TPUP="900", ATT8SCR="SUPP"),
        area("4", LEA="383", ATT8SCR="44.8"),
        area("7", ATT8SCR="46.5"),
    ]
    report = screened(tmp_path, records)
    told = [(one.area, one.published, one.computed, one.schools) for one in report.totals]
    assert told == [("england", 46.5, 55.0, 2), ("383", 44.8, 55.0, 2)]
    assert of(report, "totals").verdict is Verdict.WARNING


@pytest.mark.parametrize(
    ("previous_rows", "verdict"),
    [
        (100, Verdict.FAIL),
        (37, Verdict.FAIL),
        (36, Verdict.WARNING),
        (32, Verdict.WARNING),
        (31, Verdict.PASS),
    ],
)
def test_a_file_with_far_fewer_rows_than_the_release_before(tmp_path, previous_rows, verdict):
    few = of(screened(tmp_path, WHOLE, context=Context(previous_rows=previous_rows)), "completeness")
    assert few.verdict is verdict
    if verdict is not Verdict.PASS:
        assert f"22 rows; the release before had {previous_rows}" in few.message


def test_few_rows_without_those_of_england_fail(tmp_path):
    report = screened(tmp_path, SCHOOLS, context=Context(previous_rows=len(SCHOOLS) * 100 // 65))
    assert report.verdict is Verdict.FAIL


@pytest.mark.parametrize(
    ("records", "previous_rows", "verdict"),
    [
        (WHOLE, None, Verdict.WARNING),
        (WHOLE, 100, Verdict.FAIL),
        (SCHOOLS, None, Verdict.FAIL),
    ],
)
def test_a_file_cut_in_its_last_record(tmp_path, records, previous_rows, verdict):
    path = tmp_path / "2018-2019" / "ks4.csv"
    path.parent.mkdir()
    lines = [",".join(record[name] for name in NAMES) for record in records]
    path.write_text("\n".join([HEADER, *lines, "1,383,40"]), encoding="utf-8")
    found = reading.peek(path)
    told = recognition.recognise(found, sources=SOURCES)
    published = reading.read(found, layout=told.layout)
    report = screening.screen(published, told, context=Context(previous_rows=previous_rows))
    cut = [one for one in report.findings if one.test == "completeness" and "cut" in one.message]
    assert cut[0].verdict is verdict
    assert cut[0].places[0].row == len(records) + 2


def test_a_big_move_since_the_release_before_is_a_warning(tmp_path):
    report = screened(tmp_path, WHOLE, context=Context(previous={"ATT8SCR": 52.0, "P8MEA": 0.1}))
    moved = [one.message for one in report.findings if one.test == "moves"]
    assert moved == ["The average of ATT8SCR over schools is 46.0; the release before had 52.0."]


def test_long_records_fail_and_short_ones_are_a_warning(tmp_path):
    path = tmp_path / "2018-2019" / "ks4.csv"
    path.parent.mkdir()
    path.write_text(f"{HEADER}\n{','.join(school(107800).values())},spare\n1,383\n", encoding="utf-8")
    found = reading.peek(path)
    told = recognition.recognise(found, sources=SOURCES)
    report = screening.screen(reading.read(found, layout=told.layout), told, context=Context())
    verdicts = {one.message[:30]: one.verdict for one in report.findings if one.test == "records"}
    assert list(verdicts.values()) == [Verdict.WARNING, Verdict.FAIL]
    assert report.sentence.startswith("1 record has more cells than the header, the first in row 2")


def test_at_most_fifty_places_are_kept_of_each_finding(tmp_path):
    many = [school(107800 + number, ATT8SCR="?") for number in range(80)]
    finding = of(screened(tmp_path, [*many, *WHOLE]), "marks")
    assert (finding.count, len(finding.places)) == (80, 50)


def test_inspections_after_the_day_of_the_file_are_told(tmp_path):
    source = SOURCES["ofsted_history"]
    path = tmp_path / "history.csv"
    path.write_text("URN,Rating,Inspection Date\n100000,Good,20200226\n100001,Good,20200301\n")
    told = recognition.recognise(reading.peek(path), sources={"ofsted_history": source})
    published = reading.read(reading.peek(path), layout=told.layout)
    finding = of(screening.screen(published, told, context=Context()), "year")
    assert (finding.count, finding.places[0].row) == (1, 3)
    later = screening.screen(published, replace(told, as_at=date(2020, 8, 31)), context=Context())
    assert of(later, "year").verdict is Verdict.PASS


def test_blank_rows_and_lost_characters_are_told(tmp_path):
    path = tmp_path / "2018-2019" / "ks4.csv"
    path.parent.mkdir()
    path.write_text(f"{HEADER}\n{','.join(school(107800).values())}\n", encoding="utf-8")
    found = reading.peek(path)
    told = recognition.recognise(found, sources=SOURCES)
    published = replace(
        reading.read(found, layout=told.layout), odd=(OddRecord(3, Fault.BLANK, 25),), lost_characters=4
    )
    report = screening.screen(published, told, context=Context())
    assert of(report, "blank_rows").message == "1 record is blank, the first in row 3."
    assert of(report, "encoding").count == 4
