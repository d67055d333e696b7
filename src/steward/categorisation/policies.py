"""What may be decided; each check raises a refusal that a user can read."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings

from steward.access.models import Person
from steward.access.permissions import Permission, may
from steward.categorisation.models import LONGEST, AnswerKind, Decision, DisclosureNote
from steward.categorisation.schemes import Choice, Scheme
from steward.categorisation.stepping import NotPossible
from steward.register import queries as register
from steward.register.models import School
from steward.vocabulary.phases import Governance, Standing


def checked_choice(scheme: Scheme, *, key: str) -> Choice:
    """Return the support category with this key, or raise NotPossible."""
    found = scheme.choice(key)
    if found is None:
        known = ", ".join(each.label for each in scheme.choices)
        raise NotPossible(f"Select one of the support categories of “{scheme.title}”: {known}.")
    return found


def check_reasons(*, reason: str, differs: bool, differing_reason: str) -> None:
    """Raise NotPossible without a reason, or without one for differing from what the policy proposes."""
    if not reason.strip():
        raise NotPossible("Enter the reason. Write it as if it may be read in public.")
    if differs and not differing_reason.strip():
        raise NotPossible(
            "Say why this differs from what the policy proposes, or how you answered what it could not "
            "settle."
        )
    if max(len(reason), len(differing_reason)) > LONGEST:
        raise NotPossible(f"A reason has up to {LONGEST:,} characters. Make it shorter.")


def check_ahead(day: date, *, today: date, most: int, what: str) -> None:
    """Raise NotPossible unless the day lies after today, by at most so many years."""
    if day <= today:
        raise NotPossible(f"The {what} must be after today.")
    if day > today + timedelta(days=366 * most):
        years = "1 year" if most == 1 else f"{most} years"
        raise NotPossible(f"The {what} must be within {years} of today.")


def check_met(held_on: date, *, today: date, written_on: date) -> None:
    """Raise NotPossible unless the meeting has been held, and no earlier than the proposal was written."""
    if held_on > today:
        raise NotPossible("The meeting has not been held yet. Say what it said on its day or after.")
    if written_on > held_on:
        raise NotPossible(
            "The proposal was written after the day of this meeting, so the meeting cannot have seen it. "
            "Take it at a later meeting."
        )


def check_open(school: School) -> None:
    """Raise NotPossible where a school has closed; names the school that followed it."""
    if school.standing != Standing.CLOSED:
        return
    after = register.followed_by(school.urn)
    raise NotPossible(f"{school.name} has closed, so no support category is decided for it.{after}")


def check_still_so(decision: Decision) -> None:
    """Raise NotPossible where a letter would speak of a school that closed or is under others now."""
    school = decision.school
    if school.standing == Standing.CLOSED:
        raise NotPossible(f"{school.name} has closed. Have the proposal withdrawn.")
    if (school.governance == Governance.MAINTAINED) == decision.council_view:
        raise NotPossible(
            f"Since this was written {school.name} came under others, and the letter would speak of it "
            "wrongly. Have the proposal withdrawn and written anew."
        )


def check_council_named() -> None:
    """Raise NotPossible where a letter would go out in no council's name."""
    if register.council_name() == settings.STEWARD_COUNCIL_UNNAMED:
        raise NotPossible(
            "No letter can be sent in nobody's name. Set STEWARD_COUNCIL_NAME to the name of the council, "
            "start Steward again, and send the letter then."
        )


def check_second_officer(decision: Decision, *, actor_id: int | None) -> None:
    """Raise NotPossible unless somebody other than those who wrote the proposal looks again."""
    wrote = set(decision.versions.values_list("written_by_id", flat=True)) | {decision.started_by_id}
    if actor_id is None or actor_id in wrote:
        raise NotPossible(
            "The second look is for an officer who did not write the proposal or change it. "
            "Ask a colleague to take it."
        )


