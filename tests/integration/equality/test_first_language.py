"""Results by first language come from the whole performance tables, equal to the published cells."""

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction
from django.test import override_settings

from steward.analysis.comparison import school_gaps as within
from steward.audit.operations import Program
from steward.equality.queries import area_gaps, file_gaps, first_language, gap_books, one_gap
from steward.evidence import catalogues
from steward.evidence.operations import loading
from steward.evidence.queries import figures
from steward.vocabulary.values import Known

pytestmark = pytest.mark.real

HAMPSHIRE, SURREY, ENGLAND = "850", "936", "england"
FILES = {
    (2017, "850"): "2016-850-ks2",
    (2018, "850"): "2017-850-ks2",
    (2019, "850"): "2018-850-ks2",
    (2018, "936"): "2017-936-ks2",
    (2019, "936"): "2018-936-ks2",
}
KS4 = {
    (2017, "850"): "2016-2017_850_ks4final",
    (2017, "936"): "2016-2017_936_ks4final",
    (2018, "936"): "2017-2018_936_ks4final",
}
_KEPT = ("evidence.DataRelease", "evidence.Generation")
GAPS = {
    "ks2_rwm_expected-another-language": ("PTRWM_EXP_EAL", "PTRWM_EXP"),
    "ks2_reading_progress-another-language": ("READPROG_EAL", "READPROG"),
    "ks2_writing_progress-another-language": ("WRITPROG_EAL", "WRITPROG"),
    "ks2_maths_progress-another-language": ("MATPROG_EAL", "MATPROG"),
    "ks2_rwm_expected-boys": ("PTRWM_EXP_B", "PTRWM_EXP_G"),
    "ks2_rwm_expected-stayed": ("PTRWM_EXP_MOBN", "PTRWM_EXP"),
}
KS4_GAPS = {
    "attainment_8-another-language": ("ATT8SCR_EAL", "ATT8SCR"),
    "attainment_8-stayed": ("ATT8SCR_NMOB", "ATT8SCR"),
    "progress_8-another-language": ("P8MEA_EAL", "P8MEA"),
    "english_maths_grade_4-another-language": ("PTL2BASICSEAL_94", "PTL2BASICS_94"),
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """The folder of a home with the whole tables, and the rows it wrote into the database."""

    home: Path
    rows: tuple[tuple[type, list], ...]

    def settings(self) -> dict[str, object]:
        """The settings under which it is read."""
        return {
            "STEWARD_HOME": self.home,
            "STEWARD_STORE": self.home / "store",
            "STEWARD_AUTHORITY": "",
            "STEWARD_DEFINITIONS": "",
        }


@pytest.fixture(scope="module")
def loaded(published_data, tmp_path_factory, django_db_setup, django_db_blocker) -> Loaded:
    """Load the whole tables of two counties, and the series in which authorities are named."""
    home = tmp_path_factory.mktemp("whole-tables")
    folder = published_data / "layout_fixtures"
    files = [folder / f"{name}.csv.gz" for name in (*FILES.values(), *KS4.values())]
    with django_db_blocker.unblock(), override_settings(**Loaded(home, ()).settings()), transaction.atomic():
        loading.load([published_data / "lait", *files], actor=Program("The tests"), progress=lambda *_: None)
        rows = [(model, list(model.objects.all())) for model in map(apps.get_model, _KEPT)]
        transaction.set_rollback(True)
    return Loaded(home, tuple(rows))


@pytest.fixture
def whole_tables(loaded, db, settings) -> Loaded:
    """Put them into the database of this test."""
    for name, value in loaded.settings().items():
        setattr(settings, name, value)
    for model, rows in loaded.rows:
        model.objects.bulk_create(rows, batch_size=200)
    return loaded


@pytest.fixture(scope="session")
def cells(published_data) -> Mapping[tuple[str, int, str], list[dict[str, str]]]:
    """Read the files with nothing of ours: rows by stage, year and authority."""
    found = {}
    for stage, files in (("ks2", FILES), ("ks4", KS4)):
        for (year, area), name in files.items():
            path = published_data / "layout_fixtures" / f"{name}.csv.gz"
            with gzip.open(path, "rt", encoding="utf-8-sig") as opened:
                found[stage, year, area] = list(csv.DictReader(opened))
    return found


def number(text: str) -> float | None:
    try:
        return float(text.strip().rstrip("%"))
    except ValueError:
        return None


def area_row(rows: list[dict[str, str]], record: str) -> dict[str, str]:
    return next(row for row in rows if row["RECTYPE"] == record)


@pytest.mark.parametrize(
    ("stage", "files", "gaps", "records"),
    [
        ("ks2", FILES, GAPS, ("3", "5")),
        ("ks4", KS4, KS4_GAPS, ("4", "7")),
    ],
)
def test_gaps_of_areas_are_those_of_the_published_cells(whole_tables, cells, stage, files, gaps, records):
    compared = 0
    for (year, code), _ in files.items():
        for area, record in zip((code, ENGLAND), records, strict=True):
            row = area_row(cells[stage, year, code], record)
            for gap_id, (value, other) in gaps.items():
                shown = {one.year: one for one in gap_books.book_of(area).get(gap_id, ())}[year]
                for side, column in ((shown.group, value), (shown.other, other)):
                    printed = number(row[column])
                    if printed is None:
                        continue
                    assert isinstance(side.value, Known), (area, gap_id, year, side)
                    assert side.value.value == pytest.approx(printed), (area, gap_id, year)
                    compared += 1
    assert compared >= 8 * len(gaps)


def test_a_school_is_shown_its_own_group_where_it_is_large_enough(whole_tables, cells):
    shown = withheld = 0
    for (year, code), _ in FILES.items():
        rows = {int(row["URN"]): row for row in cells["ks2", year, code] if row["URN"].strip().isdigit()}
        found = figures.figures_of(rows, indicators=["rwm_expected_eal"])
        for one in (figure for figure in found if figure.period == year):
            row = rows[one.urn]
            if isinstance(one.value, Known):
                pupils, every = float(row["TEALGRP2"]), float(row["TELIG"])
                assert one.value == Known(number(row["PTRWM_EXP_EAL"]), pupils)
                assert pupils >= 6
                assert every - pupils == 0 or every - pupils >= 6
                shown += 1
            else:
                withheld += 1
    assert shown >= 20
    assert withheld >= 100


def test_the_area_stands_beside_england_and_the_rest_follow_from_all(whole_tables):
    found = one_gap.one_gap(HAMPSHIRE, "ks2_rwm_expected-another-language", beside="eal-alike")

    assert found.newest.own.amount == Known(72 - 68)
    assert found.newest.england_gap == Known(64 - 65)
    assert found.beside.id == "eal-alike"
    listed = area_gaps.area_gaps(HAMPSHIRE, group="first_language")
    assert "ks2_rwm_expected-another-language" in {one.gap.id for one in listed.gaps}
    assert within.others_of(Known(72, 972), every=Known(68, 14855)).value == pytest.approx(67.7, abs=0.05)


def test_one_finding_and_a_table_say_results_of_the_area_and_who_is_alike(whole_tables):
    told = first_language.first_language(HAMPSHIRE, name="Hampshire", of_pupils=())

    first = told.gaps[0]
    assert first.gap.id == "ks2_rwm_expected-another-language"
    assert first.others == "all other pupils"
    assert first.newest.amount == Known(4.0)
    assert first.england == Known(-1.0)
    assert told.finding.startswith(
        "In reading, writing and mathematics at key stage 2 (expected standard) in 2019 pupils whose first "
        "language is not English in Hampshire were 4 percentage points above all other pupils"
    )
    assert "No results by first language" not in told.finding
    assert any(one.startswith("In the authorities most alike it is") for one in told.further)


def test_it_says_plainly_that_no_file_gives_them(series_home):
    told = first_language.first_language("383", name="Leeds", of_pupils=())

    assert told.gaps == ()
    assert told.finding.startswith("No results by first language of Leeds are loaded")
    assert "england_ks2final.csv" in told.further[0]
    assert told.further[1].startswith("In Leeds the first language of ")


def test_each_such_gap_is_of_the_files_and_not_of_the_series():
    gaps = [gap for gap in catalogues.gaps().values() if gap.pair.key == "another-language"]

    assert len(gaps) == 7
    assert all(file_gaps.pair_of(gap) for gap in gaps)
