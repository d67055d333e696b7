"""The evidence of real figures: what the publisher printed, beside what its schools add up to."""

import shutil

import pytest
from django.urls import reverse

from steward.access.roles import Role
from steward.evidence.models import DataRelease
from steward.evidence.queries import numbers, releases, unmatched
from steward.vocabulary.areas import Basis, Level
from steward.vocabulary.values import Known

pytestmark = [pytest.mark.django_db, pytest.mark.real]

LEEDS = "383"
FILES = ("england_school_information", "england_ks4provisional", "england_ks4final_subset", "england_census")


@pytest.fixture
def year_2019(own_store, published_data, tmp_path, load):
    """Load the register, the census and key stage 4 of 2018 to 2019."""
    folder = tmp_path / "2018-2019"
    folder.mkdir()
    for name in FILES:
        shutil.copy(published_data / "performance_tables" / "2018-2019" / f"{name}.csv.gz", folder)
    report = load(folder)
    assert report.complete
    return report


def _shown(number, *, basis: Basis, version: str = "provisional") -> float:
    found = next(one for one in number.versions if one.basis is basis and one.version == version)
    assert isinstance(found.value, Known)
    return round(found.value.value, number.definition.decimals)


def test_leeds_attainment_8_is_published_and_never_passed_off_as_computed(year_2019, client_of):
    number = numbers.area_number(Level.AUTHORITY, LEEDS, phase="all", code="attainment_8", period=2019)

    assert number is not None
    assert number.shown.basis is Basis.PUBLISHED
    assert _shown(number, basis=Basis.PUBLISHED) == 44.8
    assert _shown(number, basis=Basis.COMPUTED) == 45.7
    address = reverse("evidence:area-figure", args=[LEEDS, "authority", "all", "attainment_8", 2019])
    page = client_of(Role.HEAD_OF_SERVICE).get(address).content.decode()
    assert "prints 44.8. Worked out from the schools of the same file it is 45.7, 0.9 above" in page
    assert "Computed from 47 schools, 7,463 pupils" in page


def test_the_published_row_of_leeds_opens(year_2019, client_of):
    number = numbers.area_number(Level.AUTHORITY, LEEDS, phase="all", code="attainment_8", period=2019)
    assert number is not None
    printed = {
        cell.column: cell.text for cell in releases.published_row(number.shown.release, number.shown.row)
    }

    assert printed["LEA"] == LEEDS
    assert printed["ATT8SCR"] == "44.8"
    page = client_of(Role.ADVISER).get(reverse("evidence:row", args=[number.shown.release, number.shown.row]))
    assert page.status_code == 200


def test_urns_of_the_census_in_no_register_are_kept_and_listed(year_2019, client_of):
    census = DataRelease.objects.get(source="census")
    found = unmatched.unmatched_of(census.id)

    assert len(found) > 500
    page = client_of(Role.DATA_OFFICER).get(reverse("evidence:release", args=[census.id])).content.decode()
    assert f"{len(found)} of the schools in this file are in no register" in page


def test_pupils_that_only_another_version_prints_are_told_as_its_own(year_2019, client_of):
    number = numbers.school_number(139732, code="progress_8", period=2019)

    assert number is not None
    assert (number.shown.version, number.shown.value.cohort) == ("final", None)
    assert number.is_small
    page = client_of(Role.HEAD_OF_SERVICE).get(reverse("evidence:figure", args=[139732, "progress_8", 2019]))
    assert "The provisional file says it rests on 9 pupils" in page.content.decode()
