"""`steward lint`: what a careful reader would send back in a committee report."""

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import click

from steward.documents.lint.checking import NotReadable, findings_in, read_report
from steward.documents.lint.rules import Weight, read_lint_rules


@click.command("lint")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--date",
    "dated",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="Day of the meeting, where the report bears no date.",
)
@click.option("--json", "as_json", is_flag=True, help="Print every finding as JSON.")
def command(file: Path, dated: datetime | None, *, as_json: bool) -> None:
    """Check a committee report, of this council or another: a Word document or a text.

    Exit code 0: nothing that blocks was found. 1: something was. 2: the file cannot be read.
    """
    day: date | None = dated.date() if dated else None
    try:
        report = read_report(file, dated=day)
    except NotReadable as fault:
        raise click.UsageError(str(fault)) from fault
    found = findings_in(report, rules=read_lint_rules()["default"])
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], indent=2, ensure_ascii=False))
    else:
        for finding in found:
            click.echo(f"{finding.weight.value.upper():<9} {finding.where}: {finding.what} {finding.mend}")
        stopping = sum(finding.weight is Weight.BLOCKING for finding in found)
        click.echo(f"{len(found)} found, of which {stopping} must be mended before the report goes out.")
    raise SystemExit(1 if any(finding.weight is Weight.BLOCKING for finding in found) else 0)
