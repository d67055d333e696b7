"""What every command that touches data needs first: a name for the log, and a database that is up to date."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from steward.audit.operations import Program

ACTOR = Program("The command line")
"""Who is named in the audit log for what is done here."""

_LOCK = 7_308_325
"""The number under which programs of this kind wait for each other in PostgreSQL."""


def ensure_migrated() -> None:
    """Bring the database up to date, making it when it is not there; one program at a time does it.

    Inside a transaction nothing is done: tables cannot be changed there, and whoever opened it has a
    database. So a migration that is written while tests run does not fail the commands they call.
    """
    if connection.in_atomic_block or not _is_behind():
        return
    with _alone():
        if _is_behind():
            call_command("migrate", interactive=False, verbosity=0)


def _is_behind() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other program changes the tables of this database, and hold the others back."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
        return
    home = Path(settings.STEWARD_HOME)
    home.mkdir(parents=True, exist_ok=True)
    with (home / "migration.lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
