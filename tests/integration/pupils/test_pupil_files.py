"""Files of pupils are held in the store, deleted with every figure made of them, and never shown."""

import json
import logging
import re
import shutil
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.core import serializers
from django.urls import reverse

from loaded_sample import LOADER, LoadedSample
from steward.access.roles import Role
from steward.analysis.pupils.reading import UnusablePupilFile
from steward.analysis.rebuild.pupils import GROUPS
from steward.audit.models import AuditEvent
from steward.command.faults import sentence_for
from steward.command.pupils import command
from steward.evidence import pupil_store, store
from steward.evidence.models import PupilFile, PupilFileState
from steward.evidence.operations import pupil_files as operations
from steward.evidence.queries import gap_indices, pupil_groups, releases
from steward.evidence.queries.pupil_groups import GroupsWanted
from steward.register.models import School
from steward.vocabulary.protection import NotReleased

MARKER = "E05987654"
"""A ward that no other row has: a value of a pupil row that can be looked for."""
HEADER = "urn,year,stage,sex,ward,reading_score,maths_score,writing"


@pytest.fixture
def pupils(sample_home: LoadedSample, settings, tmp_path) -> Path:
    """Return a file of pupils of a school of the sample in a year of which nothing is held."""
    home = tmp_path / "home"
    shutil.copytree(sample_home.home / "store", home / "store")
    settings.STEWARD_HOME, settings.STEWARD_STORE = home, home / "store"
    urn = next(iter(_schools()))
    rows = [f"{urn},2018-2019,KS2,{'FM'[n % 2]},E05000001,{95 + n},{96 + n},EXS" for n in range(20)]
    rows.append(f"{urn},2018-2019,KS2,F,{MARKER},101,102,GDS")
    path = tmp_path / "pupils.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def _schools() -> list[int]:
    return list(School.objects.filter(standing="open").values_list("urn", flat=True)[:1])


