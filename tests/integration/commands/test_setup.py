"""Commands bring the database up to date, but not from inside a transaction of somebody else."""

import os
import subprocess
import sys

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


def test_two_commands_at_once_on_a_new_home_both_end_well(tmp_path):
    given = {**os.environ, "STEWARD_HOME": str(tmp_path), "DATABASE_URL": ""}
    program = "from steward.command.main import main; main()"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, "people"],
            env=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(2)
    ]
    said = [each.communicate(timeout=120)[0] for each in running]
    assert [each.returncode for each in running] == [0, 0], said
