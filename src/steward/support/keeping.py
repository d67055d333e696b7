"""Taking one step with a provider: locked, held against what the officer saw, and kept as a row."""

from dataclasses import dataclass

from django.utils import timezone

from steward.audit.operations import Actor
from steward.support import policies
from steward.support.models import Provider, ProviderEvent
from steward.support.steps import ProviderAct, ProviderState


@dataclass(frozen=True, slots=True)
class Because:
    """What is done with a provider and why, and what its fields were before and became."""

    act: ProviderAct
    reason: str
    changed: dict[str, list[str]]


def locked(key: int, *, act: ProviderAct, reason: str, seen: int | None) -> Provider:
    """Return the provider, locked. Raises NotPossible when it changed, is past it, or no reason is given."""
    found = Provider.objects.select_for_update().get(pk=key)
    policies.check_reason(reason)
    if seen is not None:
        policies.check_unchanged(found, seen=seen)
    policies.after(act, state=ProviderState(found.state))
    return found


def keep(provider: Provider, *, because: Because, by: Actor) -> None:
    """Save the provider with the event that tells what was done and why."""
    provider.changes += 1
    provider.save()
    ProviderEvent.objects.create(
        provider=provider,
        act=because.act,
        reason=because.reason.strip(),
        changed=because.changed,
        at=timezone.now(),
        by_id=by.pk,
        by_name=by.name,
    )
