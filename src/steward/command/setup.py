"""What every command that touches data needs first: a name for the log, and a database that is up to date."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from steward.audit.operations import Program

ACTOR = Program("The command line")
"""Who is named in the audit log for what is done here."""


def ensure_migrated() -> None:
    """Bring the database up to date, making it when it is not there.

    Inside a transaction nothing is done: tables cannot be changed there, and whoever opened it has a
    database. So a migration that is written while tests run does not fail the commands they call.
    """
    if connection.in_atomic_block:
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
