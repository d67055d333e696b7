"""`steward load`: published files in, one line about each."""

from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from steward.categorisation import operations as categorisation
from steward.command.setup import ACTOR, ensure_migrated
from steward.evidence.operations import loading
from steward.evidence.operations.loading import LoadReport, State
from steward.register import operations as register
from steward.vocabulary.identifiers import parse_authority_code

_MARKS = {
    State.LOADED: "loaded",
    State.WARNED: "loaded, with warnings",
    State.ALREADY: "already loaded",
    State.NOT_USED: "not used",
    State.REFUSED: "REFUSED",
    State.FAILED: "FAILED",
}


@click.command("load")
@click.argument("places", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--authority", default="", metavar="CODE", help="Three-digit code of the authority served, such as 383."
)
@click.option(
    "--year",
    default=None,
    metavar="YEAR",
    help="Year of files whose name, folder and columns do not say it, such as 2018-2019. "
    "A file that says another year is refused.",
)
@click.option("--quiet", is_flag=True, help="Print only files that were refused or failed.")
def command(places: tuple[Path, ...], authority: str, year: str | None, *, quiet: bool) -> None:
    """Load files as DfE and Ofsted publish them, from folders or one by one.

    Each file is recognised, screened and, when it passes, made live in one step with the others.
    Exit code 0: every file was loaded or is knowingly not used. 1: a file was refused or failed.
    """
    code = parse_authority_code(authority) if authority else ""
    ensure_migrated()
    report = load_with_progress(places, year=year)
    print_outcomes(report, quiet=quiet)
    if code:
        register.serve_authority(code, actor=ACTOR)
        if report.generation is not None:
            run = categorisation.propose(actor=ACTOR, authority=code)
            categorisation.watch(actor=ACTOR, authority=code)
            click.echo(
                f"Proposals for {run.proposals.count()} schools worked out under '{run.ruleset_title}'."
            )
    raise SystemExit(0 if report.complete else 1)


def load_with_progress(places: tuple[Path, ...], *, year: str | None = None) -> LoadReport:
    """Load with a progress bar on the error stream, so that output can be piped."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        return loading.load(places, actor=ACTOR, year=year, progress=_show_on(bars))


def _show_on(bars: Progress) -> Callable[[str, int, int], None]:
    task = bars.add_task("Starting", total=1)

    def show(doing: str, done: int, total: int) -> None:
        bars.update(task, description=doing[:60], completed=done, total=total)

    return show


def print_outcomes(report: LoadReport, *, quiet: bool) -> None:
    """Print one line for each file and a closing count."""
    for outcome in report.outcomes:
        if not quiet or outcome.state in (State.REFUSED, State.FAILED):
            click.echo(f"{_MARKS[outcome.state]:<22} {outcome.path}: {outcome.sentence}")
    counts = {state: sum(outcome.state is state for outcome in report.outcomes) for state in State}
    click.echo(", ".join(f"{count} {state.value}" for state, count in counts.items() if count) + ".")
