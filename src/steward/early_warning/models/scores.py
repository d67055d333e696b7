"""Runs of the score and what each found, with all it was worked out from."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from steward.evidence.models import Generation
from steward.register.models import Authority, School
from steward.vocabulary.sensitivity import Sensitivity


class ScoreRun(models.Model):
    """One scoring of the schools of an authority by a version of the method, as at a day."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "run_by": Sensitivity.PERSONAL,
        "run_by_name": Sensitivity.PERSONAL,
    }

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="score_runs")
    method = models.CharField(max_length=80)
    method_version = models.CharField(max_length=20)
    method_title = models.CharField(max_length=200)
    scoring = models.TextField()
    """Method, events, indicators and frameworks; with `shared` and the inputs a run can be replayed."""
    shared = models.TextField()
    as_at = models.DateField()
    events_on = models.DateField()
    """The day on which events must be in force to count."""
    generation = models.ForeignKey(Generation, on_delete=models.PROTECT, related_name="score_runs")
    run_at = models.DateTimeField()
    run_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    run_by_name = models.CharField(max_length=200)
    current = models.BooleanField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority"], condition=models.Q(current=True), name="early_warning_one_current_run"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method_title} for {self.authority_id} as at {self.as_at}"


class KeptScore(models.Model):
    """What a run found for a school, and all it was worked out from."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.RESTRICTED}

    run = models.ForeignKey(ScoreRun, on_delete=models.CASCADE, related_name="scores")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="scores")
    phase = models.CharField(max_length=12)
    points = models.FloatField()
    available = models.FloatField()
    maximum = models.FloatField()
    share = models.FloatField()
    """Percent of the points available."""
    band = models.CharField(max_length=80)
    ranked = models.BooleanField()
    """False where too little is known to give a band."""
    inputs = models.TextField()
    result = models.TextField()
    """The score with its workings, as text that a replay gives again byte for byte."""

    class Meta:
        ordering = ["-share", "school__name", "school_id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "school"], name="early_warning_one_score"),
        ]

    def __str__(self) -> str:
        return f"{self.school_id}: {self.points:g} of {self.available:g}"
