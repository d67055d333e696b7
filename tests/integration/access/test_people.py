"""Adding people, changing roles, ending access; passwords."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from steward.access import demonstration, operations, queries
from steward.access.models import Person
from steward.access.policies import NotAllowed
from steward.access.roles import Role
from steward.audit.queries import events, events_about, verify_chain

from .conftest import COMMAND_LINE, PASSWORD

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short", "at least 12 characters"),
        ("password1234", "too common"),
        ("729384756102", "entirely numeric"),
        ("agnes.thornbury1", "too similar"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(password, reason):
    newcomer = operations.Newcomer("Agnes Thornbury", "agnes.thornbury@example.gov.uk", Role.ADVISER)
    with pytest.raises(NotAllowed, match=reason):
        operations.add_person(newcomer, actor=COMMAND_LINE, password=password)
    assert not Person.objects.exists()
    assert not events().exists()


def test_an_address_is_given_to_one_person_whatever_its_capitals(add_person):
    person = add_person()
    newcomer = operations.Newcomer("Another", person.email.upper(), Role.ADVISER)
    with pytest.raises(NotAllowed, match="already has the address"):
        operations.add_person(newcomer, actor=COMMAND_LINE, password=PASSWORD)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(name="Another", email=person.email.upper(), role=Role.ADVISER)


def test_only_a_school_user_has_a_school_and_always_one():
    for role, urn in ((Role.SCHOOL_USER, None), (Role.ADVISER, 107833)):
        newcomer = operations.Newcomer("Somebody", "somebody@example.gov.uk", role, urn)
        with pytest.raises(NotAllowed, match="URN"):
            operations.add_person(newcomer, actor=COMMAND_LINE, password=PASSWORD)
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.create(name="Somebody", email="s@example.gov.uk", role=role, school_urn=urn)


def test_the_last_administrator_stays(add_person):
    only, adviser = add_person(Role.ADMINISTRATOR), add_person()
    with pytest.raises(NotAllowed, match="only administrator"):
        operations.end_access(only, actor=COMMAND_LINE)
    with pytest.raises(NotAllowed, match="only administrator"):
        operations.change_role(only, actor=COMMAND_LINE, role=Role.ADVISER)
    operations.change_role(adviser, actor=only, role=Role.ADMINISTRATOR)
    operations.end_access(only, actor=adviser)
    assert queries.administrators_are_few()


def test_nobody_changes_their_own_access(add_person):
    person, _ = add_person(Role.ADMINISTRATOR), add_person(Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed, match="your own access"):
        operations.end_access(person, actor=person)
    with pytest.raises(NotAllowed, match="your own access"):
        operations.change_role(person, actor=person, role=Role.ADVISER)


def test_an_administrator_adds_a_person_who_then_chooses_a_password(signed_in):
    administrator = signed_in(Role.ADMINISTRATOR)
    given = {"name": "New Adviser", "email": "new@example.gov.uk", "role": "adviser", "school_urn": ""}
    answer = administrator.post("/people/add/", given)
    password = answer.context["password"]
    assert password in answer.text
    assert "no-store" in answer["Cache-Control"]
    client = Client()
    client.post("/sign-in/", {"username": "new@example.gov.uk", "password": password})
    assert client.get("/account/")["Location"].startswith("/account/password/")
    changed = client.post("/account/password/", {"old": password, "new": PASSWORD, "next": "/account/"})
    assert changed["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert password not in str(list(events().values()))


def test_a_refusal_keeps_what_was_typed(signed_in):
    given = {"name": "Head", "email": "head@school.example", "role": "school_user", "school_urn": ""}
    page = signed_in(Role.ADMINISTRATOR).post("/people/add/", given).text
    assert "Enter the URN of the school" in page
    assert 'value="head@school.example"' in page
    given["school_urn"] = "12"
    assert "is not a URN" in signed_in(Role.ADMINISTRATOR).post("/people/add/", given).text


def test_a_person_is_changed_ended_and_restored_on_the_record(signed_in, add_person):
    administrator, person = signed_in(Role.ADMINISTRATOR), add_person(name="Dev Larkspur")
    administrator.post(f"/people/{person.pk}/role/", {"role": "data_officer", "school_urn": ""})
    administrator.post(f"/people/{person.pk}/end/")
    administrator.post(f"/people/{person.pk}/restore/")
    administrator.post(f"/people/{person.pk}/remove-second-step/")
    told = [event.verb for event in events_about("person", subject_id=person.pk)]
    assert told == [
        "access.person.second_step_removed",
        "access.person.restored",
        "access.person.ended",
        "access.person.role_changed",
        "access.person.added",
    ]
    page = administrator.get(f"/people/{person.pk}/").text
    assert "Access restored" in page
    assert verify_chain().holds


def test_people_are_found_by_name_role_and_ended_access(signed_in, add_person):
    administrator = signed_in(Role.ADMINISTRATOR)
    ended = add_person(name="Gone Away")
    add_person(Role.DATA_OFFICER, name="Dev Larkspur")
    operations.end_access(ended, actor=COMMAND_LINE)
    assert administrator.get("/people/?text=lark").context["count"] == 1
    assert administrator.get("/people/?role=data_officer").context["count"] == 1
    assert "Gone Away" in administrator.get("/people/?ended=yes").text
    assert administrator.get("/people/?role=nonsense&page=99").status_code == 200


def test_others_see_no_people(add_person):
    assert not queries.people_visible_to(add_person(Role.HEAD_OF_SERVICE)).exists()


def test_the_demonstration_has_a_sign_in_for_each_role_and_can_be_made_again():
    first = demonstration.create_demo_people(actor=COMMAND_LINE, school_urn=107833)
    second = demonstration.create_demo_people(actor=COMMAND_LINE, school_urn=107834)
    assert first == second
    assert [found.role for found in first] == [role.label for role in Role]
    school_user = Person.objects.get(role=Role.SCHOOL_USER)
    assert school_user.school_urn == 107834
    assert school_user.check_password(first[-1].password)


def test_the_demonstration_is_refused_where_a_real_authority_is_served(settings):
    settings.STEWARD_AUTHORITY = "383"
    with pytest.raises(NotAllowed, match="383"):
        demonstration.create_demo_people(actor=COMMAND_LINE, school_urn=107833)
    assert demonstration.create_demo_people(actor=COMMAND_LINE, school_urn=107833, despite_authority="383")
