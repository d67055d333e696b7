"""Support from brokering to follow-up: each act by its step of the table, with its record."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from steward.access.models import Person
from steward.access.permissions import Permission, may
from steward.audit import operations as audit
from steward.support import deployment_policies, policies
from steward.support.deployment_steps import LIVE, DeploymentAct, DeploymentState, Party, step_of
from steward.support.models import Deployment, DeploymentEvent, Need, Provider, Signature
from steward.support.operations import needs
from steward.support.steps import NeedAct, NeedState
from steward.support.terms import term_on

_TERMS_TO_FOLLOW_UP = 2


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed: `days` in the whole, `price_per_day` in pounds."""

    days: Decimal
    price_per_day: Decimal
    payer: str
    starts_on: date
    ends_on: date
    objectives: str
    approach: str
    data_protection: str


@transaction.atomic
def broker(need_id: int, *, provider_id: int, reason: str, actor: Person) -> Deployment:
    """Return support of a need by a provider, to be scoped. Raises NotPossible with the reason."""
    policies.check_reason(reason)
    if not may(actor, Permission.BROKER_SUPPORT):
        raise policies.NotPossible("Support is brokered by the council.")
    need = Need.objects.select_for_update().select_related("school").get(pk=need_id)
    provider = Provider.objects.select_for_update().get(pk=provider_id)
    deployment_policies.check_pair(need, provider=provider, today=timezone.localdate())
    if need.deployments.filter(provider=provider, state__in=LIVE).exists():
        raise policies.NotPossible(f"{provider.name} supports this need already.")
    made = Deployment.objects.create(
        authority_id=need.authority_id,
        need=need,
        provider=provider,
        state=DeploymentState.BROKERED,
        term=need.term,
        days=need.days,
        price_per_day=provider.cost_per_day,
        payer=need.funder,
        objectives=need.objective,
        brokered_at=timezone.now(),
        brokered_by=actor,
        brokered_by_name=actor.name,
    )
    needs.move(need.pk, act=NeedAct.PLACE, reason=f"{provider.name}: {reason}", seen=None, actor=actor)
    _keep(made, act=DeploymentAct.BROKER, reason=reason, actor=actor, before="")
    return made


@transaction.atomic
def scope(key: int, *, terms: Terms, seen: int, actor: Person) -> Deployment:
    """Return support with new terms; earlier signatures no longer hold. Raises NotPossible."""
    found = locked(key, act=DeploymentAct.SCOPE, actor=actor, seen=seen)
    policies.check_span(terms.starts_on, terms.ends_on)
    policies.check_days(terms.days)
    if not terms.days:
        raise policies.NotPossible("Say how many days are agreed.")
    for name in ("days", "price_per_day", "starts_on", "ends_on"):
        setattr(found, name, getattr(terms, name))
    for name in ("payer", "objectives", "approach", "data_protection"):
        setattr(found, name, getattr(terms, name).strip())
    found.term = term_on(terms.starts_on).key
    found.terms_version += 1
    moved(found, act=DeploymentAct.SCOPE, reason=f"Version {found.terms_version} of the terms", actor=actor)
    return found


@transaction.atomic
def sign(key: int, *, party: Party, name: str, paper: str, seen: int, actor: Person) -> Deployment:
    """Return support with a signature; agreed when all three have signed. Raises NotPossible.

    `paper` says where a paper signed by another party is kept; `name` is who signed it.
    """
    found = locked(key, act=DeploymentAct.SIGN, actor=actor, seen=seen)
    deployment_policies.check_signature(found, party=party, actor=actor, paper=paper)
    own = deployment_policies.party_of(actor, deployment=found) is party
    signer = actor.name if own else name.strip()
    if not signer:
        raise policies.NotPossible("Say who signed the paper.")
    Signature.objects.create(
        deployment=found,
        party=party,
        terms_version=found.terms_version,
        name=signer,
        paper="" if own else paper.strip(),
        at=timezone.now(),
        by=actor,
        by_name=actor.name,
    )
    moved(found, act=DeploymentAct.SIGN, reason=f"{party.label}: {signer}", actor=actor)
    if deployment_policies.signed(found) == frozenset(Party):
        deployment_policies.check_act(found, act=DeploymentAct.AGREE, actor=actor)
        found.agreed_on = timezone.localdate()
        moved(found, act=DeploymentAct.AGREE, reason="All three have signed", actor=actor)
    return found


@transaction.atomic
def move(key: int, *, act: DeploymentAct, reason: str, seen: int, actor: Person) -> Deployment:
    """Return support after an act that needs a reason only, such as starting or withdrawing.

    Raises NotPossible: completing needs the value after of each measure and the three views.
    """
    policies.check_reason(reason)
    found = locked(key, act=act, actor=actor, seen=seen)
    today = timezone.localdate()
    if act is DeploymentAct.COMPLETE:
        if not may(actor, Permission.AGREE_SUPPORT):
            raise policies.NotPossible("A senior adviser or the head of service closes support.")
        found.completed_on = today
        found.follow_up_on = term_on(today).after(_TERMS_TO_FOLLOW_UP).begins
    moved(found, act=act, reason=reason, actor=actor)
    _move_need(found, reason=reason, actor=actor)
    return found


def _move_need(deployment: Deployment, *, reason: str, actor: Person) -> None:
    """Move the need on when no support of it is under way any more."""
    need = Need.objects.get(pk=deployment.need_id)
    if need.state != NeedState.PLACED or need.deployments.filter(state__in=LIVE).exists():
        return
    done = need.deployments.filter(state=DeploymentState.COMPLETE).exists()
    act = NeedAct.MEET if done else NeedAct.RELEASE
    needs.move(need.pk, act=act, reason=reason, seen=None, actor=actor)


def locked(key: int, *, act: DeploymentAct, actor: Person, seen: int | None) -> Deployment:
    """Return the support, locked. Raises NotPossible when it changed or the act is not possible."""
    rows = Deployment.objects.select_for_update(of=("self",))
    found = rows.select_related("need__school", "provider").get(pk=key)
    if seen is not None and found.changes != seen:
        raise policies.NotPossible(
            f"Somebody changed this support while you were writing: it is “{found.get_state_display()}” now. "
            "What you typed is kept below. Read it again and save again."
        )
    deployment_policies.check_act(found, act=act, actor=actor)
    return found


def moved(deployment: Deployment, *, act: DeploymentAct, reason: str, actor: Person) -> None:
    """Move the support to the state to which an act leads, and keep the event."""
    before = deployment.state
    deployment.state = step_of(act).after or deployment.state
    _keep(deployment, act=act, reason=reason, actor=actor, before=before)


def _keep(deployment: Deployment, *, act: DeploymentAct, reason: str, actor: Person, before: str) -> None:
    deployment.changes += 1
    deployment.save()
    DeploymentEvent.objects.create(
        deployment=deployment,
        act=act,
        before=before,
        after=deployment.state,
        reason=reason.strip(),
        at=timezone.now(),
        by=actor,
        by_name=actor.name,
    )
    audit.record(
        f"support.deployment.{act.value}",
        actor=actor,
        subject_kind="deployment",
        subject_id=deployment.pk,
        authority=deployment.authority_id,
        details={"need": deployment.need_id, "before": before, "after": deployment.state},
    )
