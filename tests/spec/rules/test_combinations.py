"""What all_of, any_of, not_of and signals_at_least make of answers that are not all known."""

import pytest
from pydantic import ValidationError

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


# Attainment is published for 2018 only for this authority; progress for 2018 and 2019.
ONE_YEAR = """
    urn    | what                                         | answer  | reason
    100001 | both below in 2018, progress not in 2019     | met     |
    100002 | progress below in 2019 only                  | not_met |
    100003 | attainment at the threshold in 2018          | not_met |
    100004 | attainment withheld, progress not below      | not_met |
    100005 | attainment withheld, progress below          | unknown | suppressed
    100006 | ten pupils in 2018                           | unknown | small_cohort
    100007 | progress in 2019 only, attainment below      | unknown | no_row
    100008 | no figures of its own                        | unknown | no_row
"""
OF_TWO_YEARS = """
    urn    | indicator | period | value | cohort
    100001 | expected  | 2018   | 50    | 30
    100001 | progress  | 2018   | -6    | 30
    100001 | progress  | 2019   | 0     | 30
    100002 | expected  | 2018   | 50    | 30
    100002 | progress  | 2018   | 0     | 30
    100002 | progress  | 2019   | -6    | 30
    100003 | expected  | 2018   | 65    | 30
    100003 | progress  | 2018   | -6    | 30
    100004 | expected  | 2018   | SUPP  |
    100004 | progress  | 2018   | 0     | 30
    100005 | expected  | 2018   | SUPP  |
    100005 | progress  | 2018   | -6    | 30
    100006 | expected  | 2018   | 50    | 10
    100006 | progress  | 2018   | -6    | 10
    100007 | expected  | 2018   | 50    | 30
    100007 | progress  | 2019   | -6    | 30
"""
POOR = "{kind: below, indicator: progress, than: -5}"
FLOOR = f"{{kind: all_of, same_year: true, of: [{LOW}, {POOR}]}}"


@pytest.mark.parametrize("number", range(len(rows(ONE_YEAR))), ids=lambda n: rows(ONE_YEAR)[n]["what"])
def test_same_year_reads_the_newest_year_that_all_measures_share(number: int) -> None:
    row = rows(ONE_YEAR)[number]
    school = schools(ONE_YEAR, values=OF_TWO_YEARS)[number]
    found = condition(FLOOR).answer(Enquiry(school, CATALOGUE, newest_years=2))
    assert (found.answer, found.reason) == (row["answer"], row.get("reason")), found.because
    assert {leaf.period for leaf in found.leaves()} == {2018}


def test_the_shared_year_is_printed_once_and_each_part_names_it() -> None:
    school = schools(ONE_YEAR, values=OF_TWO_YEARS)[0]
    found = condition(FLOOR).answer(Enquiry(school, CATALOGUE, newest_years=2))
    assert found.because == (
        "In 2017 to 2018, “Expected standard” was 50.0% (30 pupils), below 65%. "
        "“Progress score” was \N{MINUS SIGN}6.0 (30 pupils), below \N{MINUS SIGN}5."
    )
    assert [leaf.because for leaf in found.leaves()] == [
        "In 2017 to 2018, “Expected standard” was 50.0% (30 pupils), below 65%.",
        "In 2017 to 2018, “Progress score” was \N{MINUS SIGN}6.0 (30 pupils), below \N{MINUS SIGN}5.",
    ]
    assert condition(FLOOR).sentence(CATALOGUE) == (
        "in the newest year with figures for all of these, “Expected standard” is below 65%, "
        "and “Progress score” is below \N{MINUS SIGN}5"
    )


def test_conditions_inside_share_the_year_of_the_one_around_them() -> None:
    asked = condition(
        f"{{kind: all_of, same_year: true, of: [{LOW}, {{kind: any_of, of: [{POOR}, {ABSENT}]}}]}}"
    )
    values = OF_TWO_YEARS + "100001 | absence | 2018 | 9 | 99"
    school = schools(ONE_YEAR, values=values)[0]
    found = asked.answer(Enquiry(school, CATALOGUE, newest_years=2))
    assert (found.answer, found.because.count("2018")) == ("met", 1)


def test_without_a_shared_year_that_still_counts_one_measure_may_settle_it_and_never_two_years() -> None:
    """Attainment of 2019 alone can say that the school is not below; progress of 2018 cannot join it."""
    good, poor = schools(
        "urn | phase\n100001 | primary\n100002 | primary",
        values="""
            urn    | indicator | period | value | cohort
            100001 | expected  | 2019   | 70    | 30
            100001 | progress  | 2018   | -6    | 30
            100002 | expected  | 2019   | 50    | 30
            100002 | progress  | 2018   | -6    | 30
        """,
    )
    asked = condition(FLOOR)
    assert asked.answer(Enquiry(good, CATALOGUE, newest_years=2)).answer == "not_met"
    found = asked.answer(Enquiry(poor, CATALOGUE, newest_years=2))
    assert (found.answer, found.reason) == ("unknown", "no_figures")
    assert found.because == "In 2018 to 2019, “Progress score” is not in the files loaded."


