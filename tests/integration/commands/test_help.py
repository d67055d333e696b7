"""Every command explains itself, and a refusal is one sentence with an exit code a script can use."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

STEWARD = Path(sys.executable).parent / "steward"
COMMANDS = (
    "load",
    "releases",
    "propose",
    "area",
    "school",
    "check",
    "methodology",
    "people",
    "demo",
    "serve",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Give a folder whose database is made once, by the first command."""
    return tmp_path_factory.mktemp("home")


def run(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "STEWARD_HOME": str(home), "DATABASE_URL": ""}
    return subprocess.run(
        [str(STEWARD), *words], env=environment, capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(home, command):
    answer = run(command, "--help", home=home)
    assert answer.returncode == 0
    assert answer.stdout.startswith(f"Usage: steward {command}")
    assert len(answer.stdout.splitlines()) > 5


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("load", "no-such-folder"), "There is no file or folder called no-such-folder"),
        (("load", ".", "--authority", "Leeds"), "'Leeds' is not a local authority code"),
        (("area", "383"), "No data has been loaded yet"),
        (("school", "107833"), "No data has been loaded yet"),
        (("propose", "--authority", "383"), "No data has been loaded yet"),
        (("releases", "--make-live", "nothing"), "There is no release called nothing"),
        (("releases", "--rebuild"), "Nothing has been loaded yet"),
    ],
)
def test_a_refusal_is_one_sentence(home, words, said):
    answer = run(*words, home=home)
    assert answer.returncode == 1
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1
