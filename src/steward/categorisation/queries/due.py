"""What is due from a viewer about decisions, for home pages and reminders."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from steward.access.permissions import Permission, Viewer, may
from steward.categorisation.models import Decision, Letter, LetterKind, Override
from steward.categorisation.queries.decisions import letters_to, visible_to
from steward.categorisation.steps import OverrideState, State
from steward.register import queries as register

_AHEAD = timedelta(days=30)
"""How long before its day something is listed as due."""


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something that waits for the viewer, or for the school and is watched by the viewer."""

    what: str
    school: str
    urn: int
    due: date | None
    """The day by which; None where it can be done now and has no day."""
    href_name: str
    """Name of the address, with `href_args`."""
    href_args: tuple[int, ...]


def due_items(viewer: Viewer, *, on: date | None = None) -> tuple[DueItem, ...]:
    """Return what is due from a viewer about decisions, the earliest day first.

    An adviser is told of the schools they look after and of what they wrote; seniors of all.
    """
    today = on or timezone.localdate()
    own = getattr(viewer, "school_urn", None)
    if isinstance(own, int):
        found = list(_of_school(viewer, urn=own))
    elif may(viewer, Permission.VIEW_DECISIONS):
        found = list(_of_officer(viewer, today=today))
    else:
        found = []
    return tuple(sorted(found, key=lambda each: (each.due or date.max, each.school, each.what)))


def _of_school(viewer: Viewer, *, urn: int) -> Iterator[DueItem]:
    for letter in letters_to(viewer, urn=urn):
        name = letter.decision.school.name
        if letter.kind == LetterKind.ASKS and letter.decision.state in (State.SHARED, State.NO_ANSWER):
            what = "Answer the letter about your support category"
            yield DueItem(what, name, urn, letter.answer_by, "categorisation:my-decision", ())
        elif letter.received_at is None:
            what = "Say that the letter about your support category arrived"
            yield DueItem(what, name, urn, None, "categorisation:my-decision", ())


def _of_officer(viewer: Viewer, *, today: date) -> Iterator[DueItem]:
    everything = may(viewer, Permission.MODERATE_DECISIONS)
    key = getattr(viewer, "pk", None)
    mine = frozenset(register.schools_looked_after_by(key)) if isinstance(key, int) else frozenset()
    for decision in visible_to(viewer).exclude(state__in=[State.SUPERSEDED, State.WITHDRAWN]):
        if everything or decision.school_id in mine or decision.started_by_id == key:
            yield from _of_decision(decision, viewer=viewer, today=today)
    yield from _overrides(viewer, today=today)


def _of_decision(decision: Decision, *, viewer: Viewer, today: date) -> Iterator[DueItem]:
    what, due = _waits_for(decision, viewer=viewer)
    if what and (due is None or decision.state != State.FINAL or due <= today + _AHEAD):
        urn = decision.school_id
        yield DueItem(what, decision.school.name, urn, due, "categorisation:decision", (urn,))


def _waits_for(decision: Decision, *, viewer: Viewer) -> tuple[str, date | None]:
    """Return what a decision waits for, when the viewer does it or watches for it; empty otherwise."""
    match State(decision.state):
        case State.PROPOSED if may(viewer, Permission.MODERATE_DECISIONS):
            return "Take to a moderation meeting", None
        case State.MODERATED if may(viewer, Permission.SHARE_DECISIONS):
            return ("Record, or choose to share" if decision.council_view else "Send the letter"), None
        case State.SHARED:
            return "School's answer awaited", _answer_by(decision)
        case State.NOT_AGREED if may(viewer, Permission.LOOK_AGAIN):
            return "Take a second look: the school did not agree", None
        case State.AGREED | State.NO_ANSWER | State.LOOKED_AT if may(viewer, Permission.FINALISE_DECISIONS):
            return "Make final", None
        case State.FINAL:
            return "Support category due for review", decision.review_on
    return "", None


def _answer_by(decision: Decision) -> date | None:
    letter = Letter.objects.filter(decision=decision, kind=LetterKind.ASKS).first()
    return letter.answer_by if letter else None


def _overrides(viewer: Viewer, *, today: date) -> Iterator[DueItem]:
    key = getattr(viewer, "pk", None)
    live = Override.objects.filter(decision__in=visible_to(viewer)).select_related("decision__school")
    for override in live.filter(state=OverrideState.WAITING, second_reader_id=key):
        school = override.decision.school
        what = "Read an override as its second reader"
        yield DueItem(what, school.name, school.pk, None, "categorisation:override", (override.pk,))
    if not may(viewer, Permission.OVERRIDE_DECISIONS):
        return
    for override in live.filter(state=OverrideState.IN_FORCE, expires_on__lte=today + _AHEAD):
        school = override.decision.school
        what = "Override ends; the decision holds again"
        yield DueItem(
            what, school.name, school.pk, override.expires_on, "categorisation:override", (override.pk,)
        )
