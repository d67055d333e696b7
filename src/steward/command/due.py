"""`steward due`: record what the day brings, once a day: answers not given and overrides that end."""

from datetime import date

import click
from django.utils import timezone

from steward.categorisation import operations
from steward.command.plain import parse_day
from steward.command.setup import ACTOR, ensure_migrated
from steward.interface import words


@click.command("due")
@click.option("--on", "on", default="", metavar="DATE", help="Day asked about, such as 2026-10-01; today.")
def command(*, on: str) -> None:
    """Record that schools did not answer by their date, and let overrides lapse whose last day is over.

    A second run on a day changes nothing. Run it each morning.
    """
    ensure_migrated()
    for line in lines(parse_day(on) if on else timezone.localdate()):
        click.echo(line)


def lines(day: date) -> list[str]:
    """Record what the day brings and return what was recorded, in sentences."""
    silent = operations.record_silence(on=day, actor=ACTOR)
    lapsed = operations.lapse_overrides(on=day, actor=ACTOR)
    said = [f"{each.school.name} (URN {each.school_id}): no answer by the date." for each in silent]
    said += [
        f"{each.decision.school.name} (URN {each.decision.school_id}): the override “{each.label}” lapsed."
        for each in lapsed
    ]
    counts = (
        f"{words.counted(len(silent), one='school')} did not answer, "
        f"{words.counted(len(lapsed), one='override')} lapsed."
    )
    return [*said, counts]
