"""`steward releases`: what has been loaded, and going back to an earlier release."""

import json
from typing import Any

import click

from steward.command.setup import ACTOR, ensure_migrated
from steward.evidence.models import DataRelease
from steward.evidence.operations import releases as operations
from steward.evidence.queries import releases


@click.command("releases")
@click.option(
    "--all", "everything", is_flag=True, help="Also releases that were replaced, withdrawn or failed."
)
@click.option("--make-live", default="", metavar="ID", help="Make this earlier release live again.")
@click.option("--withdraw", default="", metavar="ID", help="Take this release out of use; needs --reason.")
@click.option("--reason", default="", help="Why a release is withdrawn.")
@click.option("--rebuild", is_flag=True, help="Work all figures out again, as after a change of definitions.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
def command(
    *, everything: bool, make_live: str, withdraw: str, reason: str, rebuild: bool, as_json: bool
) -> None:
    """List releases, newest years first, or change which one is live."""
    ensure_migrated()
    if make_live:
        operations.make_live_again(make_live, actor=ACTOR)
        click.echo(f"{make_live} is live again.")
        return
    if withdraw:
        if not reason:
            raise click.UsageError("Say why with --reason: it is kept in the audit log.")
        operations.withdraw(withdraw, actor=ACTOR, reason=reason)
        click.echo(f"{withdraw} is withdrawn.")
        return
    if rebuild:
        operations.rebuild(actor=ACTOR)
        click.echo("All figures are worked out again. Ask the policy anew with steward propose.")
        return
    listed = releases.every() if everything else releases.live()
    if as_json:
        click.echo(json.dumps([_plain(release) for release in listed], indent=2))
        return
    for release in listed:
        click.echo(
            f"{release.get_status_display():<16} {release.rows:>7,} rows  {release.id}  {release.title}"
        )
    click.echo(f"{len(listed)} releases." if listed else "Nothing has been loaded yet: steward load FOLDER.")


def _plain(release: DataRelease) -> dict[str, Any]:
    return {
        "id": release.id,
        "title": release.title,
        "source": release.source,
        "layout": release.layout,
        "period": release.period,
        "as_at": release.as_at.isoformat() if release.as_at else None,
        "version": release.version,
        "coverage": release.coverage or "england",
        "file": release.file_name,
        "sha256": release.sha256,
        "rows": release.rows,
        "status": release.status,
        "loaded_at": release.loaded_at.isoformat(),
    }
