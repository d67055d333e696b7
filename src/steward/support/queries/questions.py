"""Reads that make the question of a plan: how great each need is, and how strong each provider."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from math import sqrt
from pathlib import Path

from steward.access.permissions import Viewer
from steward.analysis.matching.problem import Need as AskedNeed
from steward.analysis.matching.problem import Problem, Settled, Supporter
from steward.analysis.matching.weights import MatchingWeights, read_matching_weights
from steward.categorisation.models import Decision
from steward.categorisation.queries import decisions
from steward.early_warning.queries import scores
from steward.evidence.queries import similar, standings
from steward.support.definitions import folders_of
from steward.support.models import Need, Provider
from steward.support.queries import needs as need_queries
from steward.support.queries import providers as supply
from steward.support.questions import Asked, need_id, provider_id
from steward.support.steps import NeedState
from steward.support.terms import Term

METHOD = "default"
"""Id of the method in use; the authority's own file of this name takes its place."""
UNKNOWN_WEIGHT = 0.5
"""How great a need counts, from 0 to 1, where neither decision nor score says it: neither small nor great."""
UNKNOWN_STRENGTH, UNKNOWN_SPREAD = 0.0, 1.0
"""Of a provider whose school has no results: average, with the whole spread of schools as the risk."""
_PROGRESS = ("reading_progress", "writing_progress", "maths_progress", "progress_8")
_OF_95 = 2 * 1.96
"""Standard deviations that a 95% interval spans."""


def weights() -> MatchingWeights:
    """Return the method of matching in force. Raises DefinitionFault."""
    return _weights(folders_of("matching"))


@lru_cache(maxsize=2)
def _weights(folders: tuple[Path, ...]) -> MatchingWeights:
    return read_matching_weights(folders)[METHOD]


def question(viewer: Viewer, *, term: Term, today: date, budget: float | None, settled: Settled) -> Asked:
    """Return the question of a term: open needs that begin in it or before, and providers with days."""
    wanted = need_queries.Wanted(state=NeedState.OPEN)
    needs = [one for one in need_queries.needs(viewer, wanted=wanted) if one.term <= term.key]
    found = supply.supporters(viewer)
    days = supply.days_in(term, providers=found)
    able = [one for one in found if days[one.pk].free > 0]
    strengths = _strengths(able)
    supporters = tuple(
        _supporter(one, needs=needs, days=days[one.pk].free, strength=strengths[one.pk], today=today)
        for one in able
    )
    how_great = _weights_of(viewer, needs=needs)
    problem = Problem(
        needs=tuple(_need(one, weight=how_great[one.pk], must=_highest(viewer, one)) for one in needs),
        supporters=supporters,
        weights=weights(),
        likeness=_likeness(needs, providers=able),
        budget=budget,
        settled=_known(settled, needs=needs, providers=able),
    )
    names = {need_id(one.pk): one.school.name for one in needs}
    return Asked(problem, names | {provider_id(one.pk): one.name for one in able})


def _known(settled: Settled, *, needs: list[Need], providers: list[Provider]) -> Settled:
    """Leave out what was settled about needs and providers that are no longer there."""
    there = {need_id(one.pk) for one in needs}, {provider_id(one.pk) for one in providers}
    kept = frozenset(pair for pair in settled.forbidden if pair[0] in there[0] and pair[1] in there[1])
    return Settled(fixed=frozenset(), forbidden=kept)


def _need(one: Need, *, weight: float, must: bool) -> AskedNeed:
    return AskedNeed(
        id=need_id(one.pk),
        phase=one.phase,
        urgency=one.urgency,  # type: ignore[arg-type]  # the choices of the field are those of the method
        weight=weight,
        days=float(one.days),
        tags=frozenset(one.tags),
        must_cover=must,
        trust=one.school.trust,
        faith=one.school.religious_character,
        easting=_metres(one.school.easting),
        northing=_metres(one.school.northing),
        vetoes=frozenset(one.vetoes),
        target_groups=frozenset(one.target_groups),
    )


