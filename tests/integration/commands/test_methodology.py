"""`steward methodology` writes the documents and nothing else, and says what it wrote."""

from click.testing import CliRunner

from steward.command.methodology import command, documents


def test_the_documents_are_written_into_a_folder_that_was_not_there(tmp_path):
    folder = tmp_path / "new" / "methodology"
    answer = CliRunner().invoke(command, [str(folder)])
    assert answer.exit_code == 0, answer.output
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == documents()
    assert len(answer.output.splitlines()) == len(documents())


def test_writing_again_replaces_and_leaves_other_files_alone(tmp_path):
    (tmp_path / "README.md").write_text("Ours.")
    (tmp_path / "policies.md").write_text("Old.")
    CliRunner().invoke(command, [str(tmp_path)])
    assert (tmp_path / "README.md").read_text() == "Ours."
    assert (tmp_path / "policies.md").read_text(encoding="utf-8") == documents()["policies.md"]


def test_a_file_where_a_folder_should_be_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "there").write_text("A file.")
    answer = CliRunner().invoke(command, [str(tmp_path / "there")])
    assert answer.exit_code == 2
    assert "is a file" in answer.output
