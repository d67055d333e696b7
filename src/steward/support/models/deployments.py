"""Support as it was agreed, given and reviewed, with every step it took."""

from typing import ClassVar

from django.db import models

from steward.register.models import Authority
from steward.support.deployment_steps import DeploymentAct, DeploymentState, Party
from steward.support.models.needs import Need
from steward.support.models.supply import LONGEST, Provider, someone
from steward.vocabulary.sensitivity import Sensitivity

_BY = {"*": Sensitivity.RESTRICTED, "by": Sensitivity.PERSONAL, "by_name": Sensitivity.PERSONAL}


class Verdict(models.TextChoices):
    """What a review or a view finds."""

    MET = "met", "Met"
    PARTLY = "partly", "Partly met"
    NOT_MET = "not_met", "Not met"
    TOO_EARLY = "too_early", "Too early to say"


class ReviewKind(models.TextChoices):
    """When a review is held."""

    MID = "mid", "Mid review"
    FINAL = "final", "Final review"
    FOLLOW_UP = "follow_up", "Follow-up"


class Deployment(models.Model):
    """One provider's support for one need, under one agreement."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "brokered_by": Sensitivity.PERSONAL,
        "brokered_by_name": Sensitivity.PERSONAL,
    }

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="deployments")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="deployments")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="deployments")
    state = models.CharField(max_length=12, choices=DeploymentState)
    term = models.CharField(max_length=6)
    """The term whose days are held."""
    days = models.DecimalField(max_digits=5, decimal_places=1)
    price_per_day = models.DecimalField(max_digits=8, decimal_places=2)
    """Pounds."""
    payer = models.CharField(max_length=200)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    objectives = models.TextField(max_length=LONGEST)
    approach = models.TextField(max_length=LONGEST, blank=True)
    data_protection = models.TextField(max_length=LONGEST, blank=True)
    """What is shared, why it may be, and when it is deleted."""
    terms_version = models.PositiveIntegerField(default=0)
    """How often the terms were written; a signature holds for one version only."""
    changes = models.PositiveIntegerField(default=1)
    brokered_at = models.DateTimeField()
    brokered_by = someone()
    brokered_by_name = models.CharField(max_length=200)
    agreed_on = models.DateField(null=True)
    completed_on = models.DateField(null=True)
    follow_up_on = models.DateField(null=True)
    """When it is to be followed up: the first day of the second term after."""

    class Meta:
        ordering = ["-brokered_at", "-id"]
        indexes = [models.Index(fields=["authority", "state"], name="support_deployment_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=DeploymentState.values), name="support_deployment_state_known"
            ),
            models.CheckConstraint(condition=models.Q(days__gt=0), name="support_deployment_has_days"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="support_deployment_ends_later",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["complete", "followed_up"])
                | models.Q(completed_on__isnull=False),
                name="support_complete_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} for {self.need_id}"


class Measure(models.Model):
    """What is measured before and after, with day and source of each value."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.RESTRICTED}

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="measures")
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=40)
    baseline = models.DecimalField(max_digits=10, decimal_places=2)
    baseline_on = models.DateField()
    baseline_source = models.CharField(max_length=200)
    target = models.DecimalField(max_digits=10, decimal_places=2)
    target_on = models.DateField()
    after = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    after_on = models.DateField(null=True)
    after_source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["deployment", "id"]
        constraints = [
            models.UniqueConstraint(fields=["deployment", "name"], name="support_measure_once"),
            models.CheckConstraint(
                condition=~models.Q(baseline_source=""), name="support_baseline_has_source"
            ),
            models.CheckConstraint(
                condition=models.Q(after__isnull=True)
                | (models.Q(after_on__isnull=False) & ~models.Q(after_source="")),
                name="support_after_has_day_and_source",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Signature(models.Model):
    """A party's signature under one version of the terms: by sign-in, or on a paper that is kept."""

    SENSITIVITY: ClassVar = {**_BY, "name": Sensitivity.PERSONAL}

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="signatures")
    party = models.CharField(max_length=10, choices=Party)
    terms_version = models.PositiveIntegerField()
    name = models.CharField(max_length=200)
    """Who signed."""
    paper = models.CharField(max_length=200, blank=True)
    """Where the signed paper is kept; empty: signed by sign-in."""
    at = models.DateTimeField()
    by = someone()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["deployment", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["deployment", "party", "terms_version"], name="support_signed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} of {self.deployment_id}"


class SupportVisit(models.Model):
    """A visit that was made: day, hours, what was done and what came of it."""

    SENSITIVITY: ClassVar = _BY

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="visits")
    on = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=1)
    activity = models.TextField(max_length=LONGEST)
    outcome = models.TextField(max_length=LONGEST, blank=True)
    at = models.DateTimeField()
    by = someone()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["deployment", "-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(hours__gt=0), name="support_visit_has_hours")
        ]

    def __str__(self) -> str:
        return f"{self.on} for {self.deployment_id}"


class Review(models.Model):
    """What a party found at a review; the newest of each kind and party counts."""

    SENSITIVITY: ClassVar = _BY

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=10, choices=ReviewKind)
    party = models.CharField(max_length=10, choices=Party)
    verdict = models.CharField(max_length=10, choices=Verdict)
    text = models.TextField(max_length=LONGEST)
    at = models.DateTimeField()
    by = someone()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["deployment", "-id"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="support_review_has_text")]

    def __str__(self) -> str:
        return f"{self.kind} by {self.party}"


class DeploymentEvent(models.Model):
    """One act on a piece of support with its reason. Never changed."""

    SENSITIVITY: ClassVar = _BY

    deployment = models.ForeignKey(Deployment, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(max_length=12, choices=DeploymentAct)
    before = models.CharField(max_length=12, blank=True)
    after = models.CharField(max_length=12, choices=DeploymentState)
    reason = models.TextField(max_length=LONGEST)
    at = models.DateTimeField()
    by = someone()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["deployment", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="support_deployment_event_reason")
        ]

    def __str__(self) -> str:
        return f"{self.act} of {self.deployment_id}"
