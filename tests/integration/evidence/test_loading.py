"""Loading: whole or not at all, whatever stops it; one at a time; nothing silently ignored."""

from pathlib import Path

import pytest

from steward.audit import operations as audit
from steward.audit.models import AuditEvent
from steward.evidence import store
from steward.evidence.models import DataRelease, Generation, ReleaseStatus
from steward.evidence.operations import generations, releases
from steward.evidence.operations.loading import NothingToLoad, State
from steward.evidence.queries import figures
from steward.evidence.queries.releases import NothingLoaded, current_folder, published_row
from steward.register import operations as register
from steward.register.models import School

from .conftest import OFFICER

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process ends here, as if it had been killed."""


def _killed(*_, **__):
    raise Killed


def _state_of(outcomes, name: str) -> State:
    return next(outcome.state for outcome in outcomes if outcome.path.endswith(name))


def _absence_changed(downloads: Path) -> Path:
    """Return the absence file with one school's figure changed: a corrected file of the same year."""
    path = downloads / "2017-2018" / "england_abs.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    header = lines[0].split(",")
    cells = lines[1].split(",")
    cells[header.index("PERCTOT")] = "9.9"
    corrected = downloads.parent / "corrected" / "2017-2018" / "england_abs.csv"
    corrected.parent.mkdir(parents=True)
    corrected.write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]) + "\n", encoding="utf-8")
    return corrected


def _absence() -> float:
    """Return the absence of the school whose figure is corrected."""
    return figures.figures_of([_first_school()], indicators=["absence"])[-1].value.value


def _first_school() -> int:
    release = DataRelease.objects.get(source="absence", status=ReleaseStatus.LIVE)
    return next(int(cell.text) for cell in published_row(release.id, 2) if cell.column == "URN")


def _in_store(part: str) -> set[str]:
    return {folder.name for folder in (store.root() / part).iterdir()}


def test_a_folder_is_loaded_with_one_line_for_each_file(own_store, downloads, load):
    report = load(downloads)

    assert report.complete
    assert [outcome.path for outcome in report.outcomes] == [
        "2017-2018/england_abs.csv",
        "2017-2018/england_spine.csv",
    ]
    assert DataRelease.objects.filter(status=ReleaseStatus.LIVE).count() == 2
    assert School.objects.count() > 200
    assert current_folder().is_dir()


def test_the_same_file_again_is_refused_kindly_and_changes_nothing(own_store, downloads, load):
    load(downloads)
    before = Generation.objects.get(current=True)

    report = load(downloads)

    assert report.complete
    assert {outcome.state for outcome in report.outcomes} == {State.ALREADY}
    assert "already been loaded on" in report.outcomes[0].sentence
    assert Generation.objects.get(current=True) == before


def test_a_corrected_file_replaces_the_earlier_one_whole_and_can_be_undone(own_store, downloads, load):
    load(downloads)
    first = DataRelease.objects.get(source="absence")
    absence = _absence()

    load(_absence_changed(downloads))

    first.refresh_from_db()
    second = DataRelease.objects.get(source="absence", status=ReleaseStatus.LIVE)
    assert first.status == ReleaseStatus.REPLACED
    assert second.slot == first.slot
    assert _absence() != absence

    releases.make_live_again(first.id, actor=OFFICER)

    assert _absence() == absence
    assert DataRelease.objects.get(source="absence", status=ReleaseStatus.LIVE).id == first.id
    assert AuditEvent.objects.filter(verb="evidence.release.made_live_again").count() == 1


