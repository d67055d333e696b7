"""Evidence that arrives between an officer's proposal and the final decision is shown and considered."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.integration.categorisation.conftest import ACTOR, inspection
from tests.integration.categorisation.deciding import (
    fresh,
    moderated,
    noted,
    proposed,
    shared,
    written,
)

from steward.access.roles import Role
from steward.categorisation import operations
from steward.categorisation.models import AnswerKind, ItemOutcome, LookOutcome, Proposal, ProposalRun
from steward.categorisation.operations import Considered, Looked, NotPossible, Said
from steward.categorisation.queries.moved_on import moved_on
from steward.early_warning.operations import events
from steward.register.models import School

pytestmark = pytest.mark.usefixtures("asked")
URN = 100001


@pytest.fixture
def agreed(adviser, senior):
    decision = shared(moderated(proposed(URN, actor=adviser), actor=senior), actor=senior)
    operations.answer(decision, kind=AnswerKind.AGREED, text="", seen=fresh(decision).changes, actor=adviser)
    return noted(decision, actor=adviser)


def _event(adviser, kind="inspection_announced"):
    new = events.NewEvent(URN, kind, timezone.localdate(), "Ofsted telephoned the head this morning")
    return events.record(new, actor=adviser)


def test_nothing_new_needs_no_word(agreed, head):
    assert moved_on(agreed) == ()
    operations.finalise(agreed, seen=agreed.changes, actor=head)
    assert fresh(agreed).state == "final"


def test_an_inspection_announced_after_the_proposal_must_be_considered(agreed, head, adviser):
    _event(adviser)
    (news,) = moved_on(agreed)
    assert "an inspection has been announced" in news.sentence
    assert "Ofsted telephoned" in news.sentence
    with pytest.raises(NotPossible, match="Evidence has moved on"):
        operations.finalise(agreed, seen=agreed.changes, actor=head)
    considered = Considered("It stands until the outcome is known.", 1)
    operations.finalise(agreed, seen=agreed.changes, actor=head, considered=considered)
    assert "It stands until the outcome" in fresh(agreed).steps.last().note


def test_what_came_after_the_page_was_opened_was_not_considered(agreed, head, adviser):
    _event(adviser)
    _event(adviser, "head_leaving")
    with pytest.raises(NotPossible, match="head teacher is leaving"):
        operations.finalise(agreed, seen=agreed.changes, actor=head, considered=Considered("Seen", 1))


def test_an_event_before_the_proposal_is_no_news(adviser):
    _event(adviser)
    assert moved_on(fresh(proposed(URN, actor=adviser))) == ()


def test_what_a_meeting_or_a_second_look_changes_does_not_hide_the_news(adviser, senior, head):
    decision = proposed(URN, actor=adviser)
    _event(adviser, "head_leaving")
    changed = Said(ItemOutcome.CHANGED, "strong", "Results are better than thought.")
    shared(moderated(decision, actor=senior, said=changed), actor=senior)
    assert "head teacher is leaving" in moved_on(fresh(decision))[0].sentence
    seen = fresh(decision).changes
    operations.answer(decision, kind=AnswerKind.NOT_AGREED, text="No", seen=seen, actor=adviser)
    looked = Looked(LookOutcome.CHANGED, "The plan works.", category="secure")
    operations.look_again(decision, looked=looked, seen=fresh(decision).changes, actor=head)
    assert "head teacher is leaving" in moved_on(fresh(decision))[0].sentence


def test_an_event_that_was_in_view_and_is_taken_out_or_ended_is_news(adviser):
    out, ended = _event(adviser, "head_leaving"), _event(adviser)
    decision = fresh(proposed(URN, actor=adviser))
    events.take_out(out.pk, reason="It was another school", actor=adviser)
    events.end(ended.pk, last_day=timezone.localdate(), reason="It took place", actor=adviser)
    told = sorted(one.sentence for one in moved_on(decision))
    assert told[0].startswith("Ended")
    assert "an inspection has been announced" in told[0]
    assert told[1].startswith("Taken out")
    assert "It was another school" in told[1]


def test_an_event_that_came_and_was_taken_out_again_is_no_news(agreed, adviser):
    events.take_out(_event(adviser).pk, reason="Mistaken", actor=adviser)
    assert moved_on(agreed) == ()


def test_an_event_that_was_over_before_the_proposal_is_no_news(agreed, adviser):
    since = timezone.localdate() - timedelta(days=40)
    last = timezone.localdate() - timedelta(days=20)
    events.record(events.NewEvent(URN, "head_leaving", since, "A letter", expires=last), actor=adviser)
    assert moved_on(agreed) == ()


def test_another_policy_with_the_same_answer_is_no_news(adviser):
    decision = fresh(proposed(URN, actor=adviser))
    operations.propose(actor=ACTOR, authority="999")
    ProposalRun.objects.filter(current=True).update(ruleset="another")
    Proposal.objects.filter(run__current=True).update(reason="Worded otherwise.")
    assert moved_on(decision) == ()


def test_an_inspection_in_newer_lists_is_news(agreed, tables):
    tables.inspections.append(inspection(URN, "inadequate", on=date(2020, 2, 4)))
    tables.put("two")
    (news,) = moved_on(agreed)
    assert news.sentence == "Inspected 4 February 2020: Inadequate."


def test_another_answer_of_the_policy_is_news_and_a_proposal_written_anew_rests_on_it(adviser, tables):
    decision = fresh(proposed(URN, actor=adviser))
    tables.inspections[0]["outcome"] = "inadequate"
    tables.put("two")
    operations.propose(actor=ACTOR, authority="999")
    (news,) = moved_on(decision)
    assert "was asked again" in news.sentence
    now = Proposal.objects.select_related("run", "school").get(school_id=URN, run__current=True)
    operations.write(decision, written=written(), seen=decision.changes, actor=adviser, proposal=now)
    assert (fresh(decision).suggested, moved_on(fresh(decision))) == (now.category, ())


def test_a_school_that_became_an_academy_is_not_written_to_as_before(adviser, senior):
    decision = moderated(proposed(URN, actor=adviser), actor=senior)
    School.objects.filter(pk=URN).update(governance="academy")
    assert "not maintained by the council now" in moved_on(fresh(decision))[0].sentence
    with pytest.raises(NotPossible, match="came under others"):
        shared(fresh(decision), actor=senior)


def test_the_pages_say_it_and_ask_for_it(agreed, adviser, client_of):
    _event(adviser)
    client = client_of(Role.HEAD_OF_SERVICE)
    page = client.get(f"/decisions/{URN}/").content.decode()
    assert "Evidence has moved on since this was written" in page
    page = client.post(f"/decisions/{URN}/final/", {"seen": agreed.changes, "pieces": "1"})
    assert "Say how what arrived since was considered" in page.content.decode()
    given = {"seen": agreed.changes, "pieces": "1", "considered": "Read; it stands."}
    assert client.post(f"/decisions/{URN}/final/", given).status_code == 302
    assert fresh(agreed).state == "final"
