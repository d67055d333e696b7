"""A policy from a draft to approval: a rule is changed by forms, what moves is seen, a minute is entered."""

import pytest
from playwright.sync_api import expect

from steward.access.roles import Role
from steward.categorisation.models import DraftRuleset

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sample(transactional_db, sample_home):
    return sample_home


def press(page, name):
    page.get_by_role("button", name=name).click()


def follow(page, name):
    page.get_by_role("link", name=name).first.click()


def write(page, axe):
    page.goto("/policy/")
    follow(page, "Policy workbench")
    axe(page)
    press(page, "Begin a draft")
    page.get_by_label("Title").fill("Four categories for 2027")
    page.get_by_label("Short name").fill("Four 2027")
    press(page, "Begin the draft")
    expect(page.get_by_role("alert")).to_contain_text("Use small letters")
    axe(page)
    page.get_by_label("Short name").fill("four-2027")
    press(page, "Begin the draft")
    axe(page)


def add_a_rule(page, axe):
    follow(page, "Add to rules")
    axe(page)
    page.get_by_label("The latest inspection was long ago").check()
    press(page, "Continue")
    page.get_by_label("Title").fill("Not seen for long")
    page.get_by_label("Source").fill("Proposed")
    press(page, "Keep it")
    expect(page.get_by_role("alert")).to_contain_text("Enter more than how many months ago")
    page.get_by_label("More than how many months ago").fill("36")
    page.get_by_label("Support category it gives").select_option("Needs support")
    axe(page)
    press(page, "Keep it")
    expect(page.locator(".steward-finding")).to_contain_text("more than 36 months ago")
    axe(page)
    follow(page, "And also")
    page.get_by_label("The school is run in one of some ways").check()
    press(page, "Continue")
    page.get_by_label("Maintained").check()
    press(page, "Keep it")
    expect(page.locator(".steward-finding")).to_contain_text(
        "and the register lists the school as maintained"
    )
    axe(page)


def look(page, axe):
    for tab in (
        "Policy text",
        "What happens to a school",
        "Officer days",
        "How it would have fared",
        "History",
        "Schools that move",
    ):
        page.get_by_role("link", name=tab, exact=True).click()
        axe(page)
    expect(page.locator(".steward-finding")).to_contain_text("would be in another support category")
    expect(page.get_by_text("Not seen for long").first).to_be_visible()


def test_a_policy_is_drafted_tried_submitted_and_approved(sample, page, sign_in, axe):
    sign_in(Role.SENIOR_ADVISER)
    write(page, axe)
    add_a_rule(page, axe)
    look(page, axe)
    follow(page, "Submit for approval")
    press(page, "Submit for approval")
    expect(page.get_by_text("Submitted for approval").first).to_be_visible()
    press(page, "Sign out")

    sign_in(Role.HEAD_OF_SERVICE)
    page.goto("/workbench/four-2027/")
    follow(page, "Approve the policy")
    press(page, "Approve the policy")
    expect(page.get_by_role("alert")).to_contain_text("Enter approved by")
    page.get_by_label("Approved by").fill("Schools Forum")
    page.get_by_label("Reference of the minute or decision").fill("minute 12")
    axe(page)
    press(page, "Approve the policy")
    expect(page.get_by_text("Approved by Schools Forum")).to_be_visible()
    axe(page)
    for address in ("compare/?before=four-category&after=four-2027", "officer-days/", "record/", "import/"):
        page.goto(f"/workbench/{address}")
        axe(page)
    assert DraftRuleset.objects.get().state == "approved"
