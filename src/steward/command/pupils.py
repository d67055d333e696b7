"""`steward pupils`: files of pupil results in, what is held, and away with them in one command."""

import json
from pathlib import Path

import click
from django.utils import timezone

from steward.command import progress
from steward.command.setup import ACTOR, ensure_migrated
from steward.evidence.models import PupilFile, PupilFileState
from steward.evidence.operations import pupil_files as operations
from steward.evidence.queries import pupil_files
from steward.register import queries as register
from steward.sample.pupil_files import YEARS, PupilSample, write_pupils
from steward.vocabulary.academic_year import AcademicYear


@click.group("pupils")
def command() -> None:
    """Results of single pupils, from which figures of groups are made.

    Rows are kept in the store, shown to nobody, and deleted with one command. See
    docs/how-to/load-pupil-results.md.
    """


@command.command("load")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--year", default=None, metavar="YEAR", help="Academic year of every row, when the file has no column."
)
@click.option("--replace", is_flag=True, help="Delete files held of the same year and key stage.")
@click.option("--later", is_flag=True, help="Leave the disclosure gate to `steward pupils release`.")
def load(file: Path, year: str | None, *, replace: bool, later: bool) -> None:
    """Load a file of pupils (CSV or Parquet) and make figures of groups from it that may be shown."""
    ensure_migrated()
    held = operations.load(file, actor=ACTOR, year=year, replace=replace)
    click.echo(f"{held.rows:,} pupil rows of {_years(held)} are held as {held.pk}.")
    if held.refused:
        click.echo(f"{held.refused:,} rows could not be used:")
        for line in pupil_files.reasons_in_words(held):
            click.echo(f"  {line}")
    click.echo(f"Figures of groups are made. To delete them with the rows: steward pupils delete {held.pk}")
    served = register.served_authority()
    if served is not None and not later:
        click.echo("Passing them through the disclosure gate: a minute or some for each year ...")
        many = _released(served.code)
        click.echo(f"{many:,} figures of groups of {served.name} may be shown.")


@command.command("list")
@click.option("--all", "everything", is_flag=True, help="Also those that were deleted.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
def list_files(*, everything: bool, as_json: bool) -> None:
    """List files of pupils that are held."""
    ensure_migrated()
    files = pupil_files.every() if everything else pupil_files.held()
    if as_json:
        click.echo(json.dumps([_plain(file) for file in files], indent=2))
        return
    for file in files:
        click.echo(
            f"{file.get_state_display():<8} {file.rows:>10,} rows  {file.pk}  {_years(file)}, "
            f"loaded {timezone.localtime(file.loaded_at):%-d %B %Y}"
        )
    told = f"{len(files)} file{'' if len(files) == 1 else 's'}."
    click.echo(told if files else "No pupil rows are held.")


@command.command("delete")
@click.argument("file_id", metavar="ID", required=False)
@click.option("--all", "everything", is_flag=True, help="Every file that is held.")
def delete(file_id: str | None, *, everything: bool) -> None:
    """Delete the rows of a file of pupils and every figure made from them."""
    if everything == bool(file_id):
        raise click.UsageError("Name one file (steward pupils list), or say --all.")
    ensure_migrated()
    if file_id:
        operations.delete(file_id, actor=ACTOR)
        click.echo(f"The rows of {file_id} and every figure made from them are deleted.")
        return
    many = operations.delete_all(actor=ACTOR)
    click.echo(
        f"The rows of {many} file{'' if many == 1 else 's'} and every figure made from them are deleted."
    )


@command.command("release")
@click.option("--authority", default="", metavar="CODE", help="By default the authority served.")
def release(authority: str) -> None:
    """Pass figures of groups through the disclosure gate, so that what is safe of them can be shown.

    Takes some minutes a year for a large authority. Until it is done no page shows any of them.
    """
    ensure_migrated()
    served = register.served_authority()
    code = authority or (served.code if served else "")
    if not code:
        raise click.UsageError("No authority is served yet: name one with --authority.")
    many = _released(code)
    click.echo(f"{many:,} more figures of groups of authority {code} may be shown.")


@command.command("sample")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--pupils", "many", default=130_000, show_default=True, type=click.IntRange(1), help="Rows.")
@click.option("--seed", default=2014, show_default=True, help="The same seed gives the same pupils.")
@click.option("--authority", default=399, show_default=True, help="Code of the authority of the sample.")
@click.option("--england", is_flag=True, help="Pupils of all of the sample's England.")
def sample(file: Path, many: int, seed: int, authority: int, *, england: bool) -> None:
    """Write a file of invented pupils of the sample's schools, CSV or Parquet by its name."""
    wanted = PupilSample(many, seed=seed, authority=None if england else authority)
    try:
        rows = write_pupils(file, sample=wanted)
    except ValueError as fault:
        raise click.ClickException(str(fault)) from fault
    click.echo(f"{rows:,} invented pupil rows of {_told(YEARS)} are in {file}.")


def _released(authority: str) -> int:
    with progress.bar() as show:
        return operations.release(authority, actor=ACTOR, progress=show)


def _years(file: PupilFile) -> str:
    return _told(file.periods)


def _told(periods: tuple[int, ...]) -> str:
    return ", ".join(str(AcademicYear(period)) for period in periods)


def _plain(file: PupilFile) -> dict[str, object]:
    return {
        "id": file.pk,
        "state": PupilFileState(file.state).value,
        "rows": file.rows,
        "refused": file.refused,
        "years": list(file.periods),
        "sha256": file.sha256,
        "loaded_at": file.loaded_at.isoformat(),
        "deleted_at": file.deleted_at.isoformat() if file.deleted_at else None,
    }
