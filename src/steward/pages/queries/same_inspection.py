"""Telling one inspection from two: lists differ in the day they give for the same one."""

import datetime
from collections.abc import Iterable

from steward.evidence.queries.inspections import Inspection

_APART = datetime.timedelta(days=14)


def each_once(found: Iterable[Inspection]) -> list[list[Inspection]]:
    """Return the records of each inspection together, newest inspection first; undated ones are left out.

    Lists print the first or the last day of an inspection, and newer ones print under the school's own
    URN what older ones print under an earlier URN: days at most a fortnight apart are one inspection.
    """
    dated = [(one.inspected_on, one) for one in found if one.inspected_on is not None]
    together: list[list[Inspection]] = []
    last = datetime.date.min
    for day, one in sorted(dated, key=lambda pair: (pair[0], pair[1].urn)):
        if not together or day - last > _APART:
            together.append([])
        together[-1].append(one)
        last = day
    return together[::-1]


def best(same: Iterable[Inspection]) -> Inspection:
    """Return the record to show of one inspection: of those with an outcome, that of the newest list."""
    return max(same, key=lambda one: (one.outcome is not None, one.as_at))
