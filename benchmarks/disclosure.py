"""How long the disclosure gate takes for the tables of pupils of one authority, and of many."""

import time

import numpy as np

from steward.analysis.disclosure.gate import release
from steward.analysis.disclosure.groups import ALL, GroupCount
from steward.analysis.disclosure.loss import Loss
from steward.analysis.disclosure.policy import read_policy
from steward.vocabulary.protection import Protected

SCHOOLS = 200
PACKS = 3
AUTHORITIES = 150


def main() -> int:
    """Pass packs of an authority through the gate and print the time, the loss, and what 150 would take."""
    policy, loss = read_policy(), Loss.none()
    began = time.perf_counter()
    for seed in range(PACKS):
        loss += release(Protected(pack(seed)), policy=policy).loss
    each = (time.perf_counter() - began) / PACKS
    print(f"gate: {SCHOOLS} schools, two groups, one measure: {each:.1f} s an authority", end="; ")
    print(f"{AUTHORITIES} authorities one after another about {each * AUTHORITIES / 60:.0f} minutes.")
    print(f"gate: {loss.words} Loss {loss.cost:.0f}, the least possible at least {loss.least:.0f}.")
    return 0


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
