"""The band of a school's progress: as published, else from its score and interval, else not known."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from steward.analysis.accountability import key_stage_2, progress8
from steward.analysis.accountability.clauses import Figures
from steward.analysis.accountability.definition import KeyStage2Tables, Progress8Tables, ProgressSubject
from steward.analysis.accountability.key_stage_2 import Limits
from steward.analysis.accountability.progress8 import Band
from steward.vocabulary.values import Known, Missing, Reason, Value

PROGRESS_8 = "progress_8"
SUBJECTS = {"reading_progress": "reading", "writing_progress": "writing", "maths_progress": "maths"}
MEASURES = (*SUBJECTS, PROGRESS_8)
"""Codes of the indicators that have bands, in the order in which they are shown."""
_DECIMALS = {PROGRESS_8: 2}
_SLACK = 1e-9


class Ground(StrEnum):
    """What a band rests on."""

    PUBLISHED = "published"
    PRINTED_LIMITS = "printed_limits"
    OWN_LIMITS = "own_limits"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of each year by which bands are told."""

    key_stage_2: Mapping[int, KeyStage2Tables]
    progress_8: Mapping[int, Progress8Tables]


@dataclass(frozen=True, slots=True)
class Banding:
    """A score, its interval and its band; `band` is None where it cannot be told.

    `moved` says that the printed limits belong to another version of the score, and that only their width
    is used. `verified` is false where the cut-offs have not been checked against their document.
    """

    measure: str
    year: int
    score: Value
    limits: Limits | None
    band: Band | None
    ground: Ground
    moved: bool = False
    verified: bool = True


def banding(measure: str, *, year: int, figures: Figures, tables: Tables) -> Banding | None:
    """Return the band of a measure in a year, or None where no publication has a score for the school.

    Without a printed interval one is worked out from the spread of pupils of England, where that is known.
    """
    score = figures.get((measure, year))
    if score is None:
        return None
    if isinstance(score, Missing):
        return Banding(measure, year, score, None, None, Ground.NOTHING)
    printed = printed_limits(measure, year=year, figures=figures)
    moved = printed is not None and not _in_the_middle(score.value, printed, measure=measure)
    limits = around(score.value, printed) if printed and moved else printed
    ground = Ground.PRINTED_LIMITS
    if limits is None:
        limits, ground = _own_limits(measure, year=year, score=score, tables=tables), Ground.OWN_LIMITS
    band = _published(measure, year=year, figures=figures)
    if band is not None:
        return Banding(measure, year, score, limits, band, Ground.PUBLISHED, moved)
    band = _from_limits(measure, year=year, score=score.value, limits=limits, tables=tables)
    if band is None:
        return Banding(measure, year, score, limits, None, Ground.NOTHING, moved)
    return Banding(measure, year, score, limits, band, ground, moved, _is_verified(measure, year, tables))


def printed_limits(measure: str, *, year: int, figures: Figures) -> Limits | None:
    """Return the printed limits of a score, or None where either is missing."""
    lower, upper = (figures.get((f"{measure}_{end}", year)) for end in ("lower", "upper"))
    if isinstance(lower, Known) and isinstance(upper, Known):
        return Limits(lower.value, upper.value)
    return None


def around(score: float, limits: Limits) -> Limits:
    """Return limits of the same width with the score in their middle."""
    half = (limits.upper - limits.lower) / 2
    return Limits(score - half, score + half)


def with_limits_of_the_score(figures: Figures) -> dict[tuple[str, int], Value]:
    """Return figures in which the limits of Progress 8 belong to the score beside them.

    Limits are printed with provisional scores only. Where the score has changed since, the width of the
    interval is laid around the score as it is now; the rules then hold the two together.
    """
    found = dict(figures)
    for measure, year in figures:
        score, printed = figures[measure, year], None
        if measure == PROGRESS_8:
            printed = printed_limits(measure, year=year, figures=figures)
        if not isinstance(score, Known) or printed is None:
            continue
        if not _in_the_middle(score.value, printed, measure=measure):
            limits = around(score.value, printed)
            found[f"{measure}_lower", year] = Known(limits.lower, score.cohort)
            found[f"{measure}_upper", year] = Known(limits.upper, score.cohort)
    return found


def _in_the_middle(score: float, limits: Limits, *, measure: str) -> bool:
    middle = (limits.lower + limits.upper) / 2
    return abs(middle - score) <= 10.0 ** -_DECIMALS.get(measure, 1) + _SLACK


def _published(measure: str, *, year: int, figures: Figures) -> Band | None:
    value = figures.get((f"{measure}_band", year), Missing(Reason.NOT_RECORDED))
    return Band(round(value.value)) if isinstance(value, Known) else None


def _own_limits(measure: str, *, year: int, score: Known, tables: Tables) -> Limits | None:
    pupils = round(score.cohort) if score.cohort else 0
    if pupils < 1:
        return None
    if measure == PROGRESS_8:
        held = tables.progress_8.get(year)
        if held is None:
            return None
        spread = held.deviation().progress_8
        made = progress8.score_from(score.value, pupils=pupils, deviation=spread, quantile=held.quantile)
        return Limits(made.lower, made.upper)
    chosen = _subject(measure, year=year, tables=tables)
    if chosen is None:
        return None
    quantile = tables.key_stage_2[year].quantile
    return key_stage_2.limits_of(score.value, pupils=pupils, subject=chosen, quantile=quantile)


def _from_limits(
    measure: str, *, year: int, score: float, limits: Limits | None, tables: Tables
) -> Band | None:
    if limits is None:
        return None
    if measure == PROGRESS_8:
        return progress8.band_of(score, lower=limits.lower, upper=limits.upper)
    chosen = _subject(measure, year=year, tables=tables)
    return key_stage_2.band_of(score, limits=limits, subject=chosen) if chosen else None


def _subject(measure: str, *, year: int, tables: Tables) -> ProgressSubject | None:
    known = tables.key_stage_2.get(year)
    return known.progress.get(SUBJECTS[measure]) if known else None


def _is_verified(measure: str, year: int, tables: Tables) -> bool:
    if measure == PROGRESS_8:
        return True
    return tables.key_stage_2[year].progress[SUBJECTS[measure]].verified
