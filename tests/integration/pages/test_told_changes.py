"""What a school is told of itself: no weakness on the good side of England."""

import pytest

from steward.access.roles import Role
from steward.pages.queries import school
from steward.register.models import School

pytestmark = pytest.mark.django_db


def test_nothing_is_called_weak_that_is_better_than_england(sample_home, person_with):
    viewer = person_with(Role.ADVISER)
    found = School.objects.filter(authority_id=sample_home.authority, standing="open", phase="primary")
    told = 0
    for urn in found.values_list("urn", flat=True)[:12]:
        stands = school.overview(school.header(urn, viewer=viewer)).standing_out
        told += len(stands.weakest)
        assert not [one.text for one in stands.weakest if "below England (less is better)" in one.text]
        assert not [one.text for one in stands.strongest if "above England (less is better)" in one.text]
    assert told