def test_the_same_releases_can_be_worked_out_again(own_store, downloads, load):
    load(downloads)
    absence, before = _absence(), Generation.objects.get(current=True)

    made = releases.rebuild(actor=OFFICER)

    assert made.pk != before.pk
    assert made.releases == before.releases
    assert _absence() == absence
    assert AuditEvent.objects.filter(verb="evidence.rebuilt").count() == 1


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (store, "stage"),
        (store, "put_release"),
        (generations, "rebuild"),
        (store, "put_generation"),
        (register, "synchronise"),
        (audit, "record"),
    ],
)
def test_a_load_that_is_killed_leaves_what_was_before(own_store, downloads, load, monkeypatch, where, name):
    load(downloads)
    live, generation, absence = _live(), Generation.objects.get(current=True), _absence()
    corrected = _absence_changed(downloads)
    with monkeypatch.context() as patched:
        patched.setattr(where, name, _killed)
        with pytest.raises(Killed):
            load(corrected)

    assert _live() == live
    assert Generation.objects.get(current=True) == generation
    assert _absence() == absence

    load(corrected)

    assert _absence() != absence
    assert _in_store("releases") == set(DataRelease.objects.values_list("id", flat=True))
    assert not _in_store("staging")


def _live() -> set[str]:
    return set(DataRelease.objects.filter(status=ReleaseStatus.LIVE).values_list("id", flat=True))


def test_only_the_tables_in_use_and_those_before_them_are_kept(own_store, downloads, load):
    load(downloads)
    corrected = _absence_changed(downloads)
    load(corrected)
    first = DataRelease.objects.get(source="absence", status=ReleaseStatus.REPLACED)
    releases.make_live_again(first.id, actor=OFFICER)

    load(downloads)

    newest = list(Generation.objects.order_by("-id").values_list("folder", flat=True)[:2])
    assert _in_store("generations") == set(newest)


def test_two_loads_at_once_are_refused_in_a_sentence(own_store, downloads, load):
    with store.only_one(), pytest.raises(store.StoreBusy, match="Another load is under way"):
        load(downloads)

    assert not DataRelease.objects.exists()


def test_a_file_that_is_not_known_is_named_and_nothing_else_is_lost(own_store, downloads, load):
    (downloads / "report.csv").write_bytes(b"%PDF-1.7 not a table")
    (downloads / "empty.csv").write_bytes(b"")

    report = load(downloads)

    assert not report.complete
    assert _state_of(report.outcomes, "report.csv") is State.REFUSED
    assert _state_of(report.outcomes, "empty.csv") is State.REFUSED
    assert _state_of(report.outcomes, "england_abs.csv") in (State.LOADED, State.WARNED)


def test_a_file_that_fails_screening_is_kept_with_its_report_and_never_live(own_store, downloads, load):
    load(downloads)
    path = downloads / "2017-2018" / "england_abs.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    twice = downloads.parent / "twice" / "2017-2018" / "england_abs.csv"
    twice.parent.mkdir(parents=True)
    twice.write_text("\n".join([*lines, *lines[1:]]) + "\n", encoding="utf-8")
    live = _live()

    report = load(twice)

    assert [outcome.state for outcome in report.outcomes] == [State.FAILED]
    assert report.generation is None
    assert _live() == live
    failed = DataRelease.objects.get(status=ReleaseStatus.FAILED)
    assert failed.screening["verdict"] == "fail"
    with pytest.raises(releases.CannotChange, match="failed screening"):
        releases.make_live_again(failed.id, actor=OFFICER)


def test_each_year_is_screened_against_the_year_before(own_store, sample_files, load):
    load(sample_files / "2016-2017", sample_files / "2017-2018")

    later = DataRelease.objects.get(source="absence", period=2018)
    moves = [one for one in later.screening["findings"] if one["test"] == "moves"]
    assert all("No release before" not in one["message"] for one in moves)


def test_wrong_places_and_years_are_told_in_a_sentence(own_store, downloads, load):
    with pytest.raises(NothingToLoad, match="no file or folder called"):
        load(downloads / "elsewhere")
    with pytest.raises(NothingToLoad, match="not an academic year"):
        load(downloads, year="the year of the flood")
    empty = downloads.parent / "nothing"
    empty.mkdir()
    with pytest.raises(NothingToLoad, match="holds no files"):
        load(empty)


def test_before_the_first_load_the_queries_say_how_to_load(own_store):
    with pytest.raises(NothingLoaded, match="steward load"):
        current_folder()
