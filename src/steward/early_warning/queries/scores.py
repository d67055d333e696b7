"""Reads of scores: the table, one school, what moved, and the replay of a run."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from steward.access.permissions import Permission, Reach, Viewer, reach
from steward.analysis.scoring.inputs import (
    school_from,
    score_from,
    score_text,
    scoring_from,
    shared_from,
)
from steward.analysis.scoring.workings import Contribution, Score, score
from steward.early_warning.models import KeptScore, ScoreRun

EVERY_SCHOOL = Reach(everywhere=True)
"""For programs such as the command line, which no viewer asks."""


@dataclass(frozen=True, slots=True)
class Change:
    """A part of the score that is not what it was, and by how much."""

    title: str
    before: float
    after: float
    because: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A school whose points are not what they were in the run before, and why."""

    urn: int
    name: str
    before: KeptScore
    after: KeptScore
    changes: tuple[Change, ...]

    @property
    def by(self) -> float:
        """How many points more than before."""
        return self.after.points - self.before.points


def current_run(authority: str) -> ScoreRun | None:
    """Return the run in force for an authority, or None when none was made yet."""
    return ScoreRun.objects.filter(authority=authority, current=True).select_related("generation").first()


def run_before(run: ScoreRun) -> ScoreRun | None:
    """Return the run made before for the same authority, or None."""
    return ScoreRun.objects.filter(authority=run.authority_id, pk__lt=run.pk).first()


def scores_in(run: ScoreRun, *, within: Reach) -> QuerySet[KeptScore]:
    """Return the scores of a run within reach, without their workings."""
    found = run.scores.select_related("school").defer("inputs", "result")
    return found if within.everywhere else found.filter(school_id__in=within.urns)


def reach_of(viewer: Viewer) -> Reach:
    """Return over which schools the viewer may see scores."""
    return reach(viewer, Permission.VIEW_EARLY_WARNING)


def score_of(urn: int, *, run: ScoreRun, within: Reach) -> KeptScore | None:
    """Return the score of one school in a run with all its workings, or None."""
    if not within.covers(urn):
        return None
    return run.scores.select_related("school").filter(school_id=urn).first()


def workings(kept: KeptScore) -> Score:
    """Return the score as it was worked out."""
    return score_from(kept.result)


def moved(run: ScoreRun, *, within: Reach) -> list[Moved]:
    """Return the schools whose points changed since the run before, most upwards first."""
    before = run_before(run)
    if before is None:
        return []
    earlier = {one.school_id: one for one in scores_in(before, within=within)}
    pairs = [
        (earlier[one.school_id], one)
        for one in scores_in(run, within=within)
        if one.school_id in earlier and earlier[one.school_id].points != one.points
    ]
    pairs.sort(key=lambda pair: (pair[0].points - pair[1].points, pair[1].school.name))
    return [Moved(new.school_id, new.school.name, old, new, ()) for old, new in pairs]


def with_reasons(movers: Iterable[Moved]) -> list[Moved]:
    """Return the movers with what changed in each; reads their workings, so for a few at a time."""
    found = list(movers)
    keys = [key for one in found for key in (one.before.pk, one.after.pk)]
    results = dict(KeptScore.objects.filter(pk__in=keys).values_list("pk", "result"))
    return [
        Moved(
            one.urn, one.name, one.before, one.after, changes(results[one.before.pk], results[one.after.pk])
        )
        for one in found
    ]


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Return the parts whose points differ between two scores, given as they are kept, largest first."""
    old = {one.id: one for one in score_from(before).contributions}
    new = {one.id: one for one in score_from(after).contributions}
    found = [
        Change(_either(old, new, key).title, _points(old.get(key)), _points(new.get(key)), _why(new.get(key)))
        for key in dict.fromkeys((*new, *old))
        if _points(old.get(key)) != _points(new.get(key))
    ]
    return tuple(sorted(found, key=lambda one: -abs(one.after - one.before)))


def replayed(kept: KeptScore) -> str:
    """Return the score worked out again from what was kept with the run; the same text, byte for byte."""
    run = kept.run
    school = school_from(kept.inputs, shared=shared_from(run.shared))
    return score_text(score(scoring_from(run.scoring), school=school, events_on=run.events_on))


def history_of(urn: int, *, within: Reach, most: int = 12) -> list[tuple[date, KeptScore]]:
    """Return the newest runs with the score of a school in each, newest first."""
    if not within.covers(urn):
        return []
    found = KeptScore.objects.filter(school_id=urn).select_related("run").defer("inputs", "result")
    ordered = found.order_by("-run_id")[:most]
    return [(one.run.as_at, one) for one in ordered]


def _either(old: dict[str, Contribution], new: dict[str, Contribution], key: str) -> Contribution:
    return new[key] if key in new else old[key]


def _points(one: Contribution | None) -> float:
    return 0.0 if one is None else one.points


def _why(one: Contribution | None) -> str:
    return "No longer on record or no longer asked." if one is None else one.because
