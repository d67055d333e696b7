"""What is due from whoever loads files: files that failed, and definitions to look at again."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from steward.access.permissions import Permission, Viewer, may
from steward.evidence.models import DataRelease, ReleaseStatus
from steward.evidence.queries import upkeep
from steward.vocabulary.due import DueItem, DueKind, in_order

_AHEAD = timedelta(days=30)
"""So long before its day a review of definitions is listed."""


def due_items(viewer: Viewer, *, on: date | None = None) -> tuple[DueItem, ...]:
    """Return what is due from who manages releases, the earliest day first."""
    if not may(viewer, Permission.MANAGE_RELEASES):
        return ()
    today = on or timezone.localdate()
    return in_order([*_failed(), *_reviews(today)])


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
