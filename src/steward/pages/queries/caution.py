"""How far a printed figure of an area can be trusted: what rounding leaves open, and what moves usually."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from steward.analysis.comparison.group_gaps import printed_decimals, usual_movement
from steward.analysis.comparison.standing_of_areas import AreaChange, NoChange
from steward.evidence.queries import releases, series
from steward.evidence.queries.series import Measure
from steward.vocabulary.rounding import round_half_away


def rounding_of(measure: str, *, label: str) -> float:
    """Return how far an exact figure may lie from the printed one, by the decimals of that year's figures."""
    return _rounding(releases.current_folder(), measure, label)


def with_caution(change: AreaChange | NoChange, *, measure: Measure) -> AreaChange | NoChange:
    """Return a change with what rounding may explain of it, and how far authorities usually move."""
    if isinstance(change, NoChange):
        return change
    folder = releases.current_folder()
    rounding = sum(_rounding(folder, measure.code, label) for label in (change.since, change.until))
    usual = _usual(folder, measure.code, change.since, change.until)
    return replace(change, rounding=rounding, usual=usual)


@lru_cache(maxsize=8192)
def _rounding(folder: Path, measure: str, label: str) -> float:
    printed = series.across(measure, label=label).values()
    return float(0.5 * 10.0 ** -printed_decimals(printed))


@lru_cache(maxsize=4096)
def _usual(folder: Path, measure: str, since: str, until: str) -> float | None:
    """Return how far authorities moved between two years in 19 cases of 20, None where too few have both."""
    places = series.measures()[measure].decimals
    before, after = (series.across(measure, label=label) for label in (since, until))
    return usual_movement(
        [
            round_half_away(value, places) - round_half_away(before[area], places)
            for area, value in after.items()
            if area in before
        ]
    )
