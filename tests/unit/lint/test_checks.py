"""Each check on a few lines: it finds the fault, and leaves alone what is none."""

from datetime import date

import pytest

from steward.documents.blocks import Document, Heading, Listing, Paragraph
from steward.documents.lint.checking import NotReadable, findings_in, read_report
from steward.documents.lint.report import report_of
from steward.documents.lint.rules import Weight, read_lint_rules
from steward.documents.word.writing import word_of

RULES = read_lint_rules()["default"]
WHOLE = """Date: 8 January 2015
1 Recommendations
1.1 Members are asked to note the report.
2 Purpose of this report
2.1 It tells members how schools are doing.
3 Background information
3.1 The council has a duty to promote high standards.
4 Main issues
{main}
5 Conclusions
5.1 Schools are improving.
6 Recommendations
6.1 {again}
"""


def _checks(main, *, again="Members are asked to note the report."):
    report = report_of(WHOLE.format(main=main, again=again).splitlines())
    return {finding.check: finding for finding in findings_in(report, rules=RULES)}


@pytest.mark.parametrize(
    ("main", "check"),
    [
        ("4.1 There are three aims:\n- one\n- two", "stated-count"),
        (
            "4.1 See appendix 2.\nAppendices\n1. Timetable of the strategy",
            "appendix-reference",
        ),
        ("4.1 There are no cost implications. However, spending will increase next year.", "contradiction"),
        ("4.1 Some 45% of pupils reached the standard.", "bare-figure"),
        ("4.1 Attendance ▲ this year.", "sign-without-words"),
        ("4.1 The LSAB met.", "abbreviation"),
        ("4.1 The ABCD met. The ABDC agreed.", "abbreviation-spelling"),
        ("4.1 One.\n4.3 Three.", "numbering"),
        ("4.1 The Schools Plan 2011-15 applies.", "plan-ending"),
        ("4.1 Steps\n- Draft agreed in March 2015\n- Adopted in January 2015", "dates-out-of-order"),
        ("4.1 Steps\n- Draft on 20 July 2015\n- Consultation ends 14 August 2015", "consultation-window"),
    ],
    ids=lambda value: value if "\n" not in value and " " not in value else "",
)
def test_a_fault_is_found(main, check):
    assert check in _checks(main)


@pytest.mark.parametrize(
    ("main", "check"),
    [
        ("4.1 There are two aims:\n- one\n- two", "stated-count"),
        (
            "4.1 See appendix 1.\nAppendices\n1. Timetable of the strategy",
            "appendix-reference",
        ),
        ("4.1 There are no cost implications. The work is done within the service.", "contradiction"),
        ("4.1 Some 45% of pupils reached the standard, 3 points below England.", "bare-figure"),
        ("4.1 The Local Safeguarding Adults Board (LSAB) met. The LSAB agreed.", "abbreviation"),
        ("4.1 The Schools Plan 2015-20 applies.", "plan-ending"),
        ("4.1 Steps\n- Draft on 1 March 2015\n- Consultation ends 30 June 2015", "consultation-window"),
    ],
    ids=lambda value: value if "\n" not in value and " " not in value else "",
)
def test_what_is_no_fault_is_left_alone(main, check):
    assert check not in _checks(main)


def test_recommendations_that_differ_stop_a_report():
    finding = _checks("4.1 Text.", again="Members are asked to agree the report.")["recommendations"]
    assert finding.weight is Weight.BLOCKING
    assert "Recommendation 1" in finding.what


def test_an_empty_section_is_named():
    assert "“Main issues” is empty" in _checks("")["compulsory"].what


def test_a_word_document_is_read_with_its_numbers(tmp_path):
    document = Document(
        "A report",
        "Aldermere Council",
        date(2015, 1, 8),
        (
            Heading("Main issues"),
            Paragraph(("There are three aims:",), numbered=True),
            Listing((("one",), ("two",))),
        ),
    )
    file = tmp_path / "report.docx"
    file.write_bytes(word_of(document))
    report = read_report(file)
    assert report.sections[1].number == "1"
    found = {finding.check: finding.where for finding in findings_in(report, rules=RULES)}
    assert found["stated-count"] == "Paragraph 1.1"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("report.docx", b"not a document", "is not a Word document"),
        ("report.txt", b"\xff\xfe\x00", "nor text in UTF-8"),
        ("report.txt", b"  \n", "is empty"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path, name, content, said):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(NotReadable, match=said):
        read_report(file)
