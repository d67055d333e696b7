"""Support from brokering to follow-up: who may, what must be there, and what is kept."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from steward.access.roles import Role
from steward.audit.models import AuditEvent
from steward.support.deployment_steps import DEPLOYMENT_STEPS, DeploymentAct, DeploymentState, Party, diagram
from steward.support.models import Deployment, Need, ReviewKind, Verdict
from steward.support.operations import deployments, progress, supply
from steward.support.policies import NotPossible
from steward.support.queries import deployments as queries
from steward.support.queries import providers as provider_queries
from steward.support.steps import NeedState
from steward.support.terms import term_on

TODAY = timezone.localdate()
TERM = term_on(TODAY)
TERMS = deployments.Terms(
    days=Decimal(4),
    price_per_day=Decimal(350),
    payer="The council",
    starts_on=TODAY - timedelta(days=60),
    ends_on=TODAY + timedelta(days=10),
    objectives="Phonics check from 60 to 75 percent",
    approach="A day a week",
    data_protection="Nothing about pupils is shared",
)
MEASURE = progress.NewMeasure(
    name="Phonics standard",
    unit="percent",
    baseline=Decimal(60),
    baseline_on=TODAY - timedelta(days=100),
    baseline_source="Published check",
    target=Decimal(75),
    target_on=TODAY + timedelta(days=100),
)


@pytest.fixture
def senior(person_with):
    return person_with(Role.SENIOR_ADVISER)


@pytest.fixture
def people(schools, person_with, senior):
    """The three who sign: a person of the school, one of the provider's, and a senior adviser."""

    def of(urn, number):
        person = person_with(Role.SCHOOL_USER, urn=urn)
        person.email = f"school{number}@example.org"
        person.save()
        return person

    return {
        Party.SCHOOL: of(schools[0].urn, 1),
        Party.PROVIDER: of(schools[1].urn, 2),
        Party.COUNCIL: senior,
    }


@pytest.fixture
def brokered(make_need, make_provider, adviser):
    return deployments.broker(
        make_need().pk, provider_id=make_provider().pk, reason="Knows phonics", actor=adviser
    )


def _now(one):
    return Deployment.objects.get(pk=one.pk)


def _scoped(one, adviser):
    deployments.scope(one.pk, terms=TERMS, seen=_now(one).changes, actor=adviser)
    progress.add_measure(one.pk, new=MEASURE, seen=_now(one).changes, actor=adviser)
    return _now(one)


def _signed(one, people):
    for party, person in people.items():
        deployments.sign(one.pk, party=party, name="", paper="", seen=_now(one).changes, actor=person)
    return _now(one)


def _move(one, act, actor):
    return deployments.move(one.pk, act=act, reason="because", seen=_now(one).changes, actor=actor)


@pytest.fixture
def active(brokered, adviser, people):
    _signed(_scoped(brokered, adviser), people)
    _move(brokered, DeploymentAct.START, adviser)
    return _now(brokered)


def _viewed(one, people, kind=ReviewKind.FINAL):
    for party, person in people.items():
        new = progress.NewReview(kind, Verdict.PARTLY, "Better teaching", party)
        progress.review(one.pk, new=new, seen=None, actor=person)


def test_brokering_places_the_need_and_holds_the_days(brokered):
    assert Need.objects.get().state == NeedState.PLACED
    days = provider_queries.days_in(TERM, providers=[brokered.provider])[brokered.provider_id]
    assert (days.offered, days.free) == (10, 6)


@pytest.mark.parametrize("why", ["conflict", "trust", "phase", "own school", "paused", "veto"])
def test_a_pair_that_cannot_be_is_refused(make_need, make_provider, schools, adviser, why):
    changed = {
        "phase": {"phases": ("secondary",)},
        "own school": {"home": schools[0]},
        "veto": {"faith": "Church of Somewhere"},
    }
    provider = make_provider(**changed.get(why, {}))
    need = make_need(vetoes=("Church of Somewhere",) if why == "veto" else ())
    if why == "conflict":
        supply.bar(provider.pk, new=supply.NewConflict("Related", TODAY, urn=schools[0].urn), actor=adviser)
    if why == "trust":
        schools[0].trust = "A Trust"
        schools[0].save()
        supply.bar(provider.pk, new=supply.NewConflict("Same", TODAY, trust="A Trust"), actor=adviser)
    if why == "paused":
        provider.state = "paused"
        provider.save()
    with pytest.raises(NotPossible):
        deployments.broker(need.pk, provider_id=provider.pk, reason="x", actor=adviser)
    assert not Deployment.objects.exists()


def test_it_cannot_be_signed_without_terms_and_a_measure_with_baseline(brokered, adviser, people):
    with pytest.raises(NotPossible):
        _signed(brokered, people)
    deployments.scope(brokered.pk, terms=TERMS, seen=brokered.changes, actor=adviser)
    with pytest.raises(NotPossible, match="at least one measure"):
        _signed(brokered, people)


