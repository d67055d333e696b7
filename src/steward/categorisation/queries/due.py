"""What is due from a viewer about decisions, for home pages and reminders."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from django.utils import timezone

from steward.access.permissions import Permission, Viewer, may
from steward.categorisation.models import Decision, Letter, LetterKind, Override
from steward.categorisation.queries.decisions import letters_to, visible_to
from steward.categorisation.steps import OverrideState, State
from steward.register import queries as register
from steward.vocabulary.due import DueItem, DueKind, in_order

_AHEAD = timedelta(days=30)
"""How long before its day something is listed as due."""


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
    return in_order(found)


def _of_school(viewer: Viewer, *, urn: int) -> Iterator[DueItem]:
    for letter in letters_to(viewer, urn=urn):
        if letter.decision.state == State.WITHDRAWN:
            continue
        item = partial(
            DueItem,
            school=letter.decision.school.name,
            urn=urn,
            href_name="categorisation:my-decision",
            kind=DueKind.ANSWER,
            since=letter.sent_on,
        )
        if letter.kind == LetterKind.ASKS and letter.decision.state in (State.SHARED, State.NO_ANSWER):
            yield item("Answer the letter about your support category", due=letter.answer_by)
        elif letter.received_at is None:
            yield item("Say that the letter about your support category arrived", due=None)


def _of_officer(viewer: Viewer, *, today: date) -> Iterator[DueItem]:
    everything = may(viewer, Permission.MODERATE_DECISIONS)
    key = getattr(viewer, "pk", None)
    mine = frozenset(register.schools_looked_after_by(key)) if isinstance(key, int) else frozenset()
    found = [
        decision
        for decision in visible_to(viewer).exclude(state__in=[State.SUPERSEDED, State.WITHDRAWN])
        if everything or decision.school_id in mine or decision.started_by_id == key
    ]
    asked = _asked([each.pk for each in found if each.state == State.SHARED])
    for decision in found:
        item = _of_decision(decision, viewer=viewer, letter=asked.get(decision.pk))
        if item and (item.kind is not DueKind.CATEGORY_REVIEW or _is_near(item.due, today=today)):
            yield item
    yield from _overrides(viewer, today=today)


def _asked(decisions: list[int]) -> dict[int, Letter]:
    """Return the letter that asks for an answer by the key of its decision."""
    letters = Letter.objects.filter(decision__in=decisions, kind=LetterKind.ASKS).order_by("-sent_at", "-pk")
    return {each.decision_id: each for each in reversed(list(letters))}


def _is_near(day: date | None, *, today: date) -> bool:
    return day is None or day <= today + _AHEAD


def _of_decision(decision: Decision, *, viewer: Viewer, letter: Letter | None) -> DueItem | None:
    """Return what a decision waits for, when the viewer does it or watches for it."""
    item = partial(
        DueItem,
        school=decision.school.name,
        urn=decision.school_id,
        href_name="categorisation:decision",
        href_args=(decision.school_id,),
    )
    if decision.state == State.SHARED:
        return item(
            "School's answer awaited",
            due=letter.answer_by if letter else None,
            since=letter.sent_on if letter else None,
            kind=DueKind.ANSWER_AWAITED,
            for_whom="the school",
        )
    if decision.state == State.FINAL:
        what = "Support category due for review"
        return item(what, due=decision.review_on, since=decision.final_on, kind=DueKind.CATEGORY_REVIEW)
    step = _next_step(decision, viewer=viewer)
    return item(step, due=None, kind=DueKind.DECISION) if step else None


def _next_step(decision: Decision, *, viewer: Viewer) -> str:
    """Return the step of a decision that the viewer may take; empty where it is not theirs."""
    match State(decision.state):
        case State.PROPOSED if may(viewer, Permission.MODERATE_DECISIONS):
            return "Take to a moderation meeting"
        case State.MODERATED if may(viewer, Permission.SHARE_DECISIONS):
            return "Record, or choose to share" if decision.council_view else "Send the letter"
        case State.NOT_AGREED if may(viewer, Permission.LOOK_AGAIN):
            return "Take a second look: the school did not agree"
        case State.AGREED | State.NO_ANSWER | State.LOOKED_AT if may(viewer, Permission.FINALISE_DECISIONS):
            return "Make final"
    return ""


def _overrides(viewer: Viewer, *, today: date) -> Iterator[DueItem]:
    key = getattr(viewer, "pk", None)
    ends = may(viewer, Permission.OVERRIDE_DECISIONS)
    live = Override.objects.filter(
        decision__in=visible_to(viewer), state__in=[OverrideState.WAITING, OverrideState.IN_FORCE]
    )
    for override in live.select_related("decision__school"):
        school = override.decision.school
        item = partial(
            DueItem,
            school=school.name,
            urn=school.pk,
            href_name="categorisation:override",
            href_args=(override.pk,),
        )
        waits = override.state == OverrideState.WAITING
        if waits and override.second_reader_id == key:
            what = "Read an override as its second reader"
            yield item(what, due=None, since=override.asked_on, kind=DueKind.SECOND_READING)
        elif not waits and ends and _is_near(override.expires_on, today=today):
            what = "Override ends; the decision holds again"
            yield item(what, due=override.expires_on, kind=DueKind.OVERRIDE_ENDS)
