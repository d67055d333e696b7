"""Home shows each role what matters first, and nothing a role may not see."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from steward.access.roles import Role
from steward.audit.operations import Program
from steward.pages.queries import changes, rows
from steward.pages.queries import home as queries
from steward.pages.queries.changes import Towards
from steward.register import operations as register_operations
from steward.register.models import School
from steward.vocabulary.phases import Standing

OFFICERS = (Role.ADMINISTRATOR, Role.ADVISER, Role.SENIOR_ADVISER, Role.HEAD_OF_SERVICE)
TESTS = Program("The tests")


def _text(response) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def _open_school(code: str) -> School:
    return School.objects.filter(authority=code, standing=Standing.OPEN, phase="primary").order_by("urn")[0]


def test_nobody_signed_in_is_sent_to_sign_in(client, sample_home):
    response = client.get("/")
    assert response.status_code == 302
    assert response.url.startswith(reverse("access:sign-in"))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SCHOOL_USER])
def test_every_role_has_a_home_before_anything_is_loaded(role, client_of, settings, tmp_path):
    settings.STEWARD_STORE, settings.STEWARD_AUTHORITY = tmp_path, ""
    response = client_of(role).get("/")
    assert response.status_code == 200
    expected = "will be listed here" if role is Role.DATA_OFFICER else "steward load FOLDER"
    assert expected in _text(response)


@pytest.mark.parametrize("role", OFFICERS)
def test_officers_see_what_changed_both_ways_with_reasons(role, client_of, sample_home):
    text = _text(client_of(role).get("/"))
    assert "What changed" in text
    assert "More concern" in text
    assert "Less concern" in text
    assert re.search(r"before, now (met|not met|could not be settled)\.", text)


def test_the_head_of_service_sees_one_sentence_and_counts_that_add_up(client_of, sample_home, person_with):
    found = queries.for_head(person_with(Role.HEAD_OF_SERVICE))
    assert found.counts is not None
    assert found.counts.before is not None
    asked = sum(row.proposal is not None for row in found.listed.rows)
    assert found.counts.total == asked
    for each in found.counts.now:
        assert sum(each.by_phase.values()) == each.total
    text = _text(client_of(Role.ADMINISTRATOR).get("/"))
    assert f"the policy was asked about {asked}" in text
    assert "Run before" in text


def test_each_count_opens_a_list_of_as_many_schools(client_of, sample_home):
    client = client_of(Role.HEAD_OF_SERVICE)
    page = client.get("/").content.decode()
    links = re.findall(r'href="(/schools/\?proposal=[^"]+)">([\d,]+)</a>', page)
    assert links
    for href, count in links:
        listed = client.get(href.replace("&amp;", "&"))
        assert len(listed.context["found"].rows) == int(count.replace(",", ""))
        assert not listed.context["filter_form"].errors


def test_only_administrators_are_led_to_people(client_of, sample_home):
    assert reverse("access:people") in client_of(Role.ADMINISTRATOR).get("/").content.decode()
    assert reverse("access:people") not in client_of(Role.HEAD_OF_SERVICE).get("/").content.decode()


def test_an_adviser_without_schools_is_told_what_to_do_and_sees_the_most_pressing(client_of, sample_home):
    response = client_of(Role.ADVISER).get("/")
    text = _text(response)
    assert "No school is assigned to you yet" in text
    assert "The most pressing schools of" in text
    concerns = [row.proposal.concern for row in response.context["found"].pressing]
    assert concerns == sorted(concerns, reverse=True)
    assert min(concerns) > 0


def test_an_adviser_sees_own_schools_with_trend_inspection_and_proposal(sample_home, person_with, client):
    adviser = person_with(Role.ADVISER)
    rows = queries.for_head(adviser).listed.rows
    urn = next(row.urn for row in rows if row.headline_measure and len(row.headline_measure.trend) > 2)
    school = School.objects.get(pk=urn)
    register_operations.look_after([school.pk], person=adviser, since=date(2020, 1, 1), actor=TESTS)
    client.force_login(adviser)
    response = client.get("/")
    assert [row.urn for row in response.context["found"].mine] == [school.urn]
    assert not response.context["found"].pressing
    page = response.content.decode()
    assert "You look after 1 school" in page
    assert "steward-drawing--spark" in page
    assert reverse("pages:school-proposal", args=[school.urn]) in page
    assert reverse("pages:school-inspections", args=[school.urn]) in page


def test_movers_of_an_adviser_are_own_schools_only(sample_home, person_with, client):
    adviser = person_with(Role.ADVISER)
    everything = queries.for_head(adviser).changed.proposals
    moved = everything.shown[0]
    other = School.objects.filter(authority=sample_home.authority).exclude(pk=moved.urn)[0]
    for school in (School.objects.get(pk=moved.urn), other):
        register_operations.look_after([school.pk], person=adviser, since=date(2020, 1, 1), actor=TESTS)
    own = queries.for_adviser(adviser).changed.proposals
    assert {each.urn for each in own.shown} <= {moved.urn, other.pk}
    assert moved.urn in {each.urn for each in own.shown}


@pytest.mark.parametrize("role", [Role.SCRUTINY_MEMBER, Role.DATA_OFFICER])
def test_homes_of_others_name_no_proposal(role, client_of, sample_home):
    text = _text(client_of(role).get("/"))
    assert "More concern" not in text
    assert "Not settled" not in text


def test_a_scrutiny_member_sees_published_figures_beside_england(client_of, sample_home):
    response = client_of(Role.SCRUTINY_MEMBER).get("/")
    figures = response.context["found"].figures
    assert figures
    assert all(one.newest.figure.basis.value == "published" for one in figures)
    assert "/figures/authority/all/" in response.content.decode()


def test_the_data_officer_sees_files_and_warnings(client_of, sample_home):
    response = client_of(Role.DATA_OFFICER).get("/")
    found = response.context["found"]
    assert found.live == len(sample_home.report.outcomes)
    assert found.warned_total > 0
    assert found.warned_total >= len(found.warned)
    assert "Passed with warnings" in _text(response)


def test_a_school_user_sees_own_school_alone(client_of, sample_home):
    school = _open_school(sample_home.authority)
    response = client_of(Role.SCHOOL_USER, urn=school.urn).get("/")
    assert school.name in _text(response)
    assert reverse("pages:school", args=[school.urn]) in response.content.decode()
    assert "pressing" not in _text(response)


def test_a_school_user_of_an_unknown_school_is_told(client_of, sample_home):
    response = client_of(Role.SCHOOL_USER, urn=999999).get("/")
    assert "not in a register" in _text(response)


def test_home_asks_the_database_little_once_warm(client_of, sample_home, django_assert_max_num_queries):
    client = client_of(Role.HEAD_OF_SERVICE)
    client.get("/")
    with django_assert_max_num_queries(38):
        client.get("/")


def test_a_school_with_the_same_outcome_has_not_changed(sample_home, person_with):
    rows_of_head = rows.schools_for(person_with(Role.HEAD_OF_SERVICE)).rows
    found = changes.newly_inspected(rows_of_head, most=1000)
    assert found.shown
    assert not any(each.towards is Towards.SAME for each in found.shown)
    assert found.total >= len(found.shown)
