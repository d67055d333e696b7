"""Asking a policy about every school of an authority; nothing is stored here."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from steward.analysis.rules import wording
from steward.analysis.rules.answers import Answer
from steward.analysis.rules.conditions import SignalsAtLeast
from steward.analysis.rules.proposals import Proposal, Rulebook, RuleOutcome, evaluate_all
from steward.analysis.rules.school_evidence import ROLL, EvidenceTables, SchoolEvidence, gather
from steward.categorisation import models, records, rulebooks
from steward.evidence.queries import tables
from steward.register import queries as register
from steward.register.models import School
from steward.vocabulary.identifiers import Urn
from steward.vocabulary.phases import Governance, Standing

NOT_SETTLED = "Not settled"
"""What stands in the place of a category when an officer must answer."""


class CannotPropose(RuntimeError):
    """The policy cannot be asked; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """Proposals not yet stored, and what they rest on."""

    rulebook: Rulebook
    as_at: date
    facts_on: date
    """The day on which local facts were asked about."""
    proposals: tuple[models.Proposal, ...]


def work_out(authority: str, *, ruleset: str, as_at: date | None, facts_on: date | None = None) -> WorkedOut:
    """Return what the ruleset proposes for each school of the authority open on the dates.

    Without a date, as at the newest list of inspection outcomes and with local facts as they are today:
    the council knows of them before any list does. As at a date named, with the facts of `facts_on` or of
    that date. Raises CannotPropose, or NothingLoaded when there are no tables.
    """
    rulebook = _rulebook(ruleset)
    day = as_at or newest_day()
    known = facts_on or as_at or max(day, timezone.localdate())
    still = {school.urn for school in open_on(known, authority=authority)}
    schools = {each.urn: each for each in open_on(day, authority=authority) if each.urn in still}
    if not schools:
        raise CannotPropose(
            f"No school of authority {authority} was open on {day:%d %B %Y} in the registers loaded. "
            "Check the code, or load a register of schools."
        )
    evidence = evidence_about(
        schools.values(),
        authority=authority,
        as_at=day,
        facts_on=known,
        indicators=rulebook.ruleset.indicators(),
    )
    found = evaluate_all(rulebook, schools=evidence.values())
    rows = tuple(_row(each, school=schools[each.urn], rulebook=rulebook) for each in found)
    return WorkedOut(rulebook, day, known, rows)


def newest_day() -> date:
    """Return the day asked about where none is named: of the newest list of outcomes, or today."""
    return tables.newest_snapshot() or timezone.localdate()


def evidence_about(
    schools: Collection[School],
    *,
    authority: str,
    as_at: date,
    indicators: frozenset[str],
    facts_on: date | None = None,
) -> dict[Urn, SchoolEvidence]:
    """Return what is known of the schools on a date, by URN. Raises NothingLoaded without tables.

    Local facts are those of `facts_on` where it is given.
    """
    about = tables.tables_about(schools, authority=authority, indicators=indicators | {ROLL})
    found = EvidenceTables(
        establishments=about.establishments,
        values=about.values,
        areas=about.areas,
        inspections=about.inspections,
        facts=about.facts,
        links=about.links,
        attendance=about.attendance,
    )
    gathered = gather(found, as_at=as_at, indicators=indicators)
    return {urn: replace(each, facts_on=facts_on) for urn, each in gathered.items()}


def _rulebook(ruleset: str) -> Rulebook:
    if ruleset not in rulebooks.rulesets():
        known = ", ".join(sorted(rulebooks.rulesets()))
        raise CannotPropose(f"There is no ruleset '{ruleset}'. There are: {known}.")
    return rulebooks.rulebook(ruleset)


def open_on(day: date, *, authority: str) -> Iterator[School]:
    """Yield the schools open on the day, by their dates; an open school without a date counts as open."""
    for school in register.schools_of(authority, standings=(Standing.OPEN, Standing.CLOSED)):
        opened = school.opened_on is None or school.opened_on <= day
        closed = school.closed_on is not None and school.closed_on <= day
        unknown = school.standing == Standing.CLOSED and school.closed_on is None
        if opened and not closed and not unknown:
            yield school


def _row(proposal: Proposal, *, school: School, rulebook: Rulebook) -> models.Proposal:
    ruleset, verdict = rulebook.ruleset, proposal.verdict
    governance = Governance(school.governance)
    known = verdict.on_what_is_known
    key = verdict.category
    return models.Proposal(
        school=school,
        phase=school.phase,
        governance=school.governance,
        category=key or "",
        label=ruleset.label_for(key, governance=governance) if key else NOT_SETTLED,
        concern=None if key is None else ruleset.concern(key),
        settled=verdict.settled,
        known_label="" if known is None or key else ruleset.label_for(known, governance=governance),
        reason=first_reason(proposal, best=ruleset.best.key),
        would_change=verdict.would_change,
        decided_by=list(verdict.decided_by),
        unsettled=list(verdict.unsettled),
        outcomes=records.written(proposal.outcomes),
    )


def first_reason(proposal: Proposal, *, best: str) -> str:
    """Return what raised concern and, after it, what could not be settled; else the rule that is met."""
    by_id = {outcome.id: outcome for outcome in proposal.outcomes}
    decided = sorted((by_id[key] for key in proposal.verdict.decided_by), key=lambda each: each.gives == best)
    unsettled = [by_id[key] for key in proposal.verdict.unsettled]
    told = [each for each in decided[:1] if not (unsettled and each.gives == best)]
    said = [_said(each, among=proposal.outcomes) for each in (*told, *unsettled[:1])]
    return " ".join(said) or "No rule that raises concern is met."


def _said(outcome: RuleOutcome, *, among: tuple[RuleOutcome, ...]) -> str:
    found = _first_finding(outcome, among=among)
    if outcome.answer is Answer.UNKNOWN:
        return f"{outcome.title} could not be settled: {found}"
    return f"{outcome.title}: {found}"


def _first_finding(outcome: RuleOutcome, *, among: tuple[RuleOutcome, ...]) -> str:
    """Return what was found first that answers the rule; for a rule that counts signals, their titles."""
    if isinstance(outcome.when, SignalsAtLeast):
        counted = [each for each in among if each.id in outcome.when.signals]
        met = [each.title for each in counted if each.answer is Answer.MET]
        unsettled = [each.title for each in counted if each.answer is Answer.UNKNOWN]
        parts = [wording.listed(met, last="and")] if met else []
        if unsettled and outcome.answer is Answer.UNKNOWN:
            parts.append(f"not known are {wording.listed(unsettled, last='and')}")
        return f"{'; '.join(parts)}."
    alike = [leaf.because for leaf in outcome.finding.leaves() if leaf.answer is outcome.answer]
    return alike[0] if alike else outcome.because
