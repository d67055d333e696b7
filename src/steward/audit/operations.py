"""Adding to the audit log: called inside the transaction of the change it tells of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from steward.audit.chain import hash_of, plain
from steward.audit.models import AuditEvent, ChainHead


class Actor(Protocol):
    """Who does something: a person with a key, or a named program without one."""

    @property
    def pk(self) -> int | None:
        """Key of the person, None for a program."""

    @property
    def name(self) -> str:
        """Name as it is kept in the log."""


@dataclass(frozen=True, slots=True)
class Program:
    """An actor that is not a person, such as the command line."""

    name: str
    pk: None = None


class NotInTransaction(RuntimeError):
    """An event was recorded outside the transaction of the change it tells of."""


def record(
    verb: str,
    *,
    actor: Actor,
    subject_kind: str,
    subject_id: str | int,
    details: Mapping[str, object] | None = None,
    authority: str | None = None,
) -> AuditEvent:
    """Return the event added to the log: `verb` says app, subject and act ("evidence.release.loaded").

    `authority` is the code of the authority concerned, by default the one the site serves.
    Raises NotInTransaction outside `transaction.atomic`, since a change and its event stand or fall
    together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransaction(f"Record '{verb}' in the same transaction as the change it tells of.")
    head = _locked_head()
    event = AuditEvent(
        number=head.number + 1,
        at=timezone.now(),
        actor_id=actor.pk,
        actor_name=actor.name,
        verb=verb,
        subject_kind=subject_kind,
        subject_id=str(subject_id),
        authority=settings.STEWARD_AUTHORITY if authority is None else authority,
        details=plain(details or {}),
        previous_hash=head.hash,
    )
    event.hash = hash_of(event.entry)
    event.save()
    head.number, head.hash = event.number, event.hash
    head.save()
    return event


def _locked_head() -> ChainHead:
    ChainHead.objects.get_or_create(only=1)
    return ChainHead.objects.select_for_update().get(only=1)
