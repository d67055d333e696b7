"""Runs of a policy over an authority, and what each proposed for each school."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from steward.categorisation.records import KeptOutcome, read
from steward.evidence.models import Generation
from steward.register.models import Authority, School
from steward.vocabulary.sensitivity import Sensitivity


class ProposalRun(models.Model):
    """One asking of every rule of a policy about every school of an authority, as at a date."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "run_by": Sensitivity.PERSONAL,
        "run_by_name": Sensitivity.PERSONAL,
    }

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="proposal_runs")
    ruleset = models.CharField(max_length=80)
    """Id of the ruleset; `ruleset_text` is the whole of it as it was."""
    ruleset_version = models.CharField(max_length=20)
    ruleset_title = models.CharField(max_length=200)
    ruleset_text = models.JSONField()
    as_at = models.DateField()
    facts_on = models.DateField(null=True)
    """The day on which local facts were asked about; empty in old runs, which asked on `as_at`."""
    generation = models.ForeignKey(Generation, on_delete=models.PROTECT, related_name="proposal_runs")
    run_at = models.DateTimeField()
    run_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    run_by_name = models.CharField(max_length=200)
    current = models.BooleanField()
    trial = models.BooleanField(default=False)
    """Whether it was only tried: it is never current, and nothing is decided by it."""

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["authority"],
                condition=models.Q(current=True),
                name="categorisation_one_current_run",
            ),
            models.CheckConstraint(
                condition=~models.Q(current=True, trial=True), name="categorisation_trial_not_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ruleset_title} for {self.authority_id} as at {self.as_at}"


class Proposal(models.Model):
    """What a run proposes for a school. A person decides, elsewhere."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.RESTRICTED}

    run = models.ForeignKey(ProposalRun, on_delete=models.CASCADE, related_name="proposals")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="proposals")
    phase = models.CharField(max_length=12)
    governance = models.CharField(max_length=12)
    category = models.CharField(max_length=40, blank=True)
    """Key of the category; empty when it is not settled and an officer must answer."""
    label = models.CharField(max_length=120)
    """The category in words as they are for this kind of school, or that it is not settled."""
    concern = models.PositiveSmallIntegerField(null=True)
    """0 is the category of least concern; empty when not settled."""
    settled = models.BooleanField()
    known_label = models.CharField(max_length=120, blank=True)
    """When not settled: the category on what is known, if any."""
    reason = models.TextField()
    """The first reason, in a sentence or two, for lists."""
    would_change = models.TextField()
    decided_by = models.JSONField()
    unsettled = models.JSONField()
    outcomes = models.JSONField()

    class Meta:
        ordering = ["school__name", "school_id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "school"], name="categorisation_one_proposal"),
            models.CheckConstraint(
                condition=models.Q(settled=True, concern__isnull=False) & ~models.Q(category="")
                | models.Q(settled=False, concern__isnull=True, category=""),
                name="categorisation_settled_has_category",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id}: {self.label}"

    @property
    def answers(self) -> tuple[KeptOutcome, ...]:
        """Every rule asked of the school with its answer, in the order of the policy."""
        return read(self.outcomes)
