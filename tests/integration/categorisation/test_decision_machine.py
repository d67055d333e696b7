"""Random orders of acts: no forbidden state, no lost audit row, versions and steps only ever grow."""

import hypothesis.strategies as st
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from tests.integration.categorisation.deciding import LETTER, fresh, in_days, proposed, written

from steward.access.models import Person
from steward.audit.models import AuditEvent
from steward.categorisation import operations, steps
from steward.categorisation.letters import filling
from steward.categorisation.models import (
    AnswerKind,
    Decision,
    DecisionStep,
    DecisionVersion,
    Exemption,
    ItemOutcome,
    LookOutcome,
    Override,
)
from steward.categorisation.operations import Looked, NotPossible, Said, sharing
from steward.categorisation.steps import OPEN, OverrideState, State

pytestmark = [pytest.mark.usefixtures("asked"), pytest.mark.django_db(transaction=False)]
URN = 100001
ACTS = (
    "propose",
    "write",
    "agree_in_meeting",
    "change_in_meeting",
    "defer",
    "share",
    "agree",
    "disagree",
    "silence",
    "uphold",
    "note",
    "finalise",
    "withdraw",
    "override",
    "confirm",
    "lapse",
)


USUAL = (
    "agree_in_meeting",
    "share",
    "disagree",
    "uphold",
    "note",
    "finalise",
    "override",
    "confirm",
    "propose",
)
"""The way most decisions take; a random number of these acts comes before the random ones."""


@pytest.fixture(autouse=True)
def quick_letters(monkeypatch):
    """Leave out the writing of files, which another test holds and which takes most of the time."""
    monkeypatch.setattr(sharing, "pdf_of", lambda document: document.title.encode())
    monkeypatch.setattr(sharing, "word_of", lambda document: document.title.encode())
    assert filling.letters()


class Office:
    """Three officers who try whatever comes; what is refused changes nothing."""

    def __init__(self, adviser: Person, senior: Person, head: Person) -> None:
        self.adviser, self.senior, self.head = adviser, senior, head
        self.meeting = operations.call_meeting(
            authority="999", held_on=timezone.localdate(), panel="Panel", actor=senior
        )

    def decision(self) -> Decision | None:
        return Decision.objects.filter(school_id=URN).order_by("-pk").first()

    def do(self, act: str) -> None:
        if act == "propose":
            proposed(URN, actor=self.adviser)
            return
        found = self.decision()
        if found is None:
            raise NotPossible("There is nothing to act on.")
        getattr(self, f"_{act}")(found, seen=fresh(found).changes)

    def _write(self, found, *, seen):
        operations.write(found, written=written(reason="Anew"), seen=seen, actor=self.senior)

    def _meet(self, found, *, seen, said):
        meeting = operations.call_meeting(
            authority="999", held_on=timezone.localdate(), panel="Panel", actor=self.senior
        )
        operations.take_item(meeting, decision=found, said=said, seen=seen, actor=self.head)

    def _agree_in_meeting(self, found, *, seen):
        self._meet(found, seen=seen, said=Said(ItemOutcome.AGREED))

    def _change_in_meeting(self, found, *, seen):
        self._meet(found, seen=seen, said=Said(ItemOutcome.CHANGED, "concern", "Worse than said"))

    def _defer(self, found, *, seen):
        self._meet(found, seen=seen, said=Said(ItemOutcome.DEFERRED, reason="Wait"))

    def _share(self, found, *, seen):
        operations.send(found, addressed=LETTER, seen=seen, actor=self.senior)

    def _agree(self, found, *, seen):
        operations.answer(found, kind=AnswerKind.AGREED, text="", seen=seen, actor=self.adviser)

    def _disagree(self, found, *, seen):
        operations.answer(found, kind=AnswerKind.NOT_AGREED, text="No", seen=seen, actor=self.adviser)

    def _silence(self, found, *, seen):
        operations.record_silence(on=in_days(60), actor=self.head)

    def _uphold(self, found, *, seen):
        operations.look_again(
            found, looked=Looked(LookOutcome.UPHELD, "It stands"), seen=seen, actor=self.head
        )

    def _note(self, found, *, seen):
        last = found.disclosure_notes.first()
        operations.note_disclosure(
            found,
            exemption=Exemption.NONE,
            public_interest="Open",
            seen=last.pk if last else 0,
            actor=self.adviser,
        )

    def _finalise(self, found, *, seen):
        operations.finalise(found, seen=seen, actor=self.head)

    def _withdraw(self, found, *, seen):
        operations.withdraw(found, reason="Closed", seen=seen, actor=self.head)

    def _override(self, found, *, seen):
        operations.ask_override(
            found,
            category="secure",
            reason="Help has come",
            second_reader=self.head,
            expires_on=in_days(30),
            actor=self.senior,
        )

    def _confirm(self, found, *, seen):
        live = Override.objects.filter(decision=found, state=OverrideState.WAITING).first()
        if live is None:
            raise NotPossible("There is no override to confirm.")
        operations.confirm_override(live, note="", actor=self.head)

    def _lapse(self, found, *, seen):
        operations.lapse_overrides(on=in_days(31), actor=self.head)


