"""Run the suite on PostgreSQL: `python -m tests.postgresql PYTEST-ARGUMENTS`.

Uses the server named by TEST_DATABASE_URL, else starts one of its own in a temporary folder with
the server programs found on this machine; says so and stops quietly where there are none.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_USER = "postgres"


def main(arguments: list[str]) -> int:
    """Run pytest on PostgreSQL and return its exit code; 0 with a sentence where there is no server."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given:
        return _pytest(arguments, address=given)
    programs = _programs()
    if programs is None:
        sys.stdout.write(
            "Tests on PostgreSQL are skipped: no server programs were found on this machine. "
            "Install PostgreSQL or set TEST_DATABASE_URL.\n"
        )
        return 0
    with _server(programs) as address:
        return _pytest(arguments, address=address)


def _pytest(arguments: list[str], *, address: str) -> int:
    environment = {**os.environ, "DATABASE_URL": address}
    return subprocess.run(
        [sys.executable, "-m", "pytest", *arguments], env=environment, check=False
    ).returncode


def _programs() -> Path | None:
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)
    found = [folder for folder in folders if (folder / "initdb").exists()]
    if found:
        return found[-1]
    located = shutil.which("initdb")
    return Path(located).resolve().parent if located else None


@contextmanager
def _server(programs: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="steward-postgresql-") as name:
        folder = Path(name)
        port = _free_port()
        if os.geteuid() == 0:
            shutil.chown(folder, _USER, _USER)
        data = folder / "data"
        _as_user(programs / "initdb", "-D", data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        settings = f"-p {port} -k {folder} -h 127.0.0.1 -c fsync=off -c full_page_writes=off"
        _as_user(programs / "pg_ctl", "-D", data, "-w", "-o", settings, "-l", folder / "log", "start")
        try:
            yield f"postgresql://{_USER}@127.0.0.1:{port}/postgres"
        finally:
            _as_user(programs / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _as_user(*command: object) -> None:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", _USER, "--", *words]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd="/")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
