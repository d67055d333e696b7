"""Attendance by week of the schools of the authority in 2019-20, as its own system exports it.

In a few schools absence drifts upwards from spring on. The invented England knew no closures.
"""

import datetime

import numpy as np

from steward.sample.absence_files import absence
from steward.sample.arrays import bounded
from steward.sample.england import England
from steward.sample.files import Row, Writer

_YEAR = 2020
_FIRST_MONDAY = datetime.date(2019, 9, 9)
_HOLIDAYS = (7, 15, 16, 23, 30, 31, 37)
"""Weeks without school, counted from the first."""
_WEEKS = 45
_SESSIONS = 10
_DRIFTING = 12
"""One school in so many drifts."""
_FROM_WEEK = 24


def write_attendance(writer: Writer, england: England) -> None:
    """Write a row for each school of the headline authority and week of term."""
    here = england.teaching(_YEAR - 1, england.sites.authority == 0)
    site = england.establishments.site[here]
    draw = england.chance.of("attendance by week")
    level = absence(england, _YEAR - 1)[0][site]
    roll = np.maximum(england.intakes[_YEAR - 1].roll[site], 1)
    drifting = np.arange(len(here)) % _DRIFTING == _DRIFTING // 2
    rows: list[Row] = []
    for week in (week for week in range(_WEEKS) if week not in _HOLIDAYS):
        season = 0.9 + 0.35 * np.exp(-(((week - 14) / 6.0) ** 2))
        drift = drifting * 0.05 * max(0, week - _FROM_WEEK)
        share = level * (season + drift) + draw.normal(0.0, 0.35, len(here))
        possible = roll.astype(np.int64) * _SESSIONS
        missed = np.round(bounded(share, least=0.5, most=60.0) / 100 * possible).astype(np.int64)
        begins = _FIRST_MONDAY + datetime.timedelta(weeks=week)
        dates = (begins.isoformat(), (begins + datetime.timedelta(days=4)).isoformat())
        national = f"{4.7 * season:.1f}"
        rows += [
            (str(urn), *dates, str(of), str(lost), national)
            for urn, of, lost in zip(
                england.establishments.urn[here].tolist(), possible.tolist(), missed.tolist(), strict=True
            )
        ]
    writer.write(
        "attendance/attendance_by_week_2019-2020.csv",
        header="attendance_spells",
        rows=rows,
        encoding="utf-8",
        line_end="\r\n",
    )
