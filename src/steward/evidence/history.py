"""What is known besides a new file itself: the registers in hand, and the release it would follow."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from steward.analysis.sources.recognition import Recognised
from steward.analysis.sources.screening import Context
from steward.evidence.models import DataRelease, ReleaseStatus
from steward.register import queries as register

_YEARS_COMPARABLE = 2
"""Averages are compared with a release at most so many years older."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What has to be known of a release for the next one to be compared with it."""

    source: str
    version: str
    coverage: str
    day: datetime.date
    """The day it is about: as at, or the last of its academic year."""
    rows: int
    means: Mapping[str, float]
    """Mean over schools of each measure, by column."""


class Known:
    """What is known while the files of a load are taken in, one after another; it grows with each."""

    def __init__(self) -> None:
        """Begin with the register and the live releases."""
        self._urns = register.all_urns()
        self._authorities = register.all_authorities()
        self._earlier = _live()

    def context(self, recognised: Recognised, *, coverage: str) -> Context:
        """Return what a file is screened against; `coverage` is its authority, if it is about one only."""
        day = _day_of(recognised)
        last = self._before(recognised, coverage=coverage, day=day)
        near = last is not None and day is not None and day.year - last.day.year <= _YEARS_COMPARABLE
        return Context(
            known_urns=self._urns or None,
            known_authorities=self._authorities or None,
            previous_rows=last.rows if last is not None else None,
            previous=last.means if last is not None and near else None,
        )

    def has_authority(self, code: str) -> bool:
        """Return whether a register, loaded or read just now, names the authority with this code."""
        return code in self._authorities

    def add_register(self, *, urns: Iterable[int], authorities: Iterable[str]) -> None:
        """Learn the schools and authorities of a register that has just been read."""
        self._urns |= frozenset(urns)
        self._authorities |= frozenset(authorities)

    def add_release(
        self, recognised: Recognised, *, coverage: str, rows: int, means: Mapping[str, float]
    ) -> None:
        """Learn what the next year of a publication is compared with."""
        day = _day_of(recognised)
        if day is not None:
            source, version = recognised.source.id, recognised.version
            self._earlier.append(Earlier(source, version, coverage, day, rows, means))

    def _before(self, recognised: Recognised, *, coverage: str, day: datetime.date | None) -> Earlier | None:
        if day is None:
            return None
        alike = (recognised.source.id, recognised.version, coverage)
        before = [
            one for one in self._earlier if one.day < day and (one.source, one.version, one.coverage) == alike
        ]
        return max(before, key=lambda one: one.day, default=None)


def _day_of(recognised: Recognised) -> datetime.date | None:
    if recognised.as_at is not None:
        return recognised.as_at
    return recognised.period.last_day if recognised.period is not None else None


def _live() -> list[Earlier]:
    found = []
    for release in DataRelease.objects.filter(status=ReleaseStatus.LIVE):
        day = release.as_at or (datetime.date(release.period, 8, 31) if release.period else None)
        if day is not None:
            means = release.screening.get("means", {})
            found.append(Earlier(release.source, release.version, release.coverage, day, release.rows, means))
    return found
