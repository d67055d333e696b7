"""Changes to draft policies, each a new version, and their way to approval and out of use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from steward.audit import operations as audit
from steward.categorisation import rulebooks
from steward.categorisation.models import DraftRuleset, DraftState, DraftVersion, OfficerDays
from steward.categorisation.stepping import NotPossible
from steward.categorisation.workbench import content as contents
from steward.categorisation.workbench.states import DraftAct, draft_step

_NOTE = 300


class DraftOvertaken(NotPossible):
    """Somebody else changed the draft since it was opened; `theirs` is what it says now."""

    def __init__(self, sentence: str, *, theirs: DraftVersion) -> None:
        """Keep the sentence and the newest version."""
        super().__init__(sentence)
        self.theirs = theirs


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved a policy, on which day, where it is written, and from when it is in effect."""

    body: str
    minute: str
    approved_on: date
    effective_from: date


@transaction.atomic
def start_draft(
    slug: str, *, title: str, content: Mapping[str, Any], based_on: str, actor: audit.Actor
) -> DraftRuleset:
    """Return a new draft with its first version. Raises NotPossible where the id is taken."""
    if slug in rulebooks.rulesets() or DraftRuleset.objects.filter(slug=slug).exists():
        raise NotPossible(f"There is a policy with the id “{slug}” already. Choose another id.")
    fresh = {**content, "id": slug, "title": title}
    fresh["agreed_by"] = "nobody yet: a draft"
    fresh = contents.content_of(contents.opened(fresh).ruleset)
    draft = DraftRuleset.objects.create(
        slug=slug,
        title=title,
        based_on=based_on,
        started_at=timezone.now(),
        started_by_id=actor.pk,
        started_by_name=actor.name,
    )
    _version(draft, content=fresh, note=f"Begun from {based_on}", actor=actor)
    _record("begun", draft, actor=actor, based_on=based_on)
    return draft


@transaction.atomic
def edit_draft(
    draft: DraftRuleset, *, content: Mapping[str, Any], note: str, seen: int, actor: audit.Actor
) -> DraftVersion:
    """Return the next version of a draft. Raises NotUsable, DraftOvertaken or NotPossible."""
    locked = _locked(draft, act=DraftAct.EDIT, seen=seen)
    ruleset = contents.opened({**content, "id": locked.slug}).ruleset
    locked.title = ruleset.title
    version = _version(locked, content=contents.content_of(ruleset), note=note, actor=actor)
    _moved(locked, act=DraftAct.EDIT)
    _record("edited", locked, actor=actor, version=version.number, note=note)
    return version


@transaction.atomic
def submit_draft(draft: DraftRuleset, *, seen: int, actor: audit.Actor) -> None:
    """Lay a draft before those who approve; it is not edited meanwhile. Raises NotPossible."""
    locked = _locked(draft, act=DraftAct.SUBMIT, seen=seen)
    contents.opened(locked.newest_content)
    _moved(locked, act=DraftAct.SUBMIT)
    _record("submitted", locked, actor=actor)


@transaction.atomic
def send_back(draft: DraftRuleset, *, reason: str, seen: int, actor: audit.Actor) -> None:
    """Give a submitted draft back to be edited, with a reason. Raises NotPossible."""
    if not reason.strip():
        raise NotPossible("Say why the draft is sent back.")
    locked = _locked(draft, act=DraftAct.SEND_BACK, seen=seen)
    _version(locked, content=locked.newest_content, note=f"Sent back: {reason}", actor=actor)
    _moved(locked, act=DraftAct.SEND_BACK)
    _record("sent_back", locked, actor=actor, reason=reason)


@transaction.atomic
def approve_draft(draft: DraftRuleset, *, approval: Approval, seen: int, actor: audit.Actor) -> None:
    """Make a submitted draft usable like a policy that is shipped.

    Raises NotPossible, also for who wrote part of it and for a day before its last change.
    """
    _check(approval)
    locked = _locked(draft, act=DraftAct.APPROVE, seen=seen)
    _check_writers(locked, approval=approval, actor=actor)
    if locked.slug in rulebooks.in_files():
        raise NotPossible(
            f"A file of definitions has the id “{locked.slug}” now. Begin a draft under another."
        )
    day = approval.approved_on
    agreed = f"{approval.body}, {day.day} {day:%B %Y}, {approval.minute}"
    fresh = {
        **locked.newest_content,
        "agreed_by": agreed,
        "effective_from": approval.effective_from.isoformat(),
        "reviewed_on": day.isoformat(),
    }
    ruleset = contents.opened(fresh).ruleset
    if ruleset.review_on <= day:
        raise NotPossible("The next review lies before the approval. Send the draft back to change its day.")
    _version(locked, content=contents.content_of(ruleset), note=f"Approved by {agreed}", actor=actor)
    locked.body, locked.minute, locked.approved_on = approval.body, approval.minute, day
    _moved(locked, act=DraftAct.APPROVE)
    _record("approved", locked, actor=actor, body=approval.body, minute=approval.minute)


