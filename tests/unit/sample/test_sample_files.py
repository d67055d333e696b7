"""The sample is the same for the same seed, has the published layouts, and is believable."""

import csv
import gzip
import hashlib
import json
from itertools import pairwise
from pathlib import Path

import pytest

from steward.sample import SampleSummary, generate
from steward.sample.files import header_line
from steward.sample.sites import degrees_of

PUBLISHED = {
    "school_information": "performance_tables/2018-2019/england_school_information",
    "spine_2016": "performance_tables/2015-2016/england_spine",
    "spine_2017": "performance_tables/2016-2017/england_spine",
    "spine_2018": "performance_tables/2017-2018/england_spine",
    "links": "register/links_edubasealldata_20190901",
    "group_links": "register/grouplinks_edubaseallacademiesandfree_20190901",
    "gias": "register/edubasealldata_rebuilt_20220427",
    "gias_full": "register/edubasealldata_leeds_20230705",
    "inspections_2013": "ofsted/mi_schools_2013-12-31",
    "inspections_2014": "ofsted/mi_schools_2014-12-31",
    "inspections_2015": "ofsted/mi_schools_2015-05-31",
    "inspections_2020": "ofsted/mi_state-funded_schools_2020-08-31",
    "inspection_history": "ofsted/inspection_history_2005-2020",
    "ks2_2013": "performance_tables/2012-2013/england_ks2_subset",
    "ks2_final": "performance_tables/2017-2018/england_ks2final_subset",
    "ks2_2019": "performance_tables/2018-2019/england_ks2final_subset",
    "ks4_2015": "performance_tables/ks4_2013-2015_mainstream_secondary_derived",
    "ks4_provisional_2016": "performance_tables/2015-2016/england_ks4_provisional",
    "ks4_provisional_2017": "performance_tables/2016-2017/england_ks4provisional",
    "ks4_provisional_2018": "performance_tables/2017-2018/england_ks4provisional",
    "ks4_final": "performance_tables/2017-2018/england_ks4final_subset",
    "ks4_2019": "performance_tables/2018-2019/england_ks4final_subset",
    "ks2_whole_2017": "layout_fixtures/2016-850-ks2",
    "ks2_whole_2018": "layout_fixtures/2017-850-ks2",
    "ks2_whole_2019": "layout_fixtures/2018-850-ks2",
    "ks4_whole_2017": "layout_fixtures/2016-2017_850_ks4final",
    "ks4_whole_2018": "layout_fixtures/2017-2018_936_ks4final",
    "absence_2013": "performance_tables/2013-2014/england_abs",
    "absence_2017": "performance_tables/2018-2019/england_abs",
    "census_2013": "performance_tables/2012-2013/england_census",
    "census_2014": "performance_tables/2013-2014/england_census",
    "census_2016": "performance_tables/2015-2016/england_census",
    "census_2019": "performance_tables/2018-2019/england_census",
    "workforce_2016": "performance_tables/2015-2016/england_swf",
    "workforce_2017": "performance_tables/2016-2017/england_swf",
    "workforce_2018": "performance_tables/2017-2018/england_swf",
    "workforce_2019": "performance_tables/2018-2019/england_swf",
    "finance": "finance/financials_2018",
}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleSummary:
    return generate(tmp_path_factory.mktemp("sample"), schools=1_500, authorities=12)


def rows_of(sample: SampleSummary, path: str) -> list[dict[str, str]]:
    encoding = "cp1252" if path.startswith("register/") else "utf-8-sig"
    text = (sample.folder / path).read_bytes().decode(encoding)
    return list(csv.DictReader(text.splitlines()))


def _area(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))) / 2


def _holds(ring, place):
    turns = [(b[0] - a[0]) * (place[1] - a[1]) - (b[1] - a[1]) * (place[0] - a[0]) for a, b in pairwise(ring)]
    return all(turn >= 0 for turn in turns) or all(turn <= 0 for turn in turns)


