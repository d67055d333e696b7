"""What is read of a school's results under its earlier URN, and when they are not its own."""

import pytest

from spec.rules.small_tables import CATALOGUE, condition, rows, schools
from steward.analysis.rules.answers import Finding
from steward.analysis.rules.catalogue import Enquiry
from steward.analysis.rules.school_evidence import SchoolEvidence

BELOW = "{kind: below, indicator: expected, than: 65}"

SCHOOLS = """
    urn    | what                                           | opened_on  | answer  | reason
    100001 | plain link, no row of its own                  | 2019-09-01 | met     |
    100002 | its own row counts, not the earlier one        | 2019-09-01 | not_met |
    100003 | its own row counts, though withheld            | 2019-09-01 | unknown | suppressed
    100004 | merged from two                                | 2019-09-01 | unknown | no_row
    100005 | the only link to it is published as merged     | 2019-09-01 | unknown | no_row
    100006 | one of two schools a school was split into     | 2019-09-01 | unknown | no_row
    100007 | the school before the school before            | 2019-09-01 | met     |
    100008 | open before the year of the figure began       | 2018-09-01 | unknown | no_row
    100009 | opened in the middle of that year              | 2018-09-02 | met     |
    100010 | eight pupils under the earlier URN             | 2019-09-01 | unknown | small_cohort
    100011 | withheld under the earlier URN                 | 2019-09-01 | unknown | suppressed
    100012 | no date of opening is published                |            | met     |
    100013 | said to follow a school that followed it       |            | unknown | no_row
"""
LINKS = """
    urn    | predecessor | relation
    100001 | 90001       | Predecessor
    100002 | 90002       | Predecessor
    100003 | 90003       | Predecessor
    100004 | 90004       | Predecessor
    100004 | 90014       | Predecessor
    100005 | 90005       | Predecessor - merged
    100006 | 90006       | Predecessor
    100099 | 90006       | Predecessor
    100007 | 90007       | Predecessor
    90007  | 90017       | Predecessor
    100008 | 90008       | Predecessor
    100009 | 90009       | Predecessor
    100010 | 90010       | Predecessor
    100011 | 90011       | Predecessor
    100012 | 90012       | Predecessor
    100013 | 90013       | Predecessor
    90013  | 100013      | Predecessor
"""
VALUES = """
    urn    | indicator | period | value | cohort
    90001  | expected  | 2019   | 60    | 30
    90002  | expected  | 2019   | 60    | 30
    100002 | expected  | 2019   | 70    | 30
    90003  | expected  | 2019   | 60    | 30
    100003 | expected  | 2019   | SUPP  | 30
    90004  | expected  | 2019   | 60    | 30
    90014  | expected  | 2019   | 60    | 30
    90005  | expected  | 2019   | 60    | 30
    90006  | expected  | 2019   | 60    | 30
    90017  | expected  | 2019   | 60    | 30
    90008  | expected  | 2019   | 60    | 30
    90009  | expected  | 2019   | 60    | 30
    90010  | expected  | 2019   | 60    | 8
    90011  | expected  | 2019   | SUPP  | 30
    90012  | expected  | 2019   | 60    | 30
"""


def _asked(school: SchoolEvidence, text: str = BELOW) -> Finding:
    return condition(text).answer(Enquiry(school, CATALOGUE, newest_years=2))


@pytest.mark.parametrize("number", range(len(rows(SCHOOLS))), ids=lambda n: rows(SCHOOLS)[n]["what"])
def test_answers_are_those_of_the_table(number: int) -> None:
    row = rows(SCHOOLS)[number]
    found = _asked(schools(SCHOOLS, values=VALUES, links=LINKS)[number])
    assert (found.answer, found.reason) == (row["answer"], row.get("reason")), found.because


def test_the_finding_says_and_carries_the_earlier_urn() -> None:
    converted, kept, *_, small, withheld, _, _ = schools(SCHOOLS, values=VALUES, links=LINKS)
    found = _asked(converted)
    assert found.because == (
        "“Expected standard” was 60.0% in 2018 to 2019 (30 pupils, under its earlier URN 90001), below 65%."
    )
    assert found.urn == 90001
    assert _asked(kept).urn is None
    assert "(8 pupils, under its earlier URN 90010)" in _asked(small).because
    assert _asked(withheld).because.startswith(
        "“Expected standard” has no figure in 2018 to 2019 (under its earlier URN 90011): suppressed."
    )


