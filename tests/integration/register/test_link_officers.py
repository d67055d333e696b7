"""Who looks after which schools."""

from datetime import date

import pytest

from steward.access.roles import Role
from steward.audit.operations import Program
from steward.audit.queries import events
from steward.register import operations, queries
from steward.register.models import LinkOfficer

ACTOR = Program("The tests")
PAGE = "/link-officers/"


@pytest.fixture
def urns(sample_home):
    return [school.urn for school in queries.schools_of(sample_home.authority)[:3]]


def test_an_administrator_gives_schools_and_the_adviser_sees_them(sample_home, client_of, person_with, urns):
    adviser = person_with(Role.ADVISER)
    client = client_of(Role.ADMINISTRATOR)
    answer = client.post(
        PAGE, {"person": adviser.pk, "urns": f"{urns[0]}\n{urns[1]}, {urns[2]}"}, follow=True
    )
    assert "looks after 3 schools" in answer.text
    assert sorted(queries.schools_looked_after_by(adviser.pk)) == sorted(urns)
    client.force_login(adviser)
    assert "No school is assigned to you" not in client.get("/").text
    assert events().filter(verb="register.link_officer.assigned").count() == 3


def test_a_school_has_one_link_officer_at_a_time(sample_home, person_with, urns):
    first, second = person_with(Role.ADVISER), person_with(Role.SENIOR_ADVISER)
    operations.look_after(urns, person=first, since=date(2026, 9, 1), actor=ACTOR)
    operations.look_after(urns[:1], person=second, since=date(2026, 10, 1), actor=ACTOR)
    assert queries.link_officer_names(urns)[urns[0]] == second.name
    assert LinkOfficer.objects.get(school_id=urns[0], person=first).until == date(2026, 10, 1)


def test_nothing_changes_when_one_urn_is_unknown(sample_home, client_of, person_with, urns):
    adviser = person_with(Role.ADVISER)
    answer = client_of(Role.ADMINISTRATOR).post(PAGE, {"person": adviser.pk, "urns": f"{urns[0]} 999999"})
    assert "No school in the register has the URN 999999" in answer.text
    assert not LinkOfficer.objects.exists()


def test_a_word_that_is_no_urn_is_named(sample_home, client_of, person_with):
    answer = client_of(Role.ADMINISTRATOR).post(
        PAGE, {"person": person_with(Role.ADVISER).pk, "urns": "Hill"}
    )
    assert "is not a URN" in answer.text


def test_a_day_before_the_present_officer_began_is_refused(sample_home, person_with, urns):
    operations.look_after(urns, person=person_with(Role.ADVISER), since=date(2026, 9, 1), actor=ACTOR)
    with pytest.raises(operations.CannotLookAfter, match="began after 1 August 2026"):
        operations.look_after(
            urns, person=person_with(Role.SENIOR_ADVISER), since=date(2026, 8, 1), actor=ACTOR
        )


def test_care_can_be_ended(sample_home, client_of, person_with, urns):
    operations.look_after(urns, person=person_with(Role.ADVISER), since=date(2026, 9, 1), actor=ACTOR)
    answer = client_of(Role.ADMINISTRATOR).post(f"/link-officers/{urns[0]}/end/", follow=True)
    assert "has no link officer now" in answer.text
    assert urns[0] not in queries.link_officer_names(urns)


@pytest.mark.parametrize(
    "role", [Role.ADVISER, Role.HEAD_OF_SERVICE, Role.DATA_OFFICER, Role.SCRUTINY_MEMBER]
)
def test_only_administrators_may_give_schools(sample_home, client_of, role):
    assert client_of(role).get(PAGE).status_code == 403
