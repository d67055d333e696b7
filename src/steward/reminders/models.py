"""What a person chose about reminders, what they set aside, which schools they watch, and their calendar."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from steward.register.models import School
from steward.vocabulary.sensitivity import Sensitivity


class Frequency(models.TextChoices):
    """How often a digest is sent by e-mail."""

    WEEKLY = "weekly", "Once a week"
    DAILY = "daily", "Each day on which something is due"
    OFF = "off", "Never"


class Act(models.TextChoices):
    """What a person does with a reminder."""

    SNOOZE = "snooze", "Remind me in a week"
    DONE = "done", "Take off my list"
    RESTORE = "restore", "Put back on my list"


class Choice(models.Model):
    """What a person chose about reminders; without one, a digest once a week and nothing kept quiet."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.PERSONAL}

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.WEEKLY)
    immediate = models.BooleanField(default=True)
    """Whether clocks that end are told by e-mail on the day, whatever the frequency."""
    quiet = models.JSONField(default=list)
    """Kinds of which the person wants no e-mail."""
    digest_on = models.DateField(null=True)
    """The day of the last digest."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(frequency__in=Frequency.values), name="reminders_frequency_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_frequency_display()}: {self.person_id}"


class Reminder(models.Model):
    """How a person dealt with one thing that is due. What is due itself is told by its own app."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.PERSONAL}

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    """`DueItem.key`."""
    snoozed_until = models.DateField(null=True)
    """The first day on which it is told again."""
    done_at = models.DateTimeField(null=True)
    told_on = models.DateField(null=True)
    """The day on which it was told by e-mail at once."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="reminders_once_for_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.key} for {self.person_id}"


class Watched(models.Model):
    """A school that a person watches by their own choice, and why; seen by nobody else."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.PERSONAL}

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["school__name", "school_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "school"],
                condition=models.Q(until__isnull=True),
                name="reminders_school_watched_once",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="reminders_watched_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} watched by {self.person_id}"


class LastLook(models.Model):
    """The moment up to which a person has read what changed."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.PERSONAL}

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} at {self.at}"


class CalendarFeed(models.Model):
    """The secret address of a person's calendar. Only a hash of the secret is kept."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.PERSONAL}

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(revoked_at__isnull=True),
                name="reminders_one_calendar",
            )
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.person_id}"
