"""The figures as they were published behind the numbers of a school, so that a reason can name them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from steward.analysis.forecasting.features import ATTAINMENT, OTHERS, PROGRESS, ROLL, Frame, Reader
from steward.analysis.forecasting.holdings import Holdings
from steward.analysis.forecasting.outcomes import Numbers, Whole

_CHANGES = {
    "progress_change": "progress",
    "attainment_change": "beyond_expected",
    "absence_change": "absence",
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as it was published."""

    measure: str
    value: float
    year: int
    file: str
    """Title of the release."""


@dataclass(frozen=True, slots=True)
class _Year:
    """A year of a feature: the figures of each measure and the numbers of their releases, by school."""

    year: int
    columns: Mapping[str, tuple[Numbers, Whole]]


def printed_behind(frame: Frame, *, holdings: Holdings, among: Whole) -> list[dict[str, tuple[Printed, ...]]]:
    """Return by feature the figures behind its newest year, for the schools at the places `among`.

    A change has those of both years, the newest first. What rests on inspections alone has none.
    """
    reader = Reader(frame.day, phase=frame.phase, holdings=holdings, among=frame.schools)
    groups = {
        "progress": PROGRESS[frame.phase],
        "beyond_expected": ATTAINMENT[frame.phase],
        "size": ((ROLL,),),
        **OTHERS,
    }
    years = {name: _years(reader, groups=one) for name, one in groups.items()}
    found = []
    for place in among:
        told = {name: _told(one, place=int(place), holdings=holdings) for name, one in years.items()}
        newest = {name: one[0] for name, one in told.items() if one}
        both = {name: told[of][0] + told[of][1] for name, of in _CHANGES.items() if len(told[of]) > 1}
        found.append(newest | both)
    return found


def _years(reader: Reader, *, groups: Sequence[Sequence[str]]) -> list[_Year]:
    return [
        _Year(period, {code: reader.printed(code, period=period) for code in group})
        for period, group, _ in reader.measured(groups)[:2]
    ]


def _told(years: Sequence[_Year], *, place: int, holdings: Holdings) -> list[tuple[Printed, ...]]:
    """Return the figures of a school in each year in which it has any."""
    found = [
        tuple(
            Printed(code, float(values[place]), one.year, holdings.releases[int(releases[place])].title)
            for code, (values, releases) in one.columns.items()
            if not np.isnan(values[place])
        )
        for one in years
    ]
    return [one for one in found if one]
