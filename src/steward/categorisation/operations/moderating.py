"""Moderation: a panel meets, takes each proposal in turn, and leaves a note of its minutes."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from steward.audit import operations as audit
from steward.categorisation import policies, schemes, stepping
from steward.categorisation.models import (
    Decision,
    DecisionVersion,
    ItemOutcome,
    MeetingItem,
    ModerationMeeting,
)
from steward.categorisation.operations.deciding import Written, keep_version
from steward.categorisation.stepping import NotPossible
from steward.categorisation.steps import Act

_NEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Said:
    """What the meeting said of one proposal: `category` and `reason` where it changed it."""

    outcome: ItemOutcome
    category: str = ""
    reason: str = ""
    dissent: str = ""


@transaction.atomic
def call_meeting(*, authority: str, held_on: date, panel: str, actor: audit.Actor) -> ModerationMeeting:
    """Return a new meeting. Raises NotPossible without a panel."""
    if not panel.strip():
        raise NotPossible("Enter who sits on the panel, one name and office a line.")
    if abs(held_on - timezone.localdate()) > _NEAR:
        raise NotPossible("The day of the meeting must be within a year of today.")
    meeting = ModerationMeeting.objects.create(
        authority_id=authority,
        held_on=held_on,
        panel=panel,
        called_at=timezone.now(),
        called_by_id=actor.pk,
        called_by_name=actor.name,
    )
    _record("called", meeting, actor=actor, held_on=held_on.isoformat())
    return meeting


@transaction.atomic
def take_item(
    meeting: ModerationMeeting, *, decision: Decision, said: Said, seen: int, actor: audit.Actor
) -> MeetingItem:
    """Return what the meeting said of a proposal, which moves the decision on or leaves it deferred.

    Raises Overtaken when the proposal was changed since `seen`, and NotPossible for a change or a
    deferral without a reason, and once the minutes are closed.
    """
    _open(meeting)
    act = Act.DEFER if said.outcome is ItemOutcome.DEFERRED else Act.MODERATE
    locked = stepping.locked(decision, act=act, seen=seen)
    _check_item(meeting, decision=locked, said=said)
    before = stepping.newest_version(locked)
    policies.check_met(
        meeting.held_on, today=timezone.localdate(), written_on=timezone.localdate(before.written_at)
    )
    if said.outcome is ItemOutcome.CHANGED:
        _change(locked, before=before, said=said, actor=actor)
    item = MeetingItem.objects.create(
        meeting=meeting,
        decision=locked,
        version=before,
        outcome=said.outcome,
        reason=said.reason,
        dissent=said.dissent,
        taken_at=timezone.now(),
        taken_by_id=actor.pk,
        taken_by_name=actor.name,
    )
    stepping.taken(locked, act=act, actor=actor, note=_note(said, meeting=meeting))
    details = {"decision": locked.pk, "urn": locked.school_id, "outcome": said.outcome.value}
    dissent = bool(said.dissent.strip())
    _record("item_taken", meeting, actor=actor, label=locked.label, dissent=dissent, **details)
    return item


@transaction.atomic
def write_minutes(meeting: ModerationMeeting, *, minutes: str, seen: int, actor: audit.Actor) -> None:
    """Write the note of the minutes. Raises NotPossible when somebody wrote them since `seen`."""
    locked = _open(meeting)
    _check_seen(locked, seen=seen)
    locked.minutes, locked.changes = minutes, locked.changes + 1
    locked.save(update_fields=["minutes", "changes"])
    _record("minuted", locked, actor=actor, minutes=minutes)


@transaction.atomic
def close_meeting(meeting: ModerationMeeting, *, seen: int, actor: audit.Actor) -> None:
    """Close the minutes, after which nothing is added. Raises NotPossible without any."""
    locked = _open(meeting)
    _check_seen(locked, seen=seen)
    if not locked.minutes.strip():
        raise NotPossible("Write the note of the minutes before you close them.")
    locked.closed_at, locked.changes = timezone.now(), locked.changes + 1
    locked.save(update_fields=["closed_at", "changes"])
    _record("closed", locked, actor=actor)


def _check_item(meeting: ModerationMeeting, *, decision: Decision, said: Said) -> None:
    if said.outcome is not ItemOutcome.AGREED and not said.reason.strip():
        raise NotPossible("Enter the reason why the meeting changed or deferred it.")
    if MeetingItem.objects.filter(meeting=meeting, decision=decision).exists():
        raise NotPossible("This meeting has taken this school already. Take it at the next meeting.")


def _change(decision: Decision, *, before: DecisionVersion, said: Said, actor: audit.Actor) -> None:
    choice = policies.checked_choice(schemes.kept(decision), key=said.category)
    if choice.key == before.category:
        raise NotPossible("Select another support category than the one proposed, or “Agreed as proposed”.")
    written = Written(
        category=choice.key,
        reason=before.reason,
        review_on=before.review_on,
        differing_reason=before.differing_reason,
        strengths=before.strengths,
        areas=before.areas,
    )
    moderated = f"The moderation meeting: {said.reason}"
    if choice.key == decision.suggested:
        keep_version(decision, written=replace(written, reason=moderated), choice=choice, actor=actor)
    else:
        both = replace(written, reason=moderated, differing_reason=moderated)
        keep_version(decision, written=both, choice=choice, actor=actor)


def _note(said: Said, *, meeting: ModerationMeeting) -> str:
    parts = [f"Meeting of {meeting.held_on.day} {meeting.held_on:%B %Y}: {said.outcome.label.lower()}"]
    parts += [text for text in (said.reason, f"Dissent: {said.dissent}" if said.dissent else "") if text]
    return ". ".join(part.strip().rstrip(".") for part in parts) + "."


def _open(meeting: ModerationMeeting) -> ModerationMeeting:
    locked = ModerationMeeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.closed_at is not None:
        raise NotPossible("The minutes of this meeting are closed. Take it at the next meeting.")
    return locked


def _check_seen(meeting: ModerationMeeting, *, seen: int) -> None:
    if meeting.changes != seen:
        raise NotPossible(
            "Somebody saved the minutes while you were writing. Theirs stand beside yours: take over what "
            "you need and save again."
        )


def _record(act: str, meeting: ModerationMeeting, *, actor: audit.Actor, **details: object) -> None:
    audit.record(
        f"categorisation.meeting.{act}",
        actor=actor,
        subject_kind="moderation_meeting",
        subject_id=meeting.pk,
        authority=meeting.authority_id,
        details=details,
    )