def test_same_year_of_figures_that_are_all_too_old_or_not_loaded_is_not_known() -> None:
    old, none = (
        schools("urn | phase\n100001 | primary", values=values)[0]
        for values in (
            "urn|indicator|period|value|cohort\n100001|expected|2016|9|30\n100001|progress|2016|-9|30",
            "",
        )
    )
    asked = condition(FLOOR)
    assert asked.answer(Enquiry(old, CATALOGUE, newest_years=2)).reason == "stale"
    assert asked.answer(Enquiry(none, CATALOGUE, newest_years=2)).reason == "no_figures"


@pytest.mark.parametrize(
    "inside",
    [
        LOW,
        f"{LOW}, {LOW}",
        f"{LOW}, {{kind: inspection_older_than, months: 48}}",
        f"{LOW}, {{kind: falling, indicator: progress, by: 5, over_years: 2}}",
        f"{LOW}, {{kind: below, indicator: progress, than: -5, years: 2}}",
    ],
)
def test_same_year_is_refused_where_there_are_not_two_measures_of_one_year(inside: str) -> None:
    with pytest.raises(ValidationError, match="same_year is for below and above of single years"):
        condition(f"{{kind: all_of, same_year: true, of: [{inside}]}}")


def test_measures_without_a_figure_for_the_same_reason_are_told_together() -> None:
    (school,) = schools(
        "urn | phase\n100001 | primary",
        values="""
            urn    | indicator | period | value | cohort
            100001 | expected  | 2019   | SUPP  |
            100001 | progress  | 2019   | SUPP  |
            100001 | absence   | 2019   | NE    |
        """,
    )
    inside = f"{LOW}, {{kind: any_of, of: [{ABSENT}, {POOR}]}}"
    why = "suppressed. Hidden by the publisher because so few pupils could be recognised."
    other = "“Absence” has no figure{}: no entries. No pupil was entered, so there is nothing to measure."
    found = condition(f"{{kind: all_of, same_year: true, of: [{inside}]}}").answer(
        Enquiry(school, CATALOGUE, newest_years=2)
    )
    assert found.because == (
        f"In 2018 to 2019, “Expected standard” and “Progress score” have no figure: {why} {other.format('')}"
    )
    found = condition(f"{{kind: all_of, of: [{inside}]}}").answer(Enquiry(school, CATALOGUE, newest_years=2))
    when = " in 2018 to 2019"
    assert found.because == (
        f"“Expected standard” and “Progress score” have no figure{when}: {why} {other.format(when)}"
    )
    assert [leaf.because.startswith("“") for leaf in found.leaves()] == [True] * 3


def test_two_conditions_on_one_inspection_tell_it_once() -> None:
    (school,) = schools(
        "urn | phase\n100001 | primary",
        inspections="""
            urn    | inspected_on | framework | outcome    | category
            100001 | 2018-10-16   | newer     | inadequate | special_measures
        """,
    )
    asked = condition("""
        kind: any_of
        of:
          - {kind: inspection_outcome_in, outcomes: {newer: [inadequate]}}
          - {kind: inspection_category_in, categories: [special_measures]}
    """)
    found = asked.answer(Enquiry(school, CATALOGUE, newest_years=2))
    assert found.because == (
        "The inspection on 16 October 2018 found the school “Inadequate”, with special measures, "
        "under the Inspection 2012."
    )
    assert len(found.leaves()) == 2


@pytest.mark.parametrize(
    ("framework", "outcome"),
    [("newer", "good"), ("newer", "inadequate"), ("newer", ""), ("unread", ""), ("lost", "good")],
)
def test_what_is_not_met_or_not_known_of_one_inspection_is_told_once(framework: str, outcome: str) -> None:
    (school,) = schools(
        "urn | phase\n100001 | primary",
        inspections=f"urn|inspected_on|framework|outcome\n100001|2018-10-16|{framework}|{outcome}",
    )
    asked = condition("""
        kind: any_of
        of:
          - {kind: inspection_outcome_in, outcomes: {newer: [inadequate]}}
          - {kind: inspection_category_in, categories: [special_measures]}
    """)
    found = asked.answer(Enquiry(school, CATALOGUE, newest_years=2))
    assert found.because.count("16 October 2018") == 1


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
