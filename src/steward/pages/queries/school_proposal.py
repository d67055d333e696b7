"""What the policy proposes for a school, every rule a line in one of three groups."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from steward.access.permissions import Permission, Viewer, reach
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.categorisation import queries as categorisation
from steward.categorisation.queries import KeptFinding, KeptProposal, KeptRun
from steward.evidence import catalogues
from steward.vocabulary.phases import Governance, Phase

MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"


@dataclass(frozen=True, slots=True)
class FoundLine:
    """What one condition of a rule found: a sentence, its figure or date, and where it stands."""

    because: str
    reason: str
    """Why it is not known, in words; empty otherwise."""
    indicator: IndicatorDefinition | None
    value: float | None
    cohort: float | None
    period: int | None
    threshold: float | None
    release: str
    row: int | None
    on: datetime.date | None
    urn: int | None = None
    """URN of the school before, where the figure or inspection is under that."""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule, signal or adjuster asked of the school, with its answer."""

    id: str
    kind: str
    title: str
    sentence: str
    answer: str
    because: str
    gives: str
    """The category it gives, in words; empty for signals and adjusters."""
    decides: bool
    must_be_answered: bool
    findings: tuple[FoundLine, ...]


@dataclass(frozen=True, slots=True)
class SchoolProposal:
    """What the policy proposes for a school and why."""

    urn: int
    name: str
    phase: Phase
    category: str
    """Key of the category; empty when it is not settled."""
    label: str
    settled: bool
    concern: int | None
    most_concern: int
    known_label: str
    reason: str
    would_change: str
    as_at: datetime.date
    worked_out_at: datetime.datetime
    ruleset: str
    ruleset_title: str
    ruleset_version: str
    councils_view: bool
    rules: tuple[RuleLine, ...]

    def answered(self, answer: str) -> tuple[RuleLine, ...]:
        """Return the rules with one answer: those that decide or must be answered first."""
        found = [rule for rule in self.rules if rule.answer == answer]
        return tuple(sorted(found, key=lambda rule: not (rule.decides or rule.must_be_answered)))

    @property
    def first_reasons(self) -> tuple[RuleLine, ...]:
        """What an officer must answer, else what decided."""
        open_questions = tuple(rule for rule in self.rules if rule.must_be_answered)
        return open_questions or tuple(rule for rule in self.rules if rule.decides)


def proposal_for(urn: int, *, viewer: Viewer) -> SchoolProposal | None:
    """Return the current proposal for a school with its workings; None if none, or not for this viewer."""
    found = categorisation.proposal_of(urn, within=reach(viewer, Permission.VIEW_PROPOSALS))
    return None if found is None else _with_workings(found, run=found.run, as_at=found.run.as_at)


def proposals_of(
    authority: str, *, viewer: Viewer, as_at: datetime.date | None = None
) -> list[SchoolProposal]:
    """Return the proposals for an authority with their workings, by name; none where no run was made.

    As at another day than that of the current run they are worked out anew under the same policy, and
    nothing is kept. Raises CannotPropose when no school was open on that day.
    """
    run = categorisation.current_run(authority)
    if run is None:
        return []
    seen = reach(viewer, Permission.VIEW_PROPOSALS)
    day = as_at or run.as_at
    if day == run.as_at:
        kept = list(categorisation.proposals_in(run, within=seen).defer(None))
    else:
        kept = categorisation.replayed(authority, ruleset=run.ruleset, as_at=day, within=seen)
    return [_with_workings(one, run=run, as_at=day) for one in kept]


def _with_workings(found: KeptProposal, *, run: KeptRun, as_at: datetime.date) -> SchoolProposal:
    categories = {each["key"]: each["label"] for each in run.ruleset_text["categories"]}
    return SchoolProposal(
        urn=found.school_id,
        name=found.school.name,
        phase=Phase(found.phase),
        category=found.category,
        label=found.label,
        settled=found.settled,
        concern=found.concern,
        most_concern=len(categories) - 1,
        known_label=found.known_label,
        reason=found.reason,
        would_change=found.would_change,
        as_at=as_at,
        worked_out_at=run.run_at,
        ruleset=run.ruleset,
        ruleset_title=run.ruleset_title,
        ruleset_version=run.ruleset_version,
        councils_view=found.governance != Governance.MAINTAINED,
        rules=tuple(
            RuleLine(
                id=outcome.id,
                kind=outcome.kind,
                title=outcome.title,
                sentence=outcome.sentence,
                answer=outcome.answer.value,
                because=outcome.because,
                gives=categories.get(outcome.gives, outcome.gives),
                decides=outcome.id in found.decided_by,
                must_be_answered=outcome.id in found.unsettled,
                findings=tuple(_found(each) for each in outcome.findings),
            )
            for outcome in found.answers
        ),
    )


def _found(each: KeptFinding) -> FoundLine:
    return FoundLine(
        because=each.because,
        reason=each.reason_label,
        indicator=catalogues.indicators().get(each.indicator),
        value=each.value,
        cohort=each.cohort,
        period=each.period,
        threshold=each.threshold,
        release=each.release,
        row=each.row,
        on=each.on,
        urn=each.urn,
    )


def releases_of(rules: Iterable[RuleLine]) -> set[str]:
    """Return the ids of the releases that rules rest on."""
    return {found.release for rule in rules for found in rule.findings if found.release}
