"""What is due from whoever loads files: files that failed or should be out, definitions to look at again."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from steward.access.permissions import Permission, Viewer, may
from steward.analysis.forecasting.publication import PublicationDates, read_publication_dates
from steward.definitions import FOLDER
from steward.evidence.models import DataRelease, ReleaseStatus
from steward.evidence.queries import upkeep
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.due import DueItem, DueKind, in_order

_AHEAD = timedelta(days=30)
"""So long before its day a review of definitions is listed."""


def due_items(viewer: Viewer, *, on: date | None = None) -> tuple[DueItem, ...]:
    """Return what is due from who manages releases, the earliest day first."""
    if not may(viewer, Permission.MANAGE_RELEASES):
        return ()
    today = on or timezone.localdate()
    return in_order([*_failed(), *_expected(today), *_reviews(today)])


def _failed() -> Iterator[DueItem]:
    """Files that failed and that no later load of the same publication and year took the place of."""
    newest: dict[str, DataRelease] = {}
    for release in DataRelease.objects.order_by("loaded_at"):
        newest[release.slot] = release
    for release in newest.values():
        if release.status == ReleaseStatus.FAILED:
            yield DueItem(
                what=f"Mend or leave out a file that failed its checks: {release.title}",
                school="",
                urn=None,
                due=None,
                since=timezone.localdate(release.loaded_at),
                href_name="evidence:release",
                href_args=(release.pk,),
                kind=DueKind.FILE_FAILED,
            )


def _expected(today: date) -> Iterator[DueItem]:
    """Publications in use of which a newer year should be out by the usual day of its publication."""
    newest: dict[tuple[str, str], int] = {}
    for source, layout, period in DataRelease.objects.filter(
        status=ReleaseStatus.LIVE, period__isnull=False
    ).values_list("source", "layout", "period"):
        newest[source, layout] = max(period, newest.get((source, layout), 0))
    for one in _dates().values():
        held = [
            period
            for (source, layout), period in newest.items()
            if source == one.source and (not one.layouts or layout in one.layouts)
        ]
        if held and one.day_of(max(held) + 1) <= today:
            year = AcademicYear(max(held) + 1)
            yield DueItem(
                what=f"A newer file should be out: {one.title}, {year}",
                school="",
                urn=None,
                due=one.day_of(year.ends),
                href_name="evidence:releases",
                kind=DueKind.FILE_EXPECTED,
                about=one.id,
            )


@cache
def _dates() -> Mapping[str, PublicationDates]:
    own = [Path(settings.STEWARD_DEFINITIONS)] if settings.STEWARD_DEFINITIONS else []
    folders = (folder / "publication_dates" for folder in (FOLDER, *own))
    return read_publication_dates([folder for folder in folders if folder.is_dir()])


def _reviews(today: date) -> Iterator[DueItem]:
    near = [one for one in upkeep.definitions() if one.review_on <= today + _AHEAD]
    for (kind, day), count in Counter((one.kind, one.review_on) for one in near).items():
        files = "1 definition file" if count == 1 else f"{count} definition files"
        yield DueItem(
            what=f"Look again at {files}: {kind.replace('_', ' ')}",
            school="",
            urn=None,
            due=day,
            href_name="pages:definitions-of",
            href_args=(kind,),
            kind=DueKind.DEFINITION_REVIEW,
        )
