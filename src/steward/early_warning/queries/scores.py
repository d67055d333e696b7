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
    unknown_before: float = 0.0
    unknown_after: float = 0.0
    """How many points what is not known could add, before and now."""

    @property
    def is_less_known(self) -> bool:
        """Whether more of it is unknown than before, so that fewer points are no improvement."""
        return self.unknown_after > self.unknown_before


@dataclass(frozen=True, slots=True)
class Moved:
    """A school whose points, or what is known of it, are not what they were in the run before, and why."""

    urn: int
    name: str
    before: KeptScore
    after: KeptScore
    changes: tuple[Change, ...]

    @property
    def by(self) -> float:
        """How many points more than before."""
        return self.after.points - self.before.points

    @property
    def is_less_known(self) -> bool:
        """Whether more points are not known than before: what fell may have fallen only for that."""
        return unknown_points(self.after) > unknown_points(self.before)

    @property
    def is_improved(self) -> bool:
        """Whether it has fewer points on no less that is known."""
        return self.by < 0 and not self.is_less_known


def unknown_points(kept: KeptScore) -> float:
    """Return how many points what is not known could add to a score."""
    return round(kept.maximum - kept.available, 6)


def are_comparable(run: ScoreRun, before: ScoreRun) -> bool:
    """Return whether two runs asked the same method in the same version."""
    return (run.method, run.method_version) == (before.method, before.method_version)


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
    """Return the schools whose points, or what is known of them, changed, most upwards first."""
    before = run_before(run)
    if before is None:
        return []
    earlier = {one.school_id: one for one in scores_in(before, within=within)}
    pairs = [
        (earlier[one.school_id], one)
        for one in scores_in(run, within=within)
        if one.school_id in earlier and _stands(earlier[one.school_id]) != _stands(one)
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
    """Return the parts whose points, or unknown points, differ between two scores as kept, largest first."""
    old = {one.id: one for one in score_from(before).contributions}
    new = {one.id: one for one in score_from(after).contributions}
    pairs = [(old.get(key), new.get(key)) for key in dict.fromkeys((*new, *old))]
    found = [
        Change(_title(was, now), _points(was), _points(now), _why(now), _unknown(was), _unknown(now))
        for was, now in pairs
        if (_points(was), _unknown(was)) != (_points(now), _unknown(now))
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


def _stands(kept: KeptScore) -> tuple[float, float]:
    return kept.points, unknown_points(kept)


def _title(was: Contribution | None, now: Contribution | None) -> str:
    one = now or was
    return one.title if one else ""


def _unknown(one: Contribution | None) -> float:
    return 0.0 if one is None else one.unknown


def _points(one: Contribution | None) -> float:
    return 0.0 if one is None else one.points


def _why(one: Contribution | None) -> str:
    return "No longer on record or no longer asked." if one is None else one.because
