"""What schools need support with, from where it is known, and every step it took."""

from typing import ClassVar

from django.db import models

from steward.categorisation.models import Decision
from steward.early_warning.models import Concern
from steward.register.models import Authority, School
from steward.support.models.supply import LONGEST, someone
from steward.support.steps import NeedAct, NeedState
from steward.vocabulary.sensitivity import Sensitivity


class Origin(models.TextChoices):
    """From where a need is known."""

    CATEGORY = "category", "A decision about the support category (council)"
    CONCERN = "concern", "A concern"
    VISIT = "visit", "A visit"
    INSPECTION = "inspection", "An inspection"
    PLAN = "plan", "An objective of a plan"
    SCHOOL = "school", "The school asked"
    OFFICER = "officer", "An officer"


class Urgency(models.TextChoices):
    """How soon support must begin; the method of matching gives each its weight."""

    URGENT = "urgent", "Urgent"
    SOON = "soon", "Soon"
    PLANNED = "planned", "Planned"


class Need(models.Model):
    """Something a school needs support with, with an objective that can be measured."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "recorded_by": Sensitivity.PERSONAL,
        "recorded_by_name": Sensitivity.PERSONAL,
    }

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="needs")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="needs")
    phase = models.CharField(max_length=12)
    """The phase of the school in which support is needed."""
    state = models.CharField(max_length=10, choices=NeedState)
    origin = models.CharField(max_length=10, choices=Origin)
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="needs")
    concern = models.ForeignKey(Concern, null=True, on_delete=models.PROTECT, related_name="needs")
    objective = models.TextField(max_length=LONGEST)
    """What is to be reached, so that it can be measured."""
    tags = models.JSONField()
    """Keys of the definition of specialisms."""
    urgency = models.CharField(max_length=10, choices=Urgency)
    term = models.CharField(max_length=6)
    """The term in which support is to begin."""
    days = models.DecimalField(max_digits=5, decimal_places=1)
    funder = models.CharField(max_length=200)
    target_groups = models.JSONField()
    """Ids of the definitions of groups of pupils whom the support is meant for."""
    vetoes = models.JSONField()
    """Trusts and religious characters, as the register names them, that the school will not work with."""
    changes = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()
    recorded_by = someone()
    recorded_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        indexes = [models.Index(fields=["authority", "state"], name="support_need_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=NeedState.values), name="support_need_state_known"
            ),
            models.CheckConstraint(condition=~models.Q(objective=""), name="support_need_has_objective"),
            models.CheckConstraint(condition=models.Q(days__gt=0), name="support_need_has_days"),
        ]

    def __str__(self) -> str:
        return f"Need of {self.school_id}"


class NeedEvent(models.Model):
    """One act on a need with its reason. Never changed."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "by": Sensitivity.PERSONAL,
        "by_name": Sensitivity.PERSONAL,
    }

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(max_length=10, choices=NeedAct)
    before = models.CharField(max_length=10, blank=True)
    after = models.CharField(max_length=10, choices=NeedState)
    reason = models.TextField(max_length=LONGEST)
    at = models.DateTimeField()
    by = someone()
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["need", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="support_need_event_has_reason")
        ]

    def __str__(self) -> str:
        return f"{self.act} of {self.need_id}"
