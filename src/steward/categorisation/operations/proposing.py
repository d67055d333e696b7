"""Proposing: asking a policy about every school of an authority and keeping every answer."""

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from steward.audit import operations as audit
from steward.categorisation.models import Proposal, ProposalRun
from steward.categorisation.schemes import WATCH
from steward.categorisation.working_out import CannotPropose, WorkedOut, work_out
from steward.evidence.models import Generation
from steward.evidence.queries import releases

__all__ = ["CannotPropose", "propose", "try_out", "watch"]

_BATCH = 200


def propose(
    *, actor: audit.Actor, authority: str, ruleset: str | None = None, as_at: date | None = None
) -> ProposalRun:
    """Make a run of the policy the current one of the authority; earlier runs are kept.

    By default the ruleset of the setting, as at the newest list of inspection outcomes and with local facts
    as they are today. The ruleset that watches academies is never the current one.
    Raises CannotPropose, NothingLoaded or DefinitionFault.
    """
    generation = releases.current()
    chosen = ruleset or settings.STEWARD_RULESET
    if chosen == WATCH:
        raise CannotPropose(
            f"The ruleset “{WATCH}” is asked about academies beside the policy and cannot take its place: "
            "the maintained schools would be without proposals. Try it with --trial, or leave --ruleset out."
        )
    found = work_out(authority, ruleset=chosen, as_at=as_at)
    _check_in_effect(found)
    with transaction.atomic():
        run = _keep(found, authority=authority, generation=generation, actor=actor)
        audit.record(
            "categorisation.run.made",
            actor=actor,
            subject_kind="proposal_run",
            subject_id=run.pk,
            authority=authority,
            details={
                "ruleset": run.ruleset,
                "version": run.ruleset_version,
                "as_at": run.as_at.isoformat(),
                "facts_on": found.facts_on.isoformat(),
                "schools": len(found.proposals),
                "not_settled": sum(not proposal.settled for proposal in found.proposals),
            },
        )
    return run


@transaction.atomic
def try_out(
    *, actor: audit.Actor, authority: str, ruleset: str | None = None, as_at: date | None = None
) -> ProposalRun:
    """Return a run that is kept as a trial: the current run and what is decided on stay as they are.

    Raises CannotPropose, NothingLoaded or DefinitionFault.
    """
    found = work_out(authority, ruleset=ruleset or settings.STEWARD_RULESET, as_at=as_at)
    run = _kept(found, authority=authority, generation=releases.current(), actor=actor, trial=True)
    audit.record(
        "categorisation.run.tried",
        actor=actor,
        subject_kind="proposal_run",
        subject_id=run.pk,
        authority=authority,
        details={
            "ruleset": run.ruleset,
            "version": run.ruleset_version,
            "as_at": run.as_at.isoformat(),
            "facts_on": found.facts_on.isoformat(),
        },
    )
    return run


@transaction.atomic
def watch(*, actor: audit.Actor, authority: str, as_at: date | None = None) -> ProposalRun:
    """Return a run of the watch ruleset over the academies of an authority, kept beside the current run.

    Raises CannotPropose, NothingLoaded or DefinitionFault.
    """
    found = work_out(authority, ruleset=WATCH, as_at=as_at)
    run = _kept(found, authority=authority, generation=releases.current(), actor=actor)
    audit.record(
        "categorisation.run.watched",
        actor=actor,
        subject_kind="proposal_run",
        subject_id=run.pk,
        authority=authority,
        details={"version": run.ruleset_version, "as_at": run.as_at.isoformat()},
    )
    return run


def _check_in_effect(found: WorkedOut) -> None:
    policy = found.rulebook.ruleset
    if policy.effective_from > timezone.localdate():
        day = policy.effective_from
        raise CannotPropose(
            f"“{policy.title}” is in effect from {day.day} {day:%B %Y}, so it cannot be the policy that "
            "schools are proposed under before that day. The workbench shows what it would do."
        )


def _keep(found: WorkedOut, *, authority: str, generation: Generation, actor: audit.Actor) -> ProposalRun:
    former = ProposalRun.objects.select_for_update().filter(authority=authority, current=True)
    former.update(current=False)
    return _kept(found, authority=authority, generation=generation, actor=actor, current=True)


def _kept(
    found: WorkedOut,
    *,
    authority: str,
    generation: Generation,
    actor: audit.Actor,
    current: bool = False,
    trial: bool = False,
) -> ProposalRun:
    policy = found.rulebook.ruleset
    run = ProposalRun.objects.create(
        authority_id=authority,
        ruleset=policy.id,
        ruleset_version=policy.version,
        ruleset_title=policy.title,
        ruleset_text=policy.model_dump(mode="json"),
        as_at=found.as_at,
        facts_on=found.facts_on,
        generation=generation,
        run_at=timezone.now(),
        run_by_id=actor.pk,
        run_by_name=actor.name,
        current=current,
        trial=trial,
    )
    for proposal in found.proposals:
        proposal.run = run
    Proposal.objects.bulk_create(found.proposals, batch_size=_BATCH)
    return run
