"""Where rows of pupils are kept: a folder that only Steward's own account may open, one sub-folder a file.

Rows are written aside and renamed into place; what a crash left is swept away at the next change. What is
held is told by the database alone.
"""

import os
import shutil
from pathlib import Path
from uuid import uuid4

from steward.evidence import store

ROWS = "rows.parquet"
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600


def root() -> Path:
    """Return the folder of pupil rows, making it when it is not there; closed to other accounts."""
    folder = store.root() / "pupils"
    (folder / "staging").mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
    folder.chmod(_FOLDER_MODE)
    return folder


def rows_of(file_id: str) -> Path:
    """Return where the rows of a file of pupils are kept."""
    return root() / file_id / ROWS


def stage() -> Path:
    """Return a new folder for rows that are being read, with the empty file to write them into."""
    folder = root() / "staging" / uuid4().hex
    folder.mkdir(mode=_FOLDER_MODE)
    os.close(os.open(folder / ROWS, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE))
    return folder


def put(staged: Path, file_id: str) -> None:
    """Make staged rows durable and put them in place."""
    for path in (staged / ROWS, staged):
        store.make_durable(path)
    place = root() / file_id
    if place.exists():
        shutil.rmtree(place)
    staged.rename(place)
    store.make_durable(place.parent)


def sweep(*, held: set[str]) -> None:
    """Remove every row that is not of a file held: those deleted, and those that a crash left."""
    for folder in (root() / "staging").iterdir():
        shutil.rmtree(folder)
    for folder in root().iterdir():
        if folder.name not in {*held, "staging"}:
            shutil.rmtree(folder)