def _place(row):
    return degrees_of(int(row["Easting"]), int(row["Northing"]))


def digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for file in sorted(folder.rglob("*.*")):
        whole.update(file.relative_to(folder).as_posix().encode() + file.read_bytes())
    return whole.hexdigest()


def test_same_seed_writes_same_bytes_and_another_seed_does_not(tmp_path):
    for name, seed in (("first", 7), ("again", 7), ("other", 8)):
        generate(tmp_path / name, seed=seed, schools=300, authorities=4)

    assert digest(tmp_path / "first") == digest(tmp_path / "again")
    assert digest(tmp_path / "first") != digest(tmp_path / "other")


@pytest.mark.real
@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_header_row_is_the_published_one(name, published_data):
    with gzip.open(published_data / f"{PUBLISHED[name]}.csv.gz") as file:
        published = file.readline().decode("utf-8-sig").rstrip("\r\n")

    assert header_line(name) == published


@pytest.mark.real
def test_no_school_or_authority_has_a_real_name(sample, published_data):
    path = "performance_tables/2018-2019/england_school_information.csv.gz"
    with gzip.open(published_data / path, "rt", encoding="utf-8-sig") as file:
        real = list(csv.DictReader(file))
    invented = rows_of(sample, "2018-2019/england_school_information.csv")

    for column in ("SCHNAME", "LANAME", "POSTCODE", "URN", "LA"):
        assert not {row[column] for row in real} & {row[column] for row in invented}, column


def test_every_file_has_the_columns_of_its_header_on_full_rows(sample):
    for file in (one for one in sample.files if one.path.endswith(".csv")):
        encoding = "cp1252" if file.path.startswith("register/") else "utf-8-sig"
        with (sample.folder / file.path).open(encoding=encoding, newline="") as opened:
            header, *records = csv.reader(opened)
        full = sum(len(record) == len(header) for record in records)
        assert len(records) == file.rows
        short = 1 if "grouplinks" in file.path else 0
        assert full >= 0.8 * file.rows * (1 - short), file.path
        assert all(len(record) <= len(header) for record in records), file.path


@pytest.mark.parametrize(("edition", "least", "most"), [("2013-12-31", 0.72, 0.86), ("2020", 0.80, 0.92)])
def test_share_of_good_or_better_schools_is_believable(sample, edition, least, most):
    recent = edition == "2020"
    path = "ofsted/mi_state-funded_schools_2020-08-31.csv" if recent else f"ofsted/mi_schools_{edition}.csv"
    column = "Overall effectiveness" if recent else "Overall effectiveness: how good is the school"
    grades = [row[column] for row in rows_of(sample, path) if row[column]]

    assert least < sum(grade in "12" for grade in grades) / len(grades) < most
    assert set(grades) == {"1", "2", "3", "4"}


def test_outlines_of_wards_part_the_ground_and_hold_most_of_their_schools(sample):
    path = next(file.path for file in sample.files if file.path.endswith(".geojson"))
    read = json.loads((sample.folder / path).read_text("utf-8"))["features"]
    rings = {one["properties"]["WARD_NAME"]: one["geometry"]["coordinates"][0] for one in read}
    west, east, south, north = (
        pick(corner[side] for ring in rings.values() for corner in ring)
        for side in (0, 1)
        for pick in (min, max)
    )

    assert len(rings) == 33
    assert all(ring[0] == ring[-1] and len(ring) > 3 for ring in rings.values())
    assert sum(map(_area, rings.values())) == pytest.approx((east - west) * (north - south), rel=1e-3)
    located = [
        row
        for row in rows_of(sample, "register/edubasealldata_rebuilt_20220427.csv")
        if row["LA (code)"] == sample.authority_code
    ]
    inside = [_holds(rings[row["AdministrativeWard (name)"]], _place(row)) for row in located]
    assert sum(inside) > 0.7 * len(inside)


