"""A broker records a need, adds a provider, makes the plan, accepts a pair and writes its terms."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from steward.access.roles import Role
from steward.register import queries as register
from steward.support.terms import term_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


TERM = term_on(timezone.localdate())


def _adds_a_provider(page, axe, *, urn):
    page.goto("/support/providers/")
    axe(page)
    page.get_by_role("button", name="Add a provider").click()
    axe(page)
    page.get_by_label("Name", exact=True).fill("Ada Partner")
    page.get_by_label("Kind", exact=True).select_option("partner_headteacher")
    page.get_by_label("URN of the school").fill(str(urn))
    page.get_by_label("Primary", exact=True).check()
    page.get_by_label("Phonics", exact=True).check()
    page.get_by_label("Pounds a day").fill("350")
    page.get_by_label("Why", exact=True).fill("Offered by the school")
    page.get_by_role("button", name="Add the provider").click()
    page.get_by_role("link", name="Ada Partner").click()
    axe(page)
    page.get_by_role("link", name="Enter days offered").click()
    page.get_by_label(f"Days in {TERM.words}").fill("10")
    page.get_by_label("Why", exact=True).fill("Agreed")
    page.get_by_role("button", name="Keep the days").click()
    expect(page.get_by_role("table", name="Days by term")).to_contain_text("10")


def _records_a_need(page, axe, *, school):
    page.goto("/support/needs/")
    axe(page)
    page.get_by_role("button", name="Record a need").click()
    axe(page)
    page.get_by_label("URN of the school").fill(str(school.urn))
    page.get_by_label("Phonics", exact=True).check()
    page.get_by_label("What is to be reached").fill("Phonics check from 60 to 75 percent by July")
    page.get_by_label("Soon", exact=True).check()
    page.get_by_label("Begins in").select_option(TERM.key)
    page.get_by_label("Days of one supporter").fill("4")
    page.get_by_label("Who pays").fill("The council")
    page.get_by_role("button", name="Record the need").click()
    page.get_by_role("link", name=school.name).click()
    axe(page)


def _makes_and_accepts_the_plan(page, axe, *, school):
    page.goto("/support/plan/")
    axe(page)
    page.get_by_role("button", name="Make the plan").click()
    page.get_by_role("button", name="Make the plan").click()
    expect(page.locator(".steward-finding")).to_contain_text("gives 1 need a provider")
    axe(page)
    page.get_by_role("table", name="Pairs").get_by_role("link", name=school.name).click()
    axe(page)
    page.get_by_role("link", name="Accept the pair").click()
    page.get_by_label("Why", exact=True).fill("Both agreed by telephone")
    page.get_by_role("button", name="Accept the pair").click()


def test_a_broker_goes_from_need_and_provider_to_terms(transactional_db, sample_home, page, sign_in, axe):
    schools = [one for one in register.schools_of(sample_home.authority) if one.phase == "primary"]
    school = schools[0]
    sign_in(Role.SENIOR_ADVISER)
    _adds_a_provider(page, axe, urn=schools[1].urn)
    page.goto("/support/days/")
    axe(page)
    _records_a_need(page, axe, school=school)
    _makes_and_accepts_the_plan(page, axe, school=school)
    page.goto("/support/agreed/")
    axe(page)
    page.get_by_role("table", name="Support").get_by_role("link", name=school.name).click()
    axe(page)
    page.get_by_role("link", name="Write the terms").click()
    axe(page)
    expect(page.get_by_label("Objectives")).to_have_value(re.compile("Phonics check"))


def test_a_school_asks_for_support(transactional_db, sample_home, page, sign_in, axe):
    school = register.schools_of(sample_home.authority)[0]
    sign_in(Role.SCHOOL_USER, school_urn=school.urn)
    page.goto("/our-support/")
    axe(page)
    page.get_by_role("button", name="Ask for support").click()
    axe(page)
    page.get_by_label("Reading", exact=True).check()
    page.get_by_label("What is to be reached").fill("Reading from 60 to 70 percent by July")
    page.get_by_label("Planned", exact=True).check()
    page.get_by_label("Days of one supporter").fill("3")
    page.get_by_label("Who pays").fill("We do")
    page.get_by_role("button", name="Send to the council").click()
    expect(page.get_by_text("Asked for by the school")).to_be_visible()
    page.get_by_role("button", name="Offer support").click()
    axe(page)
