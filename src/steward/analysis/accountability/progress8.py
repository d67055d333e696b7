"""The band of a Progress 8 score, recomputed from the score and its interval."""

from enum import IntEnum

import ibis
from ibis.expr.types import FloatingValue, IntegerValue

_FAR = 0.5


class Band(IntEnum):
    """The five bands of the performance tables, numbered as there."""

    WELL_ABOVE = 1
    ABOVE = 2
    AVERAGE = 3
    BELOW = 4
    WELL_BELOW = 5

    @property
    def label(self) -> str:
        """The words of the performance tables."""
        return {
            Band.WELL_ABOVE: "Well above average",
            Band.ABOVE: "Above average",
            Band.AVERAGE: "Average",
            Band.BELOW: "Below average",
            Band.WELL_BELOW: "Well below average",
        }[self]


def band_of(score: float, *, lower: float, upper: float) -> Band:
    """Return the band of a Progress 8 score with a 95% interval from `lower` to `upper`.

    Well above: the score is 0.5 or more and the whole interval above zero. Well below: the score is
    under -0.5, not at it, and the whole interval below zero. An interval that touches zero is average.
    Source: Secondary accountability measures (Department for Education); the rule reproduces the band
    of every school in the 2018-19 provisional table.
    """
    if lower > 0:
        return Band.WELL_ABOVE if score >= _FAR else Band.ABOVE
    if upper < 0:
        return Band.WELL_BELOW if score < -_FAR else Band.BELOW
    return Band.AVERAGE


def bands(score: FloatingValue, *, lower: FloatingValue, upper: FloatingValue) -> IntegerValue:
    """Return the number of the band for columns of scores and limits; null where any of them is missing."""
    known = score.notnull() & lower.notnull() & upper.notnull()
    return ibis.cases(
        (~known, ibis.null("int64")),
        ((lower > 0) & (score >= _FAR), Band.WELL_ABOVE.value),
        (lower > 0, Band.ABOVE.value),
        ((upper < 0) & (score < -_FAR), Band.WELL_BELOW.value),
        (upper < 0, Band.BELOW.value),
        else_=Band.AVERAGE.value,
    ).cast("int64")
