"""Events and concerns: what is kept, what is refused, who sees it, and that nothing names a child."""

from datetime import timedelta

import pytest
from django.utils import timezone

from steward.access.roles import Role
from steward.audit.models import AuditEvent
from steward.early_warning.models import Concern, LiveEvent
from steward.early_warning.models.concerns import Level, Origin, State, Topic
from steward.early_warning.operations import concerns, events
from steward.early_warning.policies import NotPossible
from steward.early_warning.queries import events as event_queries
from steward.early_warning.steps import Act
from steward.evidence.models import LocalFact
from steward.regimes.half_terms import half_term_of, read_half_terms
from steward.register import queries as register

TODAY = timezone.localdate()
TERM = half_term_of(TODAY, terms=read_half_terms()["england"])


@pytest.fixture
def school(sample_home):
    return register.schools_of(sample_home.authority)[0]


@pytest.fixture
def adviser(person_with):
    return person_with(Role.ADVISER)


def _event(school, **changed):
    given = {"kind": "head_leaving", "since": TODAY, "evidence": "Letter of the chair"} | changed
    return events.NewEvent(school.urn, **given)


def _raised(school, adviser):
    new = concerns.NewConcern(school.urn, Topic.STANDARDS, Origin.FIGURES, Level.CONCERN, "Results fell")
    return concerns.raise_concern(new, actor=adviser)


def test_an_event_lasts_as_long_as_its_kind_and_is_recorded_as_a_local_fact(school, adviser):
    kept = events.record(_event(school), actor=adviser)
    assert kept.expires == TODAY + timedelta(days=180)
    fact = LocalFact.objects.get()
    assert (fact.kind, fact.since, fact.until) == ("head_leaving", TODAY, kept.expires)
    assert AuditEvent.objects.filter(verb="early_warning.event.recorded").exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "rumour"},
        {"evidence": " "},
        {"expires": TODAY - timedelta(days=1)},
        {"expires": TODAY + timedelta(days=900)},
        {"kind": "complaints"},
        {"kind": "safeguarding_concern"},
    ],
    ids=["no such kind", "no evidence", "ends before", "too long", "no number", "another role"],
)
def test_an_event_that_cannot_be_so_is_refused_and_leaves_no_fact(school, adviser, changed):
    with pytest.raises(NotPossible):
        events.record(_event(school, **changed), actor=adviser)
    assert not LocalFact.objects.exists()
    assert not LiveEvent.objects.exists()


def test_an_event_is_ended_with_its_fact(school, adviser):
    kept = events.record(_event(school, since=TODAY - timedelta(days=9)), actor=adviser)
    events.end(kept.pk, last_day=TODAY, reason="A head was appointed", actor=adviser)
    assert LocalFact.objects.get().until == TODAY
    with pytest.raises(NotPossible):
        events.end(kept.pk, last_day=TODAY + timedelta(days=5), reason="Later", actor=adviser)


@pytest.mark.parametrize(("number", "prompted"), [(2, False), (3, True)])
def test_three_events_in_one_half_term_prompt_a_talk_and_no_category(school, adviser, number, prompted):
    for kind in ("head_leaving", "staffing_concern", "governance_concern")[:number]:
        events.record(_event(school, kind=kind), actor=adviser)
    found = event_queries.discussions(TODAY, viewer=adviser)
    assert [one.urn for one in found] == ([school.urn] if prompted else [])


@pytest.mark.parametrize("number", [-1, 10**20])
def test_a_number_that_cannot_be_is_refused_in_a_sentence(school, adviser, number):
    with pytest.raises(NotPossible, match="from 1 to 999"):
        events.record(_event(school, kind="complaints", number=number), actor=adviser)


def test_the_register_of_concerns_lists_schools_to_discuss(school, adviser, client):
    client.force_login(adviser)
    talk = "Discuss at the next concern meeting"
    for kind in ("head_leaving", "staffing_concern", "governance_concern"):
        assert talk not in client.get("/concerns/").content.decode()
        events.record(_event(school, kind=kind), actor=adviser)
    page = client.get("/concerns/").content.decode()
    assert talk in page
    assert school.name in page.partition(talk)[2]


def test_events_of_the_half_term_before_do_not_count_with_those_of_this_one(school, adviser):
    before = TERM.begins - timedelta(days=1)
    for kind, since in (("head_leaving", before), ("staffing_concern", TODAY), ("new_head", TODAY)):
        events.record(_event(school, kind=kind, since=since), actor=adviser)
    assert not event_queries.discussions(TODAY, viewer=adviser)


