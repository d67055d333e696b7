"""A decision about a school's support category, what was written of it, and every step it took."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from steward.categorisation.models.proposals import Proposal
from steward.categorisation.steps import OPEN, Act, State
from steward.register.models import Authority, School
from steward.vocabulary.sensitivity import Sensitivity

LONGEST = 4000
"""Characters of a reason."""


def someone() -> "models.ForeignKey[Any, Any]":
    """Return a key to the person who did something; null for a program, whose name is kept beside it."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")


class Decision(models.Model):
    """One deciding of a school's support category, from a proposal to final and superseded."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "started_by": Sensitivity.PERSONAL,
        "started_by_name": Sensitivity.PERSONAL,
    }

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="decisions")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="decisions")
    phase = models.CharField(max_length=12)
    council_view = models.BooleanField()
    """Whether it is the council's view of a school it does not maintain: no entitlement, no powers."""
    ruleset = models.CharField(max_length=80)
    ruleset_version = models.CharField(max_length=20)
    ruleset_title = models.CharField(max_length=200)
    categories = models.JSONField()
    """Support categories of the ruleset as they were, least concern first, with what each entitles to."""
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="decisions")
    suggested = models.CharField(max_length=40, blank=True)
    """Key of what the policy proposes; empty where it was not settled."""
    suggested_label = models.CharField(max_length=120)
    category = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    concern = models.PositiveSmallIntegerField()
    review_on = models.DateField()
    state = models.CharField(max_length=12, choices=State)
    changes = models.PositiveIntegerField(default=1)
    """How often it was changed: what a form was opened with must still be so when it is sent."""
    started_at = models.DateTimeField()
    started_by = someone()
    started_by_name = models.CharField(max_length=200)
    final_on = models.DateField(null=True)
    superseded_on = models.DateField(null=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        indexes = [models.Index(fields=["authority", "state"], name="categorisation_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="categorisation_state_known"
            ),
            models.UniqueConstraint(
                fields=["school"],
                condition=models.Q(state__in=[state.value for state in OPEN]),
                name="categorisation_one_open_decision",
            ),
            models.UniqueConstraint(
                fields=["school"],
                condition=models.Q(state=State.FINAL),
                name="categorisation_one_final_decision",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[State.FINAL, State.SUPERSEDED], final_on__isnull=False)
                | ~models.Q(state__in=[State.FINAL, State.SUPERSEDED]),
                name="categorisation_final_has_day",
            ),
            models.CheckConstraint(condition=~models.Q(category=""), name="categorisation_decided_on"),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.school_id}"


class DecisionVersion(models.Model):
    """What a decision said from one moment on. Never changed."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "written_by": Sensitivity.PERSONAL,
        "written_by_name": Sensitivity.PERSONAL,
    }

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    category = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    concern = models.PositiveSmallIntegerField()
    differs = models.BooleanField()
    """Whether it is not what the policy proposes, or the policy could not settle it."""
    reason = models.TextField(max_length=LONGEST)
    differing_reason = models.TextField(max_length=LONGEST, blank=True)
    strengths = models.TextField(max_length=LONGEST, blank=True)
    areas = models.TextField(max_length=LONGEST, blank=True)
    """What is to be improved."""
    review_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = someone()
    written_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["decision", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="categorisation_version_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="categorisation_version_has_reason"),
            models.CheckConstraint(
                condition=models.Q(differs=False) | ~models.Q(differing_reason=""),
                name="categorisation_differing_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, version {self.number}"


class DecisionStep(models.Model):
    """One act on a decision, in order. Never changed."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "by": Sensitivity.PERSONAL,
        "by_name": Sensitivity.PERSONAL,
    }

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=20, choices=Act)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12, choices=State)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = someone()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["decision", "number"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="categorisation_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.act}"


class Exemption(models.TextChoices):
    """Why a decision would be kept back from an information request: Freedom of Information Act 2000.

    The sections are from general knowledge and not verified against the Act.
    """

    NONE = "none", "None: it would be given out"
    SECTION_36 = "section_36", "Section 36: effective conduct of public affairs"
    SECTION_40 = "section_40", "Section 40: personal information"
    SECTION_41 = "section_41", "Section 41: given in confidence"
    SECTION_43 = "section_43", "Section 43: commercial interests"


class DisclosureNote(models.Model):
    """Whether a decision would be given to who asks for it, why, and who reviewed that. Newest counts."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "written_by": Sensitivity.PERSONAL,
        "written_by_name": Sensitivity.PERSONAL,
        "reviewed_by": Sensitivity.PERSONAL,
        "reviewed_by_name": Sensitivity.PERSONAL,
    }

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="disclosure_notes")
    exemption = models.CharField(max_length=12, choices=Exemption)
    public_interest = models.TextField(max_length=LONGEST)
    """The reasons for and against giving it out, and which weigh more."""
    written_at = models.DateTimeField()
    written_by = someone()
    written_by_name = models.CharField(max_length=200)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = someone()
    reviewed_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(public_interest=""), name="categorisation_note_has_reasons"
            ),
        ]

    def __str__(self) -> str:
        return self.get_exemption_display()
