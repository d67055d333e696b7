"""The plan of a term: which provider for which need, why, and what a person answered."""

from typing import ClassVar

from django.db import models

from steward.register.models import Authority
from steward.support.models.deployments import Deployment
from steward.support.models.needs import Need
from steward.support.models.supply import LONGEST, Provider, someone
from steward.vocabulary.sensitivity import Sensitivity

_BY = {"*": Sensitivity.RESTRICTED, "by": Sensitivity.PERSONAL, "by_name": Sensitivity.PERSONAL}


class Answer(models.TextChoices):
    """What a person made of a pair of a plan."""

    WAITING = "waiting", "Not answered yet"
    ACCEPTED = "accepted", "Accepted"
    CHANGED = "changed", "Another provider chosen"
    REFUSED = "refused", "Refused"


class MatchingPlan(models.Model):
    """One allocation by a version of the method, with the whole question it answers. Never changed."""

    SENSITIVITY: ClassVar = _BY

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="matching_plans")
    term = models.CharField(max_length=6)
    method = models.CharField(max_length=80)
    method_version = models.CharField(max_length=20)
    question = models.TextField()
    """Needs, supporters, weights and what was settled, as text from which the plan is worked out again."""
    value = models.FloatField()
    bound = models.FloatField()
    gap = models.FloatField()
    nearest_value = models.FloatField()
    """The value of giving each school, neediest first, the nearest who is free."""
    budget = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    limits = models.JSONField()
    """What holds the plan back, in words with the value of one more unit."""
    unmet = models.JSONField()
    """Keys of needs without a provider, each with the reason in words."""
    at = models.DateTimeField()
    by = someone()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Plan {self.pk} for {self.term}"

    @property
    def proved(self) -> bool:
        """Whether no plan can be better."""
        return self.gap <= 1e-6


class PlannedPair(models.Model):
    """A provider for a need, the parts of its value, and what a person answered with the reason."""

    SENSITIVITY: ClassVar = _BY

    plan = models.ForeignKey(MatchingPlan, on_delete=models.PROTECT, related_name="pairs")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="planned")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="planned")
    value = models.FloatField()
    cost = models.FloatField()
    reasons = models.JSONField()
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.WAITING)
    reason = models.TextField(max_length=LONGEST, blank=True)
    chosen = models.ForeignKey(Provider, null=True, on_delete=models.PROTECT, related_name="+")
    """The provider chosen in the place of the one planned."""
    deployment = models.ForeignKey(Deployment, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)
    by = someone()
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["plan", "-value", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "need", "provider"], name="support_pair_once"),
            models.CheckConstraint(
                condition=models.Q(answer=Answer.WAITING) | ~models.Q(reason=""),
                name="support_answer_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} for {self.need_id}"
