"""Deciding: an officer proposes and writes anew, notes disclosure, and the head of service makes final."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from steward.audit import operations as audit
from steward.categorisation import policies, schemes, stepping
from steward.categorisation.models import (
    Decision,
    DecisionStep,
    DecisionVersion,
    DisclosureNote,
    Exemption,
    Override,
    Proposal,
)
from steward.categorisation.queries.moved_on import moved_on
from steward.categorisation.schemes import Choice, Scheme
from steward.categorisation.stepping import NotPossible
from steward.categorisation.steps import OPEN, Act, OverrideAct, OverrideState, State, after_override

_REVIEWED_WITHIN = 3
"""Years within which every support category is looked at again."""


@dataclass(frozen=True, slots=True)
class Written:
    """What an officer writes about a school."""

    category: str
    reason: str
    review_on: date
    differing_reason: str = ""
    strengths: str = ""
    areas: str = ""


@dataclass(frozen=True, slots=True)
class Considered:
    """How what arrived since the proposal was written was considered, and of how many pieces it was said."""

    note: str
    pieces: int


@transaction.atomic
def begin(proposal: Proposal, *, written: Written, actor: audit.Actor) -> Decision:
    """Return a new decision that rests on what the policy proposes. Raises NotPossible.

    A school has one decision at most that is not yet final: write that one anew, or withdraw it.
    """
    policies.check_open(proposal.school)
    scheme = schemes.scheme_of(proposal)
    choice = _checked(written, scheme=scheme, suggested=proposal.category)
    _check_none_open(proposal)
    try:
        with transaction.atomic():
            decision = _begun(
                proposal, scheme=scheme, choice=choice, review_on=written.review_on, actor=actor
            )
    except IntegrityError:  # somebody else proposed at the same moment
        _check_none_open(proposal)
        raise
    keep_version(decision, written=written, choice=choice, actor=actor)
    DecisionStep.objects.create(
        decision=decision,
        number=1,
        act=Act.PROPOSE,
        before="",
        after=State.PROPOSED,
        at=decision.started_at,
        by_id=actor.pk,
        by_name=actor.name,
    )
    stepping.recorded("proposed", decision, actor=actor, label=choice.label, suggested=proposal.label)
    return decision


@transaction.atomic
def write(
    decision: Decision,
    *,
    written: Written,
    seen: int,
    actor: audit.Actor,
    proposal: Proposal | None = None,
) -> DecisionVersion:
    """Return a new version of a proposal that no meeting has agreed yet. Raises Overtaken or NotPossible.

    From now on it rests on `proposal`, what the policy proposes now; on the same as before when left out.
    """
    locked = stepping.locked(decision, act=Act.WRITE, seen=seen)
    policies.check_open(locked.school)
    if proposal is not None and proposal.pk != locked.proposal_id:
        _rest_on(proposal, decision=locked)
    choice = _checked(written, scheme=schemes.kept(locked), suggested=locked.suggested)
    version = keep_version(locked, written=written, choice=choice, actor=actor)
    stepping.taken(locked, act=Act.WRITE, actor=actor, note=_rests(locked, version=version))
    stepping.recorded("written", locked, actor=actor, label=choice.label, version=version.number)
    return version


@transaction.atomic
def withdraw(decision: Decision, *, reason: str, seen: int, actor: audit.Actor) -> None:
    """End a decision that is not final, with a reason; it stays readable. Raises NotPossible."""
    if not reason.strip():
        raise NotPossible("Say why the proposal is withdrawn.")
    locked = stepping.locked(decision, act=Act.WITHDRAW, seen=seen)
    stepping.taken(locked, act=Act.WITHDRAW, actor=actor, note=reason)
    stepping.recorded("withdrawn", locked, actor=actor, reason=reason)


@transaction.atomic
def note_disclosure(
    decision: Decision, *, exemption: Exemption, public_interest: str, seen: int, actor: audit.Actor
) -> DisclosureNote:
    """Return a note that says whether the decision would be given out, and why. Raises NotPossible.

    `seen` is the key of the note it takes the place of, 0 for the first: another may have come meanwhile.
    Nothing is given out by a note before another person has reviewed it.
    """
    if not public_interest.strip():
        raise NotPossible("Enter the reasons for and against giving it out, and which weigh more.")
    Decision.objects.select_for_update().get(pk=decision.pk)
    _newest_note(decision, seen=seen)
    note = DisclosureNote.objects.create(
        decision=decision,
        exemption=exemption,
        public_interest=public_interest,
        written_at=timezone.now(),
        written_by_id=actor.pk,
        written_by_name=actor.name,
    )
    stepping.recorded("disclosure_noted", decision, actor=actor, exemption=exemption.value)
    return note


@transaction.atomic
def review_disclosure(decision: Decision, *, seen: int, actor: audit.Actor) -> DisclosureNote:
    """Return the newest note, reviewed by another person than who wrote it. Raises NotPossible."""
    Decision.objects.select_for_update().get(pk=decision.pk)
    note = _newest_note(decision, seen=seen)
    if note is None:
        raise NotPossible("There is no disclosure note to review.")
    _review(note, actor=actor)
    stepping.recorded("disclosure_reviewed", decision, actor=actor, note=note.pk, exemption=note.exemption)
    return note


@transaction.atomic
def finalise(
    decision: Decision, *, seen: int, actor: audit.Actor, considered: Considered | None = None
) -> None:
    """Make a decision final from today; the one before it is superseded. Raises NotPossible.

    Whoever makes it final has reviewed the disclosure note, which must be there. Where evidence has moved
    on since the proposal was written, how it was considered is kept with the step, and asked for.
    """
    not_sent = Decision.objects.filter(pk=decision.pk, council_view=True, state=State.MODERATED).exists()
    act = Act.RECORD_VIEW if not_sent else Act.FINALISE
    locked = stepping.locked(decision, act=act, seen=seen)
    policies.check_may_finalise(locked, actor_id=actor.pk)
    note = policies.check_disclosure_note(locked)
    news = moved_on(locked)
    said = policies.check_considered(
        [one.sentence for one in news],
        note=considered.note if considered else "",
        pieces=considered.pieces if considered else 0,
    )
    if note.reviewed_at is None:
        _review(note, actor=actor)
    today = timezone.localdate()
    former = Decision.objects.select_for_update().filter(school=locked.school_id, state=State.FINAL).first()
    if former is not None:
        _supersede(former, today=today, actor=actor)
    locked.final_on = today
    stepping.taken(locked, act=act, actor=actor, note=said)
    stepping.recorded(
        "made_final",
        locked,
        actor=actor,
        label=locked.label,
        on=today.isoformat(),
        sent=act.value,
        moved_on=[one.sentence for one in news],
        considered=said,
    )


def _newest_note(decision: Decision, *, seen: int) -> DisclosureNote | None:
    note = decision.disclosure_notes.first()
    if (note.pk if note else 0) != seen:
        raise NotPossible(
            "Somebody wrote another disclosure note while you were at it. Open it again: theirs is kept."
        )
    return note


def _review(note: DisclosureNote, *, actor: audit.Actor) -> None:
    policies.check_reviewer(note, actor_id=actor.pk)
    note.reviewed_at, note.reviewed_by_id, note.reviewed_by_name = timezone.now(), actor.pk, actor.name
    note.save(update_fields=["reviewed_at", "reviewed_by", "reviewed_by_name"])


def keep_version(
    decision: Decision, *, written: Written, choice: Choice, actor: audit.Actor
) -> DecisionVersion:
    """Return the next version, which the decision now says; called inside the transaction of a step."""
    last = decision.versions.first()
    decision.category, decision.label, decision.concern = choice.key, choice.label, choice.concern
    decision.review_on = written.review_on
    decision.save(update_fields=["category", "label", "concern", "review_on"])
    return DecisionVersion.objects.create(
        decision=decision,
        number=last.number + 1 if last else 1,
        label=choice.label,
        concern=choice.concern,
        differs=choice.key != decision.suggested,
        written_at=timezone.now(),
        written_by_id=actor.pk,
        written_by_name=actor.name,
        **asdict(written),
    )


def _rest_on(proposal: Proposal, *, decision: Decision) -> None:
    if proposal.school_id != decision.school_id:
        raise NotPossible("The policy proposes this for another school.")
    scheme = schemes.scheme_of(proposal)
    for name, value in _resting(proposal, scheme=scheme).items():
        setattr(decision, name, value)


def _rests(decision: Decision, *, version: DecisionVersion) -> str:
    run = decision.proposal.run
    on = f"{run.as_at.day} {run.as_at:%B %Y}"
    return f"Version {version.number}, beside what the policy proposes as at {on}: {decision.suggested_label}"


def _resting(proposal: Proposal, *, scheme: Scheme) -> dict[str, Any]:
    """Return the fields of a decision that come from what the policy proposes."""
    return {
        "phase": proposal.phase,
        "council_view": scheme.council_view,
        "ruleset": scheme.ruleset,
        "ruleset_version": scheme.version,
        "ruleset_title": scheme.title,
        "categories": schemes.plain(scheme),
        "proposal": proposal,
        "suggested": proposal.category,
        "suggested_label": proposal.label,
    }


def _checked(written: Written, *, scheme: Scheme, suggested: str) -> Choice:
    choice = policies.checked_choice(scheme, key=written.category)
    differs = choice.key != suggested
    policies.check_reasons(reason=written.reason, differs=differs, differing_reason=written.differing_reason)
    today = timezone.localdate()
    policies.check_ahead(written.review_on, today=today, most=_REVIEWED_WITHIN, what="day of review")
    return choice


def _begun(
    proposal: Proposal, *, scheme: Scheme, choice: Choice, review_on: date, actor: audit.Actor
) -> Decision:
    return Decision.objects.create(
        authority_id=proposal.run.authority_id,
        school=proposal.school,
        **_resting(proposal, scheme=scheme),
        category=choice.key,
        label=choice.label,
        concern=choice.concern,
        review_on=review_on,
        state=State.PROPOSED,
        changes=1,
        started_at=timezone.now(),
        started_by_id=actor.pk,
        started_by_name=actor.name,
    )


def _check_none_open(proposal: Proposal) -> None:
    found = Decision.objects.filter(school=proposal.school_id, state__in=OPEN).first()
    if found is not None:
        raise NotPossible(
            f"{found.started_by_name} has already proposed a support category for {proposal.school.name} "
            f"(“{found.label}”). Open that decision and write it anew, or have it withdrawn."
        )


def _supersede(former: Decision, *, today: date, actor: audit.Actor) -> None:
    live = [OverrideState.WAITING, OverrideState.IN_FORCE]
    for override in Override.objects.select_for_update().filter(decision=former, state__in=live):
        override.state, override.ended_on = after_override(OverrideAct.END), today
        override.save(update_fields=["state", "ended_on"])
        stepping.recorded("override_ended", former, actor=actor, override=override.pk)
    former.superseded_on = today
    stepping.taken(former, act=Act.SUPERSEDE, actor=actor)
    stepping.recorded("superseded", former, actor=actor)
