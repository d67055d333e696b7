"""The store: a folder of Parquet files, one sub-folder for each release and each generation of tables.

Folders are written under `staging` and renamed into place, so a crash leaves either the whole
folder or nothing. What is live is told by the database alone; a folder the database does not
know is swept away at the next load.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from django.conf import settings

PUBLISHED = "published.parquet"
"""The file as published, every column as text, with the number of each record."""


class StoreBusy(RuntimeError):
    """Another load is under way; the message says so in a sentence."""


def root() -> Path:
    """Return the store folder, making it when it is not there."""
    folder = Path(settings.STEWARD_STORE)
    for part in ("releases", "generations", "staging"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    return folder


def release_file(release_id: str) -> Path:
    """Return where the table of a release is kept."""
    return root() / "releases" / release_id / PUBLISHED


def generation_folder(name: str) -> Path:
    """Return the folder of a generation of tables."""
    return root() / "generations" / name


def stage() -> Path:
    """Return a new empty folder in which something is made before it is put in place."""
    folder = root() / "staging" / uuid4().hex
    folder.mkdir()
    return folder


def put_release(staged: Path, release_id: str) -> None:
    """Put a staged release in place; an equal one left by an earlier crash is replaced."""
    _put(staged, root() / "releases" / release_id)


def put_generation(staged: Path, name: str) -> None:
    """Put a staged generation in place."""
    _put(staged, root() / "generations" / name)


def _put(staged: Path, place: Path) -> None:
    """Make what was staged durable, then put it in place; an earlier folder of that name goes aside first."""
    for path in (*staged.iterdir(), staged):
        make_durable(path)
    if place.exists():
        place.rename(root() / "staging" / uuid4().hex)
    staged.rename(place)
    make_durable(place.parent)


def make_durable(path: Path) -> None:
    """Wait until the folder or file is on the disk, so that a crash cannot take it back."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep(*, releases: set[str], generations: set[str]) -> None:
    """Remove what a crash left: staged folders, and places the database does not know."""
    for folder in (root() / "staging").iterdir():
        shutil.rmtree(folder)
    for part, known in (("releases", releases), ("generations", generations)):
        for folder in (root() / part).iterdir():
            if folder.name not in known:
                shutil.rmtree(folder)


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the store for one load at a time; raises StoreBusy when another holds it."""
    with (root() / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            raise StoreBusy(
                "Another load is under way. Wait until it has finished, then load again."
            ) from fault
        yield
