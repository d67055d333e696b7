"""Assessments: versions that are kept, decisions, reviews, what members may read, and what names a child."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from steward.access.roles import Role
from steward.audit.models import AuditEvent
from steward.equality import operations
from steward.equality.models import Assessment, Characteristic, Effect, Outcome, State
from steward.equality.operations import NotPossible, Written, WrittenEffect
from steward.equality.queries import assessments as queries
from steward.register.models import Authority, ServedAuthority
from steward.vocabulary.identities import suspicions

LATER = datetime.timedelta(days=180)


@pytest.fixture
def authority(db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    made = Authority.objects.create(code="383", name="Leeds", region="Yorkshire and the Humber")
    ServedAuthority.objects.create(only=1, authority=made)
    return made


def written(**changed) -> Written:
    given = {
        "title": "Learning improvement strategy",
        "kind": "strategy",
        "proposal": "Move support to schools with wide gaps.",
        "evidence": "The gap at key stage 2 is 27 points.",
        "links": ("/equality/383/ks2_rwm_expected-disadvantaged/",),
        "effects": (WrittenEffect(Characteristic.DISADVANTAGE, Effect.POSITIVE, "More visits"),),
        "reason": "First draft",
    }
    return Written(**given | changed)


@pytest.fixture
def adviser(authority, person_with):
    return person_with(Role.ADVISER)


@pytest.fixture
def draft(adviser):
    return operations.start(written(), authority="383", owner=adviser, actor=adviser)


def decided(draft, *, person):
    return operations.decide(
        draft.versions.latest("number"),
        outcome=Outcome.PROCEED,
        reasons="The gain outweighs the loss.",
        review_on=timezone.localdate() + LATER,
        actor=person,
    )


def test_every_version_is_kept_with_who_and_why(draft, adviser):
    operations.write(draft, written=written(title="Another", reason="Heads asked"), seen=1, actor=adviser)
    assert [(one.number, one.title, one.reason) for one in draft.versions.order_by("number")] == [
        (1, "Learning improvement strategy", "First draft"),
        (2, "Another", "Heads asked"),
    ]
    verbs = AuditEvent.objects.filter(subject_kind="assessment").order_by("number")
    assert [event.verb for event in verbs] == [
        "equality.assessment.started",
        "equality.assessment.written",
    ]
    assert verbs[1].details["reason"] == "Heads asked"


def test_what_another_wrote_meanwhile_is_not_overwritten(draft, adviser):
    operations.write(draft, written=written(reason="Second"), seen=1, actor=adviser)
    with pytest.raises(NotPossible, match="saved version 2 while you were writing"):
        operations.write(draft, written=written(reason="Third"), seen=1, actor=adviser)


@pytest.mark.parametrize("effect", [Effect.NEGATIVE, Effect.MIXED])
def test_harm_needs_what_makes_it_less(adviser, effect):
    harm = written(effects=(WrittenEffect(Characteristic.RACE, effect, "Fewer visits", ""),))
    with pytest.raises(NotPossible, match="made less"):
        operations.start(harm, authority="383", owner=adviser, actor=adviser)


def test_a_decision_names_who_decided_and_when_it_is_reviewed(draft, person_with):
    head = person_with(Role.HEAD_OF_SERVICE)
    decision = decided(draft, person=head)
    draft.refresh_from_db()
    assert (draft.state, draft.review_on) == (State.DECIDED, decision.review_on)
    assert decision.decided_by_name == head.name


def test_nothing_is_decided_twice_unconsidered_or_for_review_today(draft, adviser, person_with):
    head = person_with(Role.HEAD_OF_SERVICE)
    version = draft.versions.latest("number")
    with pytest.raises(NotPossible, match="after today"):
        operations.decide(
            version, outcome=Outcome.STOP, reasons="No", review_on=timezone.localdate(), actor=head
        )
    decided(draft, person=head)
    with pytest.raises(NotPossible, match="decided already"):
        decided(draft, person=head)
    empty = operations.start(written(effects=()), authority="383", owner=adviser, actor=adviser)
    with pytest.raises(NotPossible, match="at least one group"):
        decided(empty, person=head)


def test_a_review_sets_the_next_one_or_ends_them(draft, adviser, person_with):
    decided(draft, person=person_with(Role.HEAD_OF_SERVICE))
    next_day = timezone.localdate() + 2 * LATER
    operations.review(draft, found="The gap narrowed.", review_on=next_day, actor=adviser)
    draft.refresh_from_db()
    assert (draft.state, draft.review_on) == (State.REVIEWED, next_day)
    operations.review(draft, found="Closed.", review_on=None, actor=adviser)
    draft.refresh_from_db()
    assert draft.review_on is None


def test_a_draft_cannot_be_reviewed(draft, adviser):
    with pytest.raises(NotPossible, match="decide on the draft first"):
        operations.review(draft, found="Nothing", review_on=None, actor=adviser)


def test_members_read_what_was_decided_and_no_newer_draft(draft, adviser, person_with):
    member = person_with(Role.SCRUTINY_MEMBER)
    assert not queries.visible_to(member).exists()
    decided(draft, person=person_with(Role.HEAD_OF_SERVICE))
    operations.write(draft, written=written(title="Secret", reason="Second"), seen=1, actor=adviser)
    shown = queries.visible_to(member).get()
    assert shown.shown_title == "Learning improvement strategy"
    assert [one.number for one in queries.versions_visible_to(member, assessment=shown)] == [1]
    assert [one.number for one in queries.versions_visible_to(adviser, assessment=shown)] == [2, 1]
    draft.refresh_from_db()
    assert draft.review_on is not None


def test_the_list_finds_by_words_state_group_and_overdue(draft, adviser):
    harm = (WrittenEffect(Characteristic.RACE, Effect.NEGATIVE, "", "Interpreters"),)
    other = operations.start(
        written(title="Budget of transport", kind="budget", effects=harm),
        authority="383",
        owner=adviser,
        actor=adviser,
    )

    def found(**wanted):
        return list(queries.assessments(adviser, wanted=queries.Wanted(**wanted)))

    assert found(text="transport budget") == [other]
    assert found(kind="strategy") == [draft]
    assert found(group="race") == [other]
    assert found(state="decided") == []
    Assessment.objects.filter(pk=draft.pk).update(review_on=datetime.date(2020, 1, 1))
    assert found(overdue_on=timezone.localdate()) == [draft]
    assert queries.overdue(adviser, today=timezone.localdate()) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The pupil Amina Khan asked", "a child's name"),
        ("her daughter Zoe was absent", "a child's name"),
        ("pupil number A123456789012 is wrong", "a pupil number"),
        ("H801200001001", "a pupil number"),
        ("born on 3 May 2012", "a date of birth"),
        ("dob 03/05/2012", "a date of birth"),
        ("03/05/2012", "a date of birth"),
        ("2012-05-03", "a date of birth"),
    ],
)
def test_text_that_looks_like_a_child_is_named(text, kind):
    assert suspicions(text)[0].kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "Pupils eligible for Pupil Premium in Leeds reached 44% in 2025.",
        "Children Looked After do less well; pupils in Year 6 most of all.",
        "The Learning Strategy for Children and Young People",
        "/areas/383/figures/?as_at=2026-03-03",
        "Decided at the meeting on 3 March 2026 by Councillor Smith.",
        "Pupil Progress fell by 2.5 points from 2023/24 to 2024/25.",
    ],
)
def test_text_about_groups_is_left_alone(text):
    assert suspicions(text) == ()


FORM = {
    "title": "Transport",
    "kind": "budget",
    "proposal": "Fewer buses.",
    "evidence": "",
    "links": "",
    "race_effect": "negative",
    "race_evidence": "Most live far away",
    "race_mitigation": "Bicycles",
    "reason": "First draft",
}


def test_the_form_keeps_what_was_typed_and_asks_about_a_child(authority, client_of):
    client = client_of(Role.ADVISER)
    named = FORM | {"proposal": "The pupil Amina Khan takes the bus."}
    answer = client.post("/equality/assessments/new/", named)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "The pupil Amina Khan takes the bus." in text
    assert "looks like a child" in text
    assert not Assessment.objects.exists()
    client.post("/equality/assessments/new/", named | {"confirmed": "on"})
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize(
    ("link", "fine"),
    [
        ("https://www.gov.uk/browse", True),
        ("/equality/383/", True),
        ("javascript:alert(1)", False),
        ("//elsewhere.example/page", False),
        ("a report of last year", False),
    ],
)
def test_a_link_leads_to_the_web_or_a_page_here(authority, client_of, link, fine):
    answer = client_of(Role.ADVISER).post("/equality/assessments/new/", FORM | {"links": link})
    assert Assessment.objects.exists() is fine
    assert ("is no address" in answer.content.decode()) is not fine


def test_an_undecided_draft_offers_no_form_for_a_review(draft, client_of):
    text = (
        client_of(Role.SENIOR_ADVISER)
        .get(reverse("equality:review-assessment", args=(draft.pk,)))
        .content.decode()
    )
    assert "Only a decided assessment can be reviewed" in text
    assert "Keep the review" not in text


def test_the_form_needs_mitigation_and_an_effect(authority, client_of):
    client = client_of(Role.ADVISER)
    answer = client.post("/equality/assessments/new/", FORM | {"race_mitigation": ""})
    assert "Enter what makes the effect less on: Race and ethnicity" in answer.content.decode()
    answer = client.post("/equality/assessments/new/", FORM | {"race_effect": ""})
    assert "Select the likely effect on: Race and ethnicity" in answer.content.decode()


def test_only_the_head_of_service_decides(draft, client_of):
    path = f"/equality/assessments/{draft.pk}/decide/"
    assert client_of(Role.SENIOR_ADVISER).get(path).status_code == 403
    head = client_of(Role.HEAD_OF_SERVICE)
    day = timezone.localdate() + LATER
    sent = {
        "outcome": "proceed",
        "reasons": "Gain",
        "review_on_0": str(day.day),
        "review_on_1": str(day.month),
        "review_on_2": str(day.year),
    }
    names = {
        "review_on_day": str(day.day),
        "review_on_month": str(day.month),
        "review_on_year": str(day.year),
    }
    assert head.post(path, sent | names).status_code == 302
    draft.refresh_from_db()
    assert draft.state == State.DECIDED


def test_a_member_opens_a_decided_assessment_and_not_its_draft(draft, client_of, person_with):
    member = client_of(Role.SCRUTINY_MEMBER)
    path = f"/equality/assessments/{draft.pk}/"
    assert member.get(path).status_code == 404
    decided(draft, person=person_with(Role.HEAD_OF_SERVICE))
    assert member.get(path).status_code == 200
    assert member.get(f"{path}write/").status_code == 403
    assert member.get(f"{path}versions/1/").status_code == 200
    assert member.get(f"{path}versions/2/").status_code == 404
