"""Sharing with a school: letters sent, receipts, answers, silence recorded, and the second look."""

from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from steward.audit import operations as audit
from steward.categorisation import policies, schemes, stepping
from steward.categorisation.letters.filling import Addressed, Draft, drafted
from steward.categorisation.models import (
    Answer,
    AnswerKind,
    Decision,
    Letter,
    LetterKind,
    LookOutcome,
    SecondLook,
)
from steward.categorisation.operations.deciding import Written, keep_version
from steward.categorisation.queries.letters_due import DueLetter, letter_due
from steward.categorisation.stepping import NotPossible
from steward.categorisation.steps import Act, State
from steward.documents.html import body_of
from steward.documents.numbering import DocumentFault
from steward.documents.pdf import pdf_of
from steward.documents.word.writing import word_of

_NAME = 200
"""Characters of the name kept with an answer."""
_ANSWERS = {AnswerKind.AGREED: Act.AGREE, AnswerKind.NOT_AGREED: Act.DISAGREE}


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """Who answered for a school by another way than the site, how, and when that came in."""

    who: str
    how: str
    received_on: date


@dataclass(frozen=True, slots=True)
class Looked:
    """What a second officer found: `category` where it is changed."""

    outcome: LookOutcome
    reason: str
    category: str = ""


@transaction.atomic
def send(decision: Decision, *, addressed: Addressed, seen: int, actor: audit.Actor) -> Letter:
    """Return the letter sent today to head and chair, its bytes kept. Raises Overtaken or NotPossible.

    Of a moderated decision it shares what is proposed and asks for an answer; of a final one it tells, and
    of an override in force or ended.
    """
    policies.check_council_named()
    if not (addressed.head.strip() and addressed.chair.strip()):
        raise NotPossible("Enter the names of the head teacher and of the chair of governors.")
    locked, due = _locked_to_send(decision, seen=seen)
    kind, today = due.kind, timezone.localdate()
    draft = drafted(locked, addressed=addressed, on=today, kind=kind, override=due.override)
    letter = _kept(locked, draft=draft, due=due, actor=actor)
    if kind is LetterKind.ASKS:
        stepping.taken(locked, act=Act.SHARE, actor=actor, note=f"To {addressed.head} and {addressed.chair}")
    stepping.recorded(
        "letter_sent",
        locked,
        actor=actor,
        letter=letter.pk,
        kind=kind.value,
        template=letter.template,
        pdf_sha256=letter.pdf_sha256,
        answer_by=letter.answer_by.isoformat() if letter.answer_by else None,
    )
    return letter


@transaction.atomic
def acknowledge(letter: Letter, *, actor: audit.Actor) -> Letter:
    """Return the letter with the receipt of the school; a second receipt changes nothing."""
    locked = Letter.objects.select_for_update().select_related("decision").get(pk=letter.pk)
    if locked.received_at is None:
        locked.received_at, locked.received_by_id = timezone.now(), actor.pk
        locked.received_by_name = actor.name
        locked.save(update_fields=["received_at", "received_by", "received_by_name"])
        stepping.recorded("letter_received", locked.decision, actor=actor, letter=locked.pk)
    return locked


@transaction.atomic
def answer(
    decision: Decision,
    *,
    kind: AnswerKind,
    text: str,
    seen: int,
    actor: audit.Actor,
    on_behalf: OnBehalf | None = None,
) -> Answer:
    """Return what the school answered; a late answer counts until the decision is final.

    An officer records `on_behalf` of a school an answer that came by another way than the site.
    Raises NotPossible for "not agreed" without saying why.
    """
    if kind not in _ANSWERS:
        raise NotPossible("Select whether the school agrees or not.")
    if kind is AnswerKind.NOT_AGREED and not text.strip():
        raise NotPossible("Say why the school does not agree.")
    act = _ANSWERS[kind]
    locked = stepping.locked(decision, act=act, seen=seen)
    who = _who_answered(locked, on_behalf=on_behalf, actor=actor)
    made = _answered(locked, kind=kind, text=text, who=who, actor=actor)
    if on_behalf is None:
        acknowledge(locked.letters.get(kind=LetterKind.ASKS), actor=actor)
    note = text if on_behalf is None else f"{who}. {text}".strip()
    stepping.taken(locked, act=act, actor=actor, note=note)
    stepping.recorded("answered", locked, actor=actor, answer=kind.value, on_behalf=on_behalf is not None)
    return made


def record_silence(*, on: date, actor: audit.Actor) -> list[Decision]:
    """Return the decisions whose day to answer has passed by `on`; each is recorded as not answered."""
    waiting = Decision.objects.filter(
        state=State.SHARED, letters__kind=LetterKind.ASKS, letters__answer_by__lt=on
    )
    return [found for each in waiting for found in _silent(each, actor=actor)]


@transaction.atomic
def pass_unanswered(decision: Decision, *, seen: int, actor: audit.Actor) -> None:
    """Record that the school did not answer by its date. Raises NotPossible before that day is over."""
    locked = stepping.locked(decision, act=Act.PASS_UNANSWERED, seen=seen)
    letter = locked.letters.get(kind=LetterKind.ASKS)
    if letter.answer_by is None or letter.answer_by >= timezone.localdate():
        raise NotPossible("The school still has time to answer. Record no answer after its date is over.")
    _record_silence(locked, actor=actor)


