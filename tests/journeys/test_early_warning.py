"""An adviser records an event and raises a concern from the page of a school, and takes it forward."""

import re

import pytest
from playwright.sync_api import expect

from steward.access.roles import Role
from steward.audit.operations import Program
from steward.early_warning.operations import scoring
from steward.register import queries as register

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scored(transactional_db, sample_home):
    scoring.run(actor=Program("The tests"), authority=sample_home.authority)
    return sample_home


def test_an_adviser_records_an_event_and_takes_a_concern_forward(scored, page, sign_in, axe):
    school = register.schools_of(scored.authority)[0]
    sign_in(Role.ADVISER)
    page.goto("/early-warning/")
    expect(page.locator(".steward-finding").first).to_contain_text("many signs or more")
    axe(page)
    page.goto(f"/schools/{school.urn}/")
    page.get_by_label("Pages about this school").get_by_role("link", name="Early warning").click()
    axe(page)
    page.get_by_role("button", name="Record an event").click()
    axe(page)
    page.get_by_label(re.compile("^Head teacher leaves")).check()
    page.get_by_label("Evidence").fill("Letter of the chair")
    page.get_by_role("button", name="Record the event").click()
    expect(page.get_by_role("table", name="Events")).to_contain_text("Head teacher leaves")
    page.get_by_role("button", name="Raise a concern").click()
    page.get_by_role("button", name="Raise the concern").click()
    axe(page)
    page.get_by_label("What it is about").select_option("leadership")
    page.get_by_label("Where it comes from").select_option("visit")
    page.get_by_label("Concern", exact=True).check()
    page.get_by_label("What is known").fill("The head leaves at Easter")
    page.get_by_role("button", name="Raise the concern").click()
    axe(page)
    page.get_by_label("Begin to assess").check()
    page.get_by_label("Why").fill("Visit agreed")
    page.get_by_role("button", name="Keep the step").click()
    expect(page.get_by_text("Assessment begun")).to_be_visible()
    page.goto("/concerns/?state=open")
    axe(page)
    expect(page.get_by_role("table")).to_contain_text("Being assessed")


def test_a_mistake_is_taken_out_and_the_score_worked_out_again(scored, page, sign_in, axe):
    school = register.schools_of(scored.authority)[0]
    sign_in(Role.ADVISER)
    page.goto(f"/schools/{school.urn}/early-warning/event/")
    page.get_by_label(re.compile("^Head teacher leaves")).check()
    page.get_by_label("Evidence").fill("Letter of the chair")
    page.get_by_role("button", name="Record the event").click()
    page.goto("/early-warning/")
    page.get_by_role("button", name="Work the score out again").click()
    expect(page.get_by_role("table", name="More points than in the run before")).to_contain_text(school.name)
    axe(page)
    page.goto(f"/schools/{school.urn}/early-warning/")
    page.get_by_role("link", name="Work this score out again from what was kept").click()
    expect(page.locator(".steward-finding")).to_contain_text("It comes out the same")
    axe(page)
    page.goto(f"/schools/{school.urn}/early-warning/")
    page.get_by_role("table", name="Events").get_by_role("link").first.click()
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("alert")).to_contain_text("Select what is to be done")
    axe(page)
    page.get_by_label("It was recorded by mistake").check()
    page.get_by_label("Why", exact=True).fill("It was another school")
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("table", name="Events")).to_contain_text("Recorded by mistake")
    axe(page)
