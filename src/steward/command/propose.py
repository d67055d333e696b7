"""`steward propose`: ask the policy about every school, and say in short which need what and why."""

import json
from datetime import date
from typing import Any

import click

from steward.categorisation import operations
from steward.categorisation import queries as categorisation
from steward.categorisation.models import Proposal, ProposalRun
from steward.categorisation.queries import EVERY_SCHOOL, CategoryCount
from steward.categorisation.working_out import newest_day
from steward.command.setup import ACTOR, ensure_migrated
from steward.evidence.operations.loading import NothingToLoad
from steward.interface import words
from steward.register import queries as register
from steward.vocabulary.identifiers import parse_authority_code
from steward.vocabulary.phases import Phase

_TOP = 5
_NO_AUTHORITY = (
    "No authority has been chosen yet. Name one with --authority CODE (Leeds is 383), "
    "or load with its code: steward load FOLDER --authority CODE."
)


@click.command("propose")
@click.option("--authority", default="", metavar="CODE", help="Authority; the one served when not given.")
@click.option("--ruleset", default=None, metavar="ID", help="Policy; that of STEWARD_RULESET when not given.")
@click.option("--as-at", "as_at", default="", metavar="DATE", help="Day asked about, such as 2013-12-31.")
@click.option(
    "--top",
    default=_TOP,
    show_default=True,
    type=click.IntRange(0, 1000),
    help="How many of the most pressing schools to name.",
)
@click.option("--trial", is_flag=True, help="Keep and print it only; what is decided on stays as it is.")
@click.option("--json", "as_json", is_flag=True, help="Print every proposal as JSON for scripts.")
def command(*, authority: str, ruleset: str | None, as_at: str, top: int, trial: bool, as_json: bool) -> None:
    """Work out what the policy proposes for each school of an authority, and keep it as the current run.

    Nothing is decided: a person does that. Earlier runs are kept, and the next shows what moved. A run as
    at a past day, or of the ruleset that watches academies, is a trial: it needs --trial.
    """
    day = _day(as_at) if as_at else None
    ensure_migrated()
    run = _asked(_authority(authority), ruleset=ruleset, day=day, trial=trial)
    if as_json:
        click.echo(json.dumps(as_plain(run), indent=2, ensure_ascii=False))
        return
    for line in summary_lines(run, top=top):
        click.echo(line)


def _asked(code: str, *, ruleset: str | None, day: date | None, trial: bool) -> ProposalRun:
    if trial:
        return operations.try_out(actor=ACTOR, authority=code, ruleset=ruleset, as_at=day)
    newest = newest_day()
    if day is not None and day < newest:
        raise operations.CannotPropose(
            f"A run as at {words.day(day)} would put proposals of the past in the place of those that are "
            f"decided on: the newest list is of {words.day(newest)}. Add --trial to keep and print it only."
        )
    run = operations.propose(actor=ACTOR, authority=code, ruleset=ruleset, as_at=day)
    operations.watch(actor=ACTOR, authority=code, as_at=day)
    return run


def summary_lines(run: ProposalRun | None, *, top: int = _TOP) -> list[str]:
    """Return the main job in short: how many schools, which need what, and the most pressing with reasons."""
    if run is None:
        return ["No policy has been asked about these schools yet: steward propose."]
    counts = categorisation.counts(run, within=EVERY_SCHOOL)
    asked = sum(each.total for each in counts)
    policy = f"“{run.ruleset_title}” (version {run.ruleset_version}), as at {words.day(run.as_at)}"
    schools = words.counted(asked, one="school")
    lines = [f"{run.authority.name}: {schools} asked about under {policy}.", "", *_table(counts)]
    if run.trial:
        lines = ["A trial: it is kept, but the current proposals stay as they are.", "", *lines]
    pressing = categorisation.most_pressing(run, within=EVERY_SCHOOL, number=top)
    if pressing:
        lines += ["", "The most pressing:" if len(pressing) > 1 else "The most pressing school:"]
        for place, proposal in enumerate(pressing, start=1):
            lines += _pressing(place, proposal)
    unsettled = next((each.total for each in counts if not each.key), 0)
    if unsettled:
        verb = "is" if unsettled == 1 else "are"
        lines += [
            "",
            f"{words.counted(unsettled, one='school')} {verb} not settled: an officer must answer.",
        ]
    return [*lines, "", "These are proposals worked out from rules. A person decides."]


def as_plain(run: ProposalRun) -> dict[str, Any]:
    """Return a run in the kinds of JSON, as a script is shown it."""
    return {
        "run": run.pk,
        "authority": run.authority_id,
        "authority_name": run.authority.name,
        "ruleset": run.ruleset,
        "ruleset_version": run.ruleset_version,
        "as_at": run.as_at.isoformat(),
        "facts_on": (run.facts_on or run.as_at).isoformat(),
        "trial": run.trial,
        "counts": [
            {
                "category": each.key or None,
                "label": each.label,
                "schools": each.total,
                "by_phase": {phase.value: number for phase, number in each.by_phase.items()},
            }
            for each in categorisation.counts(run, within=EVERY_SCHOOL)
        ],
        "proposals": [
            {
                "urn": each.school_id,
                "name": each.school.name,
                "phase": each.phase,
                "governance": each.governance,
                "category": each.category or None,
                "label": each.label,
                "settled": each.settled,
                "on_what_is_known": each.known_label or None,
                "reason": each.reason,
                "decided_by": each.decided_by,
                "unsettled": each.unsettled,
                "would_change": each.would_change,
            }
            for each in categorisation.proposals_in(run, within=EVERY_SCHOOL)
        ],
    }


def _table(counts: list[CategoryCount]) -> list[str]:
    """Return the counts as aligned columns: label, all, then each phase that has schools."""
    phases = [phase for phase in Phase if any(each.by_phase.get(phase) for each in counts)]
    heads = ["All", *(phase.label for phase in phases)]
    wide = max(len(each.label) for each in counts)
    lines = [" ".join([" " * (wide + 2), *(f"{head:>{max(len(head), 7)}}" for head in heads)])]
    for each in counts:
        numbers = [each.total, *(each.by_phase.get(phase, 0) for phase in phases)]
        cells = [f"{number:>{max(len(head), 7)},}" for head, number in zip(heads, numbers, strict=True)]
        lines.append(" ".join([f"  {each.label:<{wide}}", *cells]))
    return lines


def _pressing(place: int, proposal: Proposal) -> list[str]:
    phase = Phase(proposal.phase).label.lower()
    return [
        f"  {place}. {proposal.school.name} (URN {proposal.school_id}, {phase}): {proposal.label}",
        f"     {proposal.reason}",
    ]


def _authority(given: str) -> str:
    if given:
        return parse_authority_code(given)
    served = register.served_authority()
    if served is None:
        raise NothingToLoad(_NO_AUTHORITY)
    return served.code


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as fault:
        raise click.BadParameter(
            f"“{text}” is not a date: write it as 2013-12-31.", param_hint="--as-at"
        ) from fault