def check_the_laws(before: dict[str, int]) -> dict[str, int]:
    """Hold what must be true after every act, and return how much is kept."""
    found = Decision.objects.filter(school_id=URN)
    assert sum(each.state in OPEN for each in found) <= 1
    assert sum(each.state == State.FINAL for each in found) <= 1
    for each in found:
        taken = list(each.steps.order_by("number"))
        assert [step.number for step in taken] == list(range(1, each.changes + 1))
        assert taken[-1].after == each.state
        for earlier, step in zip([None, *taken], taken, strict=False):
            state = State(earlier.after) if earlier else None
            assert steps.allows(steps.Act(step.act), state=state, council_view=each.council_view)
        newest = each.versions.first()
        assert (newest.category, newest.label) == (each.category, each.label)
        if each.state in (State.FINAL, State.SUPERSEDED):
            assert each.disclosure_notes.exists()
            assert each.letters.exists()
    for override in Override.objects.all():
        assert override.reason
        assert override.second_reader_id != override.officer_id
        assert override.state not in (OverrideState.WAITING, OverrideState.IN_FORCE) or (
            override.decision.state == State.FINAL
        )
    now = {
        "steps": DecisionStep.objects.count(),
        "versions": DecisionVersion.objects.count(),
        "audit": AuditEvent.objects.filter(verb__startswith="categorisation.").count(),
    }
    assert all(now[name] >= before.get(name, 0) for name in now)
    grown = now["steps"] - before.get("steps", now["steps"])
    assert now["audit"] - before.get("audit", now["audit"]) >= grown
    return now


@given(way=st.integers(0, len(USUAL)), acts=st.lists(st.sampled_from(ACTS), min_size=2, max_size=16))
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_order_of_acts_reaches_a_forbidden_state(adviser, senior, head, way, acts):
    with transaction.atomic():
        office = Office(adviser, senior, head)
        kept = check_the_laws({})
        for act in ("propose", *USUAL[:way], *acts):
            try:
                with transaction.atomic():
                    office.do(act)
            except NotPossible:
                kept_again = check_the_laws(kept)
                assert kept_again == kept, f"{act} was refused and changed something"
            except IntegrityError as fault:
                raise AssertionError(f"{act} met the database before a sentence") from fault
            kept = check_the_laws(kept)
        transaction.set_rollback(True)


def test_the_usual_order_is_possible_and_printed_in_the_diagram():
    for step in steps.STEPS:
        for before in step.before:
            assert f"{before.value if before else '[*]'} --> {step.after.value}" in steps.diagram()
    assert steps.diagram().startswith("stateDiagram-v2")
    assert "waiting --> in_force" in steps.override_diagram()
