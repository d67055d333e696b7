"""The side of a school: it asks, offers, signs and gives its view, at its own school only."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from steward.access.models import Person
from steward.access.roles import Role
from steward.support.deployment_steps import DeploymentAct, DeploymentState, Party
from steward.support.models import Deployment, Need, Provider
from steward.support.operations import deployments, offers, progress
from steward.support.policies import NotPossible, ProviderFacts
from steward.support.steps import NeedState, ProviderState
from steward.support.terms import term_on

TODAY = timezone.localdate()
TERM = term_on(TODAY)


@pytest.fixture
def browser_at(person_with):
    """Return a function that signs a person of a school in."""

    def sign_in(school, *, email):
        person = person_with(Role.SCHOOL_USER, urn=school.urn)
        Person.objects.filter(pk=person.pk).update(email=email)
        browser = Client()
        browser.force_login(Person.objects.get(pk=person.pk))
        return browser

    return sign_in


@pytest.fixture
def scoped(make_need, make_provider, adviser):
    one = deployments.broker(make_need().pk, provider_id=make_provider().pk, reason="Fits", actor=adviser)
    terms = deployments.Terms(
        days=Decimal(4),
        price_per_day=Decimal(350),
        payer="The council",
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=60),
        objectives="From 60 to 75 percent",
        approach="",
        data_protection="Nothing about pupils is shared",
    )
    measure = progress.NewMeasure(
        "Phonics", "percent", Decimal(60), TODAY - timedelta(9), "Check", Decimal(75), TODAY + timedelta(99)
    )
    deployments.scope(one.pk, terms=terms, seen=one.changes, actor=adviser)
    seen = Deployment.objects.get(pk=one.pk).changes
    progress.add_measure(one.pk, new=measure, seen=seen, actor=adviser)
    return Deployment.objects.get(pk=one.pk)


def test_a_school_asks_and_is_told_what_became_of_it(school, browser_at, adviser):
    browser = browser_at(school, email="a@example.org")
    given = {
        "tags": ["phonics"],
        "objective": "From 60 to 75 percent",
        "urgency": "soon",
        "term": TERM.key,
        "days": "4",
        "funder": "We do",
    }
    assert browser.post("/our-support/ask/", given).status_code == 302
    asked = Need.objects.get()
    assert (asked.state, asked.school_id) == (NeedState.ASKED, school.urn)
    assert "Asked for by the school" in browser.get("/our-support/").content.decode()


def test_a_school_offers_itself_and_waits_for_the_council(school, browser_at):
    browser = browser_at(school, email="a@example.org")
    given = {
        "name": school.name,
        "kind": "school",
        "phases": ["primary"],
        "specialisms": ["reading"],
        "cost_per_day": "0",
        "reason": "Two strong teachers",
        TERM.key: "5",
    }
    assert browser.post("/our-support/offer/", given).status_code == 302
    made = Provider.objects.get()
    assert (made.state, made.school_id) == (ProviderState.OFFERED, school.urn)
    assert (
        browser.post(
            f"/our-support/offers/{made.pk}/days/", {TERM.key: "7", "reason": "More time"}
        ).status_code
        == 302
    )
    assert made.capacities.get(term=TERM.key).days == 7


def test_nobody_offers_another_school(schools, person_with):
    own = person_with(Role.SCHOOL_USER, urn=schools[0].urn)
    facts = ProviderFacts("Other", "school", Decimal(0), ("primary",), ("reading",), urn=schools[1].urn)
    with pytest.raises(NotPossible, match="own school"):
        offers.offer(facts, days={}, reason="x", actor=own)


def test_both_schools_sign_and_give_their_views_by_sign_in(scoped, schools, browser_at, person_with, adviser):
    senior = person_with(Role.SENIOR_ADVISER)
    page = f"/our-support/{scoped.pk}/"
    browsers = [browser_at(schools[number], email=f"s{number}@example.org") for number in (0, 1)]
    for browser in browsers:
        assert "Sign the agreement" in browser.get(page).content.decode()
        seen = Deployment.objects.get().changes
        assert browser.post(f"{page}sign/", {"agreed": "on", "seen": seen}).status_code == 302
    seen = Deployment.objects.get().changes
    agreed = deployments.sign(scoped.pk, party=Party.COUNCIL, name="", paper="", seen=seen, actor=senior)
    assert agreed.state == DeploymentState.AGREED
    deployments.move(scoped.pk, act=DeploymentAct.START, reason="Now", seen=agreed.changes, actor=adviser)
    view = {"party": "school", "verdict": "met", "text": "It helped"}
    seen = Deployment.objects.get().changes
    assert browsers[0].post(f"{page}view/", view | {"seen": seen}).status_code == 302
    assert browsers[1].post(f"{page}view/", view | {"seen": seen}).status_code == 200
    assert [one.party for one in scoped.reviews.all()] == ["school"]
    visit = {"on_day": TODAY.day, "on_month": TODAY.month, "on_year": TODAY.year}
    visit |= {"hours": "3", "activity": "Coached"}
    assert browsers[1].post(f"{page}visit/", visit).status_code == 302
    assert browsers[0].post(f"{page}visit/", visit).status_code == 200
    assert scoped.visits.count() == 1
    assert browsers[0].get(f"{page}agreement.pdf").content[:4] == b"%PDF"


def test_a_third_school_sees_none_of_it(scoped, schools, browser_at):
    browser = browser_at(schools[2], email="c@example.org")
    for address in ("", "sign/", "visit/", "view/", "agreement.pdf"):
        assert browser.get(f"/our-support/{scoped.pk}/{address}").status_code == 404
    assert browser.get(f"/support/agreed/{scoped.pk}/").status_code == 403


def test_what_is_only_brokered_is_not_shown(make_need, make_provider, schools, browser_at, adviser):
    one = deployments.broker(make_need().pk, provider_id=make_provider().pk, reason="Fits", actor=adviser)
    browser = browser_at(schools[0], email="a@example.org")
    assert browser.get(f"/our-support/{one.pk}/").status_code == 404
    assert "None yet" in browser.get("/our-support/").content.decode()


def test_officers_have_no_support_of_their_own(client_of):
    assert client_of(Role.ADVISER).get("/our-support/").status_code == 403
