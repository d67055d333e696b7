"""Home to a reminder set aside, a school watched and a change marked as read, with and without scripts."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from steward.access.models import Person
from steward.access.roles import Role
from steward.audit.operations import Program
from steward.early_warning.models import Concern
from steward.early_warning.models.concerns import Level, Origin, Topic
from steward.early_warning.operations.concerns import NewConcern, raise_concern
from steward.register import operations as register_operations
from steward.register import queries as register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_adviser_goes_through_what_is_due_what_changed_and_whom_to_watch(
    transactional_db, sample_home, page, sign_in, axe
):
    sign_in(Role.ADVISER)
    adviser = Person.objects.get(role=Role.ADVISER)
    school = register.schools_of(sample_home.authority)[0]
    register_operations.look_after(
        [school.urn], person=adviser, since=timezone.localdate(), actor=Program("Journey")
    )
    raise_concern(
        NewConcern(school.urn, Topic.FINANCE, Origin.VISIT, Level.CONCERN, "A deficit."), actor=adviser
    )
    Concern.objects.update(next_step_by=timezone.localdate())
    page.goto("/")
    expect(page.get_by_role("region", name="Today")).to_contain_text("Begin to assess a concern")
    axe(page)
    page.get_by_role("link", name="Every change, with filters and as a file").click()
    expect(page.get_by_role("table")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Mark all of it as read").click()
    expect(page.get_by_role("heading", name="What changed since you last looked")).to_be_visible()
    page.goto(f"/schools/{school.urn}/")
    page.get_by_role("link", name="Watch this school").click()
    axe(page)
    page.get_by_label("Why do you watch this school?").fill("Two heads in a year")
    page.get_by_role("button", name="Put on my watch list").click()
    expect(page.get_by_role("table")).to_contain_text("Two heads in a year")
    axe(page)
    page.goto("/reminders/")
    axe(page)
    page.get_by_role("button", name="Take off my list").click()
    expect(page.get_by_text("It is off your list")).to_be_visible()
    page.goto("/reminders/settings/")
    page.get_by_role("button", name="Make my calendar").click()
    expect(page.get_by_text("It is shown this once")).to_be_visible()
    axe(page)


@pytest.mark.parametrize("role", [Role.HEAD_OF_SERVICE, Role.DATA_OFFICER, Role.SCRUTINY_MEMBER])
def test_the_homes_of_other_roles_have_no_barrier(role, transactional_db, sample_home, page, sign_in, axe):
    sign_in(role)
    page.goto("/")
    axe(page)


def test_a_school_user_sees_the_home_of_the_school(transactional_db, sample_home, page, sign_in, axe):
    school = register.schools_of(sample_home.authority)[0]
    sign_in(Role.SCHOOL_USER, school_urn=school.urn)
    page.goto("/")
    expect(page.get_by_role("heading", name="What the council shared with us")).to_be_visible()
    axe(page)


def test_the_record_of_what_happened_and_the_definitions_have_no_barrier(
    transactional_db, page, sign_in, axe
):
    sign_in(Role.ADMINISTRATOR)
    for address in ("/what-happened/?who=journey", "/definitions/", "/account/second-step/", "/terms/"):
        page.goto(address)
        axe(page)
