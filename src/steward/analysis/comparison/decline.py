"""Whether a school's mean fell by more than chance and the ordinary movement of schools explain.

The year is held against what is believed of the years before it: their mean, drawn towards all schools
as far as few pupils say little (empirical Bayes). Numbers are in the unit of the measure.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

SURE = 0.9
"""The decline is flagged when it is more likely than this."""

LEAST = 0.5
"""A substantial decline is more than so many standard deviations of schools."""


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of pupils' scores and how many pupils it rests on."""

    value: float
    pupils: float


@dataclass(frozen=True, slots=True)
class Spreads:
    """Standard deviations of pupils' scores and of schools' true means, and the mean of schools."""

    of_pupils: float
    of_schools: float
    middle: float = 0.0


@dataclass(frozen=True, slots=True)
class Decline:
    """How far the newest figure lies from what was believed before, and how sure it is that it fell."""

    believed: float
    change: float
    probability: float
    """That the true change is a fall of more than LEAST times the spread of schools; between 0 and 1."""
    deviation: float

    @property
    def is_substantial(self) -> bool:
        """Whether the decline is flagged."""
        return self.probability > SURE


def decline(newest: Mean, *, before: Sequence[Mean], spreads: Spreads) -> Decline:
    """Return how `newest` compares with the means `before`, weighted by their pupils.

    Raises ValueError without an earlier mean, with a mean on no pupils or with spreads not above zero.
    """
    if not before or any(one.pupils <= 0 for one in (newest, *before)):
        raise ValueError("Give at least one earlier mean, and means of at least one pupil.")
    if spreads.of_pupils <= 0 or spreads.of_schools <= 0:
        raise ValueError("Give spreads of pupils and of schools above zero.")
    pupils = sum(one.pupils for one in before)
    mean = sum(one.value * one.pupils for one in before) / pupils
    between, within = spreads.of_schools**2, spreads.of_pupils**2
    own_share = between / (between + within / pupils)
    believed = spreads.middle + own_share * (mean - spreads.middle)
    deviation = math.sqrt(within / newest.pupils + between * (1 - own_share))
    change = newest.value - believed
    fall = (-LEAST * spreads.of_schools - change) / deviation
    return Decline(believed, change, 0.5 * (1 + math.erf(fall / math.sqrt(2))), deviation)