def test_all_three_sign_by_sign_in_and_then_it_is_agreed(brokered, adviser, people):
    assert _signed(_scoped(brokered, adviser), people).state == DeploymentState.AGREED
    assert {one.party for one in brokered.signatures.all()} == set(Party.values)


def test_who_brokered_does_not_sign_for_the_council(make_need, make_provider, senior):
    own = deployments.broker(make_need().pk, provider_id=make_provider().pk, reason="x", actor=senior)
    scoped = _scoped(own, senior)
    with pytest.raises(NotPossible, match="second officer"):
        deployments.sign(own.pk, party=Party.COUNCIL, name="", paper="", seen=scoped.changes, actor=senior)


def test_nobody_signs_for_another_without_a_paper(brokered, adviser, people):
    scoped = _scoped(brokered, adviser)
    with pytest.raises(NotPossible, match="paper"):
        deployments.sign(
            brokered.pk, party=Party.SCHOOL, name="Ada", paper="", seen=scoped.changes, actor=adviser
        )
    with pytest.raises(NotPossible):
        deployments.sign(
            brokered.pk,
            party=Party.PROVIDER,
            name="Ada",
            paper="A drawer",
            seen=scoped.changes,
            actor=people[Party.SCHOOL],
        )
    signed = deployments.sign(
        brokered.pk, party=Party.SCHOOL, name="Ada", paper="File 7", seen=scoped.changes, actor=adviser
    )
    assert [(one.name, one.paper) for one in signed.signatures.all()] == [("Ada", "File 7")]


def test_a_change_of_the_terms_ends_the_signatures(brokered, adviser, people):
    scoped = _scoped(brokered, adviser)
    deployments.sign(
        brokered.pk, party=Party.SCHOOL, name="", paper="", seen=scoped.changes, actor=people[Party.SCHOOL]
    )
    dearer = replace(TERMS, price_per_day=Decimal(400))
    deployments.scope(brokered.pk, terms=dearer, seen=_now(brokered).changes, actor=adviser)
    for party in (Party.PROVIDER, Party.COUNCIL):
        deployments.sign(
            brokered.pk, party=party, name="", paper="", seen=_now(brokered).changes, actor=people[party]
        )
    assert _now(brokered).state == DeploymentState.SCOPED


def test_it_cannot_close_without_before_and_after_and_three_views(active, people, senior):
    with pytest.raises(NotPossible, match="the value after"):
        _move(active, DeploymentAct.COMPLETE, senior)
    measure = active.measures.get()
    with pytest.raises(NotPossible):
        progress.measure_after(
            measure, after=Decimal(70), on=measure.baseline_on, source="Published check", actor=senior
        )
    progress.measure_after(measure, after=Decimal(70), on=TODAY, source="Published check", actor=senior)
    with pytest.raises(NotPossible, match="the views of"):
        _move(active, DeploymentAct.COMPLETE, senior)
    _viewed(active, people)
    done = _move(active, DeploymentAct.COMPLETE, senior)
    assert (done.state, done.completed_on) == (DeploymentState.COMPLETE, TODAY)
    assert done.follow_up_on == TERM.after(2).begins
    assert Need.objects.get().state == NeedState.MET
    assert queries.outcomes_of(done.provider) == [("Partly met", 1)]
    new = progress.NewReview(ReviewKind.FOLLOW_UP, Verdict.MET, "It lasted", Party.COUNCIL)
    progress.review(done.pk, new=new, seen=None, actor=senior)
    assert _now(done).state == DeploymentState.FOLLOWED_UP


def test_an_adviser_does_not_close_and_a_school_does_not_move_it(active, adviser, people):
    progress.measure_after(
        active.measures.get(), after=Decimal(70), on=TODAY, source="Published check", actor=adviser
    )
    _viewed(active, people)
    with pytest.raises(NotPossible, match="closes support"):
        _move(active, DeploymentAct.COMPLETE, adviser)
    with pytest.raises(NotPossible, match="done by the council"):
        _move(active, DeploymentAct.PAUSE, people[Party.SCHOOL])


def test_visits_add_up_and_are_not_in_the_future(active, people, adviser):
    visit = progress.NewVisit(TODAY, Decimal("6.5"), "Watched three lessons")
    progress.record_visit(active.pk, new=visit, actor=people[Party.PROVIDER])
    used = queries.used(active)
    assert (used.days, used.cost, used.agreed_cost) == (1, 350, 1400)
    with pytest.raises(NotPossible):
        progress.record_visit(active.pk, new=replace(visit, on=TODAY + timedelta(1)), actor=adviser)
    with pytest.raises(NotPossible, match="done by"):
        progress.record_visit(active.pk, new=visit, actor=people[Party.SCHOOL])