@transaction.atomic
def retire_draft(draft: DraftRuleset, *, reason: str, seen: int, actor: audit.Actor) -> None:
    """Take a draft or an approved policy out of use; it stays readable. Raises NotPossible."""
    if not reason.strip():
        raise NotPossible("Say why it is retired.")
    if draft.slug == settings.STEWARD_RULESET and draft.state == DraftState.APPROVED:
        raise NotPossible(
            "This policy is in use here (setting STEWARD_RULESET). Put another in use before it is retired."
        )
    locked = _locked(draft, act=DraftAct.RETIRE, seen=seen)
    locked.retired_because = reason.strip()
    _moved(locked, act=DraftAct.RETIRE)
    _record("retired", locked, actor=actor, reason=reason)


@transaction.atomic
def set_officer_days(
    authority: str, *, year: int, days: Mapping[str, Decimal | None], actor: audit.Actor
) -> None:
    """Keep how many days officers have by phase in an academic year; None takes a phase away."""
    for phase, number in days.items():
        if number is None:
            OfficerDays.objects.filter(authority_id=authority, year=year, phase=phase).delete()
        else:
            OfficerDays.objects.update_or_create(
                authority_id=authority, year=year, phase=phase, defaults={"days": number}
            )
    audit.record(
        "categorisation.officer_days.set",
        actor=actor,
        subject_kind="officer_days",
        subject_id=str(year),
        authority=authority,
        details={phase: None if number is None else str(number) for phase, number in days.items()},
    )


def _check(approval: Approval) -> None:
    if not approval.body.strip():
        raise NotPossible("Enter who approved the policy.")
    if not approval.minute.strip():
        raise NotPossible("Enter the reference of the minute or decision.")
    if approval.approved_on > timezone.localdate():
        raise NotPossible("The day of approval must not lie after today.")


def _check_writers(draft: DraftRuleset, *, approval: Approval, actor: audit.Actor) -> None:
    """Refuse an approval by who wrote the policy, or dated before it said what it says."""
    written = _edits(draft)
    if (actor.pk, actor.name) in {(each.written_by_id, each.written_by_name) for each in written}:
        raise NotPossible(
            "You wrote part of this policy, so somebody else who may approve policies must approve it."
        )
    last = timezone.localdate(written[-1].written_at)
    if approval.approved_on < last:
        raise NotPossible(
            f"The policy was last changed on {last.day} {last:%B %Y}, so what was approved before that day "
            "is not what it says now. Enter a day of approval from then on."
        )


def _edits(draft: DraftRuleset) -> list[DraftVersion]:
    """Return the versions that changed what the draft says, oldest first; to send it back changes nothing."""
    every = list(draft.versions.order_by("number"))
    return [
        each
        for former, each in zip([None, *every], every, strict=False)
        if former is None or former.content != each.content
    ]


def _locked(draft: DraftRuleset, *, act: DraftAct, seen: int) -> DraftRuleset:
    found = DraftRuleset.objects.select_for_update().get(pk=draft.pk)
    if found.changes != seen:
        theirs = found.versions.latest("number")
        raise DraftOvertaken(
            f"{theirs.written_by_name} changed this draft while you were writing (“{theirs.note}”). What you "
            "typed is kept below. Look at the draft as it is now, and save again if you still want to.",
            theirs=theirs,
        )
    step = draft_step(act)
    if found.state not in step.before:
        may_be = " or ".join(f"“{state.label}”" for state in step.before)
        raise NotPossible(
            f"“{found.title}” is “{DraftState(found.state).label}”. "
            f"“{act.label}” is possible when it is {may_be}."
        )
    return found


def _moved(draft: DraftRuleset, *, act: DraftAct) -> None:
    draft.state = draft_step(act).after
    draft.changes += 1
    draft.save()


def _version(
    draft: DraftRuleset, *, content: Mapping[str, Any], note: str, actor: audit.Actor
) -> DraftVersion:
    last = draft.versions.first()
    return DraftVersion.objects.create(
        draft=draft,
        number=last.number + 1 if last else 1,
        content=content,
        note=note[:_NOTE],
        written_at=timezone.now(),
        written_by_id=actor.pk,
        written_by_name=actor.name,
    )


def _record(verb: str, draft: DraftRuleset, *, actor: audit.Actor, **details: object) -> None:
    audit.record(
        f"categorisation.draft.{verb}",
        actor=actor,
        subject_kind="draft_ruleset",
        subject_id=draft.slug,
        details=details,
    )
