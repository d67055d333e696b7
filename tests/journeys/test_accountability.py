"""From the schools of an authority that were below to one school and the workings behind an answer."""

import re

import pytest
from playwright.sync_api import expect

from steward.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sample(transactional_db, sample_home):
    return sample_home


def test_an_adviser_goes_from_a_list_to_the_workings(sample, page, sign_in, axe):
    sign_in(Role.ADVISER)
    page.goto(f"/areas/{sample.authority}/accountability/?year=2018")
    expect(page.get_by_role("heading", name="Schools below the national measures")).to_be_visible()
    axe(page)
    page.get_by_role("link", name=re.compile("^The floor standard for")).first.click()
    page.locator("#schools tbody tr").first.get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="How it stood against the national measures")).to_be_visible()
    page.get_by_text("The rule and how it was worked out").first.click()
    expect(page.get_by_text(re.compile("In force from")).first).to_be_visible()
    axe(page)
