"""What a school does itself: it offers to support others, with the days it has."""

from decimal import Decimal

from django.db import transaction

from steward.access.models import Person
from steward.access.permissions import Permission, may
from steward.audit import operations as audit
from steward.register.models import School
from steward.support import policies
from steward.support.models import Provider
from steward.support.operations import providers, supply
from steward.support.policies import ProviderFacts
from steward.support.steps import ProviderAct
from steward.support.terms import Term


@transaction.atomic
def offer(facts: ProviderFacts, *, days: dict[Term, Decimal], reason: str, actor: Person) -> Provider:
    """Return the provider that a school offers; it is asked for nothing until the council accepts.

    Raises NotPossible for another school than the actor's own, or for facts that cannot be.
    """
    if facts.urn is None or not may(actor, Permission.TAKE_PART_IN_SUPPORT, urn=facts.urn):
        raise policies.NotPossible("You offer support of your own school only.")
    policies.check_facts(facts)
    authority = School.objects.get(pk=facts.urn).authority_id
    made = providers.add(facts, authority=authority, reason=reason, actor=actor, act=ProviderAct.OFFER)
    supply.offer_days(made.pk, days=days, reason=reason, actor=actor)
    audit.record(
        "support.provider.offered",
        actor=actor,
        subject_kind="provider",
        subject_id=made.pk,
        authority=authority,
        details={"school": facts.urn, "terms": sorted(term.key for term in days)},
    )
    return made
