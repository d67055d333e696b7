"""`steward lint`: a report from the command line."""

import json

from click.testing import CliRunner

from steward.command.lint import command

REPORT = """Date: 8 January 2015
1 Main issues
1.1 There are three aims:
- one
- two
"""


def test_what_blocks_is_printed_and_ends_with_one(tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(REPORT)
    done = CliRunner().invoke(command, [str(file)])
    assert done.exit_code == 1
    assert "BLOCKING  Paragraph 1.1: 3 aims are announced and 2 points follow." in done.output


def test_findings_can_be_had_as_json(tmp_path):
    file = tmp_path / "report.txt"
    file.write_text(REPORT)
    done = CliRunner().invoke(command, [str(file), "--json"])
    assert "stated-count" in {finding["check"] for finding in json.loads(done.output)}


def test_a_file_that_is_no_report_is_refused_in_a_sentence(tmp_path):
    file = tmp_path / "report.docx"
    file.write_bytes(b"nothing")
    done = CliRunner().invoke(command, [str(file)])
    assert done.exit_code == 2
    assert "is not a Word document" in done.output
