"""`steward score`: work out the early-warning score of every school, and say what moved."""

import click

from steward.command.plain import parse_day
from steward.command.setup import ACTOR, ensure_migrated
from steward.early_warning import definitions
from steward.early_warning.models import ScoreRun
from steward.early_warning.operations import scoring
from steward.early_warning.queries import scores
from steward.evidence.queries import declines as declined
from steward.interface import words
from steward.register import queries as register
from steward.vocabulary.identifiers import parse_authority_code
from steward.vocabulary.phases import Phase

_TOP = 5
_NO_AUTHORITY = "No authority has been chosen yet. Name one with --authority CODE (Leeds is 383)."


@click.command("score")
@click.option("--authority", default="", metavar="CODE", help="Authority; the one served when not given.")
@click.option(
    "--method", default=definitions.METHOD, show_default=True, metavar="ID", help="Method of scoring."
)
@click.option("--as-at", "as_at", default="", metavar="DATE", help="Day asked about, such as 2013-12-31.")
@click.option(
    "--top", default=_TOP, show_default=True, type=click.IntRange(0, 1000), help="How many schools to name."
)
@click.option(
    "--declines",
    default=None,
    type=int,
    metavar="YEAR",
    help="Instead, say how many worse inspections a decline in the results of YEAR came before.",
)
def command(*, declines: int | None, authority: str, method: str, as_at: str, top: int) -> None:
    """Score every school of an authority, keep the run with all its workings, and print what moved.

    A score starts a conversation. It decides nothing and is not a judgement of the school.
    """
    ensure_migrated()
    if declines is not None:
        for phase in declined.MEASURES:
            click.echo(_foresight(phase, year=declines))
        return
    day = parse_day(as_at) if as_at else None
    served = register.served_authority()
    code = parse_authority_code(authority) if authority else served.code if served else ""
    if not code:
        raise click.ClickException(_NO_AUTHORITY)
    for line in summary_lines(scoring.run(actor=ACTOR, authority=code, method=method, as_at=day), top=top):
        click.echo(line)


def _foresight(phase: Phase, *, year: int) -> str:
    found, _ = declined.foresight_of(phase, year=year)
    return (
        f"{phase.label} schools, results of {year}: {found.tested:,} tested, {found.flagged:,} flagged. "
        f"Of {found.fell:,} inspections that fell, {found.fell_flagged:,} were flagged before; "
        f"of {found.held:,} that did not, {found.held_flagged:,}."
    )


def summary_lines(run: ScoreRun, *, top: int = _TOP) -> list[str]:
    """Return the run in short: how many schools, those with the largest share, and movers both ways."""
    found = scores.scores_in(run, within=scores.EVERY_SCHOOL)
    unknown = found.filter(ranked=False).count()
    schools = words.counted(found.count(), one="school")
    lines = [
        f"{run.authority.name}: {schools} scored as at {words.day(run.as_at)}.",
        f"Method: {run.method_title}, version {run.method_version}.",
        f"For {words.counted(unknown, one='school')} too little is known to say.",
        "",
        "Most signs:",
    ]
    lines += [
        f"  {one.school.name} ({one.school_id}): {one.points:g} of {one.available:g} points"
        for one in found.filter(ranked=True).order_by("-share", "school__name")[:top]
    ]
    moved = scores.moved(run, within=scores.EVERY_SCHOOL)
    up = [one for one in moved if one.by > 0][:top]
    falls = list(reversed(moved))
    down = [one for one in falls if one.is_improved][:top]
    less = [one for one in falls if one.by <= 0 and one.is_less_known][:top]
    for title, some in (
        ("Up since the last run:", up),
        ("Down since the last run:", down),
        ("Less is known than in the last run (no improvement):", less),
    ):
        if some:
            lines += ["", title, *(_moved(one) for one in scores.with_reasons(some))]
    return [*lines, "", "A score starts a conversation and is not a judgement of the school."]


def _moved(one: scores.Moved) -> str:
    why = "; ".join(change.title for change in one.changes)
    return f"  {one.name} (URN {one.urn}): {words.signed(one.by)} points ({why})"
