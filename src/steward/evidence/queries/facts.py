"""Reads of dated local facts. Each begins with what the viewer may see: a `Reach` over schools."""

from datetime import date

from django.db.models import Q, QuerySet

from steward.access.permissions import Reach
from steward.evidence.models import LocalFact
from steward.vocabulary.facts import FactKind


def facts_of(urn: int, *, within: Reach) -> QuerySet[LocalFact]:
    """Return every fact ever recorded of a school that the viewer may see, the newest first."""
    return LocalFact.objects.filter(school_id=urn) if within.covers(urn) else LocalFact.objects.none()


def in_force(day: date, *, within: Reach, kinds: tuple[FactKind, ...] = ()) -> QuerySet[LocalFact]:
    """Return facts in force on a day of the schools within reach; of all kinds when none is named."""
    found = LocalFact.objects.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)
    found = found if within.everywhere else found.filter(school_id__in=within.urns)
    return found.filter(kind__in=[kind.value for kind in kinds]) if kinds else found
