"""`steward load`: an authority that no register names is refused first; files not used are counted."""

import pytest
from click.testing import CliRunner

from steward.command import load
from steward.evidence.models import Generation
from steward.evidence.operations import loading
from steward.evidence.operations.loading import FileOutcome, LoadReport, State
from steward.register.models import ServedAuthority
from steward.register.operations import UnknownAuthority

REPORT = LoadReport(
    (
        FileOutcome("a.csv", State.LOADED, "All is well."),
        *(
            FileOutcome(f"meta-{number}.csv", State.NOT_USED, "Descriptions: not read.")
            for number in range(40)
        ),
        FileOutcome("guide.pdf", State.NOT_USED, "A guide: not read."),
        FileOutcome("b.csv", State.REFUSED, "The file has no header."),
    ),
    None,
)


def test_an_authority_that_no_register_names_is_refused_before_anything_is_live(sample_home, tmp_path):
    before = list(Generation.objects.values_list("pk", flat=True))
    (tmp_path / "notes.txt").write_text("Nothing to load", encoding="utf-8")
    with pytest.raises(UnknownAuthority, match="code 998, so nothing was loaded"):
        CliRunner().invoke(
            load.command, [str(tmp_path), "--authority", "998"], catch_exceptions=False, standalone_mode=False
        )
    assert list(Generation.objects.values_list("pk", flat=True)) == before
    assert ServedAuthority.objects.get().authority_id == sample_home.authority


@pytest.mark.django_db
def test_an_authority_named_by_a_register_of_the_same_load_is_known(loaded_sample, settings, tmp_path):
    settings.STEWARD_STORE = tmp_path / "store"
    files = sorted((loaded_sample.home / "files").rglob("*spine*.csv"))[:1]
    assert files, "The sample has no register."
    report = loading.load(files, actor=load.ACTOR, serving=loaded_sample.authority, progress=lambda *_: None)
    assert report.generation is not None
    with pytest.raises(UnknownAuthority):
        loading.load(files, actor=load.ACTOR, serving="998", progress=lambda *_: None)


def test_files_not_used_are_counted_by_why(capsys):
    load.print_outcomes(REPORT, quiet=False)
    lines = capsys.readouterr().out.splitlines()
    assert "not used               40 files: Descriptions: not read." in lines
    assert "not used               1 file: A guide: not read." in lines
    assert "To see each of them: --verbose" in lines
    assert len(lines) == 6


def test_verbose_lists_each_and_quiet_only_what_is_wrong(capsys):
    load.print_outcomes(REPORT, quiet=False, verbose=True)
    assert capsys.readouterr().out.count("meta-") == 40
    load.print_outcomes(REPORT, quiet=True)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("REFUSED")
    assert len(lines) == 2
