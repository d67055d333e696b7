"""`steward load`: published files in, one line about each."""

from collections import Counter
from pathlib import Path

import click

from steward.categorisation import operations as categorisation
from steward.command import progress
from steward.command.setup import ACTOR, ensure_migrated
from steward.evidence.operations import loading
from steward.evidence.operations.loading import LoadReport, State
from steward.interface import words
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
@click.option("--verbose", is_flag=True, help="Print each file that is knowingly not used, too.")
def command(
    places: tuple[Path, ...], authority: str, year: str | None, *, quiet: bool, verbose: bool
) -> None:
    """Load files as DfE and Ofsted publish them, from folders or one by one.

    Each file is recognised, screened and, when it passes, made live in one step with the others.
    Exit code 0: every file was loaded or is knowingly not used. 1: a file was refused or failed.
    """
    code = parse_authority_code(authority) if authority else ""
    ensure_migrated()
    report = load_with_progress(places, year=year, serving=code)
    print_outcomes(report, quiet=quiet, verbose=verbose)
    if code:
        register.serve_authority(code, actor=ACTOR)
        if report.generation is not None:
            run = categorisation.propose(actor=ACTOR, authority=code)
            categorisation.watch(actor=ACTOR, authority=code)
            click.echo(
                f"Proposals for {run.proposals.count()} schools worked out under '{run.ruleset_title}'."
            )
    raise SystemExit(0 if report.complete else 1)


def load_with_progress(places: tuple[Path, ...], *, year: str | None = None, serving: str = "") -> LoadReport:
    """Load with a progress bar on the error stream, so that output can be piped."""
    with progress.bar() as show:
        return loading.load(places, actor=ACTOR, year=year, serving=serving, progress=show)


def print_outcomes(report: LoadReport, *, quiet: bool, verbose: bool = False) -> None:
    """Print one line for each file and a closing count; files not used are counted by why they are not."""
    for outcome in report.outcomes:
        told = verbose or outcome.state is not State.NOT_USED
        if outcome.state in (State.REFUSED, State.FAILED) or (told and not quiet):
            click.echo(f"{_MARKS[outcome.state]:<22} {outcome.path}: {outcome.sentence}")
    if not (quiet or verbose):
        _print_not_used(report)
    counts = {state: sum(outcome.state is state for outcome in report.outcomes) for state in State}
    click.echo(", ".join(f"{count} {state.value}" for state, count in counts.items() if count) + ".")


def _print_not_used(report: LoadReport) -> None:
    reasons = Counter(each.sentence for each in report.outcomes if each.state is State.NOT_USED)
    for sentence, count in reasons.most_common():
        click.echo(f"{_MARKS[State.NOT_USED]:<22} {words.counted(count, one='file')}: {sentence}")
    if reasons:
        click.echo("To see each of them: --verbose")
