"""What arrived about a school after an officer wrote a proposal: evidence has moved on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from steward.audit import queries as audit
from steward.categorisation.models import Decision, DecisionStep, Proposal
from steward.categorisation.queries.decisions import proposals_to_decide_on
from steward.categorisation.steps import Act
from steward.evidence.models import LocalFact
from steward.evidence.queries import inspections, releases
from steward.interface import words
from steward.vocabulary.facts import FactKind
from steward.vocabulary.phases import Governance, Standing

_CHANGED = {
    "evidence.fact.ended": "Ended",
    "evidence.fact.corrected": "Days corrected",
    "evidence.fact.withdrawn": "Taken out",
}
"""What may happen to a fact that was in view, by the verb of the log."""


@dataclass(frozen=True, slots=True)
class News:
    """One thing that was not known when the proposal was written, in a sentence."""

    sentence: str
    on: date
    """The day from which it could be known."""


def moved_on(decision: Decision) -> tuple[News, ...]:
    """Return what arrived since an officer last wrote the proposal, the newest first; for officers only.

    Facts and events recorded, ended or taken out since, inspections after the day the policy was asked
    about, what the policy proposes now where that differs, and that the school closed or is under others.
    """
    seen = evidence_in_view(decision)
    found = [
        *_facts(decision, seen=seen),
        *_ended(decision, seen=seen),
        *_inspections(decision),
        *_policy(decision),
        *_school(decision),
    ]
    return tuple(sorted(found, key=lambda news: news.on, reverse=True))


def evidence_in_view(decision: Decision) -> datetime:
    """Return when an officer last wrote the proposal with all evidence before them.

    A meeting or a second look may change the support category; that weighs no evidence that came since.
    """
    wrote = DecisionStep.objects.filter(decision=decision, act__in=[Act.PROPOSE, Act.WRITE])
    return wrote.latest("number").at


def _facts(decision: Decision, *, seen: datetime) -> Iterator[News]:
    recorded = LocalFact.objects.filter(school=decision.school_id, recorded_at__gt=seen)
    for fact in recorded:
        if fact.until is not None and fact.until < timezone.localdate(seen):
            continue  # it was over before the proposal was written
        said = _said(fact.kind)
        until = f" until {words.day(fact.until)}" if fact.until else ""
        sentence = f"Recorded {words.day(fact.recorded_at)}: {said}, since {words.day(fact.since)}{until}."
        yield News(f"{sentence} Source: {fact.source}", timezone.localdate(fact.recorded_at))


def _ended(decision: Decision, *, seen: datetime) -> Iterator[News]:
    """Yield the facts and events that were in view and have been ended, corrected or taken out since."""
    told = audit.events_about("school", subject_id=decision.school_id).filter(at__gt=seen)
    recorded = told.filter(verb="evidence.fact.recorded")
    since = {one.details["fact"] for one in recorded}  # told of as they are now
    for one in told.filter(verb__in=list(_CHANGED)):
        if one.details["fact"] in since:
            continue
        reason = str(one.details.get("reason", "")).strip()
        sentence = f"{_CHANGED[one.verb]} {words.day(one.at)}: {_said(one.details['kind'])}. Reason: {reason}"
        yield News(sentence, timezone.localdate(one.at))


def _said(kind: str) -> str:
    kinds = {each.value: each.words for each in FactKind}
    return kinds.get(kind, kind.replace("_", " "))


def _inspections(decision: Decision) -> Iterator[News]:
    """Yield the inspections that took place, or were published, after the day the policy was asked about."""
    asked_about = decision.proposal.run.as_at
    try:
        known = inspections.inspections_of([decision.school_id])
    except releases.NothingLoaded:
        return
    for one in known:
        days = [day for day in (one.inspected_on, one.published_on) if day is not None]
        if one.inspected_on is not None and max(days) > asked_about:
            yield News(f"Inspected {words.day(one.inspected_on)}: {one.label}.", max(days))


def _policy(decision: Decision) -> Iterator[News]:
    """Yield what the policy proposes now, where it was asked again and says something else."""
    before = decision.proposal
    now = proposals_to_decide_on(decision.authority_id, urns=[decision.school_id]).get(decision.school_id)
    if now is None or now.run_id <= before.run_id or _same_answer(now, before):
        return
    by = "" if now.run.ruleset_title == decision.ruleset_title else f" “{now.run.ruleset_title}”"
    sentence = (
        f"The policy{by} was asked again as at {words.day(now.run.as_at)} and proposes “{now.label}”; "
        f"it proposed “{before.label}”. {now.reason}"
    )
    yield News(sentence, timezone.localdate(now.run.run_at))


def _same_answer(now: Proposal, before: Proposal) -> bool:
    """Return whether the policy answers as before: another policy words the same answer otherwise."""
    if (now.category, now.label) != (before.category, before.label):
        return False
    return now.run.ruleset != before.run.ruleset or now.reason == before.reason


def _school(decision: Decision) -> Iterator[News]:
    school = decision.school
    maintained = school.governance == Governance.MAINTAINED
    if maintained == decision.council_view:
        now = "is maintained by the council" if maintained else "is not maintained by the council"
        yield News(f"The school {now} now, and was not when this was written.", school.as_at)
    if school.standing == Standing.CLOSED:
        yield News(f"The school has closed: {words.day(school.closed_on)}.", school.closed_on or school.as_at)
