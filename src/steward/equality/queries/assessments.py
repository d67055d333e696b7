"""Reads of assessments: what may be read, and which reviews are overdue."""

from dataclasses import dataclass
from datetime import date

from django.db import models

from steward.access.permissions import Permission, Viewer, may
from steward.equality.models import Assessment, AssessmentVersion


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which assessments to list; empty fields ask for all."""

    text: str = ""
    kind: str = ""
    state: str = ""
    group: str = ""
    """A characteristic on which the newest version says there is a negative or a mixed effect."""
    overdue_on: date | None = None


def visible_to(viewer: Viewer) -> models.QuerySet[Assessment]:
    """Return the assessments a viewer may read: whoever writes them reads all, others what was decided.

    Each has `shown_title`: of the newest version, or of the newest decided one for who reads only those.
    """
    versions = AssessmentVersion.objects.filter(assessment=models.OuterRef("pk")).order_by("-number")
    found = Assessment.objects.select_related("owner", "authority")
    if may(viewer, Permission.WRITE_ASSESSMENTS):
        return found.annotate(shown_title=models.Subquery(versions.values("title")[:1]))
    decided = versions.filter(decision__isnull=False)
    shown = found.annotate(shown_title=models.Subquery(decided.values("title")[:1]))
    if may(viewer, Permission.VIEW_ASSESSMENTS):
        return shown.filter(models.Exists(decided))
    return shown.none()


def assessments(viewer: Viewer, *, wanted: Wanted) -> models.QuerySet[Assessment]:
    """Return the assessments that a viewer may read and that fit, the newest first."""
    found = visible_to(viewer)
    for word in wanted.text.split():
        found = found.filter(**{"shown_title__icontains": word})
    given = {"kind": wanted.kind, "state": wanted.state}
    found = found.filter(**{name: value for name, value in given.items() if value})
    if wanted.overdue_on is not None:
        found = found.filter(review_on__lt=wanted.overdue_on)
    if wanted.group:
        versions = AssessmentVersion.objects.filter(assessment=models.OuterRef("pk"))
        newest = versions.order_by("-number").values("pk")[:1]
        found = found.annotate(newest=models.Subquery(newest)).filter(
            versions__pk=models.F("newest"),
            versions__effects__characteristic=wanted.group,
            versions__effects__effect__in=["negative", "mixed"],
        )
    return found


def versions_visible_to(viewer: Viewer, *, assessment: Assessment) -> list[AssessmentVersion]:
    """Return the versions a viewer may read, the newest first: of others than writers only decided ones."""
    found = (
        AssessmentVersion.objects.filter(assessment=assessment)
        .select_related("decision")
        .prefetch_related("effects", "decision__reviews")
        .order_by("-number")
    )
    if may(viewer, Permission.WRITE_ASSESSMENTS):
        return list(found)
    return list(found.filter(decision__isnull=False))


def overdue(viewer: Viewer, *, today: date) -> int:
    """Return how many reviews of assessments a viewer may read are overdue."""
    return visible_to(viewer).filter(review_on__lt=today).count()
