"""The plan of a term: what is asked, what is proved, and what a person answers."""

import json
from decimal import Decimal

import pytest
from django.utils import timezone

from steward.access.roles import Role
from steward.analysis.matching.problem import Settled
from steward.support.models import Answer, Deployment, MatchingPlan, Need
from steward.support.operations import plans
from steward.support.policies import NotPossible
from steward.support.queries import plans as queries
from steward.support.queries import questions
from steward.support.questions import question_from, text_of
from steward.support.steps import NeedState
from steward.support.terms import term_on

TODAY = timezone.localdate()
TERM = term_on(TODAY)


@pytest.fixture
def supply(make_need, make_provider, schools):
    """Three needs, and two providers of whom the second has days for one need only."""
    needs = [make_need(at=schools[place]) for place in (0, 2, 3)]
    providers = [make_provider("Ada", home=schools[1]), make_provider("Ben", home=schools[4], days="4")]
    return needs, providers


def _made(adviser, schools, budget=None):
    return plans.make(TERM, authority=schools[0].authority_id, budget=budget, actor=adviser)


def test_the_question_is_read_back_from_its_text(supply, adviser):
    asked = questions.question(adviser, term=TERM, today=TODAY, budget=None, settled=Settled())
    again = question_from(text_of(asked))
    assert again == asked
    assert json.loads(text_of(asked))["weights"]["version"] == asked.problem.weights.version


def test_what_is_not_known_counts_as_neither_great_nor_strong(supply, adviser):
    asked = questions.question(adviser, term=TERM, today=TODAY, budget=None, settled=Settled())
    assert {one.weight for one in asked.problem.needs} == {questions.UNKNOWN_WEIGHT}
    assert not any(one.must_cover for one in asked.problem.needs)
    assert all(one.spread > 0 for one in asked.problem.supporters)


def test_a_plan_is_proved_and_keeps_to_days(supply, adviser, schools):
    plan = _made(adviser, schools)
    assert plan.proved
    assert plan.value >= plan.nearest_value
    per_provider = {}
    for one in queries.pairs_of(plan):
        per_provider[one.provider.name] = per_provider.get(one.provider.name, 0) + one.need.days
    assert per_provider["Ada"] <= 10
    assert per_provider.get("Ben", 0) <= 4


def test_what_is_not_known_of_a_provider_is_said(make_need, make_provider, adviser, schools):
    make_provider("Adviser", kind="consultant", urn=None)
    make_need(tags=("send",))
    said = queries.pairs_of(_made(adviser, schools))[0].reasons
    assert "is not known: it counts as average" in said[0]
    assert said[1] == "Expertise does not fit the need, so less is expected."
    assert said[2] == "How far apart they are is not known."


def test_specialisms_are_named_in_words(make_need, make_provider, adviser, schools):
    make_provider(specialisms=("early_years",))
    make_need(tags=("early_years",))
    said = queries.pairs_of(_made(adviser, schools))[0].reasons
    assert "Expertise fits the need: early years." in said


def test_a_budget_holds_it_back_and_says_so(supply, adviser, schools):
    plan = _made(adviser, schools, budget=Decimal(1400))
    assert len(queries.pairs_of(plan)) == 1
    assert len(plan.unmet) == 2
    assert any("budget" in said for said in plan.limits)


def test_without_needs_or_providers_there_is_nothing_to_plan(make_provider, adviser, schools):
    make_provider()
    with pytest.raises(NotPossible, match="nothing to plan"):
        _made(adviser, schools)


def test_a_need_no_provider_can_meet_is_evidence_with_its_reason(make_need, make_provider, adviser, schools):
    make_provider(phases=("secondary",))
    make_need()
    plan = _made(adviser, schools)
    assert "does not work in this phase" in plan.unmet[0]["why"]


def test_alternatives_say_what_the_whole_plan_would_lose(supply, adviser, schools):
    pair = queries.pairs_of(_made(adviser, schools))[0]
    found = queries.alternatives(pair)
    assert found
    assert all(one.loss >= 0 and one.provider != pair.provider_id for one in found)


def test_accepting_brokers_and_what_was_refused_is_left_out_of_the_next_plan(supply, adviser, schools):
    first, second = queries.pairs_of(_made(adviser, schools))[:2]
    accepted = plans.accept(first.pk, reason="Agreed by phone", actor=adviser)
    assert accepted.deployment.provider_id == first.provider_id
    assert Need.objects.get(pk=first.need_id).state == NeedState.PLACED
    plans.refuse(second.pk, reason="They did not get on", actor=adviser)
    with pytest.raises(NotPossible, match="answered before"):
        plans.accept(second.pk, reason="x", actor=adviser)
    again = _made(adviser, schools)
    pairs = {(one.need_id, one.provider_id) for one in queries.pairs_of(again)}
    assert (second.need_id, second.provider_id) not in pairs
    assert first.need_id not in {need for need, _ in pairs}
    assert MatchingPlan.objects.count() == 2


def test_an_older_plan_is_not_answered(supply, adviser, schools):
    old = queries.pairs_of(_made(adviser, schools))[0]
    _made(adviser, schools)
    with pytest.raises(NotPossible, match="newer plan"):
        plans.accept(old.pk, reason="x", actor=adviser)


def test_choosing_another_keeps_what_was_planned(supply, adviser, schools):
    pair = queries.pairs_of(_made(adviser, schools))[0]
    other = queries.alternatives(pair)[0].provider
    with pytest.raises(NotPossible, match="accept the pair"):
        plans.change(pair.pk, provider=pair.provider_id, reason="x", actor=adviser)
    changed = plans.change(pair.pk, provider=other, reason="Knows the school", actor=adviser)
    assert (changed.answer, changed.chosen_id, changed.provider_id) == (
        Answer.CHANGED,
        other,
        pair.provider_id,
    )
    assert Deployment.objects.get().provider_id == other


def test_pages_make_show_and_answer_the_plan(supply, schools, client_of):
    browser = client_of(Role.SENIOR_ADVISER)
    address = f"/support/plan/{TERM.key}/"
    assert browser.get("/support/plan/").url == address
    assert "No plan has been made" in browser.get(address).content.decode()
    assert browser.post(f"{address}make/", {"budget": ""}).status_code == 302
    page = browser.get(address).content.decode()
    assert "no other allocation is worth more" in page
    assert "Ada" in browser.get(f"{address}plan.csv").content.decode("utf-8-sig")
    pair = queries.pairs_of(MatchingPlan.objects.get())[0]
    assert "Your answer" in browser.get(f"/support/pairs/{pair.pk}/").content.decode()
    tried = browser.get(f"/support/pairs/{pair.pk}/?try=yes").content.decode()
    assert "the plan would be worth" in tried
    assert browser.get(f"/support/pairs/{pair.pk}/change/").status_code == 200
    assert browser.post(f"/support/pairs/{pair.pk}/accept/", {"reason": "Good"}).status_code == 302
    assert Deployment.objects.count() == 1
    assert browser.get("/support/plan/some-day/").status_code == 404
