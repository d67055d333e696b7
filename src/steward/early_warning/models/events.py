"""Events at schools that an officer records with evidence, until a day."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from steward.evidence.models import LocalFact
from steward.register.models import School
from steward.vocabulary.sensitivity import Sensitivity


class LiveEvent(models.Model):
    """Something that happened at a school. Rules and scores read the local fact it is recorded as."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "recorded_by": Sensitivity.PERSONAL,
        "recorded_by_name": Sensitivity.PERSONAL,
    }

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="live_events")
    kind = models.CharField(max_length=60)
    """Id of a file in definitions/events."""
    since = models.DateField()
    expires = models.DateField()
    """Last day in force."""
    number = models.PositiveIntegerField(null=True)
    """How many, for a kind that is only counted, such as complaints."""
    evidence = models.TextField()
    link = models.CharField(max_length=500, blank=True)
    fact = models.OneToOneField(LocalFact, null=True, on_delete=models.PROTECT, related_name="live_event")
    """What rules and scores read; taken out where the event was recorded by mistake."""
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_by_name = models.CharField(max_length=200)
    ended_because = models.TextField(blank=True)
    """Why it was ended before its day; empty otherwise."""
    mistaken_because = models.TextField(blank=True)
    """Why it should not have been recorded; it then counts for nothing and stays readable."""

    class Meta:
        ordering = ["-since", "-id"]
        indexes = [models.Index(fields=["school", "since"], name="early_warning_by_school")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires__gte=models.F("since")), name="early_warning_event_ends_after"
            ),
            models.CheckConstraint(condition=~models.Q(evidence=""), name="early_warning_event_has_evidence"),
            models.CheckConstraint(
                condition=models.Q(fact__isnull=False, mistaken_because="")
                | (models.Q(fact__isnull=True) & ~models.Q(mistaken_because="")),
                name="early_warning_event_has_fact",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.school_id}"
