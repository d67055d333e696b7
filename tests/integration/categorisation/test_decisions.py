"""A decision from proposal to final: reasons, meetings, letters, answers, silence, second look, overrides."""

import io
from datetime import timedelta

import docx
import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.integration.categorisation.deciding import (
    LETTER,
    final,
    fresh,
    in_days,
    moderated,
    noted,
    proposed,
    shared,
    written,
)

from steward.access.roles import Role
from steward.audit.models import AuditEvent
from steward.categorisation import operations
from steward.categorisation.models import (
    AnswerKind,
    Decision,
    Exemption,
    ItemOutcome,
    Letter,
    LookOutcome,
    Override,
    Proposal,
)
from steward.categorisation.operations import Looked, NotPossible, OnBehalf, Overtaken, Said
from steward.categorisation.queries import decisions as queries
from steward.categorisation.queries import due_items, entitlement_in_force
from steward.categorisation.queries.disclosing import disclosed
from steward.categorisation.steps import OverrideState, State
from steward.register.models import Predecessor, School

MAINTAINED, ACADEMY = 100001, 100002


pytestmark = pytest.mark.usefixtures("asked")


@pytest.fixture
def decision(adviser):
    return proposed(MAINTAINED, actor=adviser)


def answered(decision, *, kind, actor, text="We have a plan that works."):
    operations.answer(decision, kind=kind, text=text, seen=fresh(decision).changes, actor=actor)
    return fresh(decision)


def test_the_whole_way_keeps_every_step_and_every_audit_row(decision, adviser, senior, head, person_with):
    school = person_with(Role.SCHOOL_USER, urn=MAINTAINED)
    moderated(decision, actor=senior, said=Said(ItemOutcome.AGREED, dissent="One member disagreed."))
    shared(decision, actor=senior)
    operations.acknowledge(Letter.objects.get(), actor=school)
    answered(decision, kind=AnswerKind.NOT_AGREED, actor=school)
    look = Looked(LookOutcome.CHANGED, "The plan is under way and works.", category="secure")
    operations.look_again(decision, looked=look, seen=fresh(decision).changes, actor=senior)
    done = final(decision, actor=head)
    assert (done.state, done.category) == (State.FINAL, "secure")
    assert [step.act for step in done.steps.all()] == [
        "propose",
        "moderate",
        "share",
        "disagree",
        "look_again",
        "finalise",
    ]
    assert [each.category for each in done.versions.order_by("number")] == ["support", "secure"]
    verbs = (
        AuditEvent.objects.filter(subject_kind="decision").order_by("number").values_list("verb", flat=True)
    )
    assert [verb.rsplit(".", 1)[1] for verb in verbs] == [
        "proposed",
        "letter_sent",
        "letter_received",
        "answered",
        "looked_at_again",
        "disclosure_noted",
        "made_final",
    ]
    found = entitlement_in_force(MAINTAINED, timezone.localdate())
    assert (found.category, found.visits, found.days) == ("secure", 3, 4)
    assert entitlement_in_force(MAINTAINED, timezone.localdate() - timedelta(days=1)) is None


def test_another_support_category_than_proposed_needs_its_own_reason(adviser):
    with pytest.raises(NotPossible, match="differs from what the policy proposes"):
        proposed(MAINTAINED, actor=adviser, differing_reason=" ")
    with pytest.raises(NotPossible, match="Enter the reason"):
        proposed(MAINTAINED, actor=adviser, reason="")
    with pytest.raises(NotPossible, match="after today"):
        proposed(MAINTAINED, actor=adviser, review_on=timezone.localdate())
    with pytest.raises(NotPossible, match="Select one of"):
        proposed(MAINTAINED, actor=adviser, category="magnificent")


