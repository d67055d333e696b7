"""The search box finds one school or offers those that fit."""

import re
from html import unescape

import pytest
from django.urls import reverse

from steward.access.roles import Role
from steward.register.models import School
from steward.vocabulary.phases import Standing


def _text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


@pytest.fixture
def adviser(client_of, sample_home):
    return client_of(Role.ADVISER)


def test_a_urn_leads_straight_to_the_school(adviser, sample_home):
    school = School.objects.filter(authority=sample_home.authority)[0]
    response = adviser.get("/search/", {"q": f" {school.urn} "})
    assert response.status_code == 302
    assert response.url == reverse("pages:school", args=[school.urn])


def test_a_urn_of_another_authority_leads_to_its_school(adviser, sample_home):
    school = School.objects.exclude(authority=sample_home.authority)[0]
    assert adviser.get("/search/", {"q": str(school.urn)}).url == reverse("pages:school", args=[school.urn])


def test_a_word_offers_every_school_that_fits_open_ones_first(adviser, sample_home):
    response = adviser.get("/search/", {"q": "primary"})
    fitting = School.objects.filter(authority=sample_home.authority, name__icontains="primary")
    assert response.context["count"] >= fitting.count() > 1
    assert f"{response.context['count']} schools found for “primary”" in _text(response)
    standings = [row.standing is Standing.OPEN for row in response.context["page"].paginator.object_list]
    assert standings == sorted(standings, reverse=True)


def test_nothing_found_says_what_to_try(adviser):
    text = _text(adviser.get("/search/?q=zzzz"))
    assert "No school fits “zzzz”" in text
    assert "try part of the name" in text


def test_an_empty_search_asks_for_something(adviser):
    response = adviser.get("/search/?q=")
    assert "Enter a name, a URN, a LAESTAB or a postcode" in _text(response)
    assert "<title>Error: " in response.content.decode()


def test_the_page_without_a_search_has_no_error(adviser):
    assert "There is a problem" not in _text(adviser.get("/search/"))


def test_what_was_typed_is_kept_and_never_run(adviser):
    page = adviser.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_school_users_have_no_search(client_of, sample_home):
    school = School.objects.filter(authority=sample_home.authority)[0]
    assert client_of(Role.SCHOOL_USER, urn=school.urn).get("/search/?q=a").status_code == 403
