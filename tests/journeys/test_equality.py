"""A councillor looks for the widest gap; an officer writes an assessment, and the head of service decides."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from steward.access.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sample(transactional_db, sample_home):
    return sample_home


def test_a_councillor_finds_the_widest_gap_and_whether_it_closes(sample, page, sign_in, axe):
    sign_in(Role.SCRUTINY_MEMBER)
    page.get_by_role("link", name="Equality", exact=True).click()
    axe(page)
    page.get_by_role("link", name=re.compile(r"^Every gap in ")).click()
    expect(page.locator(".steward-finding").first).to_contain_text("widest gap")
    axe(page)
    page.goto(f"{page.url}?stage=key_stage_2")
    expect(page.get_by_role("table").last).to_be_visible()
    page.locator("tbody tr").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Every year")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Definition and codes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Groups of pupils"))
    axe(page)


def test_an_officer_writes_an_assessment_and_it_is_decided(sample, page, sign_in, axe):
    sign_in(Role.HEAD_OF_SERVICE)
    page.goto("/equality/assessments/")
    axe(page)
    page.get_by_role("button", name="Start an assessment").click()
    page.get_by_label("Title").fill("Transport to school")
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.get_by_label("Title")).to_have_value("Transport to school")
    axe(page)
    page.get_by_label("Budget or funding").check()
    page.get_by_label("What is proposed").fill("Fewer buses from outlying wards.")
    page.get_by_text("Race and ethnicity", exact=True).click()
    page.get_by_label("Race and ethnicity: likely effect").select_option("negative")
    page.get_by_label("Race and ethnicity: what makes a negative effect less").fill("Bicycles")
    page.get_by_label("Why this version is written").fill("First draft")
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.get_by_text("The assessment is kept as a draft")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Decide").click()
    axe(page)
    page.get_by_label("Go ahead", exact=True).check()
    page.get_by_label("Reasons").fill("The saving is needed.")
    later = datetime.date.today() + datetime.timedelta(days=200)  # noqa: DTZ011 - a day is typed
    for box, number in (("Day", later.day), ("Month", later.month), ("Year", later.year)):
        page.get_by_label(box, exact=True).fill(str(number))
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Version 1 is decided")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Review").click()
    axe(page)


def test_gaps_within_schools_say_what_few_pupils_let_be_said(sample, page, sign_in, axe):
    sign_in(Role.ADVISER)
    page.goto(f"/equality/{sample.authority}/schools/five_good_gcses-disadvantaged/?pooled=yes")
    expect(page.get_by_role("heading", name="Schools that buck the trend")).to_be_visible()
    axe(page)
    page.locator("tbody tr").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)
