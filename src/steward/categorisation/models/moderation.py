"""Moderation meetings and what each said of the decisions on its agenda."""

from typing import ClassVar

from django.db import models

from steward.categorisation.models.decisions import LONGEST, Decision, DecisionVersion, someone
from steward.register.models import Authority
from steward.vocabulary.sensitivity import Sensitivity


class ModerationMeeting(models.Model):
    """A meeting of a panel on a day, with a note of its minutes."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "panel": Sensitivity.PERSONAL,
        "called_by": Sensitivity.PERSONAL,
        "called_by_name": Sensitivity.PERSONAL,
    }

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="moderation_meetings")
    held_on = models.DateField()
    panel = models.TextField(max_length=2000)
    """Who sits on it, one name and office a line."""
    minutes = models.TextField(max_length=10_000, blank=True)
    changes = models.PositiveIntegerField(default=1)
    closed_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField()
    called_by = someone()
    called_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(panel=""), name="categorisation_meeting_has_panel"),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True) | ~models.Q(minutes=""),
                name="categorisation_closed_has_minutes",
            ),
        ]

    def __str__(self) -> str:
        return f"Moderation meeting of {self.held_on}"


class ItemOutcome(models.TextChoices):
    """What a meeting said of a proposal."""

    AGREED = "agreed", "Agreed as proposed"
    CHANGED = "changed", "Changed"
    DEFERRED = "deferred", "Deferred"


class MeetingItem(models.Model):
    """What a meeting said of one decision. Written once."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "dissent": Sensitivity.PERSONAL,
        "taken_by": Sensitivity.PERSONAL,
        "taken_by_name": Sensitivity.PERSONAL,
    }

    meeting = models.ForeignKey(ModerationMeeting, on_delete=models.PROTECT, related_name="items")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="meeting_items")
    version = models.ForeignKey(DecisionVersion, on_delete=models.PROTECT, related_name="+")
    """What lay before the meeting."""
    outcome = models.CharField(max_length=8, choices=ItemOutcome)
    reason = models.TextField(max_length=LONGEST, blank=True)
    dissent = models.TextField(max_length=LONGEST, blank=True)
    taken_at = models.DateTimeField()
    taken_by = someone()
    taken_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "decision"], name="categorisation_item_once"),
            models.CheckConstraint(
                condition=models.Q(outcome=ItemOutcome.AGREED) | ~models.Q(reason=""),
                name="categorisation_item_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.get_outcome_display()}"
