"""Assessments of what a proposal does to groups of people: equality, diversity, cohesion and integration."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from steward.register.models import Authority
from steward.vocabulary.sensitivity import Sensitivity


class Kind(models.TextChoices):
    """What is assessed."""

    STRATEGY = "strategy", "Strategy"
    REPORT = "report", "Report or decision of members"
    INTERVENTION = "intervention", "Intervention in a school"
    POLICY = "policy", "Policy or procedure"
    BUDGET = "budget", "Budget or funding"
    OTHER = "other", "Something else"


class State(models.TextChoices):
    """Where an assessment stands."""

    DRAFT = "draft", "Draft"
    DECIDED = "decided", "Decided"
    REVIEWED = "reviewed", "Reviewed"


class Characteristic(models.TextChoices):
    """Whom a proposal may affect: the protected characteristics of the Equality Act 2010, section 149(7) and
    section 4, the groups whose outcomes the service looks at, and relations between communities."""

    AGE = "age", "Age"
    DISABILITY = "disability", "Disability and special educational needs"
    GENDER_REASSIGNMENT = "gender_reassignment", "Gender reassignment"
    MARRIAGE = "marriage", "Marriage and civil partnership"
    PREGNANCY = "pregnancy", "Pregnancy and maternity"
    RACE = "race", "Race and ethnicity"
    RELIGION = "religion", "Religion or belief"
    SEX = "sex", "Sex"
    SEXUAL_ORIENTATION = "sexual_orientation", "Sexual orientation"
    FIRST_LANGUAGE = "first_language", "English as an additional language"
    DISADVANTAGE = "disadvantage", "Disadvantage and deprived areas"
    LOOKED_AFTER = "looked_after", "Children looked after and in need"
    CARERS = "carers", "Young carers"
    POOR_ATTENDERS = "poor_attenders", "Poor attenders"
    COHESION = "cohesion", "Cohesion between communities"
    INTEGRATION = "integration", "Integration of newcomers"


class Effect(models.TextChoices):
    """What a proposal is likely to do to a group."""

    POSITIVE = "positive", "Positive"
    NEUTRAL = "neutral", "No difference"
    MIXED = "mixed", "Positive and negative"
    NEGATIVE = "negative", "Negative"
    UNKNOWN = "unknown", "Not known"


class Outcome(models.TextChoices):
    """What was decided."""

    PROCEED = "proceed", "Go ahead"
    CHANGE = "change", "Go ahead with the changes named"
    STOP = "stop", "Do not go ahead"


class Assessment(models.Model):
    """One assessment from draft to review. Its content is in versions, which are never changed."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.RESTRICTED, "owner": Sensitivity.PERSONAL}

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="assessments")
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    review_on = models.DateField(null=True)
    """When the last decision is to be looked at again, also while a newer draft is written."""
    started_at = models.DateTimeField()

    class Meta:
        ordering = ["-started_at", "-id"]
        indexes = [models.Index(fields=["authority", "state", "review_on"], name="equality_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=State.DECIDED) | models.Q(review_on__isnull=False),
                name="equality_decided_has_review",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AssessmentVersion(models.Model):
    """What an assessment said from one moment on."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "written_by": Sensitivity.PERSONAL,
        "written_by_name": Sensitivity.PERSONAL,
    }

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    proposal = models.TextField()
    evidence = models.TextField(blank=True)
    """What is known of the groups: figures, consultation, research."""
    links = models.JSONField(default=list)
    """Addresses of pages and documents of the evidence, as typed, one each."""
    reason = models.TextField()
    """Why this version was written."""
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    written_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["assessment", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="equality_version_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="equality_version_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"


class GroupEffect(models.Model):
    """What a version says of one group."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.RESTRICTED}

    version = models.ForeignKey(AssessmentVersion, on_delete=models.CASCADE, related_name="effects")
    characteristic = models.CharField(max_length=30, choices=Characteristic)
    effect = models.CharField(max_length=10, choices=Effect)
    evidence = models.TextField(blank=True)
    mitigation = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "characteristic"], name="equality_effect_once"),
            models.CheckConstraint(
                condition=~models.Q(effect__in=[Effect.NEGATIVE, Effect.MIXED]) | ~models.Q(mitigation=""),
                name="equality_harm_has_mitigation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_characteristic_display()}: {self.get_effect_display()}"


class Decision(models.Model):
    """What was decided on one version, by whom and why."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "decided_by": Sensitivity.PERSONAL,
        "decided_by_name": Sensitivity.PERSONAL,
    }

    version = models.OneToOneField(AssessmentVersion, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reasons = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by_name = models.CharField(max_length=200)
    review_on = models.DateField()

    class Meta:
        ordering = ["-decided_at"]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} on {self.version_id}"


class Review(models.Model):
    """What was found when a decision was looked at again."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "reviewed_by": Sensitivity.PERSONAL,
        "reviewed_by_name": Sensitivity.PERSONAL,
    }

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reviews")
    found = models.TextField()
    """What happened to the groups since, and whether the mitigation worked."""
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_by_name = models.CharField(max_length=200)
    review_on = models.DateField(null=True)
    """When to look again; empty where that is not needed."""

    class Meta:
        ordering = ["-reviewed_at"]

    def __str__(self) -> str:
        return f"Review of {self.decision_id}"
