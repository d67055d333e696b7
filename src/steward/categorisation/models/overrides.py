"""Overrides: another support category for a time, with a reason, a second reader and a last day."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from steward.categorisation.models.decisions import LONGEST, Decision
from steward.categorisation.steps import OverrideState
from steward.vocabulary.sensitivity import Sensitivity


class Override(models.Model):
    """Another support category than a final decision gave, until a day. Both are always shown."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "officer": Sensitivity.PERSONAL,
        "officer_name": Sensitivity.PERSONAL,
        "second_reader": Sensitivity.PERSONAL,
        "second_reader_name": Sensitivity.PERSONAL,
    }

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="overrides")
    category = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    concern = models.PositiveSmallIntegerField()
    reason = models.TextField(max_length=LONGEST)
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    officer_name = models.CharField(max_length=200)
    second_reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    second_reader_name = models.CharField(max_length=200)
    reader_note = models.TextField(max_length=LONGEST, blank=True)
    asked_at = models.DateTimeField()
    asked_on = models.DateField()
    expires_on = models.DateField()
    """The last day on which it holds."""
    state = models.CharField(max_length=10, choices=OverrideState)
    began_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    """The first day on which it no longer holds."""

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="categorisation_override_has_reason"),
            models.CheckConstraint(
                condition=~models.Q(second_reader=models.F("officer")),
                name="categorisation_override_second_reader",
            ),
            models.CheckConstraint(
                condition=models.Q(expires_on__gt=models.F("asked_on")),
                name="categorisation_override_expires",
            ),
            models.UniqueConstraint(
                fields=["decision"],
                condition=models.Q(state__in=[OverrideState.WAITING, OverrideState.IN_FORCE]),
                name="categorisation_one_live_override",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} until {self.expires_on}"
