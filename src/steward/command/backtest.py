"""`steward backtest`: how good forecasts made on a day in the past would have been."""

import json
from datetime import date
from pathlib import Path

import click
from django.utils import timezone

from steward.command.plain import parse_day
from steward.command.setup import ensure_migrated
from steward.early_warning import backtesting, forecast_sources, forecast_tables
from steward.early_warning.forecast_sources import OutcomeFile
from steward.early_warning.queries.forecasts import Backtest, Target, chosen, record_text
from steward.vocabulary.phases import Phase

_BOTH = (Phase.SECONDARY, Phase.PRIMARY)
_GIVE_DAYS = "Give --cutoff and --until, such as --cutoff 2015-05-31 --until 2018-07-31."


@click.command("backtest")
@click.option("--cutoff", default="", metavar="DATE", help="Only what was published by this day is used.")
@click.option("--until", default="", metavar="DATE", help="The last day on which an inspection counts.")
@click.option(
    "--outcomes",
    default=None,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file of later outcomes: any layout of Ofsted, or a plain list of URN, date and outcome.",
)
@click.option(
    "--below-good",
    default="",
    metavar="VALUE",
    help="Where the outcomes of the file have two values, such as 0 and 1: the one that means below good.",
)
@click.option(
    "--phase", "phases", multiple=True, type=click.Choice([one.value for one in _BOTH]), help="Both if none."
)
@click.option(
    "--target",
    default=Target.BELOW_GOOD.value,
    type=click.Choice([one.value for one in Target]),
    show_default=True,
    help="What is asked.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the whole record as JSON.")
@click.option("--record", is_flag=True, help="Run all back-tests of the record that the documents print.")
def command(  # noqa: PLR0913 - one for each option
    *,
    cutoff: str,
    until: str,
    outcomes: Path | None,
    below_good: str,
    phases: tuple[str, ...],
    target: str,
    as_json: bool,
    record: bool,
) -> None:
    """Hold forecasts made on a day in the past against what came.

    Features are those published by the cut-off; a model is learnt only from what had come by then; no school
    is on both sides under any of its numbers. Baselines stand beside it. A release published later is left
    out and named.
    """
    ensure_migrated()
    held = forecast_sources.holdings()
    if record:
        backtesting.record_all(held, made_on=timezone.localdate(), progress=click.echo)
        return
    days = _days(cutoff, until)
    if below_good and outcomes is None:
        raise click.ClickException("--below-good tells how a file is read: name the file with --outcomes.")
    store, file = held, None
    if outcomes is not None:
        held, file = forecast_sources.with_file(held, path=outcomes, below_good=below_good)
        _tell(file, name=outcomes.name)
    chosen = tuple(Phase(one) for one in phases) or _BOTH
    found, refused = backtesting.run(chosen, target=Target(target), days=days, holdings=held)
    said = [backtesting.answers_from(file, asked=one, store=store, holdings=held) for one in found if file]
    for line in (*refused, *said):
        click.echo(line, err=True)
    _print(found, as_json=as_json)
    if refused and not found:
        raise SystemExit(1)


def _print(found: list[Backtest], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([json.loads(record_text(one)) for one in found], sort_keys=True, indent=1))
    else:
        click.echo("\n".join(line for one in found for line in lines_of(one)))


def _tell(file: OutcomeFile, *, name: str) -> None:
    """Say what a file was taken for and which of its rows were not read."""
    click.echo(f"Outcomes of {name}: {file.taken_for}, {len(file.outcomes.on):,} inspections.", err=True)
    if file.unread:
        shown = f" The first {len(file.faults)}:" if file.unread > len(file.faults) else ""
        click.echo(f"{file.unread:,} rows could not be read.{shown}", err=True)
    for fault in file.faults:
        click.echo(f"  {fault}", err=True)


def _days(cutoff: str, until: str) -> tuple[date, date]:
    if not cutoff or not until:
        raise click.ClickException(_GIVE_DAYS)
    return parse_day(cutoff), parse_day(until)


def lines_of(found: Backtest) -> list[str]:
    """Return a back-test as lines of text."""
    lines = ["", f"{Phase(found.phase).label} schools, {found.asked}", forecast_tables.about(found)]
    lines.append(forecast_tables.learnt_from(found))
    for row in forecast_tables.rows_of(found):
        pairs = zip(forecast_tables.HEAD[1:], row[1:], strict=True)
        lines.append(f"  {row[0]}: " + "; ".join(f"{name} {value}" for name, value in pairs if value))
    kind, because = chosen(found)
    simple = found.row(kind) or found.rows[0]
    lines.append(f"  To be used: {simple.label.lower()}. {because}")
    lines.append(f"  {simple.label}. {forecast_tables.further(found, row=simple)}")
    for row in forecast_tables.group_rows(simple):
        pairs = zip(forecast_tables.GROUP_HEAD[1:], row[1:], strict=True)
        lines.append(f"    {row[0]}: " + "; ".join(f"{name.lower()} {value}" for name, value in pairs))
    lines += [
        f"  {goal}: {reached}. {met}." for goal, reached, met in forecast_tables.verdicts(found, row=simple)
    ]
    lines += [f"  Left out: {title}: {why}" for title, why in found.left_out]
    return [*lines, *(f"  {note}" for note in found.notes)]
