"""What people changed: steps of decisions, concerns and events; and scores that moved."""

import datetime
from collections.abc import Collection, Sequence
from functools import lru_cache

from django.utils import timezone

from steward.access.permissions import Permission, Reach, Viewer, reach
from steward.categorisation.queries import steps_taken
from steward.categorisation.queries.steps_taken import Act as DecisionAct
from steward.categorisation.queries.steps_taken import StepTaken
from steward.early_warning.queries import recent, scores
from steward.early_warning.queries.recent import Act as ConcernAct
from steward.early_warning.queries.recent import ConcernMoved, EventRecorded
from steward.early_warning.queries.scores import Moved
from steward.interface import words
from steward.pages.queries.changes import Changed, Changes, Kind, Towards, both_ways, since_look

WINDOW = datetime.timedelta(days=30)
"""So far back is told to who never said what they have read."""
_DECISION_WORDS = {DecisionAct.AGREE: Towards.BETTER, DecisionAct.DISAGREE: Towards.WORSE}
_CONCERN_WORDS = {
    ConcernAct.RAISE: Towards.WORSE,
    ConcernAct.REOPEN: Towards.WORSE,
    ConcernAct.RESOLVE: Towards.BETTER,
    ConcernAct.NO_ACTION: Towards.BETTER,
}
_SHORT = 160


def made_by_people(
    viewer: Viewer, *, about: Collection[int] | None, most: int, looked_at: datetime.datetime | None = None
) -> Changes:
    """Return the steps of decisions and concerns and the events, of the schools asked about or of all."""
    moment = looked_at or timezone.now() - WINDOW
    found = [
        *(_decided(each) for each in steps_taken.steps_since(moment, viewer=viewer)),
        *(_concern(each) for each in recent.concerns_since(moment, viewer=viewer)),
        *(_event(each) for each in recent.events_since(moment, viewer=viewer)),
    ]
    told = [each for each in found if about is None or each.urn in about]
    told.sort(key=lambda each: each.on or datetime.date.min, reverse=True)
    since = since_look(looked_at) if looked_at else f"in the last {WINDOW.days} days"
    return Changes(since, tuple(told[:most]), len(told))


def scores_moved(
    viewer: Viewer,
    *,
    authority: str,
    about: Collection[int] | None,
    most: int,
    looked_at: datetime.datetime | None = None,
) -> Changes | None:
    """Return the schools asked about whose points moved since the run before; None where none is before."""
    within = reach(viewer, Permission.VIEW_EARLY_WARNING)
    run = scores.current_run(authority) if within.everywhere or within.urns else None
    earlier = scores.run_before(run) if run else None
    if run is None or earlier is None:
        return None
    if looked_at is not None and run.run_at <= looked_at:
        return Changes(since_look(looked_at), (), 0)
    moved = _moved(authority, run.pk, run.run_at, within)
    found = [each for each in moved if about is None or each.urn in about]
    since = f"since the run of {words.day(earlier.run_at)}"
    return Changes(since, both_ways(found, most=most), len(found))


@lru_cache(maxsize=4)
def _moved(authority: str, run: int, run_at: datetime.datetime, within: Reach) -> Sequence[Changed]:
    """Return what moved in the current run, which never changes once it was made; `run` names it."""
    current = scores.current_run(authority)
    if current is None:
        return ()
    return tuple(_score(each) for each in scores.with_reasons(scores.moved(current, within=within)))


def _decided(step: StepTaken) -> Changed:
    return Changed(
        kind=Kind.DECISION,
        urn=step.urn,
        name=step.name,
        what=f"Support category (council): {step.label}",
        towards=_DECISION_WORDS.get(step.act, Towards.UNCLEAR),
        reason=f"{words.day_and_time(step.at)}, by {step.by}.",
        said=step.act.label,
        on=timezone.localdate(step.at),
    )


def _concern(moved: ConcernMoved) -> Changed:
    return Changed(
        kind=Kind.CONCERN,
        urn=moved.urn,
        name=moved.name,
        what=f"Concern: {moved.topic}",
        towards=_CONCERN_WORDS.get(moved.act, Towards.UNCLEAR),
        reason=_shortened(moved.reason),
        key=moved.key,
        said=moved.act.done,
        on=timezone.localdate(moved.at),
    )


def _event(event: EventRecorded) -> Changed:
    return Changed(
        kind=Kind.EVENT,
        urn=event.urn,
        name=event.name,
        what=f"Event: {event.title}",
        towards=Towards.UNCLEAR,
        reason=_shortened(event.evidence),
        said="Recorded",
        on=timezone.localdate(event.at),
    )


def _score(moved: Moved) -> Changed:
    because = "; ".join(
        f"{one.title}: {one.before:g} to {one.after:g} points. {one.because}" for one in moved.changes[:2]
    )
    return Changed(
        kind=Kind.SCORE,
        urn=moved.urn,
        name=moved.name,
        what=f"Early-warning score: {moved.before.points:g} to {moved.after.points:g} points",
        towards=_towards(moved),
        reason=because or "The parts of the score are as they were.",
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1].rsplit(" ", 1)[0] + "…"


def _towards(moved: Moved) -> Towards:
    """Return which way a score moved; fewer points on less that is known are no improvement."""
    if moved.by > 0:
        return Towards.WORSE
    return Towards.BETTER if moved.is_improved else Towards.UNCLEAR
