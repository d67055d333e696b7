"""Progress 8: of a pupil, of a school, and the band of a school's score."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

import ibis
from ibis.expr.types import FloatingValue, IntegerValue

from steward.analysis.accountability.definition import ElementScores, PriorGroup, Progress8Tables

_FAR = 0.5
SUBJECTS, DOUBLED, TRIPLED = 10, 2, 3
"""Slots that Attainment 8, English and mathematics, and each of the two other elements are divided by."""


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


@dataclass(frozen=True, slots=True)
class PupilProgress:
    """Progress of one pupil in grades a subject, unrounded; 0 is the average of pupils who began alike."""

    group: int
    progress_8: float
    english: float
    maths: float
    ebacc: float
    open: float


@dataclass(frozen=True, slots=True)
class SchoolScore:
    """Mean of the pupils of a school with the limits of its 95% interval, unrounded."""

    score: float
    lower: float
    upper: float
    pupils: int

    @property
    def band(self) -> Band:
        """The band of the score, from unrounded limits."""
        return band_of(self.score, lower=self.lower, upper=self.upper)


def progress_of(
    achieved: ElementScores, *, prior: float | None, tables: Progress8Tables
) -> PupilProgress | None:
    """Return the progress of a pupil with points `achieved` and the average scaled score `prior`.

    It is the distance from the average of the pupil's group, in grades: Attainment 8 divided by ten,
    English and mathematics by two, the English Baccalaureate and open elements by three. None where the
    score at the end of primary school is unknown: such a pupil is not in Progress 8.
    Source: Secondary accountability measures; KS4-ready-reckoners (Department for Education), methods 1.4.
    """
    group = tables.group_of(prior)
    if group is None:
        return None
    return PupilProgress(
        group=group.number,
        progress_8=_held((achieved.attainment_8 - group.attainment_8) / SUBJECTS, group=group),
        english=(achieved.english - group.english) / DOUBLED,
        maths=(achieved.maths - group.maths) / DOUBLED,
        ebacc=(achieved.ebacc - group.ebacc) / TRIPLED,
        open=(achieved.open - group.open) / TRIPLED,
    )


def prior_attainment(
    *, reading: float | str, maths: float | str, tables: Progress8Tables, test_year: int = 0
) -> float | None:
    """Return the average of two scaled scores, or of the scores that stand for marks such as "N".

    None where a mark has no score in the tables of the year. Source: as `progress_of`.
    """
    scores = [
        tables.prior_score(one, test_year=test_year) if isinstance(one, str) else one
        for one in (reading, maths)
    ]
    known = [one for one in scores if one is not None]
    return sum(known) / len(known) if len(known) == len(scores) else None


def school_score(
    progress: Iterable[float], *, deviation: float, quantile: float = 1.96
) -> SchoolScore | None:
    """Return the mean of pupils' scores with its 95% interval, or None where there is no pupil.

    `deviation` is the spread of pupils of mainstream schools of England, not that of these pupils.
    Source: as `progress_of`.
    """
    scores: Sequence[float] = tuple(progress)
    if not scores:
        return None
    return score_from(
        math.fsum(scores) / len(scores), pupils=len(scores), deviation=deviation, quantile=quantile
    )


def score_from(mean: float, *, pupils: int, deviation: float, quantile: float = 1.96) -> SchoolScore:
    """Return a score with its 95% interval from the mean of so many pupils.

    Raises ValueError where there are no pupils.
    """
    if pupils < 1:
        raise ValueError(f"A mean of {pupils} pupils has no interval; at least one pupil is needed.")
    reach = quantile * deviation / math.sqrt(pupils)
    return SchoolScore(mean, mean - reach, mean + reach, pupils)


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


def _held(progress: float, *, group: PriorGroup) -> float:
    if group.lowest_progress is None:
        return progress
    return max(progress, group.lowest_progress)
