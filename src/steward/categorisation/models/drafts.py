"""Policies that officers write: drafts with every version kept, and the officer days there are."""

from typing import Any, ClassVar

from django.db import models

from steward.categorisation.models.decisions import someone
from steward.register.models import Authority
from steward.vocabulary.sensitivity import Sensitivity


class DraftState(models.TextChoices):
    """Where a draft stands."""

    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted for approval"
    APPROVED = "approved", "Approved"
    RETIRED = "retired", "Retired"


class DraftRuleset(models.Model):
    """A policy written by officers. Approved, it can be used like one that is shipped."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "started_by": Sensitivity.PERSONAL,
        "started_by_name": Sensitivity.PERSONAL,
    }

    slug = models.SlugField(max_length=60, unique=True)
    """Id of the ruleset; never that of a file."""
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=9, choices=DraftState, default=DraftState.DRAFT)
    based_on = models.CharField(max_length=80)
    """Id of the policy it was begun from, with its version; or that it was imported."""
    changes = models.PositiveIntegerField(default=1)
    """How often it was changed, so that no form overwrites what its reader has not seen."""
    body = models.CharField(max_length=200, blank=True)
    """Who approved it: a committee or an officer with the power."""
    minute = models.CharField(max_length=120, blank=True)
    """Where that is written down."""
    approved_on = models.DateField(null=True)
    retired_because = models.CharField(max_length=500, blank=True)
    started_at = models.DateTimeField()
    started_by = someone()
    started_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=DraftState.APPROVED)
                | models.Q(approved_on__isnull=False) & ~models.Q(body="") & ~models.Q(minute=""),
                name="categorisation_approved_by_whom",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=DraftState.RETIRED) | ~models.Q(retired_because=""),
                name="categorisation_retired_because",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.slug})"

    @property
    def newest_content(self) -> dict[str, Any]:
        """What the draft says now, as a mapping in the shape of a ruleset file."""
        content: dict[str, Any] = self.versions.latest("number").content
        return content


class DraftVersion(models.Model):
    """What a draft said after one change. Written once, never changed."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "written_by": Sensitivity.PERSONAL,
        "written_by_name": Sensitivity.PERSONAL,
    }

    draft = models.ForeignKey(DraftRuleset, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    """The ruleset as it would stand in a file, checked before it is kept."""
    note = models.CharField(max_length=300)
    """What was changed, in words."""
    written_at = models.DateTimeField()
    written_by = someone()
    written_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="categorisation_one_draft_version"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}, version {self.number}: {self.note}"


class OfficerDays(models.Model):
    """How many days officers have for schools of a phase in an academic year."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.RESTRICTED}

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="officer_days")
    year = models.PositiveSmallIntegerField()
    """The calendar year in which the academic year ends."""
    phase = models.CharField(max_length=12)
    days = models.DecimalField(max_digits=7, decimal_places=1)

    class Meta:
        ordering = ["-year", "phase"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "year", "phase"], name="categorisation_officer_days_once"
            ),
            models.CheckConstraint(
                condition=models.Q(days__gte=0), name="categorisation_officer_days_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days} days for {self.phase} in {self.year}"
