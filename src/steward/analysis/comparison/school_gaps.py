"""Gaps within schools: with an interval, what could be seen at all, and schools whose group does well.

Figures are those that were released about a school. Where only all pupils stand beside the group, those
not in it are worked out from the two, as any reader could.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist

from steward.analysis.comparison.detectable import smallest_gap_of_shares
from steward.analysis.comparison.discovery import LISTS, adjusted
from steward.analysis.comparison.intervals import (
    Interval,
    mean_difference_interval,
    share_difference_interval,
)
from steward.analysis.comparison.small_groups import SMALL, chance_of_so_far_apart
from steward.analysis.indicators.definition import PupilSpread
from steward.vocabulary.rounding import round_half_away
from steward.vocabulary.values import Known, Missing, Reason, Value

_UNLIKELY = 0.05
_LARGE = 200
"""From so many pupils the normal approximation stands for the exact binomial tail."""


@dataclass(frozen=True, slots=True)
class GroupOfSchool:
    """A group of a school and those it is held against, in one year or several together.

    `years` are the calendar years in which the school years end, oldest first.
    """

    urn: int
    group: Value
    other: Value
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SchoolGap:
    """A gap within a school, in the unit of the measure; below zero the group has the lower figure.

    `interval` is the 95% interval of the gap of two shares, or of two means where the spread of pupils is
    known; None where it or numbers are not. `could_see` is the smallest gap that would probably be found with
    so few pupils. `chance` is how likely shares so far apart are by chance, where a group is small.
    """

    of: GroupOfSchool
    amount: Value
    interval: Interval | None
    too_few: bool
    could_see: float | None
    chance: float | None = None

    @property
    def is_unlikely_chance(self) -> bool:
        """Whether the interval leaves out zero and the group is large enough to say so."""
        return (
            self.interval is not None
            and not self.too_few
            and (self.chance is None or self.chance <= _UNLIKELY)
            and (self.interval.low > 0 or self.interval.high < 0)
        )


def others_of(group: Value, *, every: Value) -> Value:
    """Return the figure of the pupils of a school who are not in the group, worked out from all of them.

    It is not available where a figure or its number of pupils is missing, or nobody is left.
    """
    if not isinstance(group, Known) or not isinstance(every, Known):
        missing = group if isinstance(group, Missing) else every
        return Missing(missing.reason if isinstance(missing, Missing) else Reason.NOT_AVAILABLE)
    if group.cohort is None or every.cohort is None or every.cohort - group.cohort < 1:
        return Missing(Reason.NOT_AVAILABLE)
    left = every.cohort - group.cohort
    total = every.value * every.cohort - group.value * group.cohort
    return Known(total / left, left)


def together(years: Sequence[tuple[int, Value]]) -> tuple[Value, tuple[int, ...]]:
    """Return the figure of several years as one, weighted by pupils, and the years that are in it.

    Years count backwards from the last one for as long as each follows the next and has a figure with its
    number of pupils.
    """
    used: list[tuple[int, Known]] = []
    for year, value in reversed(years):
        follows = not used or used[0][0] == year + 1
        if not follows or not isinstance(value, Known) or value.cohort is None:
            break
        used.insert(0, (year, value))
    pupils = math.fsum(value.cohort or 0.0 for _, value in used)
    if not used or pupils <= 0:
        last = years[-1][1] if years else Missing(Reason.NOT_AVAILABLE)
        return last, tuple(year for year, _ in years[-1:])
    total = math.fsum(value.value * (value.cohort or 0.0) for _, value in used)
    return Known(total / pupils, pupils), tuple(year for year, _ in used)


def both_together(years: Sequence[tuple[int, Value, Value]]) -> tuple[Value, Value, tuple[int, ...]]:
    """Return the figures of a group and of those beside it over the same years, and these years.

    Years count backwards for as long as both figures are there with their numbers of pupils, so that the two
    never rest on different years.
    """
    _, of_group = together([(year, group) for year, group, _ in years])
    _, of_other = together([(year, other) for year, _, other in years])
    used = sorted({*of_group} & {*of_other}) or [year for year, _, _ in years[-1:]]
    group, _ = together([(year, group) for year, group, _ in years if year in used])
    other, _ = together([(year, other) for year, _, other in years if year in used])
    return group, other, tuple(used)


def gap_within(
    of: GroupOfSchool, *, is_share: bool, least: int, spread: PupilSpread | None = None
) -> SchoolGap:
    """Return the gap within a school; shares are in percent. Fewer than `least` pupils are too few to say.

    `spread` is how the scores of pupils differ, for the gap of two means; without it that has no interval.
    Of groups of fewer than 20 a gap of shares is called unlikely to be chance only where the exact test
    (mid-p) says so too.
    """
    if isinstance(of.group, Missing) or isinstance(of.other, Missing):
        missing = of.group if isinstance(of.group, Missing) else of.other
        reason = missing if isinstance(missing, Missing) else Missing(Reason.NOT_AVAILABLE)
        return SchoolGap(of, reason, None, too_few=False, could_see=None)
    pupils, others = of.group.cohort, of.other.cohort
    few = pupils is not None and pupils < least
    amount = Known(of.group.value - of.other.value, pupils)
    if not pupils or not others:
        return SchoolGap(of, amount, None, few, could_see=None)
    if not is_share:
        interval = _of_means(amount.value, of.group, of.other, spread=spread)
        return SchoolGap(of, amount, interval, few, could_see=None)
    middle = min(max((of.group.value + of.other.value) / 200, 0.05), 0.95)
    could_see = 100 * smallest_gap_of_shares(round(pupils), other_pupils=round(others), share=middle)
    counts = _counts(of.group, of.other)
    if counts is None:
        return SchoolGap(of, amount, None, few, could_see)
    small = min(pupils, others) < SMALL
    chance = chance_of_so_far_apart(counts[0], **counts[1]) if small else None
    found = share_difference_interval(counts[0], **counts[1]).times(100)
    return SchoolGap(of, amount, found, few, could_see, chance)


def bucking_the_trend(
    groups: Sequence[GroupOfSchool], *, elsewhere: float, least: int, rate: float = LISTS
) -> Mapping[int, float]:
    """Return by URN the schools whose group reaches more than the same group elsewhere, unlikely by chance.

    `elsewhere` is the share in percent that the group reaches in England. Each school is tested one-sided by
    the exact binomial; of the list that comes out at most the share `rate` is there by chance, on average
    (Benjamini and Hochberg). The numbers are the adjusted p values. Schools with fewer than `least` pupils in
    the group are not tested.
    """
    tested = [one for one in groups if isinstance(one.group, Known) and (one.group.cohort or 0) >= least]
    if not tested or not 0 < elsewhere < 100:
        return {}
    chances = []
    for one in tested:
        pupils = round((one.group.cohort or 0) if isinstance(one.group, Known) else 0)
        share = one.group.value if isinstance(one.group, Known) else 0.0
        count = int(round_half_away(share * pupils / 100))
        chances.append(chance_of_at_least(count, pupils=pupils, share=elsewhere / 100))
    found = adjusted(chances)
    return {one.urn: float(p) for one, p in zip(tested, found, strict=True) if p <= rate}


def chance_of_at_least(count: int, *, pupils: int, share: float) -> float:
    """Return how likely so many or more of `pupils` are by chance, where each is one with chance `share`.

    Raises ValueError for a share that is not between 0 and 1. Exact for up to 200 pupils, then by the normal
    approximation with continuity.
    """
    if not 0 < share < 1:
        raise ValueError(f"A share of {share} is not between 0 and 1, such as 0.45.")
    if count <= 0:
        return 1.0
    if pupils > _LARGE:
        spread = math.sqrt(pupils * share * (1 - share))
        return 1 - NormalDist().cdf((count - 0.5 - pupils * share) / spread)
    terms = (
        math.comb(pupils, number) * share**number * (1 - share) ** (pupils - number)
        for number in range(count, pupils + 1)
    )
    return min(math.fsum(terms), 1.0)


def _of_means(amount: float, group: Known, other: Known, *, spread: PupilSpread | None) -> Interval | None:
    if spread is None:
        return None
    return mean_difference_interval(
        amount,
        spread=spread.deviation,
        pupils=max(round(group.cohort or 0), 1),
        other_pupils=max(round(other.cohort or 0), 1),
        quantile=spread.quantile,
    )


def _counts(group: Known, other: Known) -> tuple[int, dict[str, int]] | None:
    """Return how many of the group, and the numbers beside it; None where a share is beyond all pupils."""
    pupils, others = round(group.cohort or 0), round(other.cohort or 0)
    count, other_count = (
        int(round_half_away(one.value * number / 100)) for one, number in ((group, pupils), (other, others))
    )
    if not (0 <= count <= pupils and 0 <= other_count <= others):
        return None
    return count, {"pupils": pupils, "other_count": other_count, "other_pupils": others}
