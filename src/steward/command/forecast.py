"""`steward forecast`: forecast the next inspection of schools, with the record and the reasons."""

import click

from steward.command.plain import parse_day
from steward.command.setup import ACTOR, ensure_migrated
from steward.early_warning.operations import forecasting
from steward.early_warning.queries import forecasts
from steward.interface import words
from steward.register import queries as register
from steward.vocabulary.identifiers import parse_authority_code
from steward.vocabulary.phases import Phase

_NO_AUTHORITY = "No authority has been chosen yet. Name one with --authority CODE (Leeds is 383)."


@click.command("forecast")
@click.option("--authority", default="", metavar="CODE", help="Authority; the one served when not given.")
@click.option("--as-at", "as_at", default="", metavar="DATE", help="Only what was published by this day.")
def command(*, authority: str, as_at: str) -> None:
    """Fit a model a phase on what is held, forecast every school, and keep model, record and reasons.

    A forecast starts a conversation. It decides no support category, and is never shown without its reasons,
    its record and its limits.
    """
    ensure_migrated()
    served = register.served_authority()
    code = parse_authority_code(authority) if authority else served.code if served else ""
    if not code:
        raise click.ClickException(_NO_AUTHORITY)
    day = parse_day(as_at) if as_at else None
    click.echo("Fitting models on all schools held and testing them on the past: some minutes.", err=True)
    made, failed = forecasting.run(actor=ACTOR, authority=code, as_at=day)
    click.echo(f"{made.authority.name}: forecasts as at {words.day(made.as_at)}.")
    for one in forecasts.fitted_in(made):
        count = forecasts.count_of(made, phase=one.phase)
        click.echo(
            f"{Phase(one.phase).label}: {words.counted(count, one='school')}. {one.row.label}: AUC "
            f"{one.row.figures['auc'].value:.3f} in the back-test from {one.record.cutoff}. "
            f"{one.chosen_because}"
        )
    for said in failed:
        click.echo(said, err=True)
    click.echo("A forecast starts a conversation and decides nothing.")
