"""Reads of plans: the newest of a term, alternatives for a need, and what holds a plan back."""

from dataclasses import dataclass

from django.db import models

from steward.access.permissions import Permission, Viewer, may
from steward.analysis.matching.pairs import Pair, candidates, reasons
from steward.analysis.matching.plan import Plan
from steward.analysis.matching.problem import Problem, Settled
from steward.analysis.matching.solving import NoPlan, Planner
from steward.support import definitions
from steward.support.models import MatchingPlan, PlannedPair
from steward.support.queries.questions import UNKNOWN_SPREAD, UNKNOWN_STRENGTH
from steward.support.questions import Asked, key_of, need_id, provider_id, question_from
from steward.support.terms import Term

MOST_ALTERNATIVES = 3
_SECONDS = 5.0
"""Given to each; one that was not proved in it says what was found."""
_TRIED = 5
"""So many of the next best pairs are tried in the whole plan, of which the best are shown."""


@dataclass(frozen=True, slots=True)
class Instead:
    """Another provider for a need: what the whole plan would lose, as a share, and who else would change."""

    provider: int
    name: str
    loss: float
    changes: tuple[str, ...]

    @property
    def loss_in_words(self) -> str:
        """The loss as a share of the plan."""
        return f"{self.loss:.1%}" if self.loss >= 0.0005 else "less than 0.1%"


def visible_to(viewer: Viewer) -> models.QuerySet[MatchingPlan]:
    """Return the plans a viewer may see."""
    found = MatchingPlan.objects.all()
    return found if may(viewer, Permission.VIEW_SUPPORT) else found.none()


def newest(viewer: Viewer, *, term: Term, authority: str) -> MatchingPlan | None:
    """Return the newest plan of a term, None where none was made."""
    return visible_to(viewer).filter(term=term.key, authority=authority).first()


def pairs_of(plan: MatchingPlan) -> list[PlannedPair]:
    """Return the pairs of a plan, those of most value first."""
    return list(plan.pairs.select_related("need__school", "provider", "chosen", "deployment"))


def alternatives(pair: PlannedPair) -> tuple[Instead, ...]:
    """Return up to three other providers for a need, those that cost the whole plan least first.

    Each is worked out by solving the question of the plan again with that pair fixed.
    """
    asked = question_from(pair.plan.question)
    problem = asked.problem
    need, planned = need_id(pair.need_id), provider_id(pair.provider_id)
    rivals = [
        one
        for one in candidates(problem).pairs
        if problem.needs[one.need].id == need and problem.supporters[one.supporter].id != planned
    ]
    rivals.sort(key=lambda one: (-one.value, one.supporter))
    tried = [problem.supporters[one.supporter].id for one in rivals[:_TRIED]]
    planner = Planner(problem)
    planner.best(seconds=_SECONDS)
    found = [_instead(asked, planner=planner, pair=pair, supporter=each) for each in tried]
    known = [one for one in found if one is not None]
    return tuple(sorted(known, key=lambda one: (one.loss, one.name))[:MOST_ALTERNATIVES])


def _instead(asked: Asked, *, planner: Planner, pair: PlannedPair, supporter: str) -> Instead | None:
    need, planned = need_id(pair.need_id), provider_id(pair.provider_id)
    problem, before = asked.problem, asked.problem.settled
    settled = Settled(before.fixed | {(need, supporter)}, before.forbidden | {(need, planned)})
    try:
        other = planner.best(settled, seconds=_SECONDS)
    except NoPlan:
        return None
    was = {(need_id(one.need_id), provider_id(one.provider_id)) for one in pair.plan.pairs.all()}
    added = _chosen(other, problem=problem) - was - {(need, supporter)}
    changes = tuple(f"{asked.names[one[0]]}: {asked.names[one[1]]}" for one in sorted(added))
    loss = max(0.0, pair.plan.value - other.value) / max(abs(pair.plan.value), 1e-9)
    return Instead(key_of(supporter), asked.names[supporter], loss, changes)


def _chosen(plan: Plan, *, problem: Problem) -> set[tuple[str, str]]:
    return {(problem.needs[one.need].id, problem.supporters[one.supporter].id) for one in plan.pairs}


def reasons_in_words(pair: Pair, *, asked: Asked) -> list[str]:
    """Return why a pair is worth what it is, specialisms in words, and what is not known said so."""
    supporter = asked.problem.supporters[pair.supporter]
    said = list(reasons(pair, problem=asked.problem))
    if (supporter.strength, supporter.spread) == (UNKNOWN_STRENGTH, UNKNOWN_SPREAD):
        said[0] = "The progress of pupils at the provider's own school is not known: it counts as average."
    labels = definitions.specialisms().labels()
    keys, words = ", ".join(pair.matched), ", ".join(labels.get(tag, tag) for tag in pair.matched)
    return [one.replace(f": {keys}.", f": {words.lower()}.") if keys else one for one in said]


def limits_in_words(plan: Plan, *, asked: Asked) -> list[str]:
    """Return what holds a plan back, the heaviest first."""
    said = []
    for limit in plan.limits:
        words = limit.what
        for identity, name in asked.names.items():
            if words.startswith(f"{identity} "):
                words = words.replace(identity, name, 1)
        share = limit.worth / max(abs(plan.value), 1e-9)
        said.append(f"{words}: one more {limit.unit} would add about {share:.1%} to the value of the plan.")
    return said


def unmet_in_words(plan: Plan, *, asked: Asked) -> list[dict[str, object]]:
    """Return the needs without a provider, each with why: evidence of what support is missing."""
    problem, found = asked.problem, candidates(asked.problem)
    possible = {pair.need for pair in found.pairs}
    said: list[dict[str, object]] = []
    for row in plan.unmet:
        bars = [bar for (need, _), bar in found.barred.items() if need == row]
        if row in possible:
            why = "Providers could, but their days or the money are worth more elsewhere."
        else:
            common = max(set(bars), key=lambda bar: (bars.count(bar), bar.value))
            why = f"No provider can: most often because one {common.words}."
        must = " The school is in the support category of most concern." if row in plan.uncovered else ""
        need = problem.needs[row]
        said.append({"need": key_of(need.id), "school": asked.names[need.id], "why": why + must})
    return said
