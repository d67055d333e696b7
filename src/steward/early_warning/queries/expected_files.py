"""Which files should be out by now: those of the newest year of each publication in use.

It stands here since the days of publication were written down for the forecasts, which nothing below reads.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from steward.access.permissions import Permission, Viewer, may
from steward.analysis.forecasting.publication import PublicationDates, read_publication_dates
from steward.definitions import FOLDER
from steward.evidence.queries import releases
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.due import DueItem, DueKind


def expected_files(viewer: Viewer, *, on: date) -> Iterator[DueItem]:
    """Return the publications in use of which a newer year should be out, each with the newest such year.

    Years that were never published, and publications that others took the place of, are not waited for.
    For who manages releases; nothing is said of publications of which no file is loaded.
    """
    if not may(viewer, Permission.MANAGE_RELEASES):
        return
    held = [(each.source, each.layout, each.period) for each in releases.live() if each.period is not None]
    for one in _dates().values():
        newest, out = _newest(held, of=one), one.newest_out(on)
        if newest is None or out is None or out <= newest:
            continue
        yield DueItem(
            what=f"A newer file should be out: {one.title}, {AcademicYear(out)}",
            school="",
            urn=None,
            due=one.day_of(out),
            href_name="evidence:releases",
            kind=DueKind.FILE_EXPECTED,
            about=one.id,
        )


def _newest(held: Iterable[tuple[str, str, int]], *, of: PublicationDates) -> int | None:
    years = [
        period
        for source, layout, period in held
        if source == of.source and (not of.layouts or layout in of.layouts)
    ]
    return max(years, default=None)


@cache
def _dates() -> Mapping[str, PublicationDates]:
    own = [Path(settings.STEWARD_DEFINITIONS)] if settings.STEWARD_DEFINITIONS else []
    folders = (folder / "publication_dates" for folder in (FOLDER, *own))
    return read_publication_dates([folder for folder in folders if folder.is_dir()])
