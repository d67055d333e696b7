"""Results and progress at the end of primary school, in scaled scores from 2016 and in levels before."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from steward.analysis.accountability.definition import KeyStage2Tables, LevelTables, ProgressSubject
from steward.analysis.accountability.progress8 import Band
from steward.vocabulary.rounding import round_half_away


@dataclass(frozen=True, slots=True)
class TestResults:
    """A pupil's results; a score or judgement that is not there is None, and counts as not achieved."""

    __test__ = False

    reading: float | None
    writing: str | None
    maths: float | None


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a 95% interval, in points of scaled score."""

    lower: float
    upper: float


def reached_expected(results: TestResults, *, tables: KeyStage2Tables) -> bool:
    """Return whether a pupil reached the expected standard in all of reading, writing and mathematics.

    Source: Primary school accountability (Department for Education), methods 1.2.
    """
    tests = _both_at_least(results, tables.expected)
    return tests and results.writing in tables.expected_writing


def reached_higher(results: TestResults, *, tables: KeyStage2Tables) -> bool:
    """Return whether a pupil reached the higher standard in all three. Source: as `reached_expected`."""
    return _both_at_least(results, tables.higher) and results.writing in tables.higher_writing


def reached_level(levels: Mapping[str, int | None], *, least: int = 4) -> bool:
    """Return whether a pupil reached a level in reading, writing and maths; a missing one is not reached.

    Source: the measures of 2013 to 2015, methods 1.1.
    """
    found = (levels.get(subject) for subject in ("reading", "writing", "maths"))
    return all(level is not None and level >= least for level in found)


def share_percent(reached: Iterable[bool]) -> float | None:
    """Return the percentage of eligible pupils who reached a standard; None where there are none."""
    eligible = tuple(reached)
    return 100 * sum(eligible) / len(eligible) if eligible else None


def made_expected_progress(before: str, *, after: str, tables: LevelTables) -> bool | None:
    """Return whether a pupil made expected progress from one level to another; None for a level unknown."""
    least = tables.expected.get(before)
    if least is None or after not in tables.points:
        return None
    return tables.points[after] >= tables.points[least]


def prior_average(*, reading: float, writing: float, maths: float) -> float:
    """Return the average points at the age of 7, in which mathematics counts as much as the two others.

    Source: methods 1.2.
    """
    return ((reading + writing) / 2 + maths) / 2


def progress_of(
    outcome: float, *, group: int, averages: Mapping[int, float], subject: ProgressSubject | None = None
) -> float | None:
    """Return a pupil's outcome less the average of pupils of England in the same group at the age of 7.

    A very low score is held at the limit of its group where `subject` has one. None where the average of
    the group is not known. Source: as `reached_expected`.
    """
    average = averages.get(group)
    if average is None:
        return None
    lowest = subject.lowest_progress.get(group, -math.inf) if subject else -math.inf
    return max(outcome - average, lowest)


def averages_of(outcomes: Iterable[tuple[int, float]]) -> dict[int, float]:
    """Return the average outcome of each group of prior attainment, from pupils of the whole country."""
    held: dict[int, list[float]] = {}
    for group, outcome in outcomes:
        held.setdefault(group, []).append(outcome)
    return {group: fmean(found) for group, found in sorted(held.items())}


def limits_of(score: float, *, pupils: int, subject: ProgressSubject, quantile: float) -> Limits | None:
    """Return the limits of a school's progress score; None where the spread or the pupils are not known.

    Source: as `reached_expected`.
    """
    if subject.deviation is None or pupils < 1:
        return None
    reach = quantile * subject.deviation / math.sqrt(pupils)
    return Limits(score - reach, score + reach)


def band_of(score: float, *, limits: Limits, subject: ProgressSubject) -> Band:
    """Return the band of a school's progress score.

    Average where the interval touches zero; well above or well below where the score also lies in about
    the top or bottom tenth, at or beyond the cut-off of the year. Score and limits are compared with one
    decimal, as they are printed: a limit that rounds to 0.0 is average. Source: as `reached_expected`;
    the cut-offs are recovered from the published bands, methods 1.2.
    """
    printed, lower, upper = (round_half_away(one, 1) for one in (score, limits.lower, limits.upper))
    if lower > 0:
        return Band.WELL_ABOVE if printed >= subject.well_above else Band.ABOVE
    if upper < 0:
        return Band.WELL_BELOW if printed <= subject.well_below else Band.BELOW
    return Band.AVERAGE


def possible_bands(score: float, *, subject: ProgressSubject) -> frozenset[Band]:
    """Return the bands that a score may be in where its interval is not known."""
    beyond = set[Band]()
    if score > 0:
        beyond.add(Band.WELL_ABOVE if score >= subject.well_above else Band.ABOVE)
    if score < 0:
        beyond.add(Band.WELL_BELOW if score <= subject.well_below else Band.BELOW)
    return frozenset({Band.AVERAGE, *beyond})


def _both_at_least(results: TestResults, least: float) -> bool:
    tests = (results.reading, results.maths)
    return all(score is not None and score >= least for score in tests)
