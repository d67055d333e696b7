"""Drafts below the pages: states, versions, replay, and the case of 2014 from the published files."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from factories.case_of_2014 import FILES
from integration.categorisation.conftest import ACTOR, Tables
from steward.analysis.rules.changes import changes_between
from steward.analysis.rules.columnar.columns import Columns
from steward.analysis.rules.columnar.evaluating import propose_all
from steward.analysis.rules.journey import journey
from steward.analysis.rules.policy import policy_text
from steward.analysis.rules.proposals import evaluate
from steward.analysis.rules.ruleset import read_rulesets
from steward.audit.operations import Program
from steward.categorisation import rulebooks
from steward.categorisation.models import DraftRuleset, DraftState
from steward.categorisation.operations import drafting, propose
from steward.categorisation.stepping import NotPossible
from steward.categorisation.workbench import content as contents
from steward.categorisation.workbench import editing
from steward.categorisation.workbench.case import case_document
from steward.categorisation.workbench.evidence import ground
from steward.categorisation.workbench.states import DRAFT_STEPS, DraftAct, allowed_acts
from steward.categorisation.working_out import CannotPropose
from steward.evidence.operations import loading
from steward.register import operations as register

DOCUMENT = Path(__file__).resolve().parents[3] / "docs/methodology/policy-2014-case.md"

HEAD = Program("Another who approves")


def begun(slug: str = "ours") -> DraftRuleset:
    content = contents.content_of(rulebooks.in_files()["four-category"])
    return drafting.start_draft(slug, title="Ours", content=content, based_on="four-category", actor=ACTOR)


def edited(draft: DraftRuleset, *, content: dict[str, Any]) -> None:
    draft.refresh_from_db()
    drafting.edit_draft(draft, content=content, note="Edited", seen=draft.changes, actor=ACTOR)


@pytest.mark.django_db
@pytest.mark.parametrize("key", sorted(read_rulesets()))
def test_every_shipped_policy_becomes_a_draft_and_a_text_and_stays_the_same(key: str) -> None:
    shipped = rulebooks.in_files()[key]
    content = contents.content_of(shipped)
    assert contents.opened(content).ruleset == shipped
    assert contents.from_yaml(contents.as_yaml(content)) == content


@pytest.mark.django_db
def test_an_edit_regenerates_the_text_and_the_journey() -> None:
    draft = begun()
    before = contents.opened(draft.newest_content)
    content = editing.without_item(draft.newest_content, key="R07")
    content["categories"][3]["entitlement"]["days"] = 31.0
    edited(draft, content=content)
    after = contents.opened(draft.newest_content)
    assert "Requires improvement (R07)" in str(policy_text(before))
    assert "Requires improvement (R07)" not in str(policy_text(after))
    assert "Requires improvement (R07)" in str(journey(before))
    assert "Requires improvement (R07)" not in str(journey(after))
    assert "31 days" in str(journey(after))
    assert [(each.kind, each.what) for each in changes_between(before, after)] == [
        ("changed", "Support category concern"),
        ("removed", "Rule R07"),
    ]
    assert changes_between(before, before) == ()


@pytest.mark.django_db
@pytest.mark.parametrize("key", sorted(read_rulesets()))
def test_the_journey_of_each_policy_names_every_category_rule_and_adjuster(key: str) -> None:
    book = rulebooks.rulebook(key)
    steps = journey(book)
    said = str(steps)
    assert [each.number for each in steps] == list(range(1, len(steps) + 1))
    assert all(rule.id in said for rule in book.ruleset.rules)
    assert all(each.title in said for each in (*book.ruleset.signals, *book.ruleset.adjusters))
    assert all(each.label in said for each in book.ruleset.categories)


@pytest.mark.django_db
def test_only_what_the_table_allows_may_be_done() -> None:
    acts = {
        DraftAct.EDIT: lambda draft: drafting.edit_draft(
            draft, content=draft.newest_content, note="x", seen=draft.changes, actor=ACTOR
        ),
        DraftAct.SUBMIT: lambda draft: drafting.submit_draft(draft, seen=draft.changes, actor=ACTOR),
        DraftAct.SEND_BACK: lambda draft: drafting.send_back(
            draft, reason="x", seen=draft.changes, actor=ACTOR
        ),
        DraftAct.APPROVE: lambda draft: drafting.approve_draft(
            draft, approval=approval(), seen=draft.changes, actor=HEAD
        ),
        DraftAct.RETIRE: lambda draft: drafting.retire_draft(
            draft, reason="x", seen=draft.changes, actor=ACTOR
        ),
    }
    assert set(acts) == {step.act for step in DRAFT_STEPS} == set(DraftAct)
    for state in DraftState:
        for act, do in acts.items():
            with transaction.atomic():
                draft = begun(f"of-{state.value}-{act.value}".replace("_", "-"))
                of_state(draft, state)
                draft.refresh_from_db()
                if act in allowed_acts(state):
                    do(draft)
                else:
                    with pytest.raises(NotPossible, match="is possible when it is"):
                        do(draft)


def of_state(draft: DraftRuleset, state: DraftState) -> None:
    given: dict[str, Any] = {"state": state}
    if state == DraftState.APPROVED:
        given |= {"body": "b", "minute": "m", "approved_on": approval().approved_on}
    if state == DraftState.RETIRED:
        given |= {"retired_because": "old"}
    DraftRuleset.objects.filter(pk=draft.pk).update(**given)


def approval(**changes: Any) -> drafting.Approval:
    given = {
        "body": "Board",
        "minute": "43",
        "approved_on": timezone.localdate(),
        "effective_from": timezone.localdate(),
    }
    return drafting.Approval(**{**given, **changes})


@pytest.mark.django_db
@pytest.mark.parametrize("state", [DraftState.APPROVED, DraftState.RETIRED])
def test_the_database_asks_by_whom_and_why(state: DraftState) -> None:
    draft = begun()
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftRuleset.objects.filter(pk=draft.pk).update(state=state)


@pytest.mark.django_db
@pytest.mark.parametrize(("field", "said"), [("body", "who approved"), ("minute", "minute or decision")])
def test_approval_needs_body_and_minute(field: str, said: str) -> None:
    draft = begun()
    with pytest.raises(NotPossible, match=said):
        drafting.approve_draft(draft, approval=approval(**{field: " "}), seen=1, actor=ACTOR)


def submitted(slug: str = "ours") -> DraftRuleset:
    draft = begun(slug)
    drafting.submit_draft(draft, seen=draft.changes, actor=ACTOR)
    draft.refresh_from_db()
    return draft


@pytest.mark.django_db
def test_who_wrote_a_policy_does_not_approve_it() -> None:
    draft = submitted()
    with pytest.raises(NotPossible, match="somebody else"):
        drafting.approve_draft(draft, approval=approval(), seen=draft.changes, actor=ACTOR)


@pytest.mark.django_db
def test_who_sent_a_policy_back_has_not_written_it() -> None:
    draft = submitted()
    drafting.send_back(draft, reason="Too long", seen=draft.changes, actor=HEAD)
    draft.refresh_from_db()
    drafting.submit_draft(draft, seen=draft.changes, actor=ACTOR)
    draft.refresh_from_db()
    drafting.approve_draft(draft, approval=approval(), seen=draft.changes, actor=HEAD)
    draft.refresh_from_db()
    assert draft.state == DraftState.APPROVED


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "said"), [(-1, "last changed on"), (1, "after today")])
def test_an_approval_is_dated_between_the_last_edit_and_today(days: int, said: str) -> None:
    draft = submitted()
    day = timezone.localdate() + timedelta(days=days)
    with pytest.raises(NotPossible, match=said):
        drafting.approve_draft(draft, approval=approval(approved_on=day), seen=draft.changes, actor=HEAD)


@pytest.mark.django_db
def test_a_policy_is_not_run_before_it_is_in_effect(tables: Tables) -> None:
    tables.put("first")
    draft = submitted()
    later = approval(effective_from=timezone.localdate() + timedelta(days=30))
    drafting.approve_draft(draft, approval=later, seen=draft.changes, actor=HEAD)
    with pytest.raises(CannotPropose, match="in effect from"):
        propose(actor=ACTOR, authority="999", ruleset="ours")


@pytest.mark.django_db
def test_a_file_stays_what_is_shipped() -> None:
    with pytest.raises(NotPossible, match="already"):
        begun("four-category")


@pytest.mark.django_db
def test_the_same_inputs_give_the_same_bytes(tables: Tables) -> None:
    tables.put("first")
    runs = [propose(actor=ACTOR, authority="999") for _ in range(2)]
    names = ("school_id", "label", "reason", "would_change", "decided_by", "unsettled", "outcomes", "settled")
    written = [repr(list(run.proposals.order_by("school_id").values_list(*names))) for run in runs]
    assert written[0] == written[1]
    assert runs[0].ruleset_text == runs[1].ruleset_text


@pytest.mark.real
@pytest.mark.django_db
def test_the_case_of_2014_is_what_is_printed(published_data: Path, settings: Any, tmp_path: Path) -> None:
    """Leeds as at 31 December 2013, and the inspections of 2014 and 2015, from the files as published."""
    settings.STEWARD_STORE = tmp_path
    settings.STEWARD_AUTHORITY = ""
    loading.load([published_data / name for name in FILES], actor=ACTOR, progress=lambda *_: None)
    register.serve_authority("383", actor=ACTOR)
    committed = DOCUMENT.read_text(encoding="utf-8")
    printed = case_document(
        policy="four-category",
        as_at=date(2013, 12, 31),
        untils=[date(2014, 12, 31), date(2015, 12, 31)],
        printed_on=date(2026, 11, 24),
    )
    undated = [re.sub(r"Printed on \d+ \w+ \d+", "", text) for text in (committed, printed)]
    assert undated[0].splitlines() == undated[1].splitlines()
    _every_school_of_the_authority_is_answered_as_alone()


def _every_school_of_the_authority_is_answered_as_alone() -> None:
    on = ground(date(2013, 12, 31))
    for book in map(rulebooks.rulebook, rulebooks.in_files()):
        found = propose_all(book, columns=Columns(on.columns.schools))
        for place, school in enumerate(on.columns.schools):
            if found.covered[place]:
                alone = evaluate(book, school=school)
                assert found.category(place) == alone.category
                assert found.answers_of(place) == {each.id: each.answer for each in alone.outcomes}
