"""Adding and changing providers, and moving them from state to state."""

from django.db import transaction
from django.utils import timezone

from steward.audit import operations as audit
from steward.audit.operations import Actor
from steward.support import policies
from steward.support.keeping import Because, keep, locked
from steward.support.models import Provider
from steward.support.policies import ProviderFacts
from steward.support.steps import ProviderAct, ProviderState


@transaction.atomic
def add(
    facts: ProviderFacts,
    *,
    authority: str,
    reason: str,
    actor: Actor,
    act: ProviderAct = ProviderAct.ADD,
) -> Provider:
    """Return the new provider; `act` is OFFER when a school offers it. Raises NotPossible."""
    policies.check_reason(reason)
    policies.check_facts(facts)
    policies.check_name_is_free(facts, authority=authority)
    made = Provider(authority_id=authority, state=policies.after(act, state=None), added_at=timezone.now())
    _write(made, facts=facts)
    made.save()
    _keep(made, because=Because(act, reason, {}), actor=actor)
    return made


@transaction.atomic
def change(key: int, *, facts: ProviderFacts, reason: str, seen: int, actor: Actor) -> Provider:
    """Return the provider with new facts. Raises NotPossible; nothing is changed then."""
    found = locked(key, act=ProviderAct.CHANGE, reason=reason, seen=seen)
    policies.check_facts(facts)
    policies.check_name_is_free(facts, authority=found.authority_id, but=found.pk)
    before = _said(found)
    _write(found, facts=facts)
    changed = {name: [before[name], now] for name, now in _said(found).items() if now != before[name]}
    if not changed:
        raise policies.NotPossible("Nothing was changed: change a field, or go back.")
    _keep(found, because=Because(ProviderAct.CHANGE, reason, changed), actor=actor)
    return found


@transaction.atomic
def move(key: int, *, act: ProviderAct, reason: str, seen: int, actor: Actor) -> Provider:
    """Return the provider after an act such as pausing or ending. Raises NotPossible."""
    found = locked(key, act=act, reason=reason, seen=seen)
    before = found.state
    if act is ProviderAct.REOPEN:
        policies.check_name_is_free(_facts(found), authority=found.authority_id, but=found.pk)
    found.state = policies.after(act, state=ProviderState(found.state))
    found.ended_on = timezone.localdate() if found.state == ProviderState.ENDED else None
    _keep(found, because=Because(act, reason, {"state": [before, found.state]}), actor=actor)
    return found


def _keep(provider: Provider, *, because: Because, actor: Actor) -> None:
    keep(provider, because=because, by=actor)
    audit.record(
        f"support.provider.{because.act.value}",
        actor=actor,
        subject_kind="provider",
        subject_id=provider.pk,
        authority=provider.authority_id,
        details={"kind": provider.kind, "changed": sorted(because.changed), "reason": because.reason.strip()},
    )


def _write(provider: Provider, *, facts: ProviderFacts) -> None:
    provider.name = facts.name.strip()
    provider.kind = facts.kind
    provider.school_id = facts.urn
    provider.trust = facts.trust.strip()
    provider.faith = facts.faith.strip()
    provider.phases = sorted(set(facts.phases))
    provider.specialisms = sorted(set(facts.specialisms))
    provider.cost_per_day = facts.cost_per_day
    provider.easting, provider.northing = facts.easting, facts.northing
    provider.references = facts.references.strip()


def _facts(provider: Provider) -> ProviderFacts:
    return ProviderFacts(provider.name, provider.kind, provider.cost_per_day, tuple(provider.phases))


def _said(provider: Provider) -> dict[str, str]:
    """Return each field as text, to tell what was changed."""
    names = (
        "name",
        "kind",
        "school_id",
        "trust",
        "faith",
        "cost_per_day",
        "easting",
        "northing",
        "references",
    )
    said = {name: str(getattr(provider, name) or "") for name in names}
    said["cost_per_day"] = f"{provider.cost_per_day:.2f}"
    return said | {"phases": ", ".join(provider.phases), "specialisms": ", ".join(provider.specialisms)}