def test_a_concern_keeps_every_step_with_its_reason(school, adviser):
    kept = _raised(school, adviser)
    for act in (Act.ASSESS, Act.TAKE_UP, Act.RESOLVE, Act.REOPEN):
        kept = concerns.take(kept.pk, step=concerns.Step(act, "because"), seen=kept.state, actor=adviser)
    assert [one.act for one in kept.steps.all()] == ["raise", "assess", "take_up", "resolve", "reopen"]
    assert (kept.state, kept.closed_on) == (State.ASSESSING, None)
    assert kept.next_step_by == TODAY + timedelta(days=21)


def test_a_concern_is_passed_on_to_somebody_and_closed(school, adviser):
    kept = _raised(school, adviser)
    step = concerns.Step(Act.PASS_ON, "An academy", passed_to="Regional director")
    kept = concerns.take(kept.pk, step=step, seen=kept.state, actor=adviser)
    assert (kept.state, kept.passed_to, kept.closed_on) == (State.PASSED_ON, "Regional director", TODAY)


def test_a_step_is_refused_when_somebody_was_quicker(school, adviser):
    kept = _raised(school, adviser)
    concerns.take(kept.pk, step=concerns.Step(Act.ASSESS, "because"), seen="raised", actor=adviser)
    with pytest.raises(NotPossible, match="while you were writing"):
        concerns.take(kept.pk, step=concerns.Step(Act.ASSESS, "because"), seen="raised", actor=adviser)


def test_an_event_is_recorded_from_the_page_of_the_school(school, client_of):
    browser = client_of(Role.ADVISER)
    address = f"/schools/{school.urn}/early-warning/event/"
    assert "Head teacher leaves" in browser.get(address).content.decode()
    given = {
        "kind": "complaints",
        "since_day": TODAY.day,
        "since_month": TODAY.month,
        "since_year": TODAY.year,
        "number": 2,
        "evidence": "Complaints service, reference 17",
    }
    page = browser.post(address, given, follow=True).content.decode()
    assert "Complaints: 2" in page


def test_text_that_looks_like_a_child_is_kept_only_after_a_second_look(school, client_of):
    browser = client_of(Role.ADVISER)
    address = f"/schools/{school.urn}/early-warning/concern/"
    given = {"topic": "safety", "origin": "visit", "level": "watch", "facts": "The pupil Tom Brown was hurt"}
    page = browser.post(address, given).content.decode()
    assert "looks like a child&#x27;s name" in page or "looks like a child" in page
    assert not Concern.objects.exists()
    browser.post(address, {**given, "confirmed": "on"})
    assert Concern.objects.count() == 1


def test_the_register_is_filtered_shows_ages_and_is_exported(school, adviser, client_of):
    kept = _raised(school, adviser)
    Concern.objects.update(raised_on=TODAY - timedelta(days=40), next_step_by=TODAY - timedelta(days=1))
    browser = client_of(Role.SENIOR_ADVISER)
    page = browser.get("/concerns/?overdue=yes").content.decode()
    assert "40 days" in page
    assert "Overdue" in page
    assert "No concern fits" in browser.get("/concerns/?state=closed").content.decode()
    lines = browser.get("/concerns/concerns.csv").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    step = {"act": "assess", "reason": "First look", "seen": "raised"}
    assert "Being assessed" in browser.post(f"/concerns/{kept.pk}/", step, follow=True).content.decode()


@pytest.mark.parametrize("role", [Role.SCHOOL_USER, Role.SCRUTINY_MEMBER])
def test_nobody_outside_the_service_sees_events_concerns_or_scores(school, adviser, client_of, role):
    kept = _raised(school, adviser)
    event = events.record(_event(school), actor=adviser)
    browser = client_of(role, urn=school.urn if role is Role.SCHOOL_USER else None)
    for address in (
        "/early-warning/",
        "/early-warning/scores.csv",
        "/early-warning/scores.xlsx",
        f"/early-warning/events/{event.pk}/end/",
        f"/schools/{school.urn}/early-warning/",
        f"/schools/{school.urn}/early-warning/event/",
        f"/schools/{school.urn}/early-warning/concern/",
        "/concerns/",
        "/concerns/concerns.csv",
        f"/concerns/{kept.pk}/",
    ):
        assert browser.get(address).status_code == 403, address
    page = browser.get(f"/schools/{school.urn}/").content.decode()
    assert "Early warning" not in page
