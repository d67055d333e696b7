"""A file of pupils passes the gate while progress is shown, and its figures outlive a rebuild."""

import random
import shutil
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from loaded_sample import LOADER, LoadedSample
from steward.analysis.highs import QuietHighs
from steward.command import progress
from steward.command.pupils import command as pupils
from steward.command.releases import command as releases_command
from steward.evidence.operations import pupil_files as operations
from steward.evidence.queries import pupil_groups, releases
from steward.register.models import School

HEADER = "urn,year,stage,sex,sen,reading_score,maths_score,writing"
SCHOOLS, EACH, PROGRAMMES = 40, 24, 10_000


@pytest.fixture
def shown(monkeypatch):
    """Keep what a bar would show."""
    told = []

    @contextmanager
    def bar():
        yield lambda *step: told.append(step)

    monkeypatch.setattr(progress, "bar", bar)
    return told


@pytest.fixture
def runs(monkeypatch):
    """Count the programmes that are solved."""
    found, run = [], QuietHighs.run
    monkeypatch.setattr(QuietHighs, "run", lambda self: found.append(1) or run(self))
    return found


@pytest.fixture
def file(sample_home: LoadedSample, settings, tmp_path) -> Path:
    """Return a file of pupils of many schools in one year, in a home that holds no other."""
    home = tmp_path / "home"
    shutil.copytree(sample_home.home / "store", home / "store")
    settings.STEWARD_HOME, settings.STEWARD_STORE = home, home / "store"
    operations.delete_all(actor=LOADER)
    path = tmp_path / "pupils.csv"
    path.write_text("\n".join([HEADER, *_rows(sample_home.authority)]) + "\n", encoding="utf-8")
    return path


def _rows(authority: str):
    chance = random.Random(3)
    schools = School.objects.filter(standing="open", authority__code=authority, phase="primary")
    for urn in schools.order_by("urn").values_list("urn", flat=True)[:SCHOOLS]:
        for _ in range(EACH):
            sex, sen = chance.choice("FM"), chance.choice("NNNKE")
            reading, maths = chance.randint(85, 115), chance.randint(85, 115)
            yield f"{urn},2018-2019,KS2,{sex},{sen},{reading},{maths},{chance.choice(('EXS', 'WTS'))}"


def _released() -> dict[str, list[dict[str, object]]]:
    folder = releases.current_folder()
    return {path.name: pq.read_table(path).to_pylist() for path in folder.glob(f"{pupil_groups.RELEASED}-*")}


def test_loading_shows_progress_ends_and_its_figures_outlive_a_rebuild(file, shown, runs):
    loaded = CliRunner().invoke(pupils, ["load", str(file)])
    assert loaded.exit_code == 0, repr(loaded.exception)
    assert "HiGHS" not in loaded.output
    names = [doing for doing, _, _ in shown]
    assert "2018 to 2019, sex" in names
    assert [done for _, done, _ in shown] == list(range(len(shown)))
    assert {total for _, _, total in shown} == {len(shown)}
    assert 0 < len(runs) < PROGRAMMES
    before = _released()
    assert len(before) == len(shown)

    asked = len(runs)
    rebuilt = CliRunner().invoke(releases_command, ["--rebuild"])
    assert rebuilt.exit_code == 0, repr(rebuilt.exception)
    assert _released() == before
    assert len(runs) == asked, "what had passed the gate was asked again"
    shown.clear()
    again = CliRunner().invoke(pupils, ["release"])
    assert again.exit_code == 0, repr(again.exception)
    assert shown == []
