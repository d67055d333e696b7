"""Days that cannot be, officers who are too quick, and answers that come by post."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from tests.integration.categorisation.deciding import (
    final,
    fresh,
    in_days,
    moderated,
    noted,
    proposed,
    shared,
)

from steward.access.models import Person
from steward.access.roles import Role
from steward.categorisation import operations
from steward.categorisation.models import AnswerKind, Decision, ItemOutcome
from steward.categorisation.operations import NotPossible, OnBehalf, Said, deciding

pytestmark = pytest.mark.usefixtures("asked")
URN = 100001
BY_POST = OnBehalf("Ms Ada Head, head teacher", "by letter", timezone.localdate())


@pytest.fixture
def sent(adviser, senior):
    return shared(moderated(proposed(URN, actor=adviser), actor=senior), actor=senior)


def _answer(decision, *, actor, on_behalf=BY_POST):
    return operations.answer(
        decision,
        kind=AnswerKind.NOT_AGREED,
        text="We do not agree.",
        seen=fresh(decision).changes,
        actor=actor,
        on_behalf=on_behalf,
    )


@pytest.mark.parametrize("day", [in_days(-1), in_days(0), in_days(1200), date(9999, 12, 31)])
def test_a_day_of_review_lies_ahead_and_within_three_years(adviser, day):
    with pytest.raises(NotPossible, match="day of review"):
        proposed(URN, actor=adviser, review_on=day)


def test_an_override_lasts_a_year_at_most(sent, adviser, head, senior):
    operations.answer(sent, kind=AnswerKind.AGREED, text="", seen=sent.changes, actor=adviser)
    done = final(fresh(sent), actor=head)
    for day in (in_days(400), date(9999, 12, 31), None):
        with pytest.raises(NotPossible, match="last day"):
            operations.ask_override(
                done,
                category="secure",
                reason="Help has come",
                second_reader=head,
                expires_on=day,
                actor=senior,
            )


def test_a_second_reader_who_lost_the_role_cannot_confirm(sent, adviser, head, senior):
    operations.answer(sent, kind=AnswerKind.AGREED, text="", seen=sent.changes, actor=adviser)
    done = final(fresh(sent), actor=head)
    asked = operations.ask_override(
        done,
        category="secure",
        reason="Help has come",
        second_reader=head,
        expires_on=in_days(30),
        actor=senior,
    )
    Person.objects.filter(pk=head.pk).update(role=Role.SCRUTINY_MEMBER)
    with pytest.raises(NotPossible, match="no longer"):
        operations.confirm_override(asked, note="", actor=head)


@pytest.mark.parametrize("days", [-400, 400])
def test_a_meeting_is_near_today(senior, days):
    with pytest.raises(NotPossible, match="within a year"):
        operations.call_meeting(authority="999", held_on=in_days(days), panel="A", actor=senior)


@pytest.mark.parametrize(
    ("days", "why"), [(3, "not been held yet"), (-3, "written after the day of this meeting")]
)
def test_a_meeting_says_nothing_before_its_day_nor_of_what_was_written_after_it(adviser, senior, days, why):
    decision = proposed(URN, actor=adviser)
    meeting = operations.call_meeting(authority="999", held_on=in_days(days), panel="A", actor=senior)
    said = Said(ItemOutcome.AGREED)
    with pytest.raises(NotPossible, match=why):
        operations.take_item(meeting, decision=decision, said=said, seen=1, actor=senior)
    assert fresh(decision).state == "proposed"


def test_two_officers_at_the_same_moment_get_a_sentence(adviser, senior, monkeypatch):
    proposed(URN, actor=adviser)
    checks = iter([lambda proposal: None, deciding._check_none_open])
    monkeypatch.setattr(deciding, "_check_none_open", lambda proposal: next(checks)(proposal))
    with pytest.raises(NotPossible, match="has already proposed"):
        proposed(URN, actor=senior)
    assert Decision.objects.count() == 1


def test_an_answer_by_post_is_kept_with_who_gave_it_and_who_recorded_it(sent, senior):
    made = _answer(sent, actor=senior)
    assert made.answered_by_name.startswith("Ms Ada Head, head teacher, by letter, ")
    assert f"recorded by {senior.name}" in made.answered_by_name
    assert fresh(sent).state == "not_agreed"


@pytest.mark.parametrize("day", [in_days(-30), in_days(1)])
def test_an_answer_by_post_came_between_the_letter_and_today(sent, senior, day):
    with pytest.raises(NotPossible, match="between the day of the letter and today"):
        _answer(sent, actor=senior, on_behalf=OnBehalf("Ms Head", "by letter", day))


def test_silence_is_recorded_from_the_page_only_when_the_day_is_over(sent, senior):
    client = Client()
    client.force_login(senior)
    page = client.post(f"/decisions/{URN}/no-answer/", {"seen": sent.changes})
    assert "still has time to answer" in page.content.decode()
    sent.letters.update(sent_on=in_days(-60), answer_by=in_days(-1))
    assert "Record that the school did not answer" in client.get(f"/decisions/{URN}/").content.decode()
    assert client.post(f"/decisions/{URN}/no-answer/", {"seen": sent.changes}).status_code == 302
    assert fresh(sent).state == "no_answer"


def test_an_answer_is_recorded_from_the_page(sent, senior, adviser):
    today = timezone.localdate()
    given = {
        "seen": sent.changes,
        "kind": "not_agreed",
        "text": "Our results rose.",
        "who": "Mr Bo Chair",
        "how": "by e-mail",
    }
    client = Client()
    client.force_login(senior)
    given |= {f"received_on_{name}": getattr(today, name) for name in ("day", "month", "year")}
    assert client.post(f"/decisions/{URN}/answer/", given).status_code == 302
    assert fresh(sent).state == "not_agreed"
    client.force_login(adviser)
    assert client.get(f"/decisions/{URN}/answer/").status_code == 403


def test_a_letter_that_was_read_stays_when_the_proposal_is_withdrawn(sent, senior, client_of):
    operations.withdraw(sent, reason="Written anew", seen=sent.changes, actor=senior)
    page = client_of(Role.SCHOOL_USER, urn=URN).get("/my-school/decision/").content.decode()
    assert "The council has withdrawn what this letter proposed" in page
    assert "Answer the letter" not in page


def test_a_word_with_a_control_character_still_makes_a_letter(adviser, senior):
    decision = proposed(URN, actor=adviser, reason="Results fell.\x0bVisits agree.\x1b")
    shared(moderated(decision, actor=senior), actor=senior)
    assert noted(decision, actor=adviser).state == "shared"


def test_a_sign_the_font_has_not_is_refused_in_a_sentence(adviser, senior):
    decision = moderated(proposed(URN, actor=adviser, reason="Well done 😀"), actor=senior)
    with pytest.raises(NotPossible, match="holds “😀”"):
        shared(decision, actor=senior)
    assert fresh(decision).state == "moderated"
