"""Which pairs are possible, what each is worth, and why."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from steward.analysis.matching.problem import Bar, Need, Problem, Supporter

_METRES = 1000.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A possible pair: its value, and the parts the value is made of.

    `effect` is the effect expected on the need in pupil standard deviations, `travel` and `risk` what is
    taken off, `minutes` the way there, None where a place is not known.
    """

    need: int
    supporter: int
    value: float
    effect: float
    matched: tuple[str, ...]
    alike: float | None
    minutes: float | None
    travel: float
    risk: float
    cost: float


@dataclass(frozen=True, slots=True)
class Candidates:
    """Every possible pair, and why each other pair is barred."""

    pairs: tuple[Pair, ...]
    barred: dict[tuple[int, int], Bar]


def candidates(problem: Problem) -> Candidates:
    """Return possible and barred pairs by place in the lists of needs and supporters."""
    pairs: list[Pair] = []
    barred: dict[tuple[int, int], Bar] = {}
    for row, need in enumerate(problem.needs):
        for column, supporter in enumerate(problem.supporters):
            minutes = _minutes(need, supporter, problem=problem)
            bar = _bar(need, supporter, minutes=minutes, problem=problem)
            if bar is None:
                pairs.append(_pair(row, column, minutes=minutes, problem=problem))
            else:
                barred[row, column] = bar
    return Candidates(tuple(pairs), barred)


def reasons(pair: Pair, *, problem: Problem) -> tuple[str, ...]:
    """Return why the pair is worth what it is, as sentences."""
    return tuple(_reasons(pair, problem=problem))


def _reasons(pair: Pair, *, problem: Problem) -> Iterator[str]:
    supporter = problem.supporters[pair.supporter]
    standing = "above" if supporter.strength > 0 else "below" if supporter.strength < 0 else "at"
    yield f"The supporter's own results are {standing} the average of schools, after allowing for chance."
    if pair.matched:
        yield f"Expertise fits the need: {', '.join(pair.matched)}."
    elif problem.needs[pair.need].tags:
        yield "Expertise does not fit the need, so less is expected."
    if pair.alike is not None:
        yield f"The two intakes are {_alike(pair.alike)}."
    if pair.minutes is None:
        yield "How far apart they are is not known."
    else:
        yield f"About {pair.minutes:.0f} minutes apart."


def _alike(share: float) -> str:
    if share >= 0.75:
        return "very much alike"
    return "somewhat alike" if share >= 0.4 else "not much alike"


def _bar(need: Need, supporter: Supporter, *, minutes: float | None, problem: Problem) -> Bar | None:
    named = {supporter.id, supporter.trust, supporter.faith} - {""}
    checks = (
        (need.id == supporter.id, Bar.SAME_SCHOOL),
        (need.phase not in supporter.phases, Bar.PHASE),
        (bool(named & need.vetoes), Bar.VETO),
        (bool({need.id, need.trust} - {""} & supporter.conflicts), Bar.CONFLICT),
        (minutes is not None and minutes > problem.weights.most_minutes, Bar.DISTANCE),
        (need.days > supporter.days, Bar.DAYS),
    )
    return next((bar for barred, bar in checks if barred), None)


def _pair(row: int, column: int, *, minutes: float | None, problem: Problem) -> Pair:
    need, supporter, weights = problem.needs[row], problem.supporters[column], problem.weights
    matched = tuple(sorted(need.tags & supporter.tags))
    fit = weights.matched_expertise if matched or not need.tags else weights.unmatched_expertise
    alike = problem.likeness.get((need.id, supporter.id))
    similar = 1 + weights.most_alike_bonus * (alike or 0.0)
    effect = weights.prior_effect * math.exp(0.5 * supporter.strength) * fit * similar
    risk = weights.risk_aversion * weights.prior_effect * supporter.spread
    travel = weights.travel_per_minute * (minutes or 0.0) * need.days
    standing = need.weight * weights.need_weights[need.urgency]
    cost = supporter.cost_per_day * need.days
    value = standing * (effect - risk) - travel
    return Pair(row, column, value, effect, matched, alike, minutes, travel, risk, cost)


def _minutes(need: Need, supporter: Supporter, *, problem: Problem) -> float | None:
    ends = (need.easting, need.northing, supporter.easting, supporter.northing)
    if any(end is None for end in ends):
        return None
    east, north, other_east, other_north = (float(end) for end in ends if end is not None)
    kilometres = math.hypot(east - other_east, north - other_north) / _METRES
    return kilometres * problem.weights.minutes_per_kilometre
