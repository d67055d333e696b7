"""The report of 13 November 2014: what a careful reader finds in it, and little else."""

import os
from datetime import date
from pathlib import Path

import pytest

from steward.documents.lint.checking import findings_in, read_report
from steward.documents.lint.rules import read_lint_rules

RULES = read_lint_rules()["default"]
_NAME = "leeds-report-2014.txt"


@pytest.fixture(scope="module")
def found():
    beside = Path(__file__).resolve().parents[4] / "shared" / "reference" / _NAME
    named = os.environ.get("STEWARD_TEST_REPORT", "")
    path = Path(named) if named else beside
    if not path.is_file():
        pytest.skip(f"The report {_NAME} is not beside the checkout; name it in STEWARD_TEST_REPORT.")
    report = read_report(path)
    assert report.dated == date(2014, 11, 13)
    return {(finding.check, finding.where) for finding in findings_in(report, rules=RULES)}


@pytest.mark.parametrize(
    "fault",
    [
        ("stated-count", "Paragraph 5.2"),
        ("nesting", "Section 6.0"),
        ("appendix-reference", "Paragraph 5.2"),
        ("contradiction", "Paragraph 9.1"),
        ("abbreviation-spelling", "Whole report"),
        ("abbreviation", "Whole report"),
        ("repeat", "Paragraph 6.2"),
        ("repeat", "Paragraph 6.3"),
        ("published-work", "Paragraph 14.3"),
        ("no-risk-stated", "Section 11.0"),
        ("superseded", "Paragraph 1.1"),
        ("plan-ending", "Children and Young People's Plan"),
        ("consultation-window", "“Consultation period up to mid - January 2015”"),
    ],
    ids=" ".join,
)
def test_a_known_fault_is_found(found, fault):
    assert fault in found


def test_recommendations_that_agree_are_left_alone(found):
    assert not any(check == "recommendations" for check, _ in found)


def test_few_findings_are_no_fault(found):
    assert len(found) <= 13 + 4
