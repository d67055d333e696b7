"""Events of the audit log and the head of their chain."""

from typing import Any, ClassVar, NoReturn

from django.db import models

from steward.audit.chain import START, Entry, hash_of
from steward.vocabulary.sensitivity import Sensitivity


class AppendOnly(RuntimeError):
    """An event of the audit log was about to be changed or deleted; neither is possible."""


def _refuse() -> NoReturn:
    raise AppendOnly("Events of the audit log are never changed or deleted: record a new one.")


class EventQuerySet(models.QuerySet["AuditEvent"]):
    """Events, which may be read and added to but not changed."""

    def update(self, **changes: Any) -> NoReturn:  # noqa: ANN401 - Django's signature
        """Raise AppendOnly."""
        _refuse()

    def delete(self) -> NoReturn:
        """Raise AppendOnly."""
        _refuse()


class AuditEvent(models.Model):
    """One thing that was done: when, by whom, to what; chained to the event before."""

    SENSITIVITY: ClassVar = {
        "*": Sensitivity.RESTRICTED,
        "actor_id": Sensitivity.PERSONAL,
        "actor_name": Sensitivity.PERSONAL,
    }

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=50)
    subject_id = models.CharField(max_length=100)
    authority = models.CharField(max_length=3, blank=True)
    details = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="audit_by_subject"),
            models.Index(fields=["actor_id"], name="audit_by_actor"),
            models.Index(fields=["verb"], name="audit_by_verb"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(number__gt=0), name="audit_number_positive"),
            models.CheckConstraint(condition=~models.Q(verb=""), name="audit_verb_given"),
            models.CheckConstraint(condition=~models.Q(actor_name=""), name="audit_actor_named"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.subject_kind} {self.subject_id} by {self.actor_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's signature
        """Add the event; raises AppendOnly when it is there already."""
        if not self._state.adding:
            _refuse()
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ANN401 - Django's signature
        """Raise AppendOnly."""
        _refuse()

    @property
    def entry(self) -> Entry:
        """What the hash of the event covers."""
        return Entry(
            number=self.number,
            at=self.at,
            actor_id=self.actor_id,
            actor_name=self.actor_name,
            verb=self.verb,
            subject_kind=self.subject_kind,
            subject_id=self.subject_id,
            authority=self.authority,
            details=self.details,
            previous_hash=self.previous_hash,
        )

    def is_whole(self) -> bool:
        """Return whether the stored hash is that of the stored event."""
        return self.hash == hash_of(self.entry)


class ChainHead(models.Model):
    """The number and hash of the last event: locked while one is added, and proof that none was cut off."""

    SENSITIVITY: ClassVar = {"*": Sensitivity.RESTRICTED}

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=START)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=1), name="audit_one_head")]

    def __str__(self) -> str:
        return f"event {self.number}"
