"""The pages about an authority: from what stands out to a measure, its row, the standards and a ward."""

import re

import pytest
from playwright.sync_api import expect

from steward.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/areas/{authority}/figures/",
    "/areas/{authority}/outcomes/",
    "/areas/{authority}/outcomes/key-stage-4/",
    "/areas/{authority}/measures/FSP_NEW_GOODDEV/",
    "/areas/{authority}/standards/2025/",
    "/areas/{authority}/standards/2025/attendance/",
    "/areas/{authority}/standards/2025/all/",
    "/areas/{authority}/wards/",
)


@pytest.fixture
def sample(transactional_db, sample_home):
    return sample_home


def test_a_member_goes_from_what_stands_out_to_the_row_of_a_figure(sample, page, sign_in, axe):
    sign_in(Role.SCRUTINY_MEMBER)
    page.goto(f"/areas/{sample.authority}/")
    axe(page)
    page.get_by_role("link", name="Outcomes", exact=True).click()
    expect(page.locator("main")).to_contain_text("Among the lowest")
    page.locator(".steward-outcome a[href*='/measures/']").first.click()
    expect(page.locator("main")).to_contain_text("Every authority")
    page.get_by_label("Name or code").fill(sample.summary.authority_name)
    page.get_by_role("button", name="Find").click()
    expect(page.locator("#authorities")).to_contain_text("1 authority whose name holds")
    page.locator("main table a[href*='/rows/']").first.click()
    expect(page.locator("main")).to_contain_text(re.compile("Short Desc"))
    axe(page)


def test_an_officer_opens_the_standards_of_an_earlier_year(sample, page, sign_in):
    sign_in(Role.ADVISER)
    page.goto(f"/areas/{sample.authority}/standards/")
    page.get_by_label("School year").select_option("2018 to 2019")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Standards in 2018 to 2019")).to_be_visible()


@pytest.mark.parametrize("address", PAGES)
def test_every_page_about_an_authority_is_free_of_barriers(sample, page, sign_in, axe, address):
    sign_in(Role.ADVISER)
    page.goto(address.format(authority=sample.authority))
    axe(page)
