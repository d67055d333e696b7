"""Whether schools whose inspection outcome fell had been flagged for a decline of progress before.

The question is that of the Education Policy Institute (2016), asked of the flag used here: of inspections
that came out worse than the one before, how many followed a year in which the school was flagged?
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from steward.analysis.comparison.decline import Mean, Spreads, decline

WITHIN = timedelta(days=730)
"""An inspection counts that came within two years of the results."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An inspection with the rank of its outcome on its scale; 1 is the best."""

    on: date
    rank: int


@dataclass(frozen=True, slots=True)
class Foresight:
    """How many inspections fell, or did not, and how many of each had been flagged."""

    tested: int
    """Schools with a figure that could be held against the years before."""
    flagged: int
    fell: int
    fell_flagged: int
    held: int
    held_flagged: int


def flags_of(
    newest: Mapping[int, Mean], *, before: Sequence[Mapping[int, Mean]], spreads: Spreads
) -> dict[int, bool]:
    """Return by URN whether a school is flagged, for those with a figure and at least one before it."""
    found = {}
    for urn, mean in newest.items():
        earlier = [year[urn] for year in before if urn in year]
        if earlier:
            found[urn] = decline(mean, before=earlier, spreads=spreads).is_substantial
    return found


def any_flag(flags: Iterable[Mapping[int, bool]]) -> dict[int, bool]:
    """Return by URN whether a school is flagged in at least one measure, for those tested in any."""
    found: dict[int, bool] = {}
    for one in flags:
        for urn, flagged in one.items():
            found[urn] = found.get(urn, False) or flagged
    return found


def foresight(
    flags: Mapping[int, bool], *, inspections: Mapping[int, Sequence[Outcome]], known_on: date
) -> Foresight:
    """Return how the flags stood before the first inspection after the results were known, beside the last.

    `inspections` are those of each school in the order of their days.
    """
    fell = fell_flagged = held = held_flagged = 0
    for urn, flagged in flags.items():
        pair = _around(inspections.get(urn, ()), day=known_on)
        if pair is None:
            continue
        if pair[1].rank > pair[0].rank:
            fell, fell_flagged = fell + 1, fell_flagged + flagged
        else:
            held, held_flagged = held + 1, held_flagged + flagged
    return Foresight(len(flags), sum(flags.values()), fell, fell_flagged, held, held_flagged)


def _around(found: Sequence[Outcome], *, day: date) -> tuple[Outcome, Outcome] | None:
    """Return the last inspection up to a day and the first within two years after it, if there are both."""
    before = [one for one in found if one.on <= day]
    after = [one for one in found if day < one.on <= day + WITHIN]
    return (before[-1], after[0]) if before and after else None
