"""A category from the officer's proposal to the school's "Not agreed", the second look, and final."""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from steward.access.models import Person
from steward.access.roles import Role
from steward.audit.operations import Program
from steward.categorisation import operations
from steward.categorisation.models import Decision, Proposal
from steward.early_warning.operations import events

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sample(transactional_db, sample_home):
    operations.watch(actor=Program("Journey"), authority=sample_home.authority)
    return sample_home


def fill_day(page, day):
    for box, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        page.get_by_label(box, exact=True).fill(str(number))


def press(page, name):
    page.get_by_role("button", name=name).click()


def sign_out(page):
    press(page, "Sign out")


def propose(page, sign_in, axe, *, urn):
    sign_in(Role.ADVISER)
    page.goto("/decisions/")
    axe(page)
    page.goto(f"/decisions/{urn}/")
    axe(page)
    press(page, "Propose a support category")
    axe(page)
    press(page, "Continue")
    press(page, "Keep the proposal")
    expect(page.get_by_role("alert")).to_contain_text("Enter the reason")
    page.get_by_label("Reason", exact=True).fill("Visits this term found what the figures say.")
    axe(page)
    press(page, "Keep the proposal")
    expect(page.locator(".steward-finding")).to_contain_text("It is not final")
    page.get_by_role("link", name="Write the disclosure note").click()
    page.get_by_label("None: it would be given out").check()
    page.get_by_label("Reasons of public interest").fill("Openness weighs more.")
    axe(page)
    press(page, "Keep the disclosure note")
    axe(page)
    sign_out(page)


def moderate_and_share(page, sign_in, axe, *, urn):
    sign_in(Role.SENIOR_ADVISER)
    page.goto("/decisions/meetings/")
    axe(page)
    press(page, "Enter a meeting")
    page.get_by_label("Panel").fill("Ada Lead, head of service\nBo Senior, senior adviser")
    axe(page)
    press(page, "Keep the meeting")
    axe(page)
    page.get_by_role("link", name=re.compile("^Take ")).first.click()
    page.get_by_label("Agreed as proposed").check()
    page.get_by_label("Dissent").fill("Bo Senior would have waited for the next results.")
    axe(page)
    press(page, "Keep, back to the agenda")
    expect(page.get_by_text("would have waited")).to_be_visible()
    page.goto(f"/decisions/{urn}/letter/")
    page.get_by_label("Name of the head teacher").fill("Cy Head")
    page.get_by_label("Name of the chair of governors").fill("Di Chair")
    press(page, "Look at the letter")
    expect(page.locator(".steward-letter")).to_contain_text("Dear Cy Head")
    axe(page)
    press(page, "Send the letter")
    expect(page.get_by_text("answer by")).to_be_visible()
    page.get_by_role("link", name="Record an answer that came by letter or e-mail").click()
    press(page, "Keep the answer")
    expect(page.get_by_role("alert")).to_contain_text("Enter who answered for the school")
    axe(page)
    sign_out(page)


def answer(page, sign_in, axe, *, urn):
    sign_in(Role.SCHOOL_USER, school_urn=urn)
    page.goto("/my-school/decision/")
    axe(page)
    press(page, "Tell the council that the letter of")
    expect(page.get_by_text("You told us on")).to_be_visible()
    press(page, "Answer the letter")
    page.get_by_label("Not agreed").check()
    press(page, "Send your answer")
    expect(page.get_by_role("alert")).to_contain_text("Say why you do not agree")
    page.get_by_label("What you want to say").fill("The new head has turned reading round.")
    axe(page)
    press(page, "Send your answer")
    expect(page.locator(".steward-finding")).to_contain_text("not agreed")
    axe(page)
    sign_out(page)


def inspection_is_announced(urn):
    new = events.NewEvent(urn, "inspection_announced", timezone.localdate(), "The head telephoned")
    events.record(new, actor=Person.objects.get(role=Role.HEAD_OF_SERVICE))


def look_again_and_finalise(page, sign_in, axe, *, urn, name):
    sign_in(Role.HEAD_OF_SERVICE)
    page.goto("/decisions/second-looks/")
    axe(page)
    page.get_by_role("link", name=name).click()
    expect(page.get_by_text("turned reading round")).to_be_visible()
    page.get_by_label("Upheld").check()
    page.get_by_label("Reason", exact=True).fill("One term is too short to tell.")
    axe(page)
    press(page, "Keep what was found")
    inspection_is_announced(urn)
    page.get_by_role("link", name="Make it final").click()
    expect(page.get_by_text("Evidence has moved on since this was written")).to_be_visible()
    press(page, "Make final")
    expect(page.get_by_role("alert")).to_contain_text("Say how what arrived since was considered")
    axe(page)
    page.get_by_label("How was what arrived since considered?").fill("It stands until inspectors report.")
    press(page, "Make final")
    expect(page.locator(".steward-finding")).to_contain_text("The support category is")
    axe(page)
    assert Decision.objects.get().state == "final"
    page.goto(f"/decisions/{urn}/override/")
    fill_day(page, datetime.date.today() + datetime.timedelta(days=40))  # noqa: DTZ011 - a day is typed
    axe(page)
    page.goto("/decisions/request/")
    axe(page)


def test_a_school_does_not_agree_and_a_second_officer_looks(sample, page, sign_in, axe):
    proposal = Proposal.objects.filter(
        run__current=True, settled=True, governance="maintained", school__standing="open"
    ).first()
    urn, name = proposal.school_id, proposal.school.name
    propose(page, sign_in, axe, urn=urn)
    moderate_and_share(page, sign_in, axe, urn=urn)
    answer(page, sign_in, axe, urn=urn)
    look_again_and_finalise(page, sign_in, axe, urn=urn, name=name)
