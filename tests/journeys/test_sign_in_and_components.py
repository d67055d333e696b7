"""Signing in, and every component, as a browser shows them."""

import re

import pytest
from playwright.sync_api import expect

from steward.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def site_of_access(settings):
    settings.ROOT_URLCONF = "integration.access.addresses"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_a_person_who_mistypes_is_told_and_can_try_again(page, sign_in, axe):
    page.goto("/sign-in/")
    axe(page)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_title(re.compile("^Error: Sign in"))
    page.get_by_role("link", name="Enter your email address").click()
    expect(page.get_by_label("Email address")).to_be_focused()
    axe(page)
    sign_in(Role.ADVISER)
    expect(page.get_by_role("heading", name="home")).to_be_visible()


def test_every_component_is_free_of_barriers(page, sign_in, axe):
    sign_in(Role.ADMINISTRATOR)
    page.goto("/components/")
    axe(page)
    twin = page.get_by_role("group").filter(has_text="The same figures as a table").first
    page.get_by_text("The same figures as a table").first.click()
    expect(twin.get_by_role("table")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Pupils")).click()
    expect(page).to_have_url(re.compile("sort=pupils"))


def test_people_and_accounts_are_free_of_barriers(page, sign_in, axe):
    sign_in(Role.ADMINISTRATOR)
    for address in ("/people/", "/people/add/", "/account/", "/account/second-step/"):
        page.goto(address)
        axe(page)
    page.goto("/people/")
    page.get_by_role("link", name="Administrator").first.click()
    axe(page)


@pytest.mark.parametrize("address", ["/accessibility/", "/privacy/"])
def test_statements_are_free_of_barriers(page, axe, address):
    page.goto(address)
    axe(page)


def test_the_menu_opens_on_a_narrow_screen(page, sign_in, javascript):
    sign_in(Role.ADMINISTRATOR)
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/account/")
    if javascript:
        page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("link", name="People")).to_be_visible()


def test_the_first_key_leads_past_the_header(page):
    page.goto("/privacy/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main-content$"))
