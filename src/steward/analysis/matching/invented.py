"""Invented problems of the size of an authority, for tests and benchmarks; seeded."""

import numpy as np

from steward.analysis.matching.problem import Need, Problem, Supporter
from steward.analysis.matching.weights import MatchingWeights, Urgency

_TAGS = ("reading", "mathematics", "phonics", "leadership", "attendance", "send", "early years", "behaviour")
_PHASES = ("primary", "primary", "primary", "secondary", "special")
_URGENCIES: tuple[Urgency, ...] = ("urgent", "soon", "soon", "planned")
_AREA = 25_000.0


def invented_problem(
    *, needs: int, supporters: int, seed: int, weights: MatchingWeights, tightness: float = 0.8
) -> Problem:
    """Return a problem whose supporters have about `tightness` of the days that the schools ask for."""
    draw = np.random.default_rng(seed)
    asked = draw.integers(2, 13, size=needs)
    free = draw.dirichlet(np.full(supporters, 2.0)) * asked.sum() * tightness
    made_needs = tuple(
        Need(
            id=f"need-{number:03d}",
            phase=str(draw.choice(_PHASES)),
            urgency=_URGENCIES[int(draw.integers(0, len(_URGENCIES)))],
            weight=float(np.round(draw.beta(2, 2), 3)),
            days=float(asked[number]),
            tags=_some(draw),
            group=f"area {int(draw.integers(1, 6))}",
            must_cover=bool(draw.random() < 0.1),
            easting=float(draw.uniform(0, _AREA)),
            northing=float(draw.uniform(0, _AREA)),
            vetoes=frozenset({f"supporter-{int(draw.integers(0, supporters)):03d}"})
            if draw.random() < 0.1
            else frozenset(),
        )
        for number in range(needs)
    )
    made_supporters = tuple(
        Supporter(
            id=f"supporter-{number:03d}",
            phases=frozenset({str(draw.choice(_PHASES)), *(["primary"] if draw.random() < 0.4 else [])}),
            days=float(np.round(max(free[number], 1.0), 1)),
            cost_per_day=float(draw.integers(250, 500)),
            strength=float(draw.normal(0.3, 0.5)),
            spread=float(draw.uniform(0.1, 0.5)),
            tags=_some(draw),
            easting=float(draw.uniform(0, _AREA)),
            northing=float(draw.uniform(0, _AREA)),
        )
        for number in range(supporters)
    )
    return Problem(made_needs, made_supporters, weights)


def _some(draw: np.random.Generator) -> frozenset[str]:
    return frozenset(str(tag) for tag in draw.choice(_TAGS, size=int(draw.integers(1, 4)), replace=False))