def test_some_schools_of_2020_were_never_inspected(sample):
    rows = rows_of(sample, "ofsted/mi_state-funded_schools_2020-08-31.csv")

    blank = [row for row in rows if not row["Overall effectiveness"]]

    assert 0 < len(blank) < 0.03 * len(rows)
    assert all(not row["Inspection start date"] for row in blank)


def test_new_academy_has_its_predecessors_inspection_under_the_old_urn(sample):
    rows = {row["URN"]: row for row in rows_of(sample, "ofsted/mi_state-funded_schools_2020-08-31.csv")}
    history = {row["URN"] for row in rows_of(sample, "ofsted/inspection_history_2005-2020.csv")}

    assert sample.not_inspected_since_opening
    for urn in map(str, sample.not_inspected_since_opening):
        row = rows[urn]
        assert row["Does the latest full inspection relate to the URN of the current school?"] == "No"
        assert row["URN at time of latest full inspection"] in history
        assert urn not in history


def expected_band(row: dict[str, str]) -> str:
    score, low, high = (float(row[name]) for name in ("P8MEA", "P8CILOW", "P8CIUPP"))
    if low <= 0 <= high:
        return "3"
    if low > 0:
        return "1" if score >= 0.5 else "2"
    return "5" if score < -0.5 else "4"


@pytest.mark.parametrize("year", [2018, 2019])
def test_progress_8_bands_follow_from_score_and_interval(sample, year):
    rows = rows_of(sample, f"{year - 1}-{year}/england_ks4provisional.csv")
    banded = [row for row in rows if (row["P8_BANDING"] or "").isdigit()]

    assert len(banded) > 100
    assert [row["P8_BANDING"] for row in banded] == [expected_band(row) for row in banded]
    assert {row["P8_BANDING"] for row in banded} == set("12345")


def test_key_stage_4_results_are_suppressed_only_where_the_cohort_is_small(sample):
    for year in (2016, 2017, 2018, 2019):
        name = "ks4_provisional" if year == 2016 else "ks4provisional"
        rows = rows_of(sample, f"{year - 1}-{year}/england_{name}.csv")
        hidden = [row for row in rows if row["ATT8SCR"] == "SUPP"]
        shown = [row for row in rows if (row["ATT8SCR"] or "").replace(".", "").isdigit()]
        assert hidden
        assert all(int(row["TPUP"]) <= 5 for row in hidden)
        assert all(int(row["TPUP"]) > 5 for row in shown)


def test_key_stage_2_results_are_blank_only_where_the_cohort_is_small(sample):
    rows = rows_of(sample, "2017-2018/england_ks2final_subset.csv")

    counted = [row for row in rows if row["TELIG"]]

    assert any(not row["PTRWM_EXP"] for row in counted)
    assert all((row["PTRWM_EXP"] == "") == (int(row["TELIG"]) <= 5) for row in counted)


def test_published_area_rows_are_near_the_schools_and_not_equal_to_them(sample):
    rows = rows_of(sample, "2018-2019/england_ks4provisional.csv")
    schools = [row for row in rows if row["LEA"] == "399" and row["RECTYPE"] in "12"]
    authority = next(row for row in rows if row["LEA"] == "399" and row["RECTYPE"] == "4")
    known = [row for row in schools if (row["ATT8SCR"] or "").replace(".", "").isdigit()]

    pupils = sum(int(row["TPUP"]) for row in known)
    computed = sum(float(row["ATT8SCR"]) * int(row["TPUP"]) for row in known) / pupils

    assert int(authority["TPUP"]) > pupils
    assert 0.05 < computed - float(authority["ATT8SCR"]) < 2.5
    assert [row["RECTYPE"] for row in rows[-2:]] == ["5", "7"]


