"""What the conditions on inspections, facts and governance say of small tables of schools."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from spec.rules.small_tables import CATALOGUE, condition, rows, schools
from steward.analysis.rules.catalogue import Enquiry
from steward.analysis.rules.inspections import months_after


@dataclass(frozen=True)
class Spec:
    """A condition, the inspections and facts of some schools, and what it must say of each."""

    title: str
    condition: str
    schools: str
    inspections: str = ""
    facts: str = ""


OUTCOME = Spec(
    title="The latest outcome counts, in its own framework; others are not read",
    condition="""
        kind: inspection_outcome_in
        outcomes: {older: [satisfactory], newer: [requires_improvement]}
    """,
    schools="""
        urn    | what                                    | answer  | reason
        100001 | requires improvement                    | met     |
        100002 | good now, satisfactory before           | not_met |
        100003 | satisfactory under the older framework  | met     |
        100004 | listed, not inspected                   | unknown | no_inspection
        100005 | in no file                              | unknown | no_inspection
        100006 | framework the rule does not read        | unknown | framework_not_read
        100007 | no overall outcome                      | unknown | no_outcome
        100008 | inspected, published after the date     | not_met |
        100009 | framework nobody knows                  | unknown | framework_not_read
        100010 | a month ago, in a file of the time      | met     |
        100011 | a month ago, in later files only        | not_met |
    """,
    inspections="""
        urn    | inspected_on | published_on | framework | outcome              | as_at
        100001 | 2018-05-01   | 2018-06-01   | newer     | requires_improvement |
        100002 | 2018-05-01   | 2018-06-01   | newer     | good                 |
        100002 | 2010-05-01   | 2010-06-01   | older     | satisfactory         |
        100003 | 2010-05-01   | 2010-06-01   | older     | satisfactory         |
        100004 |              |              |           |                      |
        100006 | 2019-05-01   | 2019-06-01   | unread    |                      |
        100007 | 2019-05-01   | 2019-06-01   | newer     |                      |
        100008 | 2019-12-01   | 2020-01-10   | newer     | requires_improvement |
        100008 | 2015-12-01   | 2016-01-10   | newer     | good                 |
        100009 | 2019-05-01   | 2019-06-01   | lost      | good                 |
        100010 | 2019-12-01   |              | newer     | requires_improvement | 2019-12-31
        100010 | 2015-12-01   |              | newer     | good                 | 2020-08-31
        100011 | 2019-12-01   |              | newer     | requires_improvement | 2020-08-31
        100011 | 2015-12-01   |              | newer     | good                 | 2019-12-31
    """,
)

CATEGORY = Spec(
    title="In a category of concern: silent files settle it only where the outcome allows no category",
    condition="{kind: inspection_category_in, categories: [special_measures, serious_weaknesses]}",
    schools="""
        urn    | what                               | answer  | reason
        100001 | special measures                   | met     |
        100002 | notice to improve, not asked for   | not_met |
        100003 | inadequate, category not stated    | unknown | no_outcome
        100004 | good, category not stated          | not_met |
        100005 | no outcome, category not stated    | unknown | no_outcome
        100006 | not inspected                      | unknown | no_inspection
        100007 | framework without a scale          | unknown | no_outcome
    """,
    inspections="""
        urn    | inspected_on | framework | outcome    | category
        100001 | 2018-05-01   | newer     | inadequate | special_measures
        100002 | 2008-05-01   | older     | inadequate | notice_to_improve
        100003 | 2018-05-01   | newer     | inadequate |
        100004 | 2018-05-01   | newer     | good       |
        100005 | 2018-05-01   | newer     |            |
        100007 | 2018-05-01   | unread    |            |
    """,
)

OLDER = Spec(
    title="More than 48 months ago: to the day is not more",
    condition="{kind: inspection_older_than, months: 48}",
    schools="""
        urn    | what                | answer  | reason
        100001 | a day over          | met     |
        100002 | to the day          | not_met |
        100003 | not inspected       | unknown | no_inspection
        100004 | old, and recent     | not_met |
    """,
    inspections="""
        urn    | inspected_on | framework | outcome
        100001 | 2015-12-30   | newer     | good
        100002 | 2015-12-31   | newer     | good
        100004 | 2010-12-31   | newer     | good
        100004 | 2019-01-31   | newer     | good
    """,
)

CONSECUTIVE = Spec(
    title="Two below good in a row, each by the named rule of its own framework",
    condition="{kind: consecutive_outcomes_below_good, number: 2}",
    schools="""
        urn    | what                                       | answer  | reason
        100001 | requires improvement, satisfactory         | met     |
        100002 | good now                                   | not_met |
        100003 | good before                                | not_met |
        100004 | below good now, no earlier one in files    | unknown | earlier_not_loaded
        100005 | below good now, no outcome before          | unknown | no_outcome
        100006 | framework without a rule, good before      | not_met |
        100007 | framework without a rule, below before     | unknown | framework_not_read
        100008 | not inspected                              | unknown | no_inspection
        100009 | the same inspection in two files           | unknown | earlier_not_loaded
        100010 | dated by its first day and by its last     | unknown | earlier_not_loaded
    """,
    inspections="""
        urn    | inspected_on | framework | outcome
        100001 | 2014-05-01   | newer     | requires_improvement
        100001 | 2011-05-01   | older     | satisfactory
        100002 | 2014-05-01   | newer     | good
        100003 | 2014-05-01   | newer     | requires_improvement
        100003 | 2011-05-01   | older     | good
        100004 | 2014-05-01   | newer     | requires_improvement
        100005 | 2014-05-01   | newer     | requires_improvement
        100005 | 2011-05-01   | older     |
        100006 | 2019-05-01   | unread    |
        100006 | 2014-05-01   | newer     | good
        100007 | 2019-05-01   | unread    |
        100007 | 2014-05-01   | newer     | inadequate
        100009 | 2014-05-01   | newer     | inadequate
        100009 | 2014-05-01   | newer     | inadequate
        100010 | 2014-05-01   | newer     | inadequate
        100010 | 2014-05-02   | newer     | inadequate
    """,
)

FACT_ON_RECORD = Spec(
    title="In force from the first day to the last; nothing on record is no, where the council must know",
    condition="{kind: fact_in_force, fact: formal_notice, if_not_recorded: not_met}",
    schools="""
        urn    | what                     | answer  | reason
        100001 | begins on the day        | met     |
        100002 | ends on the day          | met     |
        100003 | ended the day before     | not_met |
        100004 | begins the day after     | not_met |
        100005 | another kind             | not_met |
        100006 | nothing on record        | not_met |
    """,
    facts="""
        urn    | kind           | since      | until      | source
        100001 | formal_notice  | 2019-12-31 |            | Notice 1
        100002 | formal_notice  | 2019-01-01 | 2019-12-31 | Notice 2
        100003 | formal_notice  | 2019-01-01 | 2019-12-30 | Notice 3
        100004 | formal_notice  | 2020-01-01 |            | Notice 4
        100005 | new_head       | 2019-01-01 |            | Register
        100005 | unheard_of     | 2019-01-01 |            | Somewhere
    """,
)

VIEW_ON_RECORD = Spec(
    title="Where only a person can tell, nothing on record is unknown",
    condition="{kind: fact_in_force, fact: expected_good_or_better, if_not_recorded: unknown}",
    schools="""
        urn    | what              | answer  | reason
        100001 | on record         | met     |
        100002 | nothing on record | unknown | not_on_record
    """,
    facts="""
        urn    | kind                    | since      | source
        100001 | expected_good_or_better | 2019-10-01 | Visit of 1 October 2019
    """,
)

GOVERNANCE = Spec(
    title="How the register lists the school",
    condition="{kind: governance_in, governance: [maintained]}",
    schools="""
        urn    | what       | governance | answer  | reason
        100001 | maintained | maintained | met     |
        100002 | academy    | academy    | not_met |
    """,
)

SPECS = (OUTCOME, CATEGORY, OLDER, CONSECUTIVE, FACT_ON_RECORD, VIEW_ON_RECORD, GOVERNANCE)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.title)
def test_answers_are_those_of_the_table(spec: Spec) -> None:
    asked = condition(spec.condition)
    gathered = schools(spec.schools, inspections=spec.inspections, facts=spec.facts)
    for school, row in zip(gathered, rows(spec.schools), strict=True):
        found = asked.answer(Enquiry(school, CATALOGUE, newest_years=2))
        assert (found.answer, found.reason) == (row["answer"], row.get("reason")), (
            row["what"],
            found.because,
        )
        assert found.because.endswith(".")


def test_the_finding_names_the_inspection_its_framework_and_row() -> None:
    (school,) = schools(
        "urn | phase\n100001 | primary",
        inspections="""
            urn    | inspected_on | framework | outcome              | release | row
            100001 | 2018-05-01   | newer     | requires_improvement | mi-2019 | 12
        """,
    )
    found = condition(OUTCOME.condition).answer(Enquiry(school, CATALOGUE, newest_years=2))
    assert (found.on, found.framework, found.outcome) == (date(2018, 5, 1), "newer", "requires_improvement")
    assert (found.release, found.row) == ("mi-2019", 12)
    assert found.because == (
        "The inspection on 1 May 2018 found the school “Requires improvement” under the Inspection 2012."
    )


def test_an_inspection_in_two_files_is_read_from_the_one_that_says_most() -> None:
    (school,) = schools(
        "urn | phase\n100001 | primary",
        inspections="""
            urn    | inspected_on | framework | outcome    | category         | release
            100001 | 2018-05-01   | newer     |            |                  | history
            100001 | 2018-05-01   | newer     | inadequate | special_measures | snapshot
        """,
    )
    assert [each.release for each in school.inspections] == ["snapshot"]


def test_the_inspection_of_a_predecessor_is_named_as_such() -> None:
    (school,) = schools(
        "urn | phase\n100001 | primary",
        inspections="""
            urn    | urn_at_inspection | inspected_on | framework | outcome
            100001 | 100000            | 2018-05-01   | newer     | requires_improvement
        """,
    )
    found = condition(OUTCOME.condition).answer(Enquiry(school, CATALOGUE, newest_years=2))
    assert found.because.startswith("The inspection of the school before (URN 100000) on 1 May 2018 found")
    assert found.urn == 100000
    found = condition(OLDER.condition).answer(Enquiry(school, CATALOGUE, newest_years=2))
    assert found.because == (
        "The latest full inspection was that of the school before (URN 100000), on 1 May 2018, "
        "not more than 48 months before 31 December 2019."
    )


def test_a_newest_year_is_that_of_the_schools_own_authority() -> None:
    """Files of one authority only must not make the figures of all others look missing."""
    here, elsewhere = schools(
        "urn | authority\n100001 | 383\n100002 | 850",
        values="""
            urn    | indicator | period | value | cohort
            100001 | expected  | 2018   | 60    | 30
            100002 | expected  | 2019   | 60    | 30
        """,
    )
    assert (here.years, elsewhere.years) == ({"expected": (2018,)}, {"expected": (2019,)})


def test_answers_depend_on_the_date_asked_about() -> None:
    (school,) = schools(
        "urn | phase\n100001 | primary",
        facts="urn | kind | since | source\n100001 | formal_notice | 2019-12-31 | Notice 1",
    )
    asked = condition(FACT_ON_RECORD.condition)
    assert asked.answer(Enquiry(school, CATALOGUE, newest_years=2)).answer == "met"
    earlier = replace(school, as_at=date(2019, 12, 30))
    assert asked.answer(Enquiry(earlier, CATALOGUE, newest_years=2)).answer == "not_met"


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2019, 1, 31), 1, date(2019, 2, 28)),
        (date(2019, 12, 31), 12, date(2020, 12, 31)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2019, 11, 30), 3, date(2020, 2, 29)),
    ],
)
def test_months_are_counted_to_the_last_day_of_short_months(day: date, months: int, expected: date) -> None:
    assert months_after(day, months=months) == expected
