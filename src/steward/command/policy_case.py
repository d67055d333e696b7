"""`steward policy-case`: a policy of a past day against the inspections that followed, as a document."""

from datetime import date
from pathlib import Path

import click
from django.utils import timezone

from steward.categorisation.workbench.case import case_document
from steward.command.setup import ensure_migrated

_DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("policy-case")
@click.argument("path", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--ruleset", default="four-category", show_default=True, metavar="ID", help="Policy to ask.")
@click.option("--as-at", "as_at", default="2013-12-31", show_default=True, type=_DAY, help="Day asked about.")
@click.option(
    "--until",
    "untils",
    multiple=True,
    type=_DAY,
    default=["2014-12-31", "2015-12-31"],
    show_default=True,
    help="Last day of inspections that count; may be given more than once.",
)
def command(*, path: Path | None, ruleset: str, as_at: date, untils: tuple[date, ...]) -> None:
    """Print how a policy would have placed the schools of the authority served, and what inspections found.

    With PATH it is written to that file.
    """
    ensure_migrated()
    try:
        written = case_document(
            policy=ruleset,
            as_at=_day(as_at),
            untils=[_day(each) for each in untils],
            printed_on=timezone.localdate(),
        )
    except KeyError as fault:
        raise click.ClickException(
            f"There is no policy {ruleset}: see /policy/ for those there are."
        ) from fault
    if path is None:
        click.echo(written)
    else:
        path.write_text(written, encoding="utf-8")


def _day(moment: date) -> date:
    return date(moment.year, moment.month, moment.day)