def test_two_officers_do_not_begin_twice_nor_overwrite(decision, adviser, senior):
    with pytest.raises(NotPossible, match="has already proposed"):
        proposed(MAINTAINED, actor=senior)
    operations.write(decision, written=written(reason="Better said."), seen=1, actor=senior)
    with pytest.raises(Overtaken, match="changed this while you were writing") as refusal:
        operations.write(decision, written=written(reason="Worse said."), seen=1, actor=adviser)
    assert refusal.value.theirs.reason == "Better said."
    assert fresh(decision).versions.count() == 2


def test_a_meeting_defers_changes_and_keeps_dissent(decision, senior):
    with pytest.raises(NotPossible, match="Enter the reason"):
        moderated(decision, actor=senior, said=Said(ItemOutcome.DEFERRED))
    deferred = moderated(decision, actor=senior, said=Said(ItemOutcome.DEFERRED, reason="Await the visit"))
    assert deferred.state == State.PROPOSED
    with pytest.raises(NotPossible, match="another support category"):
        moderated(decision, actor=senior, said=Said(ItemOutcome.CHANGED, "support", "No"))
    said = Said(ItemOutcome.CHANGED, "concern", "Two visits found little teaching", "The adviser disagreed")
    changed = moderated(decision, actor=senior, said=said)
    assert (changed.state, changed.category) == (State.MODERATED, "concern")
    item = changed.meeting_items.get(outcome="changed")
    assert (item.version.category, item.dissent) == ("support", "The adviser disagreed")


def test_minutes_are_closed_once_and_nothing_is_added(decision, senior):
    meeting = operations.call_meeting(
        authority="999", held_on=timezone.localdate(), panel="Head", actor=senior
    )
    with pytest.raises(NotPossible, match="Write the note"):
        operations.close_meeting(meeting, seen=1, actor=senior)
    operations.write_minutes(meeting, minutes="All were taken.", seen=1, actor=senior)
    with pytest.raises(NotPossible, match="Somebody saved the minutes"):
        operations.write_minutes(meeting, minutes="Other", seen=1, actor=senior)
    operations.close_meeting(meeting, seen=2, actor=senior)
    with pytest.raises(NotPossible, match="are closed"):
        operations.take_item(meeting, decision=decision, said=Said(ItemOutcome.AGREED), seen=1, actor=senior)


def test_silence_is_recorded_as_silence_when_the_day_has_passed(decision, senior, head, adviser):
    shared(moderated(decision, actor=senior), actor=senior)
    answer_by = Letter.objects.get().answer_by
    assert operations.record_silence(on=answer_by, actor=head) == []
    assert len(operations.record_silence(on=answer_by + timedelta(days=1), actor=head)) == 1
    assert operations.record_silence(on=answer_by + timedelta(days=1), actor=head) == []
    silent = fresh(decision)
    assert (silent.state, silent.answers.get().kind) == (State.NO_ANSWER, AnswerKind.NONE)
    assert answered(decision, kind=AnswerKind.AGREED, actor=adviser, text="").state == State.AGREED


def test_who_wrote_it_takes_no_second_look(decision, adviser, senior):
    shared(moderated(decision, actor=senior), actor=senior)
    with pytest.raises(NotPossible, match="Say why"):
        answered(decision, kind=AnswerKind.NOT_AGREED, actor=senior, text="")
    answered(decision, kind=AnswerKind.NOT_AGREED, actor=senior)
    look = Looked(LookOutcome.UPHELD, "The figures stand.")
    with pytest.raises(NotPossible, match="did not write the proposal"):
        operations.look_again(decision, looked=look, seen=fresh(decision).changes, actor=adviser)
    operations.look_again(decision, looked=look, seen=fresh(decision).changes, actor=senior)
    assert fresh(decision).state == State.LOOKED_AT


