"""The three schools of the headline authority, and the mess, are where the summary says."""

import csv

import pytest

from steward.sample import SampleSummary, generate


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleSummary:
    return generate(tmp_path_factory.mktemp("sample"), schools=300, authorities=4)


def rows_of(sample: SampleSummary, path: str) -> list[dict[str, str]]:
    encoding = "cp1252" if path.startswith("register/") else "utf-8-sig"
    text = (sample.folder / path).read_bytes().decode(encoding)
    return list(csv.DictReader(text.splitlines()))


def row_of(sample: SampleSummary, path: str, urn: int) -> dict[str, str]:
    return next(row for row in rows_of(sample, path) if row["URN"] == str(urn))


def test_primary_is_below_the_floor_in_two_years_and_falling(sample):
    years = [
        row_of(sample, f"{year - 1}-{year}/england_ks2final_subset.csv", sample.stories.falling_primary)
        for year in (2016, 2017, 2018)
    ]

    expected = [float(row["PTRWM_EXP"].rstrip("%")) for row in years]

    assert expected[0] > expected[2]
    for row in years[1:]:
        assert float(row["PTRWM_EXP"].rstrip("%")) < 65
        assert float(row["READPROG"]) < -5 or float(row["MATPROG"]) < -5
    register = row_of(sample, "2018-2019/england_school_information.csv", sample.stories.falling_primary)
    assert register["MINORGROUP"] == "Maintained school"
    assert register["LANAME"] == "Aldermere"


def test_secondary_fell_with_the_rules_of_2014_and_not_again(sample):
    row = row_of(
        sample, "ks4_2013-2015_mainstream_secondary_derived.csv", sample.stories.rule_change_secondary
    )
    of_2013, of_2015, mean = (float(row[name]) for name in ("ac.gcse.all13", "ac.gcse.all15", "AC.GCSE.ALL"))
    of_2014 = 3 * mean - of_2013 - of_2015

    assert of_2013 - of_2014 > 0.12
    assert abs(of_2014 - of_2015) < 0.05
    latest = row_of(sample, "2018-2019/england_ks4provisional.csv", sample.stories.rule_change_secondary)
    assert float(latest["P8MEA"]) > -0.2


def test_academy_is_sponsored_and_its_absence_rises(sample):
    urn = sample.stories.absence_academy
    shares = [
        float(row_of(sample, f"{year - 1}-{year}/england_abs.csv", urn)["PPERSABS10"])
        for year in (2017, 2018, 2019)
    ]

    assert shares == sorted(shares)
    assert 20 < shares[-1] < 45
    register = row_of(sample, "2018-2019/england_school_information.csv", urn)
    assert register["SCHOOLTYPE"] == "Academy sponsor led"
    assert register["OPENDATE"] == "01-09-2012"
    links = rows_of(sample, "register/links_edubasealldata_20190901.csv")
    assert (str(urn), str(sample.stories.absence_academy_before), "Predecessor") in {
        (row["URN"], row["LinkURN"], row["LinkType"]) for row in links
    }


def test_maintained_schools_of_the_story_have_no_predecessor(sample):
    linked = {row["URN"] for row in rows_of(sample, "register/links_edubasealldata_20190901.csv")}

    assert str(sample.stories.falling_primary) not in linked
    assert str(sample.stories.rule_change_secondary) not in linked


def test_some_schools_have_results_and_no_register_row(sample):
    results = {row["URN"] for row in rows_of(sample, "2017-2018/england_ks2final_subset.csv")}
    registers = {
        row["URN"]
        for path in (
            "2015-2016/england_spine.csv",
            "2016-2017/england_spine.csv",
            "2017-2018/england_spine.csv",
            "2018-2019/england_school_information.csv",
            "register/edubasealldata_rebuilt_20220427.csv",
        )
        for row in rows_of(sample, path)
    }

    assert set(map(str, sample.unlisted)) <= results - registers


def test_one_register_names_a_urn_twice(sample):
    urns = [row["URN"] for row in rows_of(sample, "2016-2017/england_spine.csv")]

    assert len(urns) == len(set(urns)) + 1


def test_headline_authority_has_wards_clusters_and_teaching_schools(sample):
    register = rows_of(sample, "register/edubasealldata_rebuilt_20220427.csv")
    here = [row for row in register if row["LA (code)"] == sample.authority_code]

    assert 25 <= len({row["AdministrativeWard (name)"] for row in here}) <= 33
    assert sum(len(urns) for urns in sample.clusters.values()) == sample.authority_schools
    assert {row["GOR (name)"] for row in here} == {"Northern Vale"}
    assert len(sample.teaching_schools) >= 3
    inspected = {row["urn"]: row for row in rows_of(sample, "ofsted/mi_schools_2013-12-31.csv")}
    for urn in map(str, sample.teaching_schools):
        assert inspected[urn]["Overall effectiveness: how good is the school"] == "1"


def test_names_with_accents_survive_the_encoding_of_the_register(sample):
    names = {
        row["EstablishmentName"] for row in rows_of(sample, "register/edubasealldata_rebuilt_20220427.csv")
    }

    assert any(not name.isascii() for name in names)
