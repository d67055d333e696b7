"""What `steward check` says of settings that are left out."""

import pytest
from click.testing import CliRunner

from steward.command.check import command


@pytest.mark.django_db
def test_what_is_not_set_is_warned_of(settings) -> None:
    settings.STEWARD_SITE = ""
    settings.STEWARD_COUNCIL_NAME = settings.STEWARD_COUNCIL_UNNAMED
    said = CliRunner().invoke(command).output
    assert "warn  The address of the site is not set (STEWARD_SITE)" in said
    assert "warn  The name of the council is not set (STEWARD_COUNCIL_NAME)" in said
    settings.STEWARD_SITE = "https://steward.example"
    settings.STEWARD_COUNCIL_NAME = "Aldermere Council"
    assert "warn" not in CliRunner().invoke(command).output
