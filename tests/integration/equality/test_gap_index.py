"""The gap index of an authority stands on its page of gaps, where a pupil file holds it."""

import pytest

from steward.access.roles import Role
from steward.evidence.queries import gap_indices, series
from steward.register.models import Authority

pytestmark = pytest.mark.django_db


def test_the_page_prints_every_index_with_its_interval(client_of, sample_home):
    told = gap_indices.gap_indices(sample_home.authority)
    assert told
    page = client_of(Role.SCRUTINY_MEMBER).get(f"/equality/{sample_home.authority}/").text
    assert "Disadvantage gap index from the authority" in page
    for one in told:
        assert f"{one.lower:.2f} to {one.upper:.2f}" in page


def test_an_authority_without_a_pupil_file_has_none(client_of, sample_home):
    codes = Authority.objects.exclude(code=sample_home.authority).values_list("code", flat=True)
    other = next(code for code in codes if code in series.places())
    page = client_of(Role.SCRUTINY_MEMBER).get(f"/equality/{other}/").text
    assert "Disadvantage gap index from" not in page
