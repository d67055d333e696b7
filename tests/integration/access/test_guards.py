"""What stands before a view."""

import pytest
from django.test import Client

from steward.access import operations
from steward.access.roles import Role

from .conftest import COMMAND_LINE, OTHER_SCHOOL, OWN_SCHOOL

pytestmark = pytest.mark.django_db


def test_a_visitor_is_sent_to_sign_in_and_back():
    answer = Client().get("/people/?role=adviser")
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=/people/%3Frole%3Dadviser"


def test_a_role_without_the_permission_reads_why(signed_in):
    answer = signed_in(Role.ADVISER).get("/people/")
    assert answer.status_code == 403
    assert "Your role does not let you add people, change roles and end access here." in answer.text


def test_a_school_user_opens_the_own_school_and_no_other(signed_in):
    client = signed_in(Role.SCHOOL_USER)
    assert client.get(f"/schools/{OWN_SCHOOL}/").status_code == 200
    assert client.get(f"/schools/{OTHER_SCHOOL}/").status_code == 403
    assert client.get("/area/").status_code == 403


def test_access_ended_during_a_session_ends_the_session(add_person):
    person = add_person(Role.ADVISER)
    client = Client()
    client.force_login(person)
    assert client.get("/account/").status_code == 200
    operations.end_access(person, actor=COMMAND_LINE)
    assert client.get("/account/").status_code == 302


def test_a_given_password_must_be_changed_before_anything_else(add_person):
    client = Client()
    client.force_login(add_person(Role.ADVISER, must_change=True))
    answer = client.get("/area/")
    assert answer["Location"] == "/account/password/?next=%2Farea%2F"
    assert client.get("/account/password/").status_code == 200


@pytest.mark.parametrize("address", ["/accessibility/", "/privacy/", "/sign-in/", "/theme.css"])
def test_public_pages_need_no_sign_in(address):
    assert Client().get(address).status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_every_page_of_access_answers_each_role_as_the_table_says(signed_in, role):
    client = signed_in(role)
    manages = role is Role.ADMINISTRATOR
    assert client.get("/account/").status_code == 200
    for address in ("/people/", "/people/add/", "/components/"):
        assert client.get(address).status_code == (200 if manages else 403)
    assert ("People" in client.get("/account/").text) == manages
