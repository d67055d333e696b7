"""What is measured of pupils, and the sums from which a share, a mean or a ratio of any group is made.

A measure gives parts: columns of numbers of which every group needs only the sum. Sums of schools add up
to those of an authority, so each row of pupils is looked at once.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

import ibis
from ibis.expr.types import BooleanValue, NumericValue, Table

EXPECTED, HIGHER = 100, 110
"""Scaled scores of the expected and the higher standard. Source: Key stage 2 scaled scores (STA)."""
_EXPECTED_WRITING, _HIGHER_WRITING = ("EXS", "GDS"), ("GDS",)
_PERSISTENT, _SEVERE = 10, 2
"""One session missed in so many possible: persistently absent, severely absent."""

_NO = ibis.literal(value=False)
_ROUNDING = 1e-13


class Statistic(StrEnum):
    """How a figure is made of the pupils of a group."""

    SHARE = "share"
    MEAN = "mean"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class PupilMeasure:
    """A figure of a group of pupils; `needs` are the columns without which it cannot be worked out."""

    id: str
    statistic: Statistic
    stage: str
    """KS2 or KS4; empty for every row."""
    needs: tuple[str, ...]
    of: Callable[[Table], NumericValue | BooleanValue]
    """Score or truth of each pupil, null where the pupil is not in the figure. Of a ratio: its numerator."""
    below: Callable[[Table], NumericValue] | None = None
    """Of a ratio: the denominator of each pupil."""

    def parts(self, pupils: Table) -> dict[str, NumericValue]:
        """Return by name the numbers of each pupil whose sums the figure is made of."""
        value = self.of(pupils)
        if self.stage:
            value = ibis.ifelse(pupils.stage == self.stage, value, ibis.null(value.type()))
        if self.statistic is Statistic.SHARE:
            return {f"n_{self.id}": _one(value.notnull()), f"a_{self.id}": _one(value.fill_null(_NO))}
        if self.statistic is Statistic.MEAN:
            score = value.cast("float64")
            return {
                f"n_{self.id}": _one(score.notnull()),
                f"s_{self.id}": score,
                f"q_{self.id}": score * score,
            }
        return self._ratio(pupils, above=value.cast("float64"))

    def _ratio(self, pupils: Table, *, above: NumericValue) -> dict[str, NumericValue]:
        if self.below is None:
            raise ValueError(f"{self.id} is a ratio and names no denominator")
        under = self.below(pupils).cast("float64")
        known = above.notnull() & (under > 0)
        above, under = (ibis.ifelse(known, one, ibis.null("float64")) for one in (above, under))
        return {
            f"n_{self.id}": _one(known.fill_null(_NO)),
            f"s_{self.id}": above,
            f"t_{self.id}": under,
            f"q_{self.id}": above * above,
            f"r_{self.id}": above * under,
            f"u_{self.id}": under * under,
        }

    def figure(self, sums: Table) -> Mapping[str, ibis.Value]:
        """Return pupils, achieved, value and deviation of a row of summed parts."""
        n = sums[f"n_{self.id}"].cast("float64")
        if self.statistic is Statistic.SHARE:
            achieved = sums[f"a_{self.id}"].cast("int64")
            return _row(sums[f"n_{self.id}"], 100 * achieved.cast("float64") / n.nullif(0), achieved=achieved)
        if self.statistic is Statistic.MEAN:
            mean = sums[f"s_{self.id}"] / n.nullif(0)
            squares = _cleared(sums[f"q_{self.id}"] - n * mean * mean, beside=sums[f"q_{self.id}"])
            return _row(sums[f"n_{self.id}"], mean, squares=squares)
        rate = sums[f"s_{self.id}"] / sums[f"t_{self.id}"].nullif(0)
        crossed = sums[f"q_{self.id}"] - 2 * rate * sums[f"r_{self.id}"] + rate * rate * sums[f"u_{self.id}"]
        scale = 100 * n / sums[f"t_{self.id}"].nullif(0)
        crossed = _cleared(crossed, beside=sums[f"q_{self.id}"])
        return _row(sums[f"n_{self.id}"], 100 * rate, squares=crossed * scale * scale)


def _cleared(squares: NumericValue, *, beside: NumericValue) -> NumericValue:
    """Return nought for what is left of large numbers by rounding alone, as where all pupils are alike."""
    return ibis.ifelse(squares <= _ROUNDING * beside, 0.0, squares)


def _row(
    pupils: NumericValue,
    value: NumericValue,
    *,
    achieved: NumericValue | None = None,
    squares: NumericValue | None = None,
) -> Mapping[str, ibis.Value]:
    """Return the columns of a figure; `squares` are the summed squared differences from the mean.

    Of a ratio they are those of what is left of each pupil's numerator once the ratio of the group is
    taken out of it, so that deviation / sqrt(pupils) is the standard error (linearised ratio estimator:
    Cochran, Sampling Techniques, 1977, section 2.11).
    """
    deviation: NumericValue = ibis.null("float64")
    if squares is not None:
        deviation = (squares / (pupils.cast("float64") - 1).nullif(0)).sqrt()
    return {
        "pupils": pupils.cast("int64"),
        "achieved": ibis.null("int64") if achieved is None else achieved,
        "value": value,
        "deviation": deviation,
    }


def _one(truth: BooleanValue) -> NumericValue:
    """Return a number to be summed; of floating point, since engines widen sums of whole numbers.

    A literal 1.0 would be a decimal on Spark.
    """
    return ibis.ifelse(truth, 1, 0).cast("float64")


def _reached(least: int, writing: tuple[str, ...]) -> Callable[[Table], BooleanValue]:
    def truth(pupils: Table) -> BooleanValue:
        tests = (pupils.reading_score >= least) & (pupils.maths_score >= least)
        return (tests & pupils.writing.isin(writing)).fill_null(_NO)

    return truth


def _at_least(column: str, least: int) -> Callable[[Table], BooleanValue]:
    return lambda pupils: (pupils[column] >= least).fill_null(_NO)


def _basics(least: int) -> Callable[[Table], BooleanValue]:
    return lambda pupils: ((pupils.english_grade >= least) & (pupils.maths_grade >= least)).fill_null(_NO)


def _absent(one_in: int) -> Callable[[Table], BooleanValue]:
    def truth(pupils: Table) -> BooleanValue:
        known = pupils.sessions_missed.notnull() & (pupils.sessions_possible > 0)
        often = pupils.sessions_missed * one_in >= pupils.sessions_possible
        return ibis.ifelse(known, often, ibis.null("boolean"))

    return truth


def _plain(column: str) -> Callable[[Table], NumericValue]:
    return lambda pupils: pupils[column]


SLOTS = ("english_points", "maths_points", "ebacc_points", "open_points")
_BASICS = ("english_grade", "maths_grade")
_SESSIONS = ("sessions_possible", "sessions_missed")
_THREE = ("reading_score", "maths_score", "writing")
_SHARE, _MEAN = Statistic.SHARE, Statistic.MEAN


def _progress(name: str) -> PupilMeasure:
    return PupilMeasure(name, _MEAN, "KS4", (*SLOTS, "prior_attainment"), _plain(name))


PROGRESS = (
    "progress_8",
    "progress_8_english",
    "progress_8_maths",
    "progress_8_ebacc",
    "progress_8_open",
)
PROGRESS_AT_11 = ("reading_progress", "writing_progress", "maths_progress")
MEASURES: tuple[PupilMeasure, ...] = (
    PupilMeasure("rwm_expected", _SHARE, "KS2", _THREE, _reached(EXPECTED, _EXPECTED_WRITING)),
    PupilMeasure("rwm_higher", _SHARE, "KS2", _THREE, _reached(HIGHER, _HIGHER_WRITING)),
    PupilMeasure("reading_expected", _SHARE, "KS2", ("reading_score",), _at_least("reading_score", EXPECTED)),
    PupilMeasure("maths_expected", _SHARE, "KS2", ("maths_score",), _at_least("maths_score", EXPECTED)),
    PupilMeasure("gps_expected", _SHARE, "KS2", ("gps_score",), _at_least("gps_score", EXPECTED)),
    PupilMeasure(
        "writing_expected",
        _SHARE,
        "KS2",
        ("writing",),
        lambda pupils: pupils.writing.isin(_EXPECTED_WRITING).fill_null(_NO),
    ),
    PupilMeasure("reading_scaled_score", _MEAN, "KS2", ("reading_score",), _plain("reading_score")),
    PupilMeasure("maths_scaled_score", _MEAN, "KS2", ("maths_score",), _plain("maths_score")),
    PupilMeasure("gps_scaled_score", _MEAN, "KS2", ("gps_score",), _plain("gps_score")),
    *(PupilMeasure(name, _MEAN, "KS2", (name,), _plain(name)) for name in PROGRESS_AT_11),
    PupilMeasure("attainment_8", _MEAN, "KS4", SLOTS, _plain("attainment_8")),
    *(_progress(name) for name in PROGRESS),
    PupilMeasure("english_maths_grade_4", _SHARE, "KS4", _BASICS, _basics(4)),
    PupilMeasure("english_maths_grade_5", _SHARE, "KS4", _BASICS, _basics(5)),
    PupilMeasure(
        "ebacc_entry",
        _SHARE,
        "KS4",
        ("ebacc_entered",),
        lambda pupils: (pupils.ebacc_entered == "Y").fill_null(_NO),
    ),
    PupilMeasure("ebacc_aps", _MEAN, "KS4", ("ebacc_average",), _plain("ebacc_average")),
    PupilMeasure(
        "absence", Statistic.RATIO, "", _SESSIONS, _plain("sessions_missed"), _plain("sessions_possible")
    ),
    PupilMeasure("persistent_absence", _SHARE, "", _SESSIONS, _absent(_PERSISTENT)),
    PupilMeasure("severe_absence", _SHARE, "", _SESSIONS, _absent(_SEVERE)),
)
"""Every measure of groups of pupils; the ids are those of definitions/indicators where there is one."""


def measurable(columns: Collection[str]) -> tuple[PupilMeasure, ...]:
    """Return the measures that can be worked out of a file with these columns."""
    return tuple(measure for measure in MEASURES if set(measure.needs) <= set(columns))