def test_nothing_is_final_without_its_disclosure_note_or_before_its_time(decision, senior, head):
    with pytest.raises(NotPossible, match="is “Proposed”"):
        operations.finalise(decision, seen=1, actor=head)
    answered(shared(moderated(decision, actor=senior), actor=senior), kind=AnswerKind.AGREED, actor=senior)
    with pytest.raises(NotPossible, match="disclosure note first"):
        operations.finalise(decision, seen=fresh(decision).changes, actor=head)
    done = final(decision, actor=head)
    assert done.disclosure_notes.get().reviewed_by_name == head.name
    listed = disclosed("999", viewer=head, on=timezone.localdate())
    assert [(each.urn, each.label, each.may_be_given) for each in listed] == [
        (MAINTAINED, "Needs support", True)
    ]


def test_nobody_makes_final_what_they_wrote_or_answered_on_behalf_of_the_school(decision, senior, head):
    shared(moderated(decision, actor=senior), actor=senior)
    came = OnBehalf("Ms Ada Head", "by letter", timezone.localdate())
    seen = fresh(decision).changes
    operations.answer(decision, kind=AnswerKind.AGREED, text="", seen=seen, actor=head, on_behalf=came)
    noted(decision, actor=senior)
    with pytest.raises(NotPossible, match="recorded the answer on behalf"):
        operations.finalise(decision, seen=fresh(decision).changes, actor=head)


def test_the_head_of_service_does_not_make_final_what_the_head_of_service_wrote(senior, head):
    own = proposed(MAINTAINED, actor=head)
    shared(moderated(own, actor=senior), actor=senior)
    answered(own, kind=AnswerKind.AGREED, actor=senior)
    noted(own, actor=senior)
    with pytest.raises(NotPossible, match="wrote the proposal"):
        operations.finalise(own, seen=fresh(own).changes, actor=head)


def test_the_note_is_reviewed_by_another_person_and_given_out_only_then(settled, adviser, head):
    last = settled.disclosure_notes.get()
    with pytest.raises(NotPossible, match="another disclosure note"):
        _note(settled, seen=0, actor=adviser)
    note = _note(settled, seen=last.pk, actor=adviser)
    listed = disclosed("999", viewer=head, on=timezone.localdate())
    assert [(each.may_be_given, each.reviewer) for each in listed] == [(False, "")]
    with pytest.raises(NotPossible, match="another person"):
        operations.review_disclosure(settled, seen=note.pk, actor=adviser)
    operations.review_disclosure(settled, seen=note.pk, actor=head)
    assert disclosed("999", viewer=head, on=timezone.localdate())[0].may_be_given


def _note(decision, *, seen, actor):
    return operations.note_disclosure(
        decision, exemption=Exemption.NONE, public_interest="Open.", seen=seen, actor=actor
    )


def test_only_who_may_override_asks_for_an_override(settled, adviser, head):
    with pytest.raises(NotPossible, match="does not let you override"):
        operations.ask_override(
            settled,
            category="concern",
            reason="x",
            second_reader=head,
            expires_on=in_days(30),
            actor=adviser,
        )


@pytest.fixture
def settled(decision, senior, head):
    shared(moderated(decision, actor=senior), actor=senior)
    return final(answered(decision, kind=AnswerKind.AGREED, actor=senior), actor=head)


def asked_override(decision, *, actor, **changed):
    given = {"category": "concern", "reason": "The head left.", "expires_on": in_days(60)}
    return operations.ask_override(decision, actor=actor, **given | changed)


def test_an_override_needs_reason_second_reader_and_last_day(settled, senior, head, adviser):
    for changed, sentence in (
        ({"reason": " ", "second_reader": head}, "Enter the reason"),
        ({"second_reader": None}, "Select a second reader"),
        ({"second_reader": senior}, "somebody else than you"),
        ({"second_reader": adviser}, "may not confirm"),
        ({"second_reader": head, "expires_on": None}, "Enter the last day"),
        ({"second_reader": head, "expires_on": timezone.localdate()}, "after today"),
        ({"second_reader": head, "category": "support"}, "another support category"),
    ):
        with pytest.raises(NotPossible, match=sentence):
            asked_override(settled, actor=senior, **changed)
    assert not Override.objects.exists()