LATER = "urn | opened_on\n100001 | 2018-04-01"
LINK = "urn | predecessor | relation\n100001 | 90001 | Predecessor"
ACROSS = """
    urn    | indicator | period | value | cohort
    90001  | expected  | 2017   | 65    | 30
    90001  | expected  | 2018   | 62    | 30
    100001 | expected  | 2019   | 60    | 30
"""


def test_a_fall_is_told_across_the_change_of_urn() -> None:
    (school,) = schools(LATER, values=ACROSS, links=LINK)
    found = _asked(school, "{kind: falling, indicator: expected, by: 5, over_years: 3}")
    assert (found.answer, found.urn) == ("met", None)
    assert found.because == (
        "“Expected standard” went from 65.0% in 2016 to 2017 (30 pupils, under its earlier URN 90001) "
        "to 60.0% in 2018 to 2019 (30 pupils): it has fallen by at least 5 percentage points."
    )


def test_an_earlier_urn_of_both_ends_of_a_change_is_said_once() -> None:
    (school,) = schools(
        "urn | opened_on\n100001 | 2019-09-01", values=ACROSS.replace("100001", "90001 "), links=LINK
    )
    found = _asked(school, "{kind: rising, indicator: expected, by: 5, over_years: 3}")
    assert found.because == (
        "“Expected standard” went from 65.0% in 2016 to 2017 (30 pupils) to 60.0% in 2018 to 2019 (30 "
        "pupils), both under its earlier URN 90001: it has not risen by at least 5 percentage points."
    )


def test_an_earlier_urn_of_all_figures_of_one_year_is_said_once() -> None:
    values = """
        urn    | indicator | period | value | cohort
        90001  | expected  | 2019   | 50    | 30
        90001  | progress  | 2019   | -6    | 30
        90001  | absence   | 2019   | SUPP  | 30
    """
    (school,) = schools("urn | opened_on\n100001 | 2019-09-01", values=values, links=LINK)
    poor = "{kind: below, indicator: progress, than: -5}"
    found = _asked(school, f"{{kind: all_of, same_year: true, of: [{BELOW}, {poor}]}}")
    assert found.because == (
        "In 2018 to 2019, under its earlier URN 90001, “Expected standard” was 50.0% (30 pupils), below 65%. "
        "“Progress score” was \N{MINUS SIGN}6.0 (30 pupils), below \N{MINUS SIGN}5."
    )
    assert {leaf.urn for leaf in found.leaves()} == {90001}
    absent = "{kind: above, indicator: absence, than: 5}"
    found = _asked(school, f"{{kind: all_of, same_year: true, of: [{BELOW}, {absent}]}}")
    assert found.because.startswith("In 2018 to 2019, under its earlier URN 90001, “Absence” has no figure: ")


def test_the_earlier_urn_is_said_of_each_figure_where_only_some_are_under_it() -> None:
    values = """
        urn    | indicator | period | value | cohort
        90001  | expected  | 2019   | 50    | 30
        100001 | progress  | 2019   | -6    | 30
    """
    (school,) = schools("urn | opened_on\n100001 | 2019-09-01", values=values, links=LINK)
    poor = "{kind: below, indicator: progress, than: -5}"
    found = _asked(school, f"{{kind: all_of, same_year: true, of: [{BELOW}, {poor}]}}")
    assert found.because == (
        "In 2018 to 2019, “Expected standard” was 50.0% (30 pupils, under its earlier URN 90001), below 65%. "
        "“Progress score” was \N{MINUS SIGN}6.0 (30 pupils), below \N{MINUS SIGN}5."
    )


def test_years_running_are_counted_across_the_change_of_urn() -> None:
    (school,) = schools(LATER, values=ACROSS, links=LINK)
    assert _asked(school, "{kind: below, indicator: expected, than: 66, years: 3}").answer == "met"
    (alone,) = schools(LATER, values=ACROSS)
    assert _asked(alone, "{kind: below, indicator: expected, than: 66, years: 3}").reason == "no_row"


def test_the_newest_year_is_also_that_of_earlier_urns() -> None:
    """Where every school has just changed its URN the year is there all the same."""
    school = schools(SCHOOLS, values=VALUES.replace("100002", "90099"), links=LINKS)[0]
    assert school.years["expected"] == (2019,)
