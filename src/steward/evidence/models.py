"""Releases of published data, the generation of tables built from them, and local facts."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from steward.register.models import School
from steward.vocabulary.sensitivity import Sensitivity


class ReleaseStatus(models.TextChoices):
    """Where a release stands."""

    LIVE = "live", "Live"
    REPLACED = "replaced", "Replaced"
    WITHDRAWN = "withdrawn", "Withdrawn"
    FAILED = "failed", "Failed screening"


class DataRelease(models.Model):
    """One published file as loaded: its hash, what it is, how it was screened, whether it is live."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.PUBLIC, "loaded_by": Sensitivity.PERSONAL}

    id = models.CharField(max_length=120, primary_key=True)
    slot = models.CharField(max_length=160)
    """What it is a release of: layout, period and coverage. One live release for each slot."""
    source = models.CharField(max_length=80)
    layout = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    period = models.PositiveSmallIntegerField(null=True)
    as_at = models.DateField(null=True)
    version = models.CharField(max_length=20)
    coverage = models.CharField(max_length=3, blank=True)
    """Code of the authority when the file is about one only; empty for England."""
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    rows = models.PositiveIntegerField()
    encoding = models.CharField(max_length=20)
    status = models.CharField(max_length=10, choices=ReleaseStatus)
    screening = models.JSONField()
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["source", "-period", "-as_at", "-loaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot"], condition=models.Q(status="live"), name="evidence_one_live_release"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Generation(models.Model):
    """One complete set of tables built from the live releases; exactly one is current."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.PUBLIC}

    made_at = models.DateTimeField()
    folder = models.CharField(max_length=120, unique=True)
    current = models.BooleanField()
    releases = models.JSONField()
    """Ids of the releases it was built from."""

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["current"], condition=models.Q(current=True), name="evidence_one_current_generation"
            ),
        ]

    def __str__(self) -> str:
        return f"Generation {self.pk}"


class LocalFact(models.Model):
    """Something the authority knows about a school, with its dates and its source. Rules read these."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.RESTRICTED, "recorded_by": Sensitivity.PERSONAL}

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="evidence_fact_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} at {self.school_id}"


class PupilFileState(models.TextChoices):
    """Whether the rows of a file of pupils are still here."""

    HELD = "held", "Held"
    DELETED = "deleted", "Deleted"


class PupilFile(models.Model):
    """A file of pupil results: who gave it and when, of which years, how many rows; never a row itself.

    Its rows lie in the store and nowhere else. The entry stays when they are deleted.
    """

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "loaded_by": Sensitivity.PERSONAL,
        "deleted_by": Sensitivity.PERSONAL,
    }

    id = models.CharField(max_length=60, primary_key=True)
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    refused = models.PositiveIntegerField()
    """Rows of the file that could not be used."""
    reasons = models.JSONField()
    """Why rows were refused: words, how many, and the numbers of the first of them."""
    held = models.JSONField()
    """Rows by year and key stage: lists of the year that ends, the stage and the number."""
    columns = models.JSONField()
    state = models.CharField(max_length=10, choices=PupilFileState)
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-loaded_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="deleted", deleted_at__isnull=False)
                | models.Q(state="held", deleted_at__isnull=True),
                name="evidence_pupil_file_deleted_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.id

    @property
    def periods(self) -> tuple[int, ...]:
        """The years it has rows of, by the calendar year of their end."""
        return tuple(sorted({period for period, _, _ in self.held}))