def test_rows_are_closed_to_other_accounts(pupils):
    held = operations.load(pupils, actor=LOADER)

    rows = pupil_store.rows_of(held.pk)
    assert stat.S_IMODE(rows.stat().st_mode) == 0o600
    assert stat.S_IMODE(rows.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(pupil_store.root().stat().st_mode) == 0o700
    assert stat.S_IMODE((releases.current_folder() / GROUPS).stat().st_mode) == 0o600
    assert not list((pupil_store.root() / "staging").iterdir())


def test_deleting_leaves_no_row_and_no_figure(pupils):
    held = operations.load(pupils, actor=LOADER)
    operations.delete(held.pk, actor=LOADER)

    held.refresh_from_db()
    assert held.state == PupilFileState.DELETED
    assert not pupil_store.rows_of(held.pk).exists()
    assert not _with_marker(store.root())


def test_one_command_deletes_every_file(pupils, sample_home):
    operations.load(pupils, actor=LOADER)
    told = gap_indices.gap_indices(sample_home.authority)
    assert {one.measure for one in told} == {"english_maths", "reading_maths"}
    assert all(one.lower <= one.index <= one.upper for one in told)

    outcome = CliRunner().invoke(command, ["delete", "--all"])

    assert outcome.exit_code == 0, repr(outcome.exception)
    assert not PupilFile.objects.filter(state=PupilFileState.HELD).exists()
    assert [path.name for path in pupil_store.root().iterdir()] == ["staging"]
    assert not pupil_groups.any_held()
    assert gap_indices.gap_indices(sample_home.authority) == ()


def test_pupils_are_not_counted_twice(pupils, tmp_path):
    first = operations.load(pupils, actor=LOADER)
    again = tmp_path / "corrected.csv"
    again.write_text(pupils.read_text() + pupils.read_text().splitlines()[1] + "\n")

    with pytest.raises(operations.CannotHold, match="held already, as"):
        operations.load(pupils, actor=LOADER)
    with pytest.raises(operations.CannotHold, match="counted twice"):
        operations.load(again, actor=LOADER)
    operations.load(again, actor=LOADER, replace=True)

    first.refresh_from_db()
    assert first.state == PupilFileState.DELETED


def test_a_refused_file_changes_nothing(pupils, tmp_path):
    before = _state()
    wrong = tmp_path / "wrong.csv"
    wrong.write_text(f"{HEADER},upn\n1,2,3,4,5,6,7,8,{MARKER}\n")

    with pytest.raises(UnusablePupilFile) as refused:
        operations.load(wrong, actor=LOADER)

    assert MARKER not in str(refused.value)
    assert sentence_for(refused.value) == str(refused.value)
    assert (
        set(pupil_store.root().iterdir()),
        PupilFile.objects.count(),
        AuditEvent.objects.count(),
    ) == before


def test_raw_figures_refuse_to_be_shown(pupils):
    held = pupil_groups.raw_groups(GroupsWanted("authority", ("399",)))

    with pytest.raises(NotReleased):
        str(held)


def test_nothing_of_a_row_is_in_logs_audit_database_or_pages(pupils, client_of, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    held = operations.load(pupils, actor=LOADER)
    bad = pupils.with_name("bad.csv")
    bad.write_text(pupils.read_text() + "\n".join(f"{MARKER},{MARKER}" for _ in range(3)))
    with pytest.raises(UnusablePupilFile):
        operations.load(bad, actor=LOADER, replace=True)

    listed = CliRunner().invoke(command, ["list", "--all", "--json"])
    assert listed.exit_code == 0, repr(listed.exception)
    printed = listed.output
    texts = {
        "log": caplog.text,
        "output": "".join(capsys.readouterr()) + printed,
        "audit": json.dumps(list(AuditEvent.objects.values("verb", "details", "subject_id")), default=str),
        "database": "".join(
            serializers.serialize("json", model.objects.all())
            for model in apps.get_models()
            if model.__module__.startswith("steward.")
        ),
    }
    browser = client_of(Role.DATA_OFFICER)
    for name, arguments in (
        ("pupil-files", []),
        ("pupil-file", [held.pk]),
        ("delete-pupil-file", [held.pk]),
        ("releases", []),
    ):
        texts[name] = browser.get(reverse(f"evidence:{name}", args=arguments)).content.decode()
    for place, text in texts.items():
        assert MARKER not in text, place
    assert held.pk in printed


def test_a_data_officer_deletes_with_a_button_that_names_the_act(pupils, client_of):
    held = operations.load(pupils, actor=LOADER)
    browser = client_of(Role.DATA_OFFICER)
    address = reverse("evidence:delete-pupil-file", args=[held.pk])

    page = browser.get(address).content.decode()
    answer = browser.post(address, follow=True)

    assert re.search(r"<button[^>]*>Delete 21 pupil rows</button>", page)
    assert "21 pupil rows, and every figure made of them, are deleted" in answer.content.decode()
    assert AuditEvent.objects.filter(verb="evidence.pupil_file.deleted", subject_id=held.pk).exists()


def test_what_is_and_was_held_can_be_taken_away_as_csv(pupils, client_of):
    held = operations.load(pupils, actor=LOADER)
    operations.delete(held.pk, actor=LOADER)

    answer = client_of(Role.DATA_OFFICER).get(reverse("evidence:pupil-files-csv"))

    lines = [line for line in answer.content.decode("utf-8-sig").splitlines() if line.startswith(held.pk)]
    assert len(lines) == 1
    assert lines[0].startswith(f"{held.pk},Deleted,2018 to 2019,End of key stage 2,21,")
    assert MARKER not in answer.content.decode()
    assert AuditEvent.objects.filter(verb="evidence.pupil_files.listed").exists()


def test_a_data_officer_finds_the_page_in_the_menu_and_a_school_does_not(sample_home, client_of):
    entry = f'href="{reverse("evidence:pupil-files")}"'

    assert entry in client_of(Role.DATA_OFFICER).get("/").content.decode()
    assert entry not in client_of(Role.ADVISER).get("/").content.decode()


@pytest.mark.parametrize("role", [Role.ADVISER, Role.HEAD_OF_SERVICE, Role.SCRUTINY_MEMBER])
def test_others_do_not_see_what_is_held(role, sample_home, client_of):
    assert client_of(role).get(reverse("evidence:pupil-files")).status_code == 403


def _state() -> tuple[set[Path], int, int]:
    return set(pupil_store.root().iterdir()), PupilFile.objects.count(), AuditEvent.objects.count()


def _with_marker(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and MARKER.encode() in path.read_bytes()]
