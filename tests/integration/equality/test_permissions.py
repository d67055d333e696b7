"""Who may open which page of gaps and assessments, role by role; the sample has no series of authorities."""

import pytest

from steward.access.roles import Role
from steward.register.models import School

EVERYBODY = frozenset(Role)
READERS = EVERYBODY - {Role.SCHOOL_USER}
OFFICERS = READERS - {Role.SCRUTINY_MEMBER}
SENIORS = frozenset({Role.DATA_OFFICER, Role.SENIOR_ADVISER, Role.HEAD_OF_SERVICE})
PAGES = {
    "/equality/": EVERYBODY,
    "/equality/groups/": EVERYBODY,
    "/equality/assessments/": READERS,
    "/equality/assessments/assessments.csv": READERS,
    "/equality/assessments/new/": OFFICERS,
    "/equality/{area}/two-groups/": SENIORS,
    "/equality/{area}/schools/destinations-disadvantaged/": READERS,
    "/equality/{area}/schools/destinations-disadvantaged/schools.csv": READERS,
    "/schools/{own}/groups/": EVERYBODY,
    "/schools/{other}/groups/": READERS,
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_the_pages_it_may_and_no_others(sample_home, client_of, role):
    own, other = School.objects.filter(authority=sample_home.authority).order_by("urn")[:2]
    client = client_of(role, urn=own.urn if role is Role.SCHOOL_USER else None)
    for address, allowed in PAGES.items():
        path = address.format(area=sample_home.authority, own=own.urn, other=other.urn)
        expected = 200 if role in allowed else 403
        assert client.get(path).status_code == expected, (path, role)


def test_nobody_signed_in_is_sent_to_sign_in(sample_home, client):
    for address in PAGES:
        path = address.format(area=sample_home.authority, own=100000, other=100001)
        answer = client.get(path)
        assert answer.status_code == 302, path
        assert "/sign-in/" in answer["Location"]


@pytest.mark.parametrize("role", [Role.ADVISER, Role.SCHOOL_USER, Role.SCRUTINY_MEMBER])
def test_a_school_leads_to_its_groups_for_who_may_see_them(sample_home, client_of, role):
    own = School.objects.filter(authority=sample_home.authority).order_by("urn")[0]
    client = client_of(role, urn=own.urn if role is Role.SCHOOL_USER else None)
    text = client.get(f"/schools/{own.urn}/").content.decode()
    assert f'href="/schools/{own.urn}/groups/"' in text
