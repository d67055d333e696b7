"""From an authority to the schools that stand out, to the funnel of a measure, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from steward.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sample(transactional_db, sample_home):
    return sample_home


def test_an_adviser_finds_schools_that_stand_out_and_opens_a_funnel(sample, page, sign_in, axe):
    sign_in(Role.ADVISER)
    page.goto(f"/areas/{sample.authority}/")
    page.get_by_role("link", name="Standing out").click()
    expect(page.get_by_role("heading", name="Schools that stand out")).to_be_visible()
    page.get_by_label("Show", exact=True).select_option("every")
    page.get_by_label("Years").select_option("3")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text(re.compile(r"^\d+ results?$"))).to_be_visible()
    axe(page)
    page.goto(f"/areas/{sample.authority}/standing-out/?show=every")
    page.locator(".steward-folded summary").first.click()
    page.locator(".steward-folded a[href*='/funnel/']").first.click()
    expect(page.get_by_role("heading", name=re.compile("funnel of schools"))).to_be_visible()
    expect(page.get_by_text("The same figures as a table")).to_be_visible()
    axe(page)
