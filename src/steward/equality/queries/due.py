"""Which reviews of assessments are due from a viewer, for home pages and reminders."""

from datetime import date, timedelta

from django.utils import timezone

from steward.access.permissions import Permission, Viewer, may
from steward.equality.models import Assessment
from steward.equality.queries.assessments import visible_to
from steward.vocabulary.due import DueItem, DueKind, in_order

_AHEAD = timedelta(days=30)
"""So long before its day a review is listed."""


def due_items(viewer: Viewer, *, on: date | None = None) -> tuple[DueItem, ...]:
    """Return the reviews of assessments due from a viewer, the earliest day first.

    An owner is told of their own; who decides on assessments of all.
    """
    if not may(viewer, Permission.WRITE_ASSESSMENTS):
        return ()
    found = visible_to(viewer).filter(review_on__lte=(on or timezone.localdate()) + _AHEAD)
    if not may(viewer, Permission.DECIDE_ASSESSMENTS):
        found = found.filter(owner_id=getattr(viewer, "pk", None))
    return in_order(_of(one, viewer=viewer) for one in found)


def _of(assessment: Assessment, *, viewer: Viewer) -> DueItem:
    own = assessment.owner_id == getattr(viewer, "pk", None)
    return DueItem(
        what="Review an assessment of equality",
        school="",
        urn=None,
        due=assessment.review_on,
        href_name="equality:assessment",
        href_args=(assessment.pk,),
        kind=DueKind.ASSESSMENT_REVIEW,
        for_whom="" if own else str(assessment.owner),
    )
