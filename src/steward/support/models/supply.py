"""Who can support schools: what they are, how many days they have, and what stands in the way."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from steward.register.models import Authority, School
from steward.support.steps import ProviderAct, ProviderState
from steward.vocabulary.sensitivity import Sensitivity

LONGEST = 2000
"""Characters of what is written about a provider."""


def someone() -> "models.ForeignKey[Any, Any]":
    """Return a key to the person who did something; null for a program, whose name is kept beside it."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")


class Quality(models.TextChoices):
    """What the last assurance of a provider found."""

    STRONG = "strong", "Strong"
    SECURE = "secure", "Secure"
    NEEDS_WORK = "needs_work", "Needs work"
    NOT_FIT = "not_fit", "Not fit to support"


class Provider(models.Model):
    """A person, school or body that supports schools. The rest is in dated rows beside it."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.RESTRICTED, "name": Sensitivity.PERSONAL}

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="providers")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    """Key of the definition of kinds of provider."""
    state = models.CharField(max_length=10, choices=ProviderState)
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="providers")
    """The school it belongs to; its standing is watched."""
    trust = models.CharField(max_length=255, blank=True)
    faith = models.CharField(max_length=120, blank=True)
    phases = models.JSONField()
    specialisms = models.JSONField()
    """Keys of the definition of specialisms."""
    cost_per_day = models.DecimalField(max_digits=8, decimal_places=2)
    """Pounds."""
    easting = models.PositiveIntegerField(null=True)
    northing = models.PositiveIntegerField(null=True)
    """Where travel begins, in metres of the national grid; empty: from the school, else not known."""
    references = models.TextField(max_length=LONGEST, blank=True)
    changes = models.PositiveIntegerField(default=1)
    """How often it was changed: what a form was opened with must still be so when it is sent."""
    added_at = models.DateTimeField()
    ended_on = models.DateField(null=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "name", "kind"],
                condition=~models.Q(state=ProviderState.ENDED),
                name="support_provider_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ProviderState.values), name="support_provider_state_known"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="support_provider_named"),
            models.CheckConstraint(condition=models.Q(cost_per_day__gte=0), name="support_cost_not_below_0"),
            models.CheckConstraint(
                condition=models.Q(state=ProviderState.ENDED, ended_on__isnull=False)
                | (~models.Q(state=ProviderState.ENDED) & models.Q(ended_on__isnull=True)),
                name="support_ended_provider_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProviderEvent(models.Model):
    """One act on a provider with its reason, and what each field was before. Never changed."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "by": Sensitivity.PERSONAL,
        "by_name": Sensitivity.PERSONAL,
    }

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(max_length=10, choices=ProviderAct)
    reason = models.TextField(max_length=LONGEST)
    changed = models.JSONField(default=dict)
    """By field: what it was, and what it became."""
    at = models.DateTimeField()
    by = someone()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["provider", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="support_provider_event_has_reason")
        ]

    def __str__(self) -> str:
        return f"{self.act} of {self.provider_id}"


class Designation(models.Model):
    """What a provider was designated as, by whom, from one day to another."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.RESTRICTED}

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="designations")
    kind = models.CharField(max_length=40)
    body = models.CharField(max_length=200)
    """Who designated."""
    since = models.DateField()
    until = models.DateField(null=True)
    review_on = models.DateField(null=True)

    class Meta:
        ordering = ["provider", "-since", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="support_designation_ends_later",
            ),
            models.CheckConstraint(condition=~models.Q(body=""), name="support_designation_has_body"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.provider_id}"


class Capacity(models.Model):
    """How many days a provider offers in a term."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.RESTRICTED}

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="capacities")
    term = models.CharField(max_length=6)
    days = models.DecimalField(max_digits=5, decimal_places=1)

    class Meta:
        ordering = ["provider", "term"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "term"], name="support_capacity_once"),
            models.CheckConstraint(condition=models.Q(days__gte=0), name="support_capacity_not_below_0"),
        ]

    def __str__(self) -> str:
        return f"{self.days} days of {self.provider_id} in {self.term}"


class Commitment(models.Model):
    """Days of a term that a provider has promised elsewhere, outside what is brokered here."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.RESTRICTED}

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="commitments")
    term = models.CharField(max_length=6)
    days = models.DecimalField(max_digits=5, decimal_places=1)
    what = models.CharField(max_length=200)
    released_on = models.DateField(null=True)

    class Meta:
        ordering = ["provider", "term", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(days__gt=0), name="support_commitment_has_days")
        ]

    def __str__(self) -> str:
        return self.what


class Conflict(models.Model):
    """A school or trust that a provider must not support, and why, from one day to another."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.RESTRICTED, "reason": Sensitivity.PERSONAL}

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="conflicts")
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    trust = models.CharField(max_length=255, blank=True)
    reason = models.CharField(max_length=400)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["provider", "-since", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(school__isnull=False) ^ ~models.Q(trust=""),
                name="support_conflict_with_one",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="support_conflict_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} not at {self.school_id or self.trust}"


class Assurance(models.Model):
    """What somebody found who looked at the quality of a provider's work."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "by": Sensitivity.PERSONAL,
        "by_name": Sensitivity.PERSONAL,
    }

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="assurances")
    on = models.DateField()
    quality = models.CharField(max_length=10, choices=Quality)
    evidence = models.TextField(max_length=LONGEST)
    by = someone()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["provider", "-on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(evidence=""), name="support_assurance_has_evidence")
        ]

    def __str__(self) -> str:
        return self.get_quality_display()
