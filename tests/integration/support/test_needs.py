"""Needs: what is kept, what is refused, and what decisions and concerns suggest."""

from decimal import Decimal

import pytest
from django.utils import timezone

from steward.access.roles import Role
from steward.early_warning.models.concerns import Level, Topic
from steward.early_warning.models.concerns import Origin as ConcernOrigin
from steward.early_warning.operations import concerns
from steward.early_warning.steps import Act
from steward.support.models import Need, Origin
from steward.support.operations import needs
from steward.support.policies import NotPossible
from steward.support.queries import needs as queries
from steward.support.steps import NeedAct, NeedState
from steward.support.terms import term_on

TERM = term_on(timezone.localdate())


def test_a_need_is_open_with_its_objective_and_one_of_a_school_waits(make_need):
    assert make_need().state == NeedState.OPEN
    assert make_need(origin=Origin.SCHOOL).state == NeedState.ASKED


@pytest.mark.parametrize(
    "changed",
    [
        {"urn": 999_999},
        {"objective": " "},
        {"tags": ()},
        {"tags": ("juggling",)},
        {"target_groups": ("giants",)},
        {"term": "some day"},
        {"days": Decimal(0)},
        {"days": Decimal(81)},
        {"funder": ""},
        {"phase": "university"},
    ],
    ids=["school", "objective", "no tag", "tag", "group", "term", "no days", "days", "funder", "phase"],
)
def test_what_cannot_be_said_of_a_need_is_refused_and_nothing_kept(make_need, changed):
    with pytest.raises(NotPossible):
        make_need(**changed)
    assert not Need.objects.exists()


@pytest.mark.parametrize(
    ("acts", "state"),
    [
        ([NeedAct.CLOSE], NeedState.CLOSED),
        ([NeedAct.CLOSE, NeedAct.REOPEN], NeedState.OPEN),
        ([NeedAct.PLACE, NeedAct.PLACE, NeedAct.RELEASE], NeedState.OPEN),
        ([NeedAct.ACCEPT], None),
        ([NeedAct.MEET], None),
    ],
    ids=["closed", "reopened", "placed twice and released", "not asked", "not placed"],
)
def test_a_need_moves_only_by_the_steps_of_the_table(make_need, adviser, acts, state):
    need = make_need()

    def go():
        for act in acts:
            needs.move(need.pk, act=act, reason="because", seen=None, actor=adviser)

    if state is None:
        with pytest.raises(NotPossible):
            go()
    else:
        go()
        assert Need.objects.get(pk=need.pk).state == state
        assert need.events.count() == len(acts) + 1


def test_a_step_is_refused_when_somebody_was_quicker(make_need, adviser):
    need = make_need()
    needs.move(need.pk, act=NeedAct.CLOSE, reason="because", seen=need.changes, actor=adviser)
    with pytest.raises(NotPossible, match="while you were writing"):
        needs.move(need.pk, act=NeedAct.REOPEN, reason="because", seen=need.changes, actor=adviser)


def test_a_concern_that_was_taken_up_suggests_a_need_until_one_is_recorded(make_need, school, adviser):
    new = concerns.NewConcern(
        school.urn, Topic.STANDARDS, ConcernOrigin.FIGURES, Level.SERIOUS, "Results fell"
    )
    kept = concerns.raise_concern(new, actor=adviser)
    assert not queries.suggested(adviser)
    for act in (Act.ASSESS, Act.TAKE_UP):
        kept = concerns.take(kept.pk, step=concerns.Step(act, "because"), seen=kept.state, actor=adviser)
    found = queries.suggested(adviser)
    assert [(one.origin, one.key, one.text) for one in found] == [(Origin.CONCERN, kept.pk, "Results fell")]
    make_need(origin=Origin.CONCERN, concern_id=kept.pk)
    assert not queries.suggested(adviser)


def test_pages_of_needs_record_change_and_close(school, client_of, make_need):
    browser = client_of(Role.SENIOR_ADVISER)
    given = {
        "urn": school.urn,
        "origin": "visit",
        "tags": ["phonics"],
        "objective": "From 60 to 75 percent",
        "urgency": "soon",
        "term": TERM.key,
        "days": "4",
        "funder": "The council",
    }
    assert (
        "Enter what is to be reached"
        in browser.post("/support/needs/new/", given | {"objective": ""}).content.decode()
    )
    assert browser.post("/support/needs/new/", given).status_code == 302
    need = Need.objects.get()
    page = f"/support/needs/{need.pk}/"
    assert "From 60 to 75 percent" in browser.get(page).content.decode()
    assert school.name in browser.get("/support/needs/?tag=phonics&state=live").content.decode()
    assert school.name in browser.get("/support/needs/needs.csv").content.decode("utf-8-sig")
    assert browser.get("/support/needs/suggested/").status_code == 200
    changed = given | {"days": "6", "phase": "primary", "reason": "More", "seen": need.changes}
    assert browser.post(f"{page}change/", changed).status_code == 302
    need.refresh_from_db()
    assert need.days == 6
    assert browser.post(f"{page}close/", {"reason": "Better", "seen": need.changes}).status_code == 302
    assert Need.objects.get().state == NeedState.CLOSED


def test_a_school_sees_what_it_asked_for_itself_and_nothing_else(make_need, schools, person_with, client_of):
    make_need()
    asked = make_need(origin=Origin.SCHOOL)
    make_need(at=schools[1], origin=Origin.SCHOOL)
    own = person_with(Role.SCHOOL_USER, urn=schools[0].urn)
    assert list(queries.visible_to(own)) == [asked]
    assert client_of(Role.SCRUTINY_MEMBER).get("/support/needs/").status_code == 403
