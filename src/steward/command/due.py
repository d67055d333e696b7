"""`steward due`: record what the day brings, and write to people about what waits for them."""

from datetime import date

import click
from django.conf import settings
from django.utils import timezone

from steward.categorisation import operations
from steward.command.plain import parse_day
from steward.command.setup import ACTOR, ensure_migrated
from steward.interface import words
from steward.reminders.operations import digests


@click.command("due")
@click.option("--on", "on", default="", metavar="DATE", help="Day asked about, such as 2026-10-01; today.")
@click.option("--no-email", is_flag=True, help="Record only; write to nobody.")
def command(*, on: str, no_email: bool) -> None:
    """Record what the day brings, then send e-mails about what is due.

    Schools that did not answer by their date are recorded so, and overrides whose last day is over lapse.
    Then each person is written to as often as they chose. A second run on a day changes and sends nothing.
    Run it each morning.
    """
    ensure_migrated()
    day, today = parse_day(on) if on else timezone.localdate(), timezone.localdate()
    if day > today:
        raise click.ClickException(
            f"{words.day(day)} is still to come: schools may answer until their day is over. Leave --on out."
        )
    for line in lines(day):
        click.echo(line)
    if not no_email:
        for line in sent(day):
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


def sent(day: date) -> list[str]:
    """Send e-mails about what is due and return what was sent, in sentences."""
    done = digests.send(on=day, actor=ACTOR)
    where = (
        ""
        if settings.EMAIL_HOST
        else f" No mail server is set: they are files in {settings.EMAIL_FILE_PATH}."
    )
    said = [f"Not sent to {each}. It is tried again at the next run." for each in done.failed]
    counts = (
        f"{words.counted(done.digests, one='digest')} and "
        f"{words.counted(done.at_once, one='e-mail')} about a clock sent."
    )
    return [*said, counts + (where if done.digests + done.at_once else "")]