def test_the_database_too_refuses_an_override_without_any_of_the_three(settled, senior, head):
    made = asked_override(settled, actor=senior, second_reader=head)
    for name, value in (("reason", ""), ("second_reader", senior), ("expires_on", made.asked_on)):
        broken = Override.objects.get(pk=made.pk)
        setattr(broken, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            broken.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Override.objects.filter(pk=made.pk).update(second_reader=None)


def test_an_override_holds_until_its_last_day_and_lapses(settled, senior, head):
    made = asked_override(settled, actor=senior, second_reader=head)
    today = timezone.localdate()
    assert entitlement_in_force(MAINTAINED, today).category == "support"
    with pytest.raises(NotPossible, match="Only the second reader"):
        operations.confirm_override(made, note="", actor=senior)
    assert [each.what for each in due_items(head) if "Read an override" in each.what]
    operations.confirm_override(made, note="Agreed.", actor=head)
    found = entitlement_in_force(MAINTAINED, today)
    assert (found.category, found.days, found.by_override) == ("concern", 30, True)
    assert not entitlement_in_force(MAINTAINED, made.expires_on + timedelta(days=1)).by_override
    assert operations.lapse_overrides(on=made.expires_on, actor=head) == []
    operations.lapse_overrides(on=made.expires_on + timedelta(days=1), actor=head)
    made.refresh_from_db()
    assert made.state == OverrideState.LAPSED
    assert entitlement_in_force(MAINTAINED, made.expires_on).category == "concern"


def test_a_newer_final_decision_supersedes_and_ends_overrides(settled, senior, head, adviser):
    made = asked_override(settled, actor=senior, second_reader=head)
    newer = proposed(MAINTAINED, actor=adviser, category="secure")
    shared(moderated(newer, actor=senior), actor=senior)
    final(answered(newer, kind=AnswerKind.AGREED, actor=senior), actor=head)
    made.refresh_from_db()
    assert (fresh(settled).state, made.state) == (State.SUPERSEDED, OverrideState.ENDED)
    assert [(term.decision.label, term.direction) for term in queries.terms_of(MAINTAINED, viewer=head)] == [
        ("Needs support", "First decision"),
        ("Secure", "Improving"),
    ]


def test_an_academy_is_watched_without_entitlement_and_need_not_be_sent(senior, head, adviser):
    proposal = queries.proposal_to_decide_on(ACADEMY, viewer=adviser)
    assert (proposal.run.ruleset, proposal.label) == ("watch", "Council's view: Raise with the trust")
    made = operations.begin(proposal, written=written(category="raise", differing_reason=""), actor=adviser)
    moderated(made, actor=senior)
    noted(made, actor=adviser)
    operations.finalise(made, seen=fresh(made).changes, actor=head)
    assert fresh(made).steps.last().act == "record_view"
    assert entitlement_in_force(ACADEMY, timezone.localdate()) is None
    assert not Letter.objects.exists()


def test_a_maintained_school_is_never_final_unsent(decision, senior, head):
    noted(moderated(decision, actor=senior), actor=senior)
    with pytest.raises(NotPossible, match="is “Moderated”"):
        operations.finalise(decision, seen=fresh(decision).changes, actor=head)


def test_the_letter_says_the_same_on_the_page_in_word_and_in_pdf(decision, senior):
    shared(moderated(decision, actor=senior), actor=senior)
    letter = Letter.objects.get()
    assert letter.head == LETTER.head
    paragraphs = docx.Document(io.BytesIO(bytes(letter.word))).paragraphs
    in_word = " ".join(" ".join(each.text for each in paragraphs).split())
    pages = pypdfium2.PdfDocument(bytes(letter.pdf))
    in_pdf = " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())
    for words in ("Results have fallen for two years", "A settled staff.", "6 visits and up to 12 days"):
        assert words in letter.page
        assert words in in_word
        assert words in in_pdf
    for anywhere in (letter.page, in_word, in_pdf):
        assert "not an Ofsted category" in anywhere


def test_a_letter_keeps_its_bytes_whatever_is_written_later(decision, senior, head, person_with):
    shared(moderated(decision, actor=senior), actor=senior)
    before = bytes(Letter.objects.get().pdf)
    answered(decision, kind=AnswerKind.NOT_AGREED, actor=senior)
    look = Looked(LookOutcome.CHANGED, "Changed.", category="secure")
    operations.look_again(decision, looked=look, seen=fresh(decision).changes, actor=head)
    assert bytes(Letter.objects.get().pdf) == before


def test_due_items_tell_each_role_of_its_own(decision, adviser, senior, head, person_with):
    school, other = person_with(Role.SCHOOL_USER, urn=MAINTAINED), person_with(Role.SCRUTINY_MEMBER)
    assert [each.what for each in due_items(senior)] == ["Take to a moderation meeting"]
    assert due_items(adviser) == ()
    shared(moderated(decision, actor=senior), actor=senior)
    assert [each.what for each in due_items(school)] == ["Answer the letter about your support category"]
    assert [each.what for each in due_items(adviser)] == ["School's answer awaited"]
    assert due_items(other) == ()
    neighbour = Proposal.objects.get(school_id=ACADEMY, run__current=True).school
    assert queries.letters_to(school, urn=neighbour.pk) == []


def test_a_withdrawn_decision_stays_readable_and_frees_the_school(decision, senior, adviser):
    with pytest.raises(NotPossible, match="Say why"):
        operations.withdraw(decision, reason="", seen=1, actor=senior)
    operations.withdraw(decision, reason="The school closes.", seen=1, actor=senior)
    assert Decision.objects.get().state == State.WITHDRAWN
    assert proposed(MAINTAINED, actor=adviser).state == State.PROPOSED


def test_a_school_is_told_of_an_override_and_of_its_end(settled, senior, head):
    made = asked_override(settled, actor=senior, second_reader=head)
    operations.confirm_override(made, note="", actor=head)
    letter = operations.send(settled, addressed=LETTER, seen=fresh(settled).changes, actor=senior)
    assert (letter.kind, letter.override) == ("overridden", made)
    assert "The head left." in letter.page
    assert made.label in letter.page
    assert "The head left." in disclosed("999", viewer=head, on=timezone.localdate())[0].override
    with pytest.raises(NotPossible, match="told already"):
        operations.send(settled, addressed=LETTER, seen=fresh(settled).changes, actor=senior)
    yesterday = timezone.localdate() - timedelta(days=1)
    asked = timezone.localdate() - timedelta(days=30)
    Override.objects.update(expires_on=yesterday, asked_on=asked, began_on=asked)
    ended = operations.send(settled, addressed=LETTER, seen=fresh(settled).changes, actor=senior)
    assert ended.kind == "override_ended"
    assert "holds again" in ended.title


def test_nothing_is_proposed_or_written_for_a_school_that_closed(decision, adviser):
    School.objects.filter(pk=MAINTAINED).update(standing="closed")
    Predecessor.objects.create(urn=ACADEMY, predecessor_urn=MAINTAINED)
    with pytest.raises(NotPossible, match=r"has closed.*Beech Hill Academy"):
        operations.write(fresh(decision), written=written(), seen=fresh(decision).changes, actor=adviser)


def test_no_letter_is_sent_in_nobodys_name(decision, senior, monkeypatch, settings):
    moderated(decision, actor=senior)
    monkeypatch.setattr("steward.register.queries.council_name", lambda: settings.STEWARD_COUNCIL_UNNAMED)
    with pytest.raises(NotPossible, match="STEWARD_COUNCIL_NAME"):
        shared(fresh(decision), actor=senior)
