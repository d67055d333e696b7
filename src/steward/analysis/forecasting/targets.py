"""What is forecast: an inspection below good, a category of concern, or a substantial decline."""

from datetime import date

import numpy as np

from steward.analysis.comparison.shrinkage import belief_of_means, spread_of_means
from steward.analysis.forecasting.asking import Target
from steward.analysis.forecasting.features import PROGRESS, Frame
from steward.analysis.forecasting.holdings import Holdings
from steward.analysis.forecasting.outcomes import BELOW_GOOD, Numbers, Whole, after
from steward.vocabulary.phases import Phase

__all__ = ["DECLINE_YEARS", "NotHeld", "Target", "labels", "newest_progress"]

DECLINE_YEARS = 3
_SPREAD_OF_PUPILS = {Phase.PRIMARY: 5.39, Phase.SECONDARY: 1.41}
"""Standard deviation of pupils' scores (methods: mathematics 2019; Progress 8 of 2022 to 2024)."""
_LEAST_PUPILS = 11


class NotHeld(LookupError):
    """The question cannot be answered from what is held; the message says what is missing."""


def labels(
    frame: Frame, *, target: Target, until: date, holdings: Holdings
) -> tuple[Whole, Numbers, Numbers]:
    """Return places in the frame of schools of which it is known what came, what came, after how long.

    What came is 1 or 0, and how long the days from the day of the frame to the beginning of the inspection.
    Schools without a next inspection in the window have no label. Raises NotHeld for a decline that needs
    results that are not held.
    """
    if target is Target.DECLINE:
        return _declines(frame, until=until, holdings=holdings)
    graded = target is Target.BELOW_GOOD
    found = after(holdings.outcomes, cutoff=frame.day, until=until, graded=graded)
    if not len(found.school):
        return np.empty(0, dtype=np.int64), np.empty(0), np.empty(0)
    at = np.searchsorted(found.school, frame.schools).clip(max=len(found.school) - 1)
    places = np.flatnonzero(found.school[at] == frame.schools)
    rank, concern = found.rank[at[places]], found.concern[at[places]]
    came = (rank >= BELOW_GOOD).astype(np.float64) if graded else concern
    return places, came, (found.on[at[places]] - frame.day.toordinal()).astype(np.float64)


def _declines(frame: Frame, *, until: date, holdings: Holdings) -> tuple[Whole, Numbers, Numbers]:
    """Label as declined a school whose believed progress falls by one standard deviation of schools.

    Both years are drawn towards all schools as far as few pupils say little (empirical Bayes).
    """
    codes = PROGRESS[frame.phase][0]
    newest = newest_progress(frame.day, phase=frame.phase, holdings=holdings)
    if newest is None:
        raise NotHeld(
            f"No progress of pupils had been published by {frame.day}, so no decline can be told from it."
        )
    later = newest + DECLINE_YEARS
    falls = []
    for code in codes:
        first = _believed(code, period=newest, by=frame.day, frame=frame, holdings=holdings)
        second = _believed(code, period=later, by=until, frame=frame, holdings=holdings)
        if first is None or second is None:
            raise NotHeld(
                f"A decline over {DECLINE_YEARS} years from {newest} needs results of {later} published by "
                f"{until}; they are not held."
            )
        falls.append((first[0] - second[0]) / first[1])
    fall = np.mean(falls, axis=0)
    places = np.flatnonzero(~np.isnan(fall))
    return places, (fall[places] >= 1.0).astype(np.float64), np.full(len(places), DECLINE_YEARS * 365.0)


def newest_progress(day: date, *, phase: Phase, holdings: Holdings) -> int | None:
    """Return the newest year whose progress had been published on a day, or None."""
    figures, codes = holdings.figures, PROGRESS[phase][0]
    numbers = [holdings.measures.index(one) for one in codes if one in holdings.measures]
    seen = np.isin(figures.measure, numbers) & (figures.published_on <= day.toordinal())
    return int(figures.period[seen].max()) if seen.any() else None


def _believed(
    code: str, *, period: int, by: date, frame: Frame, holdings: Holdings
) -> tuple[Numbers, float] | None:
    figures = holdings.figures
    chosen = np.flatnonzero(
        (figures.measure == holdings.measures.index(code))
        & (figures.period == period)
        & (figures.published_on <= by.toordinal())
        & (figures.pupils >= _LEAST_PUPILS)
    )
    at = np.searchsorted(frame.schools, figures.school[chosen]).clip(max=max(len(frame.schools) - 1, 0))
    hit = frame.schools[at] == figures.school[chosen]
    if hit.sum() < 100:
        return None
    values, errors = np.full(len(frame.schools), np.nan), np.full(len(frame.schools), np.nan)
    values[at[hit]] = figures.value[chosen[hit]]
    errors[at[hit]] = _SPREAD_OF_PUPILS[frame.phase] / np.sqrt(figures.pupils[chosen[hit]])
    known = ~np.isnan(values)
    spread = spread_of_means(values[known], standard_errors=errors[known])
    if spread.tau <= 0:
        return None
    believed = np.full(len(frame.schools), np.nan)
    believed[known] = belief_of_means(values[known], standard_errors=errors[known], spread=spread).mean
    return believed, spread.tau
