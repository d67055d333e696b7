"""What may be done with a piece of support, by whom; each check raises a refusal a user can read."""

from collections.abc import Iterator
from datetime import date

from steward.access.models import Person
from steward.access.permissions import Permission, may
from steward.support.deployment_steps import (
    DeploymentAct,
    DeploymentState,
    Party,
    Requirement,
    step_of,
)
from steward.support.models import Deployment, Need, Provider, ReviewKind
from steward.support.policies import NotPossible
from steward.support.steps import NeedState, ProviderState


def party_of(person: Person, *, deployment: Deployment) -> Party | None:
    """Return for whom a person acts: the council, the supported school, the provider's school; or None."""
    if may(person, Permission.BROKER_SUPPORT):
        return Party.COUNCIL
    if may(person, Permission.TAKE_PART_IN_SUPPORT, urn=deployment.need.school_id):
        return Party.SCHOOL
    own = deployment.provider.school_id
    if own is not None and may(person, Permission.TAKE_PART_IN_SUPPORT, urn=own):
        return Party.PROVIDER
    return None


def check_act(deployment: Deployment, *, act: DeploymentAct, actor: Person) -> Party:
    """Return for whom the actor acts. Raises NotPossible where state, person or record do not allow it."""
    step, state = step_of(act), DeploymentState(deployment.state)
    if state not in step.before:
        may_be = [f"“{one.label}”" for one in step.before if one]
        raise NotPossible(
            f"This support is “{state.label}”: “{act.label}” is possible when it is {' or '.join(may_be)}."
        )
    party = party_of(actor, deployment=deployment)
    if party is None or party not in step.who:
        who = " or ".join(one.label.lower() for one in step.who)
        raise NotPossible(f"“{act.label}” is done by the {who}.")
    lacking = missing(deployment, requirements=step.needs)
    if lacking:
        raise NotPossible(f"“{act.label}” needs {'; '.join(one.label for one in lacking)}. Enter it first.")
    return party


def missing(deployment: Deployment, *, requirements: tuple[Requirement, ...]) -> tuple[Requirement, ...]:
    """Return which of some requirements are not there yet."""
    lacking = frozenset(_lacking(deployment))
    return tuple(one for one in requirements if one in lacking)


def _lacking(deployment: Deployment) -> Iterator[Requirement]:
    measures, views = list(deployment.measures.all()), views_given(deployment, kind=ReviewKind.FINAL)
    terms = (deployment.objectives, deployment.payer, deployment.data_protection)
    if not all(text.strip() for text in terms) or not (deployment.starts_on and deployment.ends_on):
        yield Requirement.TERMS
    if not measures:
        yield Requirement.MEASURES
    if signed(deployment) != frozenset(Party):
        yield Requirement.SIGNATURES
    if not views_given(deployment, kind=ReviewKind.MID):
        yield Requirement.MID_REVIEW
    if not measures or any(one.after is None for one in measures):
        yield Requirement.AFTERS
    if views != frozenset(Party):
        yield Requirement.VIEWS


def signed(deployment: Deployment) -> frozenset[Party]:
    """Return who has signed the terms as they are now."""
    found = deployment.signatures.filter(terms_version=deployment.terms_version)
    return frozenset(Party(one.party) for one in found)


def views_given(deployment: Deployment, *, kind: ReviewKind) -> frozenset[Party]:
    """Return who has given a view at a review."""
    return frozenset(Party(one.party) for one in deployment.reviews.all() if one.kind == kind)


def check_pair(need: Need, *, provider: Provider, today: date) -> None:
    """Raise NotPossible when a provider cannot support a need, with the reason."""
    for fault in pair_faults(need, provider=provider, today=today):
        raise NotPossible(fault)


def pair_faults(need: Need, *, provider: Provider, today: date) -> Iterator[str]:
    """Yield why a provider cannot support a need, as sentences."""
    if need.state not in (NeedState.OPEN, NeedState.PLACED):
        yield f"The need is “{need.get_state_display()}”: accept or open it first."
    if provider.state != ProviderState.ACTIVE:
        yield f"{provider.name} is “{provider.get_state_display()}” and takes on nothing new."
    if provider.school_id == need.school_id:
        yield f"{provider.name} belongs to the school itself."
    if need.phase not in provider.phases:
        yield f"{provider.name} does not work in this phase."
    vetoed = {provider.trust, provider.faith, provider.name} & set(need.vetoes) - {""}
    if vetoed:
        yield f"The school has ruled out {', '.join(sorted(vetoed))}."
    for conflict in provider.conflicts.all():
        in_force = conflict.since <= today and (conflict.until is None or conflict.until > today)
        touches = conflict.school_id == need.school_id or (
            conflict.trust and conflict.trust == need.school.trust
        )
        if in_force and touches:
            yield f"{provider.name} has a conflict of interest: {conflict.reason}"


def check_signature(deployment: Deployment, *, party: Party, actor: Person, paper: str) -> None:
    """Raise NotPossible for a signature that does not hold.

    The council's is given by a person who may agree and did not broker it: nobody brokers and signs alone.
    An officer records another party's signature only from a paper that is kept.
    """
    acting = party_of(actor, deployment=deployment)
    if acting is not party and not (acting is Party.COUNCIL and paper.strip()):
        raise NotPossible("Say where the signed paper is kept: you sign for another party.")
    if party in signed(deployment):
        raise NotPossible(f"The {party.label.lower()} has signed these terms already.")
    if party is Party.COUNCIL and not may(actor, Permission.AGREE_SUPPORT):
        raise NotPossible("A senior adviser or the head of service signs for the council.")
    if party is Party.COUNCIL and actor.pk == deployment.brokered_by_id:
        raise NotPossible("You brokered this support: a second officer signs for the council.")


def missing_for(deployment: Deployment, *, act: DeploymentAct) -> tuple[Requirement, ...]:
    """Return what must be there before an act and is not."""
    return missing(deployment, requirements=step_of(act).needs)
