"""A store of one's own, and a few files of the sample, small enough to be loaded again in each test."""

import shutil
from pathlib import Path

import pytest

from steward.audit.operations import Program
from steward.evidence.operations import loading
from steward.evidence.operations.loading import LoadReport
from steward.sample.generator import generate

OFFICER = Program("The tests of evidence")


@pytest.fixture(scope="session")
def sample_files(tmp_path_factory) -> Path:
    """Return a folder with every file of a small sample."""
    folder = tmp_path_factory.mktemp("files")
    generate(folder, seed=7, schools=300, authorities=4)
    return folder


@pytest.fixture
def own_store(tmp_path, settings, db) -> Path:
    """Return an empty store that only this test uses."""
    settings.STEWARD_STORE = tmp_path / "store"
    settings.STEWARD_DEFINITIONS = ""
    return tmp_path / "store"


@pytest.fixture
def downloads(tmp_path, sample_files) -> Path:
    """Return a folder with a register and the absence of one year."""
    folder = tmp_path / "downloads" / "2017-2018"
    folder.mkdir(parents=True)
    for name in ("england_spine.csv", "england_abs.csv"):
        shutil.copy(sample_files / "2017-2018" / name, folder / name)
    return folder.parent


@pytest.fixture
def load():
    """Return a function that loads files or folders."""

    def run(*places: Path, year: str | None = None) -> LoadReport:
        return loading.load(places, actor=OFFICER, year=year, progress=lambda *_: None)

    return run
