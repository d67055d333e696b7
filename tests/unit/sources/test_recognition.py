"""A file is told by its columns, its name and its folder, or refused with what differs."""

import datetime
from pathlib import Path, PurePath

import pytest

from steward.analysis.sources import catalogue, dates, reading, recognition
from steward.analysis.sources.recognition import NotRecognised, Recognised, UnknownYear
from steward.vocabulary.academic_year import AcademicYear

SOURCES = catalogue.read_sources()
ABSENCE = "LA,ESTAB,URN,PERCTOT,PPERSABS10\n201,3614,100000,2.6,3.4\n"


def written(folder: Path, content: str, *, name: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def recognise(path: Path, **said) -> Recognised:
    return recognition.recognise(reading.peek(path), sources=SOURCES, **said)


def test_the_year_is_that_of_the_folder(tmp_path):
    found = recognise(written(tmp_path, ABSENCE, name="2018-2019/england_abs.csv"))
    assert (found.source.id, found.layout.id, found.period) == ("absence", "2016", AcademicYear(2019))
    assert found.label == "Pupil absence, 2018 to 2019 (final)"


def test_the_order_of_columns_does_not_matter(tmp_path):
    swapped = "PPERSABS10,URN,LA,PERCTOT,ESTAB\n3.4,100000,201,2.6,3614\n"
    assert recognise(written(tmp_path, swapped, name="2018-2019/any.csv")).source.id == "absence"


def test_the_year_of_a_column_goes_before_that_of_the_folder(tmp_path):
    content = "URN,Income,Expenditure,Balance,Academic Year\n100000,1,2,3,2016\n"
    found = recognise(written(tmp_path, content, name="2018-2019/financials.csv"))
    assert (found.source.id, found.period) == ("school_balances", AcademicYear(2016))


def test_a_fixed_day_is_that_of_the_definition_and_the_year_that_of_the_folder(published_data):
    path = published_data / "performance_tables/2018-2019/england_school_information.csv.gz"
    found = recognise(path)
    assert (found.as_at, found.period) == (datetime.date(2022, 4, 21), AcademicYear(2019))


def test_the_year_may_be_given_where_the_name_says_nothing(tmp_path):
    path = written(tmp_path, ABSENCE, name="download/abs.csv")
    with pytest.raises(UnknownYear, match="neither its name, its folder nor its columns say"):
        recognise(path)
    assert recognise(path, year=AcademicYear(2018)).period == AcademicYear(2018)
    day = datetime.date(2017, 10, 1)
    assert recognise(path, as_at=day).as_at == day


def test_a_file_that_says_another_year_than_the_one_given_is_refused(tmp_path):
    path = written(tmp_path, ABSENCE, name="2018-2019/england_abs.csv")
    assert recognise(path, year=AcademicYear(2019)).period == AcademicYear(2019)
    with pytest.raises(UnknownYear) as refusal:
        recognise(path, year=AcademicYear(2018))
    assert str(refusal.value) == (
        "england_abs.csv is Pupil absence, and its name, folder or columns say that it is of 2018 to 2019, "
        "not of 2017 to 2018 as was given. Load it without giving a year, or, if it is of 2017 to 2018, "
        "put it in a folder named after that year."
    )


def test_a_column_that_says_another_year_than_the_one_given_is_refused(tmp_path):
    content = "URN,Income,Expenditure,Balance,Academic Year\n100000,1,2,3,2016\n"
    path = written(tmp_path, content, name="download/financials.csv")
    assert recognise(path, year=AcademicYear(2016)).period == AcademicYear(2016)
    with pytest.raises(UnknownYear, match="say that it is of 2015 to 2016, not of 2018 to 2019"):
        recognise(path, year=AcademicYear(2019))


def test_a_publication_of_one_day_or_of_many_years_keeps_its_own(published_data):
    spine = published_data / "performance_tables/2018-2019/england_school_information.csv.gz"
    assert recognise(spine, year=AcademicYear(2017)) == recognise(spine)
    series = published_data / "lait/bds_long_0.parquet"
    assert recognise(series, year=AcademicYear(2017)).period is None


def test_a_year_that_no_layout_covers_is_refused(tmp_path):
    with pytest.raises(UnknownYear, match=r"Pupil absence of 2030 to 2031.*September 2015 to August 2019"):
        recognise(written(tmp_path, ABSENCE, name="2030-2031/england_abs.csv"))


def test_missing_columns_are_named_beside_the_nearest_publication(tmp_path):
    content = "LA,ESTAB,URN,PPERSABS10,MOOD\n201,3614,100000,3.4,good\n"
    with pytest.raises(NotRecognised, match=r"nearest to Pupil absence.*lacks PERCTOT.*also has MOOD"):
        recognise(written(tmp_path, content, name="2018-2019/england_abs.csv"))


def test_a_file_like_nothing_known_says_what_its_columns_are(tmp_path):
    content = "Seed Code,Council,Roll\n5202019,Glasgow,210\n"
    with pytest.raises(NotRecognised, match="its first columns are Seed Code, Council, Roll"):
        recognise(written(tmp_path, content, name="scotland.csv"))


def test_a_new_year_needs_only_a_definition(tmp_path):
    definitions = tmp_path / "definitions"
    text = (catalogue.FOLDER / "sources" / "absence.yaml").read_text(encoding="utf-8")
    layout = (
        "  - id: '2026'\n    covers_from: 2025-09-01\n    covers_to: 2026-08-31\n"
        "    requires: [LA, URN, OVERALL_ABSENCE]\n    period: {place: path}\n    keys: {urn: URN}\n"
        "    columns: [LA, URN, OVERALL_ABSENCE]\n"
    )
    written(definitions, text + layout, name="absence.yaml")
    sources = catalogue.read_sources((catalogue.FOLDER / "sources", definitions))
    path = written(tmp_path, "LA,URN,OVERALL_ABSENCE\n383,107833,6.1\n", name="2025-2026/england_abs.csv")
    found = recognition.recognise(reading.peek(path), sources=sources)
    assert (found.source.id, found.layout.id, found.period) == ("absence", "2026", AcademicYear(2026))


def test_an_unused_publication_is_recognised(tmp_path):
    found = recognise(written(tmp_path, "Column,Field Name\n1,URN\n", name="2018-2019/meta/abs_meta.csv"))
    assert not found.is_used
    assert found.source.not_used_because


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("mi_schools_2013-12-31.csv", datetime.date(2013, 12, 31)),
        ("edubase_20190901.csv", datetime.date(2019, 9, 1)),
        ("Schools___31_December_2014.xlsx", datetime.date(2014, 12, 31)),
        ("as at 30th April 2013.csv", datetime.date(2013, 4, 30)),
        ("as_at_01-09-2021.csv", datetime.date(2021, 9, 1)),
        ("…31_20December_202013….zip", datetime.date(2013, 12, 31)),
        ("performance_2018-2019.csv", None),
        ("2013-02-31.csv", None),
        ("nothing.csv", None),
    ],
)
def test_days_in_names(text, day):
    assert dates.day_in(text) == day


@pytest.mark.parametrize(
    ("path", "begins", "ends"),
    [
        ("2018-2019/england_abs.csv", False, 2019),
        ("tables 2018-19/abs.csv", False, 2019),
        ("2018 to 2019/abs.csv", False, 2019),
        ("finance/financials_2014.csv", False, 2014),
        ("2016-850-ks2.csv", True, 2017),
        ("2018-2019/2016.csv", False, 2019),
        ("abs.csv", False, None),
        ("exclusions_201516.csv", False, 2016),
    ],
)
def test_years_in_paths(path, begins, ends):
    found = dates.year_in_path(PurePath(path), lone_begins=begins)
    assert (found.ends if found else None) == ends