def check_may_finalise(decision: Decision, *, actor_id: int | None) -> None:
    """Raise NotPossible for who wrote the decision or recorded the school's answer on its behalf."""
    wrote = set(decision.versions.values_list("written_by_id", flat=True)) | {decision.started_by_id}
    if actor_id in wrote:
        raise NotPossible(
            "Whoever wrote the proposal, or changed it, does not make it final. Ask a colleague who may."
        )
    answered = decision.answers.exclude(kind=AnswerKind.NONE).values_list("answered_by_id", flat=True)
    if actor_id in answered:
        raise NotPossible(
            "Whoever recorded the answer on behalf of the school does not make the decision final. Ask a "
            "colleague who may."
        )


def check_reviewer(note: DisclosureNote, *, actor_id: int | None) -> None:
    """Raise NotPossible for who wrote the disclosure note: another person reviews it."""
    if actor_id is None or note.written_by_id == actor_id:
        raise NotPossible(
            "The disclosure note is reviewed by another person than who wrote it. Ask a colleague."
        )


def check_disclosure_note(decision: Decision) -> DisclosureNote:
    """Return the newest disclosure note; raises NotPossible when nobody has written one."""
    note = decision.disclosure_notes.first()
    if note is None:
        raise NotPossible(
            "Write the disclosure note first: whether the decision would be given to who asks for it, "
            "and why."
        )
    return note


def check_considered(news: Sequence[str], *, note: str, pieces: int) -> str:
    """Return how news since the proposal was considered, empty where there is none. Raises NotPossible.

    `pieces` is how many of them the person was shown: what came after that was not considered.
    """
    if not news:
        return ""
    if not note.strip() or pieces < len(news):
        raise NotPossible(
            f"Evidence has moved on since this was written: {' '.join(news)} Say how it was considered, or "
            "have the proposal withdrawn and written anew."
        )
    return f"Evidence had moved on: {' '.join(news)} Considered: {note.strip()}"


def person_acting(actor_id: int | None) -> Person:
    """Return the person who acts; raises NotPossible for a program."""
    found = Person.objects.filter(pk=actor_id).first() if actor_id is not None else None
    if found is None:
        raise NotPossible("Only a person can do this, not a program.")
    return found


def checked_officer(actor_id: int | None) -> Person:
    """Return the officer who asks for an override; raises NotPossible for who may not."""
    officer = person_acting(actor_id)
    if not may(officer, Permission.OVERRIDE_DECISIONS):
        raise NotPossible("Your role does not let you override a decision. Ask a senior colleague.")
    return officer


def checked_reader(*, reason: str, officer: Person, reader: Person | None) -> Person:
    """Return the second reader. Raises NotPossible without a reason, or a second reader who may read."""
    if not reason.strip():
        raise NotPossible("Enter the reason for the override.")
    if reader is None:
        raise NotPossible("Select a second reader. An override without one is refused.")
    if reader.pk == officer.pk:
        raise NotPossible("The second reader must be somebody else than you.")
    if not may(reader, Permission.OVERRIDE_DECISIONS):
        raise NotPossible(f"{reader.name} may not confirm overrides. Select a senior colleague.")
    return reader


def checked_last_day(expires_on: date | None, *, today: date) -> date:
    """Return the last day of an override; raises NotPossible without one that lies ahead."""
    if expires_on is None:
        raise NotPossible("Enter the last day of the override. An override without one is refused.")
    check_ahead(expires_on, today=today, most=1, what="last day of the override")
    return expires_on


def check_is_second_reader(reader: Person, *, actor_id: int | None) -> None:
    """Raise NotPossible unless the second reader who was named acts, and may still confirm overrides."""
    if reader.pk != actor_id:
        raise NotPossible("Only the second reader who was named can confirm or refuse this override.")
    if not may(reader, Permission.OVERRIDE_DECISIONS):
        raise NotPossible("Your role no longer lets you confirm overrides. Ask for another second reader.")
