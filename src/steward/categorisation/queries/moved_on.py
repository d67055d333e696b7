"""What arrived about a school after an officer wrote a proposal: evidence has moved on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from steward.categorisation.models import Decision, DecisionVersion, Proposal
from steward.categorisation.queries.decisions import proposals_to_decide_on
from steward.evidence.models import LocalFact
from steward.evidence.queries import inspections, releases
from steward.interface import words
from steward.vocabulary.facts import FactKind
from steward.vocabulary.phases import Governance, Standing


@dataclass(frozen=True, slots=True)
class News:
    """One thing that was not known when the proposal was written, in a sentence."""

    sentence: str
    on: date
    """The day from which it could be known."""


def moved_on(decision: Decision) -> tuple[News, ...]:
    """Return what arrived since the decision was last written, the newest first; for officers only.

    Facts and events recorded since, inspections after the day the policy was asked about, what the policy
    proposes now where that differs, and that the school closed or is under others.
    """
    version = DecisionVersion.objects.filter(decision=decision).latest("number")
    found = [
        *_facts(decision, since=version),
        *_inspections(decision),
        *_policy(decision),
        *_school(decision),
    ]
    return tuple(sorted(found, key=lambda news: news.on, reverse=True))


def _facts(decision: Decision, *, since: DecisionVersion) -> Iterator[News]:
    recorded = LocalFact.objects.filter(school=decision.school_id, recorded_at__gt=since.written_at)
    for fact in recorded:
        kinds = {kind.value: kind.words for kind in FactKind}
        said = kinds.get(fact.kind, fact.kind.replace("_", " "))
        until = f" until {words.day(fact.until)}" if fact.until else ""
        sentence = f"Recorded {words.day(fact.recorded_at)}: {said}, since {words.day(fact.since)}{until}."
        yield News(f"{sentence} Source: {fact.source}", timezone.localdate(fact.recorded_at))


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
    if now is None or now.run_id <= before.run_id or _says(now) == _says(before):
        return
    by = "" if now.run.ruleset_title == decision.ruleset_title else f" “{now.run.ruleset_title}”"
    sentence = (
        f"The policy{by} was asked again as at {words.day(now.run.as_at)} and proposes “{now.label}”; "
        f"it proposed “{before.label}”. {now.reason}"
    )
    yield News(sentence, timezone.localdate(now.run.run_at))


def _says(proposal: Proposal) -> tuple[str, str, str]:
    return proposal.run.ruleset, proposal.category, proposal.reason


def _school(decision: Decision) -> Iterator[News]:
    school = decision.school
    maintained = school.governance == Governance.MAINTAINED
    if maintained == decision.council_view:
        now = "is maintained by the council" if maintained else "is not maintained by the council"
        yield News(f"The school {now} now, and was not when this was written.", school.as_at)
    if school.standing == Standing.CLOSED:
        yield News(f"The school has closed: {words.day(school.closed_on)}.", school.closed_on or school.as_at)