@transaction.atomic
def look_again(decision: Decision, *, looked: Looked, seen: int, actor: audit.Actor) -> SecondLook:
    """Return what a second officer found where the school did not agree. Raises Overtaken or NotPossible."""
    locked = stepping.locked(decision, act=Act.LOOK_AGAIN, seen=seen)
    policies.check_second_officer(locked, actor_id=actor.pk)
    if not looked.reason.strip():
        raise NotPossible("Enter the reason for what you found.")
    if looked.outcome is LookOutcome.CHANGED:
        _change(locked, looked=looked, actor=actor)
    found = SecondLook.objects.create(
        decision=locked,
        outcome=looked.outcome,
        reason=looked.reason,
        looked_at=timezone.now(),
        looked_by=policies.person_acting(actor.pk),
        looked_by_name=actor.name,
    )
    stepping.taken(locked, act=Act.LOOK_AGAIN, actor=actor, note=f"{looked.outcome.label}. {looked.reason}")
    stepping.recorded(
        "looked_at_again", locked, actor=actor, outcome=looked.outcome.value, label=locked.label
    )
    return found


@transaction.atomic
def _silent(decision: Decision, *, actor: audit.Actor) -> list[Decision]:
    locked = Decision.objects.select_for_update().get(pk=decision.pk)
    if locked.state != State.SHARED:
        return []
    _record_silence(locked, actor=actor)
    return [locked]


def _record_silence(locked: Decision, *, actor: audit.Actor) -> None:
    _answered(locked, kind=AnswerKind.NONE, text="", who=actor.name, actor=actor)
    stepping.taken(locked, act=Act.PASS_UNANSWERED, actor=actor)
    stepping.recorded("not_answered", locked, actor=actor)


def _who_answered(decision: Decision, *, on_behalf: OnBehalf | None, actor: audit.Actor) -> str:
    if on_behalf is None:
        return actor.name
    if not (on_behalf.who.strip() and on_behalf.how.strip()):
        raise NotPossible("Say who answered for the school, and how the answer came.")
    letter = decision.letters.get(kind=LetterKind.ASKS)
    if not letter.sent_on <= on_behalf.received_on <= timezone.localdate():
        raise NotPossible("The answer came in between the day of the letter and today: correct the day.")
    day = f"{on_behalf.received_on.day} {on_behalf.received_on:%B %Y}"
    return f"{on_behalf.who.strip()}, {on_behalf.how.strip()}, {day}; recorded by {actor.name}"[:_NAME]


def _locked_to_send(decision: Decision, *, seen: int) -> tuple[Decision, DueLetter]:
    if decision.state == State.FINAL:
        return _locked_final(decision, seen=seen)
    locked = stepping.locked(decision, act=Act.SHARE, seen=seen)
    policies.check_still_so(locked)
    return locked, DueLetter(LetterKind.ASKS)


def _locked_final(decision: Decision, *, seen: int) -> tuple[Decision, DueLetter]:
    locked = Decision.objects.select_for_update().select_related("school").get(pk=decision.pk)
    if locked.state != State.FINAL or locked.changes != seen:
        raise NotPossible("The decision changed while you were writing. Open it again.")
    due = letter_due(locked, on=timezone.localdate())
    if due is None:
        raise NotPossible("The school was told already. The letter is with the decision.")
    return locked, due


def _kept(decision: Decision, *, draft: Draft, due: DueLetter, actor: audit.Actor) -> Letter:
    try:
        pdf = pdf_of(draft.document)
    except DocumentFault as fault:
        raise NotPossible(f"The letter cannot be written. {fault}") from fault
    return Letter.objects.create(
        decision=decision,
        override=due.override,
        kind=due.kind,
        template=draft.template.id,
        template_version=draft.template.version,
        title=draft.document.title,
        head=draft.addressed.head,
        chair=draft.addressed.chair,
        page=body_of(draft.document),
        word=word_of(draft.document),
        pdf=pdf,
        pdf_sha256=sha256(pdf).hexdigest(),
        sent_on=draft.document.date,
        answer_by=draft.answer_by,
        sent_at=timezone.now(),
        sent_by_id=actor.pk,
        sent_by_name=actor.name,
    )


def _answered(decision: Decision, *, kind: AnswerKind, text: str, who: str, actor: audit.Actor) -> Answer:
    return Answer.objects.create(
        decision=decision,
        kind=kind,
        text=text,
        answered_at=timezone.now(),
        answered_by_id=actor.pk,
        answered_by_name=who,
    )


def _change(decision: Decision, *, looked: Looked, actor: audit.Actor) -> None:
    choice = policies.checked_choice(schemes.kept(decision), key=looked.category)
    before = stepping.newest_version(decision)
    if choice.key == before.category:
        raise NotPossible("Select another support category than the one proposed, or “Upheld”.")
    reason = f"The second look: {looked.reason}"
    written = Written(
        category=choice.key,
        reason=reason,
        review_on=before.review_on,
        strengths=before.strengths,
        areas=before.areas,
    )
    if choice.key != decision.suggested:
        written = replace(written, differing_reason=reason)
    keep_version(decision, written=written, choice=choice, actor=actor)