def test_nobody_writes_the_view_of_another_school(active, people):
    new = progress.NewReview(ReviewKind.FINAL, Verdict.MET, "We were good", Party.SCHOOL)
    with pytest.raises(NotPossible, match="your own school"):
        progress.review(active.pk, new=new, seen=None, actor=people[Party.PROVIDER])


def test_after_the_mid_review_it_goes_on(active, adviser):
    new = progress.NewReview(ReviewKind.MID, Verdict.PARTLY, "Working", Party.COUNCIL)
    progress.review(active.pk, new=new, seen=None, actor=adviser)
    assert _now(active).state == DeploymentState.MID_REVIEW
    assert _move(active, DeploymentAct.CONTINUE, adviser).state == DeploymentState.ACTIVE


@pytest.mark.parametrize(
    ("acts", "state", "need"),
    [
        ([DeploymentAct.PAUSE], DeploymentState.PAUSED, NeedState.PLACED),
        ([DeploymentAct.PAUSE, DeploymentAct.RESUME], DeploymentState.ACTIVE, NeedState.PLACED),
        ([DeploymentAct.WITHDRAW], DeploymentState.WITHDRAWN, NeedState.OPEN),
        ([DeploymentAct.REPLACE], DeploymentState.REPLACED, NeedState.OPEN),
    ],
)
def test_paused_withdrawn_and_replaced_have_reasons_and_open_the_need(active, adviser, acts, state, need):
    for act in acts:
        _move(active, act, adviser)
    assert (_now(active).state, Need.objects.get().state) == (state, need)
    assert active.events.last().reason == "because"
    with pytest.raises(NotPossible):
        deployments.move(
            active.pk, act=DeploymentAct.PAUSE, reason=" ", seen=_now(active).changes, actor=adviser
        )


def test_every_act_but_brokering_is_refused_where_the_table_does_not_have_it(brokered, adviser, people):
    for step in DEPLOYMENT_STEPS:
        if DeploymentState.BROKERED in step.before or step.act == DeploymentAct.BROKER:
            continue
        if step.act in (DeploymentAct.SIGN, DeploymentAct.AGREE):
            continue
        with pytest.raises(NotPossible):
            _move(brokered, step.act, adviser)
    assert "brokered --> scoped" in diagram()
    assert AuditEvent.objects.filter(verb="support.deployment.broker").count() == 1


def test_pages_lead_from_need_to_documents(make_need, make_provider, client_of):
    need, provider = make_need(), make_provider()
    browser = client_of(Role.SENIOR_ADVISER)
    address = f"/support/needs/{need.pk}/broker/"
    assert "Ada Partner: fits phonics, 10 days free" in browser.get(address).content.decode()
    assert browser.post(address, {"provider": provider.pk, "reason": "Fits"}).status_code == 302
    one = Deployment.objects.get()
    page = f"/support/agreed/{one.pk}/"
    assert "Before it can be signed" in browser.get(page).content.decode()
    for name in ("terms", "measure", "sign", "paper", "withdraw"):
        assert browser.get(f"{page}{name}/").status_code == 200, name
    for name in ("agreement", "review"):
        assert browser.get(f"{page}{name}.docx").content[:2] == b"PK"
        assert browser.get(f"{page}{name}.pdf").content[:4] == b"%PDF"
    assert browser.get(f"{page}secret.pdf").status_code == 404
    assert "Ada Partner" in browser.get("/support/agreed/").content.decode()
    assert "Ada Partner" in browser.get("/support/agreed/support.csv").content.decode("utf-8-sig")
    assert "Ada Partner" in browser.get(f"/support/needs/{need.pk}/").content.decode()
    assert browser.get(f"/support/providers/{provider.pk}/").status_code == 200


def test_pages_of_support_under_way_take_visits_values_and_views(active, client_of):
    browser = client_of(Role.HEAD_OF_SERVICE)
    page = f"/support/agreed/{active.pk}/"
    day = {"on_day": TODAY.day, "on_month": TODAY.month, "on_year": TODAY.year}
    visit = day | {"hours": "3", "activity": "Coached two teachers"}
    assert browser.post(f"{page}visit/", visit).status_code == 302
    measure = active.measures.get()
    after = day | {"after": "70", "source": "Published check"}
    assert browser.post(f"/support/measures/{measure.pk}/after/", after).status_code == 302
    for party in Party:
        view = {"party": party.value, "verdict": "met", "text": "Good", "seen": _now(active).changes}
        assert browser.post(f"{page}review/final/", view).status_code == 302
    said = browser.get(page).content.decode()
    assert "Coached two teachers" in said
    assert "+10.0" in said
    done = {"reason": "All there", "seen": _now(active).changes}
    assert browser.post(f"{page}complete/", done).status_code == 302
    assert _now(active).state == DeploymentState.COMPLETE
    assert "Follow-up due" in browser.get(page).content.decode()
