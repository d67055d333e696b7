"""What every command needs first: Django, and a database that is up to date."""

import sys
from functools import cache

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from steward.audit.operations import Program
from steward.config.environment import Misconfigured

ACTOR = Program("The command line")
"""Who is named in the audit log for what is done here."""


@cache
def set_up() -> None:
    """Prepare Django; a setting that cannot be used ends the program with one sentence."""
    try:
        django.setup()
    except Misconfigured as fault:
        sys.stderr.write(f"{fault}\n")
        raise SystemExit(2) from fault


def ensure_migrated() -> None:
    """Bring the database up to date, making it when it is not there."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
