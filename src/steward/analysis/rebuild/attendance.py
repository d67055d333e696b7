"""Attendance of schools by week and half term, as the authority exports it."""

from collections.abc import Iterable

from steward.analysis import columns
from steward.analysis.indicators.stacks import together
from steward.analysis.rebuild.kitchen import Kitchen, StoredRelease
from steward.analysis.sources.definition import Holds
from steward.analysis.sources.tables.spells import attendance

ATTENDANCE_FILE = "attendance.parquet"


def write_attendance(kitchen: Kitchen, *, releases: Iterable[StoredRelease]) -> None:
    """Write every row in the order of URN, first day and release; empty where no file was loaded."""
    found = [
        attendance(kitchen.opened(release), kitchen.recognised(release), release=release.id)
        for release in kitchen.of_kind(releases, kind=Holds.ATTENDANCE)
    ]
    ordered = together(found).order_by("urn", "begins", "ends", "release", "row") if found else None
    kitchen.write(ordered, ATTENDANCE_FILE, shape=columns.ATTENDANCE)