def _metres(place: int | None) -> float | None:
    return None if place is None else float(place)


def _supporter(
    one: Provider, *, needs: list[Need], days: float, strength: tuple[float, float], today: date
) -> Supporter:
    in_force = [c for c in one.conflicts.all() if c.since <= today and (c.until is None or c.until > today)]
    barred = {c.school_id for c in in_force if c.school_id} | {one.school_id}
    base = one if one.easting is not None else one.school
    return Supporter(
        id=provider_id(one.pk),
        phases=frozenset(one.phases),
        days=days,
        cost_per_day=float(one.cost_per_day),
        strength=strength[0],
        spread=strength[1],
        tags=frozenset(one.specialisms),
        trust=one.trust,
        faith=one.faith,
        easting=_metres(base.easting) if base else None,
        northing=_metres(base.northing) if base else None,
        conflicts=frozenset(need_id(need.pk) for need in needs if need.school_id in barred)
        | frozenset(c.trust for c in in_force if c.trust),
    )


def _strengths(providers: list[Provider]) -> dict[int, tuple[float, float]]:
    """Return strength and its standard deviation, in standard deviations of schools.

    The mean over measures of progress of how far the best estimate of the provider's own school lies above
    its target, in the newest year in which it was judged. Not known without such a measure.
    """
    urns = {one.school_id for one in providers if one.school_id is not None}
    newest = {
        (urn, indicator): standing
        for (urn, indicator, _), standing in sorted(standings.standings_of_schools(urns).items())
        if indicator in _PROGRESS and standing.variance > 0 and standing.estimate is not None
    }
    found: dict[int, list[tuple[float, float]]] = {}
    for (urn, _), one in newest.items():
        if one.estimate is None or one.low is None or one.high is None:
            continue
        spread = sqrt(one.variance)
        error = (one.high - one.low) / _OF_95 / spread
        found.setdefault(urn, []).append(((one.estimate - one.target) / spread, error))
    return {one.pk: _mean(found.get(one.school_id or 0, [])) for one in providers}


def _mean(found: list[tuple[float, float]]) -> tuple[float, float]:
    if not found:
        return UNKNOWN_STRENGTH, UNKNOWN_SPREAD
    return sum(level for level, _ in found) / len(found), sum(error for _, error in found) / len(found)


def _weights_of(viewer: Viewer, *, needs: list[Need]) -> dict[int, float]:
    """Return how great each need is: the greater of its support category and its early-warning score."""
    shares: dict[int, float] = {}
    run = scores.current_run(needs[0].authority_id) if needs else None
    if run is not None:
        found = scores.scores_in(run, within=scores.reach_of(viewer)).filter(ranked=True)
        shares = {one.school_id: one.share / 100 for one in found}
    return {one.pk: _weight(viewer, one, share=shares.get(one.school_id)) for one in needs}


def _weight(viewer: Viewer, need: Need, *, share: float | None) -> float:
    final = decisions.final_decision(need.school_id, viewer=viewer)
    said = [share] if share is not None else []
    if final is not None and len(final.categories) > 1:
        said.append(final.concern / (len(final.categories) - 1))
    return min(1.0, max(said)) if said else UNKNOWN_WEIGHT


def _highest(viewer: Viewer, need: Need) -> bool:
    """Return whether the school is in the support category of most concern, by a final decision."""
    final: Decision | None = decisions.final_decision(need.school_id, viewer=viewer)
    return final is not None and final.concern == len(final.categories) - 1 > 0


def _likeness(needs: Iterable[Need], *, providers: list[Provider]) -> dict[tuple[str, str], float]:
    """Return how alike two intakes are, 1 for the most alike, where the provider's school is in the set."""
    found: dict[tuple[str, str], float] = {}
    for need in needs:
        alike = similar.set_of(need.school_id)
        if alike is None:
            continue
        shares = {one.urn: 1 - (one.rank - 1) / len(alike.schools) for one in alike.schools}
        for one in providers:
            if one.school_id in shares:
                found[need_id(need.pk), provider_id(one.pk)] = shares[one.school_id]
    return found