def test_poorer_intakes_go_with_lower_results(sample):
    meals = {
        row["URN"]: float(row["PNUMFSMEVER"])
        for row in rows_of(sample, "2017-2018/england_census.csv")
        if row["PNUMFSMEVER"].replace(".", "").isdigit() and row["URN"] != "NAT"
    }
    pairs = [
        (meals[row["URN"]], float(row["PTRWM_EXP"].rstrip("%")))
        for row in rows_of(sample, "2017-2018/england_ks2final_subset.csv")
        if row["URN"] in meals and row["PTRWM_EXP"]
    ]

    assert -0.65 < correlation(pairs) < -0.3


def correlation(pairs: list[tuple[float, float]]) -> float:
    many = len(pairs)
    first, second = (sum(pair[side] for pair in pairs) / many for side in (0, 1))
    together = sum((x - first) * (y - second) for x, y in pairs)
    apart = sum((x - first) ** 2 for x, _ in pairs) * sum((y - second) ** 2 for _, y in pairs)
    return together / apart**0.5


def test_too_small_an_england_is_refused_in_words(tmp_path):
    with pytest.raises(ValueError, match="at least 60 to each"):
        generate(tmp_path, schools=100, authorities=4)
    with pytest.raises(ValueError, match="1 to 200 authorities"):
        generate(tmp_path, schools=100_000, authorities=400)


@pytest.mark.parametrize(
    ("path", "value", "pupils", "everybody", "of_all"),
    [
        ("2018-2019/england_ks2final.csv", "PTRWM_EXP_EAL", "TEALGRP2", "TELIG", "PTRWM_EXP"),
        ("2018-2019/england_ks4final.csv", "PTL2BASICSEAL_94", "TEALGRP2", "TPUP", "PTL2BASICS_94"),
    ],
)
def test_a_group_has_no_more_pupils_and_passes_than_its_school(
    sample, path, value, pupils, everybody, of_all
):
    shown = [row for row in rows_of(sample, path) if row["RECTYPE"] == "1" and row[value].endswith("%")]

    assert len(shown) > 50
    for row in shown:
        group, every = int(row[pupils]), int(row[everybody])
        passed = float(row[of_all].rstrip("%")) * every / 100
        assert 6 <= group <= every
        assert float(row[value].rstrip("%")) * group / 100 <= passed + 0.011 * every


def test_whole_files_print_groups_for_every_authority_and_england_and_the_gap_closes(sample):
    gaps = []
    for year in (2017, 2018, 2019):
        rows = rows_of(sample, f"{year - 1}-{year}/england_ks2final.csv")
        areas = [row for row in rows if row["RECTYPE"] == "3"]
        nation = next(row for row in rows if row["RECTYPE"] == "5")
        assert len({row["LEA"] for row in areas}) == 12
        assert all(row["PTRWM_EXP_EAL"].endswith("%") and row["READPROG_EAL"] for row in areas)
        gaps.append(float(nation["PTRWM_EXP_EAL"][:-1]) - float(nation["PTRWM_EXP"][:-1]))

    assert gaps == sorted(gaps)
    assert gaps[0] < -3


def test_every_mark_of_a_missing_result_occurs(sample):
    marks = {
        cell
        for file in sample.files
        for row in rows_of(sample, file.path)
        for cell in row.values()
        if isinstance(cell, str)
    }

    assert {"SUPP", "NE", "NP", "NA", "LOWCOV", "NEW", "DNS", "SM ", "SWK", "9", "8"} <= marks


def test_register_in_full_names_the_closed_schools_and_no_person(sample):
    rows = rows_of(sample, "register/edubasealldata_aldermere_20220501.csv")

    assert {row["EstablishmentStatus (name)"] for row in rows} == {"Open", "Closed"}
    assert str(sample.stories.absence_academy_before) in {row["URN"] for row in rows}
    assert {row["LA (code)"] for row in rows} == {"399"}
    for row in rows:
        assert not any(
            row[name] for name in ("HeadTitle (name)", "HeadFirstName", "HeadLastName", "PropsName")
        )
