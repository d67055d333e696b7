"""What was sent to a school, what it answered, and what a second officer found."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from steward.categorisation.models.decisions import LONGEST, Decision, someone
from steward.categorisation.models.overrides import Override
from steward.vocabulary.sensitivity import Sensitivity


class LetterKind(models.TextChoices):
    """What a letter does."""

    ASKS = "asks", "Shares what is proposed and asks for an answer"
    TELLS = "tells", "Tells what was decided"
    OVERRIDDEN = "overridden", "Tells of an override"
    OVERRIDE_ENDED = "override_ended", "Tells that an override has ended"


class Letter(models.Model):
    """A letter to head and chair as it was sent; its files are never made again."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "head": Sensitivity.PERSONAL,
        "chair": Sensitivity.PERSONAL,
        "sent_by": Sensitivity.PERSONAL,
        "sent_by_name": Sensitivity.PERSONAL,
        "received_by": Sensitivity.PERSONAL,
        "received_by_name": Sensitivity.PERSONAL,
    }

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="letters")
    override = models.ForeignKey(Override, null=True, on_delete=models.PROTECT, related_name="letters")
    """The override a letter tells of; empty for letters about the decision."""
    kind = models.CharField(max_length=14, choices=LetterKind)
    template = models.CharField(max_length=80)
    template_version = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    head = models.CharField(max_length=150)
    chair = models.CharField(max_length=150)
    page = models.TextField()
    """The letter as HTML, as both were shown it."""
    word = models.BinaryField()
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64)
    sent_on = models.DateField()
    answer_by = models.DateField(null=True)
    sent_at = models.DateTimeField()
    sent_by = someone()
    sent_by_name = models.CharField(max_length=200)
    received_at = models.DateTimeField(null=True)
    received_by = someone()
    received_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "kind"],
                condition=models.Q(override=None),
                name="categorisation_letter_once",
            ),
            models.UniqueConstraint(fields=["override", "kind"], name="categorisation_override_told_once"),
            models.CheckConstraint(
                condition=models.Q(override=None, kind__in=[LetterKind.ASKS, LetterKind.TELLS])
                | models.Q(
                    override__isnull=False, kind__in=[LetterKind.OVERRIDDEN, LetterKind.OVERRIDE_ENDED]
                ),
                name="categorisation_letter_of_override",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=LetterKind.ASKS) | models.Q(answer_by__gt=models.F("sent_on")),
                name="categorisation_question_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AnswerKind(models.TextChoices):
    """What a school answered."""

    AGREED = "agreed", "Agreed"
    NOT_AGREED = "not_agreed", "Not agreed"
    NONE = "none", "No answer"


class Answer(models.Model):
    """What the school answered, or that it did not by the date. The newest counts."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "answered_by": Sensitivity.PERSONAL,
        "answered_by_name": Sensitivity.PERSONAL,
    }

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=10, choices=AnswerKind)
    text = models.TextField(max_length=LONGEST, blank=True)
    answered_at = models.DateTimeField()
    answered_by = someone()
    answered_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind=AnswerKind.NOT_AGREED) | ~models.Q(text=""),
                name="categorisation_disagreement_has_text",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class LookOutcome(models.TextChoices):
    """What a second officer found."""

    UPHELD = "upheld", "Upheld"
    CHANGED = "changed", "Changed"


class SecondLook(models.Model):
    """What an officer other than the one who proposed found when the school did not agree."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "looked_by": Sensitivity.PERSONAL,
        "looked_by_name": Sensitivity.PERSONAL,
    }

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="second_look")
    outcome = models.CharField(max_length=8, choices=LookOutcome)
    reason = models.TextField(max_length=LONGEST)
    looked_at = models.DateTimeField()
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    looked_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="categorisation_look_has_reason"),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()
