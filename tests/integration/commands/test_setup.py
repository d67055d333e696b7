"""Commands bring the database up to date, but not from inside a transaction of somebody else."""

from click.testing import CliRunner
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from steward.command.pupils import command
from steward.evidence.models import PupilFile


def test_a_command_inside_a_transaction_changes_no_tables(db):
    MigrationRecorder(connection).record_unapplied("evidence", "0002_pupil_files")

    outcome = CliRunner().invoke(command, ["list", "--json"])

    assert outcome.exit_code == 0, repr(outcome.exception)
    assert outcome.output.strip() == "[]"
    assert not PupilFile.objects.exists()
