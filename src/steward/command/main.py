"""`steward`: load published files, propose, look at an area or a school, serve the site."""

import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

_COMMANDS = {
    "load": ("steward.command.load", "Load published files from a folder."),
    "releases": (
        "steward.command.releases",
        "List what has been loaded, or make an earlier release live again.",
    ),
    "pupils": ("steward.command.pupils", "Load, list and delete files of pupil results."),
    "propose": (
        "steward.command.propose",
        "Work out what the policy proposes for each school, with reasons.",
    ),
    "due": ("steward.command.due", "Record what the day brings, and write to people about what is due."),
    "score": ("steward.command.score", "Score every school for early warning, with workings."),
    "forecast": ("steward.command.forecast", "Forecast the next inspection of every school, with record."),
    "backtest": ("steward.command.backtest", "Hold forecasts of a day in the past against what came."),
    "policy-case": ("steward.command.policy_case", "Hold a policy of a past day against what came after."),
    "area": ("steward.command.area", "Show an authority: inspections, indicators and proposals."),
    "standards": ("steward.command.standards", "Show the annual standards of an authority."),
    "school": ("steward.command.school", "Show what is known of one school."),
    "lint": ("steward.command.lint", "Check a committee report for what would be sent back."),
    "check": ("steward.command.check", "Check the installation, the store and the definitions."),
    "methodology": (
        "steward.command.methodology",
        "Write how figures and proposals are worked out, as documents.",
    ),
    "people": ("steward.command.people", "List people who may sign in, or add one."),
    "demo": ("steward.command.demo", "Build the sample authority and serve it."),
    "serve": ("steward.command.serve", "Serve the site."),
}


class _Commands(click.Group):
    """Finds a command in its own module, so that `--help` does not wait for the whole of Steward."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "steward.config.settings")
        module = import_module("steward.command.start")
        module.set_up()
        command: click.Command = import_module(_COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="steward")
def steward() -> None:
    """The working system of a local authority's learning improvement service.

    STEWARD_HOME names the folder that holds the embedded database and the store of releases.
    """


def main(run: Callable[..., Any] = steward) -> None:
    """Run the command line; an error a user can mend is one sentence and exit code 1."""
    try:
        run(standalone_mode=True)
    except Exception as fault:
        from steward.command.faults import sentence_for  # noqa: PLC0415

        sentence = sentence_for(fault)
        if sentence is None:
            raise
        sys.stderr.write(f"{sentence}\n")
        raise SystemExit(1) from fault
