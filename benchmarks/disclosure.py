"""How long the disclosure gate takes for the tables of pupils of one authority, and of many."""

import time
from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from steward.analysis.disclosure.gate import release
from steward.analysis.disclosure.groups import ALL, GroupCount
from steward.analysis.disclosure.loss import Loss
from steward.analysis.disclosure.policy import read_policy
from steward.vocabulary.protection import Protected

SCHOOLS = 200
PACKS = 3
AUTHORITIES = 150
AUTHORITY_SCHOOLS = 250
DIMENSIONS = {"sex": 2, "disadvantaged": 2, "free_school_meals": 2, "looked_after": 2}
DIMENSIONS |= {"first_language": 3, "sen": 4, "term_of_birth": 3, "ethnicity": 6}
MEASURES = tuple(f"measure_{number}" for number in range(15))


def main() -> int:
    """Pass packs of an authority through the gate and print the time, the loss, and what 150 would take."""
    policy, loss = read_policy(), Loss.none()
    began = time.perf_counter()
    for seed in range(PACKS):
        loss += release(Protected(pack(seed)), policy=policy).loss
    each = (time.perf_counter() - began) / PACKS
    print(f"gate: {SCHOOLS} schools, two groups, one measure: {each:.1f} s an authority", end="; ")
    print(f"{AUTHORITIES} authorities one after another about {each * AUTHORITIES / 60:.0f} minutes.")
    print(f"gate: {loss.words} {_bounded(loss)}")
    began, used = time.perf_counter(), time.process_time()
    loss = release(Protected(whole_year()), policy=policy).loss
    told = f"{time.process_time() - used:.0f} s of processor, {time.perf_counter() - began:.0f} s in all"
    print(f"gate: a year of {AUTHORITY_SCHOOLS} schools, {len(DIMENSIONS)} characteristics, ", end="")
    print(f"{len(MEASURES)} measures: {told} (goal 90 s of processor). {loss.words} {_bounded(loss)}")
    return 0


def _bounded(loss: Loss) -> str:
    """Say what was lost beside the proved bound, which is no more than the exact optimum."""
    ratio = f"{loss.cost / loss.least:.3f} (goal at most 1.15)" if loss.least else "none"
    return f"Loss {loss.cost:.0f}; any safe choice loses at least {loss.least:.0f}: {ratio}."


def whole_year() -> tuple[GroupCount, ...]:
    """Return the counts of every characteristic and measure of one year of an invented authority."""
    rng, rows = np.random.default_rng(9), []
    for school in range(AUTHORITY_SCHOOLS):
        pupils = int(rng.poisson(40)) + 1
        passed = {one: rng.random(pupils) < rng.uniform(0.2, 0.8) for one in MEASURES}
        for dimension, many in ((ALL, 1), *DIMENSIONS.items()):
            member = rng.choice(many, size=pupils, p=rng.dirichlet(np.linspace(1.0, 6.0, many)))
            for place in range(many):
                inside = member == place
                name = ALL if dimension == ALL else str(place)
                rows += [
                    _count("school", str(school), one, (dimension, name), inside.sum(), (inside & had).sum())
                    for one, had in passed.items()
                    if inside.any()
                ]
    return (*rows, *_together(rows))


def _together(rows: list[GroupCount]) -> Iterator[GroupCount]:
    sums: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        held = sums[row.indicator, row.dimension, row.member]
        held[0], held[1] = held[0] + row.pupils, held[1] + (row.achieved or 0)
    for (indicator, dimension, member), (pupils, achieved) in sums.items():
        yield _count("authority", "399", indicator, (dimension, member), pupils, achieved)


def _count(
    level: str, area: str, indicator: str, group: tuple[str, str], pupils: int, achieved: int
) -> GroupCount:
    phase, share = ("all" if level == "authority" else "primary"), 100.0 * achieved / pupils
    return GroupCount(level, area, phase, indicator, 2024, *group, int(pupils), int(achieved), share)


def pack(seed: int) -> tuple[GroupCount, ...]:
    """Return the counts of an invented authority: everybody, the disadvantaged and the others."""
    rng = np.random.default_rng(seed)
    everybody = rng.poisson(32, SCHOOLS) + 1
    inside = rng.binomial(everybody, rng.beta(2, 5, SCHOOLS))
    counts = {"disadvantaged": inside, "others": everybody - inside}
    achieved = {name: rng.binomial(one, 0.6) for name, one in counts.items()}
    counts[ALL], achieved[ALL] = everybody, achieved["disadvantaged"] + achieved["others"]
    rows = [
        _row("school", str(school), member, int(counts[member][school]), int(achieved[member][school]))
        for school in range(SCHOOLS)
        for member in counts
    ]
    rows += [
        _row("authority", "399", member, int(counts[member].sum()), int(achieved[member].sum()))
        for member in counts
    ]
    return tuple(row for row in rows if row.pupils)


def _row(level: str, area: str, member: str, pupils: int, achieved: int) -> GroupCount:
    dimension = ALL if member == ALL else "disadvantaged"
    share = 100.0 * achieved / max(pupils, 1)
    return GroupCount(
        level, area, "primary", "rwm_expected", 2024, dimension, member, pupils, achieved, share
    )


if __name__ == "__main__":
    raise SystemExit(main())
