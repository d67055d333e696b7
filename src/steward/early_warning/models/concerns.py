"""The register of concerns about schools, with every step that was taken."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from steward.register.models import School
from steward.vocabulary.sensitivity import Sensitivity


class Topic(models.TextChoices):
    """What a concern is about."""

    STANDARDS = "standards", "Standards"
    LEADERSHIP = "leadership", "Leadership"
    GOVERNANCE = "governance", "Governance"
    SAFETY = "safety", "Safety"
    SAFEGUARDING = "safeguarding", "Safeguarding practice"
    FINANCE = "finance", "Finance"
    SEND = "send", "Special educational needs"
    COMPLAINT = "complaint", "Complaints"
    ADMISSIONS = "admissions", "Admissions"
    ATTENDANCE = "attendance", "Attendance and exclusions"


class Origin(models.TextChoices):
    """Where a concern came from."""

    FIGURES = "figures", "Figures"
    VISIT = "visit", "A visit"
    INSPECTION = "inspection", "An inspection"
    COMPLAINT = "complaint", "A complaint"
    WHISTLEBLOWING = "whistleblowing", "Whistleblowing"
    GOVERNOR = "governor", "A governor"
    SERVICE = "service", "Another service"
    SCHOOL = "school", "The school itself"


class Level(models.TextChoices):
    """How pressing it is."""

    WATCH = "watch", "Watch"
    CONCERN = "concern", "Concern"
    SERIOUS = "serious", "Serious"


class State(models.TextChoices):
    """Where a concern stands."""

    RAISED = "raised", "Raised"
    ASSESSING = "assessing", "Being assessed"
    ACTIVE = "active", "Taken up"
    RESOLVED = "resolved", "Resolved"
    NO_ACTION = "no_action", "No action"
    PASSED_ON = "passed_on", "Passed on"


OPEN_STATES = (State.RAISED, State.ASSESSING, State.ACTIVE)


class Concern(models.Model):
    """A concern of the council about a school. It is no category and no finding against anybody."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "raised_by": Sensitivity.PERSONAL,
        "raised_by_name": Sensitivity.PERSONAL,
    }

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="concerns")
    topic = models.CharField(max_length=20, choices=Topic)
    origin = models.CharField(max_length=20, choices=Origin)
    level = models.CharField(max_length=10, choices=Level)
    state = models.CharField(max_length=10, choices=State, default=State.RAISED)
    facts = models.TextField()
    next_step_by = models.DateField(null=True)
    """The day by which the next step is due; empty once it is closed."""
    passed_to = models.CharField(max_length=200, blank=True)
    raised_on = models.DateField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    raised_by_name = models.CharField(max_length=200)
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["-raised_on", "-id"]
        indexes = [models.Index(fields=["school", "state"], name="early_warning_concern_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[state.value for state in OPEN_STATES], closed_on__isnull=True)
                | models.Q(
                    state__in=[State.RESOLVED.value, State.NO_ACTION.value, State.PASSED_ON.value],
                    closed_on__isnull=False,
                ),
                name="early_warning_closed_has_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.PASSED_ON.value) | ~models.Q(passed_to=""),
                name="early_warning_passed_on_to_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()} at {self.school_id}"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.state in OPEN_STATES


class ConcernStep(models.Model):
    """One step of a concern: what was done, why, by whom and when. Never changed."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "taken_by": Sensitivity.PERSONAL,
        "taken_by_name": Sensitivity.PERSONAL,
    }

    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(max_length=20)
    before = models.CharField(max_length=10, choices=State, blank=True)
    after = models.CharField(max_length=10, choices=State)
    level = models.CharField(max_length=10, choices=Level)
    reason = models.TextField()
    passed_to = models.CharField(max_length=200, blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    taken_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["concern", "id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="early_warning_step_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.act} of {self.concern_id}"
