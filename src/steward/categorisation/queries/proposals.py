"""Reads of proposals. Each begins with what the viewer may see: a `Reach` over schools from access."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.conf import settings
from django.db.models import QuerySet

from steward.access.permissions import Reach
from steward.analysis.rules.policy import PolicyParagraph, policy_text
from steward.analysis.rules.ruleset import Entitlement, Ruleset
from steward.categorisation import rulebooks
from steward.categorisation.models import Proposal, ProposalRun
from steward.categorisation.records import KeptFinding as KeptFinding
from steward.categorisation.records import KeptOutcome, read
from steward.categorisation.schemes import WATCH
from steward.categorisation.working_out import NOT_SETTLED, work_out
from steward.register import queries as register
from steward.vocabulary.phases import Governance, Phase, Standing

KeptProposal: TypeAlias = Proposal
KeptRun: TypeAlias = ProposalRun
"""Names of what is returned here, for who may not import models."""

EVERY_SCHOOL = Reach(everywhere=True)
"""For programs such as the command line, which no viewer asks."""

_MORE, _LESS, _OTHER = "more concern", "less concern", "not comparable"


@dataclass(frozen=True, slots=True)
class CategoryCount:
    """How many schools are proposed for a category, in all and by phase."""

    key: str
    """Empty for "not settled"."""
    label: str
    concern: int | None
    total: int
    by_phase: dict[Phase, int]


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """A rule whose answer is not what it was in the run before."""

    title: str
    before: str
    after: str
    because: str


@dataclass(frozen=True, slots=True)
class Mover:
    """A school whose proposal is not what it was in the run before, and why."""

    urn: int
    name: str
    before: str
    after: str
    towards: str
    """more concern, less concern, or not comparable (another policy, or one of the two not settled)."""
    reasons: tuple[ChangedAnswer, ...]


@dataclass(frozen=True, slots=True)
class LastAsked:
    """How a policy stood when the proposals in force were worked out."""

    version: str
    as_at: date
    changed_since: bool
    """Whether the policy reads differently now, whatever its version says."""


def current_run(authority: str) -> ProposalRun | None:
    """Return the run in force for an authority, or None when none was made yet."""
    return ProposalRun.objects.filter(authority=authority, current=True).select_related("generation").first()


def runs_of(authority: str) -> list[ProposalRun]:
    """Return every run ever made for an authority, newest first, but watches of academies and trials."""
    return list(ProposalRun.objects.filter(authority=authority, trial=False).exclude(ruleset=WATCH))


def previous_run(run: ProposalRun) -> ProposalRun | None:
    """Return the run made before `run` for the same authority, or None; watching academies is none."""
    earlier = ProposalRun.objects.filter(authority=run.authority_id, pk__lt=run.pk, trial=False)
    return earlier.exclude(ruleset=WATCH).first()


def proposals_in(run: ProposalRun, *, within: Reach) -> QuerySet[Proposal]:
    """Return the proposals of a run that the viewer may see, by name of school, without their workings."""
    seen = run.proposals.select_related("school").defer("outcomes")
    return seen if within.everywhere else seen.filter(school_id__in=within.urns)


def most_pressing(run: ProposalRun, *, within: Reach, number: int = 5) -> list[Proposal]:
    """Return the proposals of most concern, those with most rules against them first.

    Schools that have closed since the date of the run are left out.
    """
    still_open = proposals_in(run, within=within).filter(school__standing=Standing.OPEN)
    settled = still_open.filter(settled=True, concern__gt=0)
    return sorted(settled, key=lambda each: (-(each.concern or 0), -len(each.decided_by), each.school.name))[
        :number
    ]


def proposal_of(urn: int, *, within: Reach) -> Proposal | None:
    """Return the current proposal for one school with all its workings, or None."""
    if not within.covers(urn):
        return None
    found = Proposal.objects.filter(school_id=urn, run__current=True).select_related("run", "school")
    return found.order_by("-run_id").first()


def counts(run: ProposalRun, *, within: Reach) -> list[CategoryCount]:
    """Return how many schools are in each category by phase, most concern first, "not settled" last."""
    found = Counter(proposals_in(run, within=within).order_by().values_list("category", "phase"))
    categories = [
        (each["key"], each["label"], order) for order, each in enumerate(run.ruleset_text["categories"])
    ]
    return [
        _count(found, key=key, label=label, concern=concern)
        for key, label, concern in [*reversed(categories), ("", NOT_SETTLED, None)]
    ]


def movers(run: ProposalRun, *, within: Reach) -> list[Mover]:
    """Return the schools whose proposal changed since the run before, more concern first."""
    earlier = previous_run(run)
    if earlier is None:
        return []
    before = {each.school_id: each for each in proposals_in(earlier, within=within)}
    moved = [
        (before[each.school_id], each)
        for each in proposals_in(run, within=within)
        if each.school_id in before and before[each.school_id].category != each.category
    ]
    keys = [each.pk for pair in moved for each in pair]
    answers = {
        pk: read(kept) for pk, kept in Proposal.objects.filter(pk__in=keys).values_list("pk", "outcomes")
    }
    same = earlier.ruleset == run.ruleset
    found = [
        _mover(old, new, answers=answers, towards=_towards(old, new) if same else _OTHER)
        for old, new in moved
    ]
    order = [_MORE, _OTHER, _LESS]
    return sorted(found, key=lambda mover: (order.index(mover.towards), mover.name))


def replayed(authority: str, *, ruleset: str | None, as_at: date, within: Reach) -> list[Proposal]:
    """Return what the ruleset would propose as at another date. Nothing is stored.

    Raises CannotPropose, or NothingLoaded when there are no tables.
    """
    found = work_out(authority, ruleset=ruleset or settings.STEWARD_RULESET, as_at=as_at)
    return [each for each in found.proposals if within.covers(each.school_id)]


def entitlement_of(proposal: Proposal) -> Entitlement | None:
    """Return what the school receives by its category; None for an academy or when not settled."""
    if proposal.governance != Governance.MAINTAINED or not proposal.category:
        return None
    kept = {each["key"]: each["entitlement"] for each in proposal.run.ruleset_text["categories"]}
    return Entitlement.model_validate(kept[proposal.category]) if kept[proposal.category] else None


def policies() -> list[Ruleset]:
    """Return every ruleset that can be used, by title."""
    return sorted(rulebooks.rulesets().values(), key=lambda ruleset: ruleset.title)


def policy(ruleset_id: str) -> Ruleset | None:
    """Return a ruleset, or None."""
    return rulebooks.rulesets().get(ruleset_id)


def policy_paragraphs(ruleset_id: str) -> tuple[PolicyParagraph, ...]:
    """Return the ruleset printed as policy text; KeyError when there is none of that id."""
    return policy_text(rulebooks.rulebook(ruleset_id))


def last_asked(ruleset: Ruleset) -> LastAsked | None:
    """Return how the policy stood in the current run of the authority served; None when it was not asked."""
    served = register.served_authority()
    run = current_run(served.code) if served else None
    if run is None or run.ruleset != ruleset.id:
        return None
    changed = run.ruleset_text != ruleset.model_dump(mode="json")
    return LastAsked(run.ruleset_version, run.as_at, changed)


def category_labels(run: ProposalRun) -> dict[str, str]:
    """Return the categories of the run by key in words, least concern first."""
    return {each["key"]: each["label"] for each in run.ruleset_text["categories"]}


def _count(found: Counter[tuple[str, str]], *, key: str, label: str, concern: int | None) -> CategoryCount:
    by_phase = {phase: found[key, phase.value] for phase in Phase if found[key, phase.value]}
    return CategoryCount(key, label, concern, sum(by_phase.values()), by_phase)


def _mover(
    old: Proposal, new: Proposal, *, answers: Mapping[int, tuple[KeptOutcome, ...]], towards: str
) -> Mover:
    reasons = tuple(_changed(answers[old.pk], answers[new.pk]))
    return Mover(new.school_id, new.school.name, old.label, new.label, towards, reasons)


def _towards(old: Proposal, new: Proposal) -> str:
    if old.concern is None or new.concern is None:
        return _OTHER
    return _MORE if new.concern > old.concern else _LESS


def _changed(old: Iterable[KeptOutcome], new: Iterable[KeptOutcome]) -> Iterable[ChangedAnswer]:
    before = {outcome.id: outcome for outcome in old}
    for outcome in new:
        earlier = before.get(outcome.id)
        was = earlier.answer.label if earlier else "Not asked"
        if was != outcome.answer.label:
            yield ChangedAnswer(outcome.title, was, outcome.answer.label, outcome.because)
