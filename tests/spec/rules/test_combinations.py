"""What all_of, any_of, not_of and signals_at_least make of answers that are not all known."""

import pytest

from spec.rules.small_tables import CATALOGUE, condition, rows, schools
from steward.analysis.rules.answers import Answer, Finding
from steward.analysis.rules.catalogue import Enquiry

# A school's absence is 9 (above), 4 (not above) or suppressed; its attainment 50 (below), 70 or suppressed.
SCHOOLS = """
    urn    | all     | any     | not
    100001 | met     | met     | not_met
    100002 | not_met | met     | not_met
    100003 | unknown | met     | not_met
    100004 | not_met | met     | met
    100005 | not_met | not_met | met
    100006 | not_met | unknown | met
    100007 | unknown | met     | unknown
    100008 | not_met | unknown | unknown
    100009 | unknown | unknown | unknown
"""
VALUES = """
    urn    | indicator | period | value | cohort
    100001 | expected  | 2019   | 50    | 30
    100001 | absence   | 2019   | 9     | 99
    100002 | expected  | 2019   | 50    | 30
    100002 | absence   | 2019   | 4     | 99
    100003 | expected  | 2019   | 50    | 30
    100003 | absence   | 2019   | SUPP  |
    100004 | expected  | 2019   | 70    | 30
    100004 | absence   | 2019   | 9     | 99
    100005 | expected  | 2019   | 70    | 30
    100005 | absence   | 2019   | 4     | 99
    100006 | expected  | 2019   | 70    | 30
    100006 | absence   | 2019   | SUPP  |
    100007 | expected  | 2019   | SUPP  |
    100007 | absence   | 2019   | 9     | 99
    100008 | expected  | 2019   | SUPP  |
    100008 | absence   | 2019   | 4     | 99
    100009 | expected  | 2019   | SUPP  |
    100009 | absence   | 2019   | SUPP  |
"""
LOW = "{kind: below, indicator: expected, than: 65}"
ABSENT = "{kind: above, indicator: absence, than: 5}"


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("all", f"{{kind: all_of, of: [{LOW}, {ABSENT}]}}"),
        ("any", f"{{kind: any_of, of: [{LOW}, {ABSENT}]}}"),
        ("not", f"{{kind: not_of, of: {LOW}}}"),
    ],
)
def test_unknown_counts_only_where_it_could_decide(column: str, text: str) -> None:
    asked = condition(text)
    for school, row in zip(schools(SCHOOLS, values=VALUES), rows(SCHOOLS), strict=True):
        found = asked.answer(Enquiry(school, CATALOGUE, newest_years=2))
        assert found.answer == row[column], (row, found.because)
        assert (found.reason is None) == (found.answer is not Answer.UNKNOWN)


def test_the_sentence_of_a_combination_is_made_of_what_decides_it() -> None:
    asked = condition(f"{{kind: all_of, of: [{LOW}, {ABSENT}]}}")
    school = schools(SCHOOLS, values=VALUES)[1]
    found = asked.answer(Enquiry(school, CATALOGUE, newest_years=2))
    assert found.because == "“Absence” was 4.0% in 2018 to 2019 (99 pupils), not above 5%."
    assert [leaf.indicator for leaf in found.leaves()] == ["expected", "absence"]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("met met not_met", "met"),
        ("met not_met not_met", "not_met"),
        ("met unknown not_met", "unknown"),
        ("unknown unknown not_met", "unknown"),
        ("unknown not_met not_met", "not_met"),
        ("met met unknown", "met"),
        ("met not_met", "not_met"),
        ("met unknown", "unknown"),
    ],
)
def test_at_least_two_of_three_signals(answers: str, expected: str) -> None:
    """A signal that is not asked of the school, as in the rows of two, does not count."""
    signals = {
        name: Finding(Answer(answer), "Found.") for name, answer in zip("abc", answers.split(), strict=False)
    }
    (school,) = schools("urn | phase\n100001 | primary")
    asked = condition("{kind: signals_at_least, number: 2, signals: [a, b, c]}")
    assert asked.answer(Enquiry(school, CATALOGUE, newest_years=2, signals=signals)).answer == expected
