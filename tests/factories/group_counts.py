"""Invented counts of groups of pupils of one authority, with all that adds up."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from steward.analysis.disclosure.groups import ALL, GroupCount

MEMBERS = {
    "disadvantaged": ("disadvantaged", "others"),
    "sen": ("none", "support", "plan"),
    "ethnicity": ("asian", "black", "mixed", "other", "white", "unknown"),
}


def authority_of(
    rng: np.random.Generator,
    *,
    schools: int,
    dimensions: Sequence[str] = ("disadvantaged",),
    indicators: Sequence[str] = ("rwm_expected",),
    mean: float = 30.0,
) -> tuple[GroupCount, ...]:
    """Return rows of an authority and its schools: everybody, and each member of each dimension."""
    rows: list[GroupCount] = []
    for number in range(schools):
        pupils = int(rng.poisson(mean)) + 1
        passed = {one: rng.random(pupils) < rng.uniform(0.4, 0.8) for one in indicators}
        for dimension, names in [(ALL, (ALL,)), *((one, MEMBERS[one]) for one in dimensions)]:
            shares = rng.dirichlet(np.linspace(1.0, 6.0, len(names)))
            member = rng.choice(len(names), size=pupils, p=shares)
            for place, name in enumerate(names):
                inside = member == place
                for indicator in indicators:
                    rows += _row(str(number), dimension, name, indicator, inside, passed[indicator])
    return (*rows, *_authority(rows))


def _row(area, dimension, member, indicator, inside, passed):
    pupils, achieved = int(inside.sum()), int((inside & passed).sum())
    if pupils:
        share = 100.0 * achieved / pupils
        yield GroupCount(
            "school", area, "primary", indicator, 2024, dimension, member, pupils, achieved, share
        )


def _authority(rows):
    sums = defaultdict(lambda: [0, 0])
    for row in rows:
        held = sums[row.indicator, row.dimension, row.member]
        held[0] += row.pupils
        held[1] += row.achieved
    for (indicator, dimension, member), (pupils, achieved) in sums.items():
        share = 100.0 * achieved / pupils
        yield GroupCount(
            "authority", "399", "primary", indicator, 2024, dimension, member, pupils, achieved, share
        )
