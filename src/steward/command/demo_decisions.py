"""Invented decisions of the sample, in every state that needs no days to pass; each taken by its officers."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from steward.access.models import Person
from steward.access.roles import Role
from steward.categorisation import operations, schemes
from steward.categorisation.letters.filling import Addressed
from steward.categorisation.models import (
    AnswerKind,
    Decision,
    Exemption,
    ItemOutcome,
    LookOutcome,
    ModerationMeeting,
    Proposal,
)
from steward.categorisation.operations import Looked, OnBehalf, Said, Written
from steward.categorisation.queries.decisions import proposals_to_decide_on
from steward.categorisation.steps import State
from steward.early_warning.operations import events
from steward.vocabulary.phases import Governance

_PANEL = (
    "Hester Quillfeather, head of service\nSilas Marchbank, senior adviser\nAnn Ferrybridge, head teacher"
)
_MINUTES = (
    "One school was changed, since visits say more than last summer's results; one was "
    "deferred until the adviser has seen the new head. The panel asks for the note of visit before next time."
)
_DISSENT = "Ann Ferrybridge would have waited for the results of this summer."
_REVIEW, _OVERRIDE = timedelta(days=365), timedelta(days=120)


@dataclass(frozen=True, slots=True)
class _Office:
    """Those who act."""

    adviser: Person
    senior: Person
    head: Person
    meeting: ModerationMeeting


@transaction.atomic
def invent(authority: str) -> None:
    """Decide on a few schools once: a meeting, letters, answers awaited and given, overrides, a final one."""
    office = _office(authority)
    if office is None:
        return
    maintained, academies = _chosen(authority)
    if len(maintained) < len(_WAYS) or not academies:
        return
    for way, proposal in zip(_WAYS, maintained, strict=False):
        way(office, _proposed(office, proposal))
    _viewed(office, _proposed(office, academies[0]))
    operations.write_minutes(office.meeting, minutes=_MINUTES, seen=1, actor=office.senior)


def school_to_answer(authority: str) -> int | None:
    """Return the URN of a school whose letter awaits its answer, or will once decisions are invented."""
    asked = Decision.objects.filter(authority=authority, state=State.SHARED).order_by("pk").first()
    if asked is not None:
        return asked.school_id
    maintained, _ = _chosen(authority)
    return maintained[0].school_id if maintained else None


def _office(authority: str) -> _Office | None:
    """Return who acts with a meeting of today; None without them, or where decisions were begun already."""
    people = [
        Person.objects.filter(role=role, is_active=True).order_by("pk").first()
        for role in (Role.ADVISER, Role.SENIOR_ADVISER, Role.HEAD_OF_SERVICE)
    ]
    if Decision.objects.filter(authority=authority).exists():
        return None
    adviser, senior, head = people
    if adviser is None or senior is None or head is None:
        return None
    today = timezone.localdate()
    meeting = operations.call_meeting(authority=authority, held_on=today, panel=_PANEL, actor=senior)
    return _Office(adviser, senior, head, meeting)


def _chosen(authority: str) -> tuple[list[Proposal], list[Proposal]]:
    """Return proposals for maintained schools and for academies, most concern by turns with least."""
    found = sorted(
        proposals_to_decide_on(authority).values(),
        key=lambda each: (-1 if each.concern is None else each.concern, each.school_id),
    )
    by_turns = [each for pair in zip(reversed(found), found, strict=True) for each in pair]
    once = list({each.pk: each for each in by_turns}.values())
    maintained = [each for each in once if each.governance == Governance.MAINTAINED]
    return maintained, [each for each in once if each.governance == Governance.ACADEMY]


def _proposed(office: _Office, proposal: Proposal) -> Decision:
    choices = schemes.scheme_of(proposal).choices
    settled = bool(proposal.category)
    written = Written(
        category=proposal.category or choices[1].key,
        reason=f"{proposal.reason} The visit of this term found the same.",
        review_on=timezone.localdate() + _REVIEW,
        differing_reason="" if settled else "The policy could not settle it; the visit says more.",
        strengths="Leaders know the school well and governors ask for evidence.",
        areas="Reading in years 3 and 4, and attendance of pupils who are often away.",
    )
    return operations.begin(proposal, written=written, actor=office.adviser)


def _moderated(office: _Office, decision: Decision, *, said: Said | None = None) -> Decision:
    operations.take_item(
        office.meeting,
        decision=decision,
        said=said or Said(ItemOutcome.AGREED),
        seen=decision.changes,
        actor=office.senior,
    )
    return _fresh(decision)


def _shared(office: _Office, decision: Decision) -> Decision:
    moderated = _moderated(office, decision)
    operations.send(moderated, addressed=_addressed(office), seen=moderated.changes, actor=office.senior)
    return _fresh(decision)


def _addressed(office: _Office) -> Addressed:
    return Addressed("Rowan Ashby", "Idris Fell", f"{office.senior.name}, senior adviser")


def _answered(office: _Office, decision: Decision, *, kind: AnswerKind, text: str) -> Decision:
    shared = _shared(office, decision)
    by = OnBehalf("The head teacher and the chair", "by letter", timezone.localdate())
    operations.answer(shared, kind=kind, text=text, seen=shared.changes, actor=office.senior, on_behalf=by)
    return _fresh(decision)


def _agreed(office: _Office, decision: Decision) -> Decision:
    return _answered(office, decision, kind=AnswerKind.AGREED, text="We agree and welcome the visits.")


def _disputed(office: _Office, decision: Decision) -> Decision:
    text = "We do not agree. Results of this summer, which the policy has not read, rose by nine points."
    return _answered(office, decision, kind=AnswerKind.NOT_AGREED, text=text)


def _final(office: _Office, decision: Decision) -> Decision:
    operations.note_disclosure(
        decision,
        exemption=Exemption.NONE,
        public_interest="Parents may know how support is given; nothing here is about a person.",
        seen=0,
        actor=office.adviser,
    )
    operations.finalise(decision, seen=_fresh(decision).changes, actor=office.head)
    return _fresh(decision)


def _left_proposed(office: _Office, decision: Decision) -> None:
    """Leave it before the next meeting."""


def _deferred(office: _Office, decision: Decision) -> None:
    reason = "The adviser visits the new head next week."
    _moderated(office, decision, said=Said(ItemOutcome.DEFERRED, reason=reason))


def _changed(office: _Office, decision: Decision) -> None:
    choices = schemes.kept(decision).choices
    other = choices[min(decision.concern + 1, len(choices) - 1)]
    if other.key == decision.category:
        other = choices[decision.concern - 1]
    reason = "Visits found more to do than the results of last summer say."
    _moderated(office, decision, said=Said(ItemOutcome.CHANGED, other.key, reason, _DISSENT))


def _event_arrives(office: _Office, decision: Decision) -> None:
    _agreed(office, decision)
    new = events.NewEvent(
        decision.school_id,
        "inspection_announced",
        timezone.localdate(),
        "The head telephoned: inspectors come next week.",
    )
    events.record(new, actor=office.adviser)


def _upheld(office: _Office, decision: Decision) -> None:
    disputed = _disputed(office, decision)
    found = Looked(LookOutcome.UPHELD, "One good year does not yet make up for three falling ones.")
    operations.look_again(disputed, looked=found, seen=disputed.changes, actor=office.head)


def _made_final(office: _Office, decision: Decision) -> None:
    final = _final(office, _agreed(office, decision))
    operations.send(final, addressed=_addressed(office), seen=final.changes, actor=office.senior)


def _superseded(office: _Office, decision: Decision) -> None:
    _final(office, _agreed(office, decision))
    again = _proposed(office, decision.proposal)
    second = operations.call_meeting(
        authority=decision.authority_id, held_on=timezone.localdate(), panel=_PANEL, actor=office.senior
    )
    later = _Office(office.adviser, office.senior, office.head, second)
    _final(later, _agreed(later, again))


def _overridden(office: _Office, decision: Decision) -> None:
    final = _final(office, _agreed(office, decision))
    choices = schemes.kept(final).choices
    other = choices[final.concern - 1] if final.concern else choices[1]
    asked = operations.ask_override(
        final,
        category=other.key,
        reason="An executive head of a strong school leads until Easter.",
        second_reader=office.head,
        expires_on=timezone.localdate() + _OVERRIDE,
        actor=office.senior,
    )
    operations.confirm_override(asked, note="Read the agreement between the schools.", actor=office.head)


def _withdrawn(office: _Office, decision: Decision) -> None:
    reason = "The school amalgamates in January; one proposal for the new school follows."
    operations.withdraw(decision, reason=reason, seen=decision.changes, actor=office.senior)


def _viewed(office: _Office, decision: Decision) -> None:
    """Record the council's view of an academy, which is not sent."""
    _final(office, _moderated(office, decision))


def _awaited(office: _Office, decision: Decision) -> None:
    _shared(office, decision)


def _disputing(office: _Office, decision: Decision) -> None:
    _disputed(office, decision)


_WAYS = (
    _awaited,
    _left_proposed,
    _deferred,
    _changed,
    _awaited,
    _disputing,
    _event_arrives,
    _upheld,
    _made_final,
    _superseded,
    _overridden,
    _withdrawn,
)
"""What is done with each school, most concern first by turns with least."""


def _fresh(decision: Decision) -> Decision:
    return Decision.objects.select_related("school", "proposal__run").get(pk=decision.pk)
