"""Making the plan of a term, and answering each of its pairs."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from steward.access.models import Person
from steward.analysis.matching.baselines import nearest_free
from steward.analysis.matching.plan import Plan
from steward.analysis.matching.problem import ProblemFault, Settled
from steward.analysis.matching.solving import NoPlan, best_plan
from steward.analysis.matching.verifying import violations
from steward.audit import operations as audit
from steward.support import policies
from steward.support.models import Answer, MatchingPlan, PlannedPair
from steward.support.operations import deployments
from steward.support.queries import plans as queries
from steward.support.queries import questions
from steward.support.questions import Asked, key_of, need_id, provider_id, text_of
from steward.support.terms import Term


@transaction.atomic
def make(term: Term, *, authority: str, budget: Decimal | None, actor: Person) -> MatchingPlan:
    """Return the plan of most value for a term; pairs refused before are left out. Raises NotPossible."""
    settled = Settled(forbidden=_refused(term, authority=authority))
    asked = questions.question(
        actor,
        term=term,
        today=timezone.localdate(),
        budget=None if budget is None else float(budget),
        settled=settled,
    )
    if not asked.problem.needs or not asked.problem.supporters:
        raise policies.NotPossible(
            "There is nothing to plan: it takes an open need, and an active provider with days in the term."
        )
    plan = _solved(asked)
    made = _kept(plan, asked=asked, term=term, authority=authority, actor=actor)
    audit.record(
        "support.plan.made",
        actor=actor,
        subject_kind="plan",
        subject_id=made.pk,
        authority=authority,
        details={"term": term.key, "pairs": len(plan.pairs), "value": plan.value, "gap": plan.gap},
    )
    return made


@transaction.atomic
def accept(key: int, *, reason: str, actor: Person) -> PlannedPair:
    """Return the pair with the support that was brokered from it. Raises NotPossible."""
    found = _waiting(key, reason=reason)
    support = deployments.broker(
        found.need_id, provider_id=found.provider_id, reason=_said(found, reason), actor=actor
    )
    found.deployment = support
    return _answered(found, answer=Answer.ACCEPTED, reason=reason, actor=actor)


@transaction.atomic
def change(key: int, *, provider: int, reason: str, actor: Person) -> PlannedPair:
    """Return the pair with support by another provider; the one planned is kept. Raises NotPossible."""
    found = _waiting(key, reason=reason)
    if provider == found.provider_id:
        raise policies.NotPossible("That is the provider planned: accept the pair instead.")
    support = deployments.broker(
        found.need_id, provider_id=provider, reason=_said(found, reason), actor=actor
    )
    found.deployment, found.chosen_id = support, provider
    return _answered(found, answer=Answer.CHANGED, reason=reason, actor=actor)


@transaction.atomic
def refuse(key: int, *, reason: str, actor: Person) -> PlannedPair:
    """Return the pair refused; the next plan of the term leaves it out. Raises NotPossible."""
    found = _waiting(key, reason=reason)
    return _answered(found, answer=Answer.REFUSED, reason=reason, actor=actor)


def _solved(asked: Asked) -> Plan:
    try:
        plan = best_plan(asked.problem)
    except (NoPlan, ProblemFault) as refusal:
        raise policies.NotPossible(str(refusal)) from refusal
    wrong = violations(plan, problem=asked.problem)
    if wrong:
        raise policies.NotPossible(f"The plan did not pass its check and is not kept: {wrong[0]}")
    return plan


def _kept(plan: Plan, *, asked: Asked, term: Term, authority: str, actor: Person) -> MatchingPlan:
    problem = asked.problem
    made = MatchingPlan.objects.create(
        authority_id=authority,
        term=term.key,
        method=problem.weights.id,
        method_version=problem.weights.version,
        question=text_of(asked),
        value=plan.value,
        bound=plan.bound,
        gap=plan.gap,
        nearest_value=nearest_free(problem).value,
        budget=None if problem.budget is None else Decimal(problem.budget),
        limits=queries.limits_in_words(plan, asked=asked),
        unmet=queries.unmet_in_words(plan, asked=asked),
        at=timezone.now(),
        by=actor,
        by_name=actor.name,
    )
    PlannedPair.objects.bulk_create(
        PlannedPair(
            plan=made,
            need_id=key_of(problem.needs[pair.need].id),
            provider_id=key_of(problem.supporters[pair.supporter].id),
            value=pair.value,
            cost=pair.cost,
            reasons=queries.reasons_in_words(pair, asked=asked),
        )
        for pair in plan.pairs
    )
    return made


def _refused(term: Term, *, authority: str) -> frozenset[tuple[str, str]]:
    found = PlannedPair.objects.filter(
        plan__authority_id=authority, plan__term=term.key, answer=Answer.REFUSED
    )
    return frozenset((need_id(one.need_id), provider_id(one.provider_id)) for one in found)


def _waiting(key: int, *, reason: str) -> PlannedPair:
    policies.check_reason(reason)
    found = PlannedPair.objects.select_for_update().get(pk=key)
    if found.answer != Answer.WAITING:
        raise policies.NotPossible(f"This pair was answered before: {found.get_answer_display().lower()}.")
    newest = MatchingPlan.objects.filter(authority=found.plan.authority_id, term=found.plan.term).first()
    if newest is not None and newest.pk != found.plan_id:
        raise policies.NotPossible("There is a newer plan for this term: answer that one.")
    return found


def _said(found: PlannedPair, reason: str) -> str:
    return f"Plan {found.plan_id}: {reason}"


def _answered(found: PlannedPair, *, answer: Answer, reason: str, actor: Person) -> PlannedPair:
    found.answer, found.reason = answer, reason.strip()
    found.at, found.by, found.by_name = timezone.now(), actor, actor.name
    found.save()
    audit.record(
        f"support.plan.{answer.value}",
        actor=actor,
        subject_kind="plan",
        subject_id=found.plan_id,
        authority=found.plan.authority_id,
        details={"need": found.need_id, "provider": found.provider_id, "chosen": found.chosen_id},
    )
    return found
