"""A run of the policy over an authority: what is kept, replaced, audited and read."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from integration.categorisation.conftest import ACTOR, SNAPSHOT, Tables
from steward.access.models import Person
from steward.access.permissions import Reach
from steward.audit.queries import events_about
from steward.categorisation import queries
from steward.categorisation.models import Proposal, ProposalRun
from steward.categorisation.operations import CannotPropose, propose, try_out
from steward.evidence.models import LocalFact
from steward.evidence.operations import facts as recording
from steward.evidence.queries.releases import NothingLoaded
from steward.register.models import Predecessor, School
from steward.vocabulary.facts import FactKind

EVERYWHERE = queries.EVERY_SCHOOL


@pytest.fixture
def run(tables: Tables) -> ProposalRun:
    tables.put("first")
    return propose(actor=ACTOR, authority="999")


def _labels(run: ProposalRun) -> dict[int, str]:
    return {each.school_id: each.label for each in queries.proposals_in(run, within=EVERYWHERE)}


def test_each_school_covered_gets_a_proposal_and_the_suppressed_one_is_left_to_an_officer(
    run: ProposalRun,
) -> None:
    assert _labels(run) == {
        100001: "Not settled",
        100002: "Council's view: Causing concern",
        100003: "Strong",
    }


def test_the_date_is_that_of_the_newest_list_of_outcomes(run: ProposalRun) -> None:
    assert run.as_at == SNAPSHOT
    assert (run.ruleset, run.ruleset_version, run.run_by_name) == ("four-category", "1", "A test")
    assert run.ruleset_text["categories"][0]["key"] == "strong"


def test_every_answer_is_kept_with_value_year_release_and_row(run: ProposalRun) -> None:
    proposal = queries.proposal_of(100003, within=EVERYWHERE)
    assert proposal is not None
    floor = next(answer for answer in proposal.answers if answer.id == "R06")
    assert (floor.answer, floor.gives) == ("not_met", "concern")
    assert "“Progress 8” is below \N{MINUS SIGN}0.5" in floor.sentence
    first = floor.findings[0]
    assert (first.value, first.cohort, first.period, first.threshold) == (0.3, 30.0, 2019, -0.5)
    assert (first.release, first.row) == ("ks4-2019", 3)
    inspected = next(answer for answer in proposal.answers if answer.id == "R07").findings[0]
    assert (inspected.on, inspected.framework, inspected.release) == (
        date(2018, 5, 1),
        "ofsted_2015",
        "mi-2019",
    )


def test_an_unsettled_proposal_says_what_to_answer_and_why_it_is_not_known(run: ProposalRun) -> None:
    proposal = queries.proposal_of(100001, within=EVERYWHERE)
    assert proposal is not None
    assert (proposal.category, proposal.concern, proposal.settled) == ("", None, False)
    assert proposal.unsettled == ["R06", "R11"]
    assert proposal.reason.startswith(
        "Below the floor standard at age 16 could not be settled: In 2018 to 2019, “Progress 8” has no "
        "figure: suppressed."
    )
    floor = next(answer for answer in proposal.answers if answer.id == "R06")
    assert floor.findings[0].reason_label == "Suppressed"


def test_results_under_the_earlier_urn_settle_a_school_that_became_an_academy(tables: Tables) -> None:
    School.objects.filter(pk=100003).update(opened_on=date(2019, 9, 1))
    for row in tables.values:
        row["urn"] = 90003 if row["urn"] == 100003 else row["urn"]
    tables.put("first")
    propose(actor=ACTOR, authority="999")
    alone = queries.proposal_of(100003, within=EVERYWHERE)
    assert alone is not None
    assert alone.label == "Not settled"

    Predecessor.objects.create(urn=100003, predecessor_urn=90003, relation="Predecessor")
    propose(actor=ACTOR, authority="999")
    linked = queries.proposal_of(100003, within=EVERYWHERE)
    assert linked is not None
    assert linked.label == "Strong"
    floor = next(answer for answer in linked.answers if answer.id == "R06")
    assert {finding.urn for finding in floor.findings} == {90003}
    assert floor.because.startswith(
        "In 2018 to 2019, under its earlier URN 90003, “Progress 8” was 0.30 (30 pupils)"
    )

    Predecessor.objects.create(urn=100099, predecessor_urn=90003, relation="Predecessor")
    propose(actor=ACTOR, authority="999")
    shared = queries.proposal_of(100003, within=EVERYWHERE)
    assert shared is not None
    assert shared.label == "Not settled"


def test_a_proposal_kept_before_findings_carried_a_urn_is_still_read(run: ProposalRun) -> None:
    kept = Proposal.objects.get(run=run, school_id=100003)
    for outcome in kept.outcomes:
        for finding in outcome["findings"]:
            del finding["urn"]
    kept.save()
    read = queries.proposal_of(100003, within=EVERYWHERE)
    assert read is not None
    assert {finding.urn for answer in read.answers for finding in answer.findings} == {None}


def test_a_new_run_replaces_the_current_one_and_keeps_it(run: ProposalRun) -> None:
    again = propose(actor=ACTOR, authority="999")
    assert queries.current_run("999") == again
    assert queries.previous_run(again) == run
    assert queries.runs_of("999") == [again, run]
    assert Proposal.objects.count() == 6


def test_a_run_is_audited_with_what_it_rests_on(run: ProposalRun) -> None:
    (event,) = events_about("proposal_run", subject_id=run.pk)
    assert (event.verb, event.authority, event.actor_name) == ("categorisation.run.made", "999", "A test")
    assert event.details["schools"] == 3
    assert event.details["not_settled"] == 1


def test_when_a_run_fails_the_earlier_one_is_still_current(run: ProposalRun, monkeypatch: Any) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise IntegrityError("The disk is full")

    monkeypatch.setattr(Proposal.objects, "bulk_create", refuse)
    with pytest.raises(IntegrityError):
        propose(actor=ACTOR, authority="999")
    assert queries.current_run("999") == run
    assert ProposalRun.objects.count() == 1


def test_counts_are_by_category_and_phase_with_not_settled_last(run: ProposalRun) -> None:
    found = queries.counts(run, within=EVERYWHERE)
    assert [(each.label, each.total) for each in found] == [
        ("Causing concern", 1),
        ("Needs support", 0),
        ("Secure", 0),
        ("Strong", 1),
        ("Not settled", 1),
    ]
    assert found[0].by_phase == {"secondary": 1}


def test_movers_are_named_with_the_rules_that_changed(run: ProposalRun, tables: Tables) -> None:
    tables.inspections[2]["outcome"] = "requires_improvement"
    tables.put("second")
    later = propose(actor=ACTOR, authority="999")
    (mover,) = queries.movers(later, within=EVERYWHERE)
    assert (mover.urn, mover.before, mover.after, mover.towards) == (
        100003,
        "Strong",
        "Needs support",
        "more concern",
    )
    changed = {each.title: (each.before, each.after) for each in mover.reasons}
    assert changed == {"Requires improvement": ("Not met", "Met"), "Strong at age 16": ("Met", "Not met")}
    assert queries.movers(run, within=EVERYWHERE) == []


def test_movers_are_fetched_together_however_many(
    run: ProposalRun, tables: Tables, django_assert_num_queries: Any
) -> None:
    for row, number in ((tables.inspections[2], 1), (tables.inspections[1], 2)):
        row["outcome"] = "requires_improvement"
        tables.put(f"moved-{number}")
        later = propose(actor=ACTOR, authority="999")
        with django_assert_num_queries(4):
            assert len(queries.movers(later, within=EVERYWHERE)) == 1
    ProposalRun.objects.filter(pk=queries.previous_run(later).pk).delete()
    with django_assert_num_queries(4):
        assert len(queries.movers(later, within=EVERYWHERE)) == 2


def test_a_local_fact_raises_concern(run: ProposalRun) -> None:
    person = Person.objects.create(name="Ada Adviser", email="ada@example.org", role="adviser")
    LocalFact.objects.create(
        school_id=100003,
        kind="no_head_in_post",
        since=date(2019, 11, 1),
        source="Call with the chair",
        recorded_at=timezone.now(),
        recorded_by=person,
    )
    later = propose(actor=ACTOR, authority="999")
    proposal = queries.proposal_of(100003, within=EVERYWHERE)
    assert proposal is not None
    assert (proposal.run, proposal.label) == (later, "Secure")
    assert proposal.reason.startswith("No permanent head teacher: On record since 1 November 2019: ")
    assert proposal.would_change == (
        "It would be proposed as Strong if this rule were no longer met: No permanent head teacher (A01)."
    )


def test_a_viewer_reads_only_the_schools_within_reach(run: ProposalRun) -> None:
    own = Reach(urns=frozenset({100003}))
    assert [each.school_id for each in queries.proposals_in(run, within=own)] == [100003]
    assert queries.proposal_of(100001, within=own) is None
    assert sum(each.total for each in queries.counts(run, within=own)) == 1
    assert queries.proposals_in(run, within=Reach()).count() == 0


def test_the_most_pressing_come_first(run: ProposalRun) -> None:
    assert [each.school_id for each in queries.most_pressing(run, within=EVERYWHERE)] == [100002]


def test_a_school_closed_since_the_run_is_not_among_the_most_pressing(run: ProposalRun) -> None:
    School.objects.filter(pk=100002).update(standing="closed", closed_on=date(2021, 8, 31))
    assert queries.most_pressing(run, within=EVERYWHERE) == []
    assert _labels(run)[100002] == "Council's view: Causing concern"


def test_only_maintained_schools_have_an_entitlement(run: ProposalRun) -> None:
    entitled = {
        each.school_id: queries.entitlement_of(each) for each in queries.proposals_in(run, within=EVERYWHERE)
    }
    assert entitled[100001] is None
    assert entitled[100002] is None
    assert entitled[100003] is not None
    assert entitled[100003].days == 2


def test_a_replay_stores_nothing_and_reads_only_what_was_known_then(run: ProposalRun) -> None:
    replayed = queries.replayed("999", ruleset="letters", as_at=date(2018, 5, 2), within=EVERYWHERE)
    assert {each.school_id for each in replayed} == {100001, 100003}
    assert all(each.label == "Not settled" for each in replayed)
    assert ProposalRun.objects.count() == 1


def test_a_school_closed_before_the_date_is_left_out(tables: Tables) -> None:
    School.objects.filter(pk=100003).update(standing="closed", closed_on=SNAPSHOT)
    School.objects.filter(pk=100002).update(opened_on=date(2020, 1, 1))
    tables.put("first")
    assert set(_labels(propose(actor=ACTOR, authority="999"))) == {100001}


def test_what_cannot_be_asked_is_refused_in_a_sentence(tables: Tables) -> None:
    with pytest.raises(NothingLoaded):
        propose(actor=ACTOR, authority="999")
    tables.put("first")
    with pytest.raises(CannotPropose, match="There is no ruleset 'mine'"):
        propose(actor=ACTOR, authority="999", ruleset="mine")
    with pytest.raises(CannotPropose, match="No school of authority 111 was open on 31 December 2019"):
        propose(actor=ACTOR, authority="111")


def test_the_database_refuses_a_settled_proposal_without_a_category(run: ProposalRun) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(school_id=100003).update(category="", concern=None)
    with pytest.raises(ValidationError):
        ProposalRun(authority_id="999", current=True, ruleset="x").validate_constraints()


def test_a_fact_that_began_after_the_newest_list_counts_today_and_not_in_a_replay(tables, senior):
    tables.put("one")
    before = propose(actor=ACTOR, authority="999")
    new = recording.NewFact(100003, FactKind.SAFEGUARDING_CONCERN, timezone.localdate(), "A visit")
    recording.record(new, actor=senior)
    now = propose(actor=ACTOR, authority="999")
    assert (now.as_at, now.facts_on) == (SNAPSHOT, timezone.localdate())
    assert now.proposals.get(school_id=100003).concern > before.proposals.get(school_id=100003).concern
    replay = queries.replayed("999", ruleset=None, as_at=SNAPSHOT, within=queries.EVERY_SCHOOL)
    kept = {each.school_id: each.category for each in before.proposals.all()}
    assert {each.school_id: each.category for each in replay} == kept


def test_a_trial_and_the_watch_never_take_the_place_of_the_current_run(tables):
    tables.put("one")
    run = propose(actor=ACTOR, authority="999")
    with pytest.raises(CannotPropose, match="cannot take its place"):
        propose(actor=ACTOR, authority="999", ruleset="watch")
    tried = try_out(actor=ACTOR, authority="999", ruleset="watch")
    assert tried.trial
    assert queries.current_run("999") == run
    assert queries.runs_of("999") == [run]


def test_a_school_that_closed_since_the_newest_list_is_not_asked_about(tables):
    tables.put("one")
    School.objects.filter(pk=100003).update(standing="closed", closed_on=date(2020, 8, 31))
    run = propose(actor=ACTOR, authority="999")
    assert not run.proposals.filter(school_id=100003).exists()
