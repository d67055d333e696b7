"""Runs of the forecast with the model, the record and the reasons; nothing is changed afterwards."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from steward.evidence.models import Generation
from steward.register.models import Authority, School
from steward.vocabulary.sensitivity import Sensitivity


class ForecastRun(models.Model):
    """One fitting of the models and the forecasts of an authority's schools, as at a day."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "run_by": Sensitivity.PERSONAL,
        "run_by_name": Sensitivity.PERSONAL,
    }

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="forecast_runs")
    as_at = models.DateField()
    generation = models.ForeignKey(Generation, on_delete=models.PROTECT, related_name="forecast_runs")
    seed = models.PositiveIntegerField()
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
                fields=["authority"],
                condition=models.Q(current=True),
                name="early_warning_one_current_forecast_run",
            ),
        ]

    def __str__(self) -> str:
        return f"Forecasts of {self.authority_id} as at {self.as_at}"


class ForecastModel(models.Model):
    """The model of a phase in a run: its numbers, what it was learnt from, and its back-test."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.RESTRICTED}

    run = models.ForeignKey(ForecastRun, on_delete=models.PROTECT, related_name="fitted")
    phase = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    chosen_because = models.TextField()
    model = models.TextField()
    """The fitted numbers as JSON: no program code."""
    record = models.TextField()
    """The back-test as JSON, with the releases read and the versions of the libraries."""
    used = models.JSONField()
    """Titles of the releases that the forecasts were made from."""
    left_out = models.JSONField()
    """Titles of the releases that were not read, each with the reason."""

    class Meta:
        ordering = ["run", "phase"]
        constraints = [
            models.UniqueConstraint(fields=["run", "phase"], name="early_warning_one_model_a_phase"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.phase}"


class Forecast(models.Model):
    """How likely the next inspection of a school is below good, with the reasons."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.RESTRICTED}

    fitted = models.ForeignKey(ForecastModel, on_delete=models.PROTECT, related_name="forecasts")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="forecasts")
    likely = models.FloatField()
    """0 to 1."""
    band = models.CharField(max_length=40)
    reasons = models.JSONField()
    """What weighed most: sentence and what it adds to the log odds, largest first."""
    unknown = models.JSONField()
    """What was not known of the school."""

    class Meta:
        ordering = ["-likely", "school"]
        constraints = [
            models.UniqueConstraint(fields=["fitted", "school"], name="early_warning_one_forecast_a_school"),
            models.CheckConstraint(
                condition=models.Q(likely__gte=0) & models.Q(likely__lte=1),
                name="early_warning_forecast_is_a_likelihood",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id}: {self.likely:.2f}"
