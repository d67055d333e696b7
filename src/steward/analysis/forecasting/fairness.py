"""Whether schools of different kinds are flagged alike: by disadvantage, size, faith and phase.

A school is flagged when it is among the riskiest fifth of all asked about.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from steward.analysis.forecasting.features import Frame
from steward.analysis.forecasting.outcomes import Numbers

FLAGGED = 0.2
"""The share of schools that is flagged, the riskiest first."""
GAP_ALLOWED = 10.0
"""Percentage points between the largest and the smallest rate of catching that need no reason."""
_FIFTHS = (
    "least disadvantaged fifth",
    "second fifth",
    "third fifth",
    "fourth fifth",
    "most disadvantaged fifth",
)
_THIRDS = ("smallest third", "middle third", "largest third")


@dataclass(frozen=True, slots=True)
class Group:
    """How forecasts did among schools of one kind, as counts from which every rate follows."""

    dimension: str
    name: str
    schools: int
    came: int
    flagged: int
    caught: int
    said: float
    """Mean forecast, 0 to 1."""

    @property
    def flag_rate(self) -> float | None:
        """Percent of schools flagged."""
        return _percent(self.flagged, self.schools)

    @property
    def caught_rate(self) -> float | None:
        """Of the schools to which it came, the percent flagged (true positive rate)."""
        return _percent(self.caught, self.came)

    @property
    def false_rate(self) -> float | None:
        """Of the schools to which it did not come, the percent flagged (false positive rate)."""
        return _percent(self.flagged - self.caught, self.schools - self.came)

    @property
    def right_rate(self) -> float | None:
        """Of the flagged schools, the percent to which it came (positive predictive value)."""
        return _percent(self.caught, self.flagged)


def flags(said: Numbers, *, share: float = FLAGGED) -> NDArray[np.bool_]:
    """Return which schools are among the riskiest; of equal forecasts the first in order of URN."""
    found = np.zeros(len(said), dtype=bool)
    found[np.argsort(-said, kind="stable")[: round(share * len(said))]] = True
    return found


def groups(frame: Frame, *, came: Numbers, said: Numbers) -> tuple[Group, ...]:
    """Return the groups of every dimension; those of a dimension are all schools, unknown ones included."""
    flagged = flags(said)
    named = {
        "disadvantage": _cut(frame.disadvantaged, names=_FIFTHS),
        "size": _cut(frame.roll, names=_THIRDS),
        "faith": np.where(frame.faith, "with a religious character", "without a religious character"),
        "phase": np.full(len(came), frame.phase.label.lower()),
    }
    found = []
    for dimension, names in named.items():
        for name in dict.fromkeys((*_FIFTHS, *_THIRDS, *sorted(set(names.tolist())))):
            mine = names == name
            if mine.any():
                found.append(
                    Group(
                        dimension,
                        name,
                        int(mine.sum()),
                        int(came[mine].sum()),
                        int(flagged[mine].sum()),
                        int((flagged & mine & (came == 1)).sum()),
                        float(said[mine].mean()),
                    )
                )
    return tuple(found)


def opportunity_gap(found: tuple[Group, ...]) -> float | None:
    """Return by how many points the most disadvantaged fifth is caught more often than the least, or None."""
    rates = {one.name: one.caught_rate for one in found if one.dimension == "disadvantage"}
    low, high = rates.get(_FIFTHS[0]), rates.get(_FIFTHS[-1])
    return None if low is None or high is None else high - low


def _cut(values: Numbers, *, names: tuple[str, ...]) -> NDArray[np.str_]:
    """Return the name of the part of each school when all known are cut into equally many."""
    known = values[~np.isnan(values)]
    if not len(known):
        return np.full(len(values), "not known")
    edges = np.quantile(known, np.arange(1, len(names)) / len(names))
    places = np.searchsorted(edges, values, side="right")
    named = np.array([*names, "not known"])
    found: NDArray[np.str_] = named[np.where(np.isnan(values), len(names), places.clip(max=len(names) - 1))]
    return found


def _percent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None
