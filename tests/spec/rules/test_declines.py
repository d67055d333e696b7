"""What substantial_decline says of small tables of schools."""

from dataclasses import replace
from datetime import date

import pytest

from spec.rules.small_tables import CATALOGUE, condition, rows, schools
from steward.analysis.indicators.definition import PupilSpread, SeriesBreak
from steward.analysis.rules.catalogue import Enquiry

SPREAD = PupilSpread(year=2019, deviation=6.0, quantile=1.96, source="s")
MEASURE = CATALOGUE.indicators["progress"].model_copy(update={"pupil_spreads": (SPREAD,)})
BROKEN = MEASURE.model_copy(
    update={"id": "changed", "breaks": (SeriesBreak(year=2018, why="The scores changed"),)}
)
NEW = MEASURE.model_copy(update={"id": "new", "breaks": (SeriesBreak(year=2019, why="The tests changed"),)})
OURS = replace(
    CATALOGUE, indicators={**CATALOGUE.indicators, "progress": MEASURE, "changed": BROKEN, "new": NEW}
)
SCHOOLS = """
    urn    | what                                                     | answer  | reason
    100001 | fell by four points on sixty pupils                      | met     |
    100002 | fell as far on twelve pupils                             | not_met |
    100003 | steady                                                   | not_met |
    100004 | suppressed in the newest year                            | unknown | suppressed
    100005 | too few pupils in the newest year                        | unknown | small_cohort
    100006 | no earlier year                                          | unknown | no_row
    100007 | the only earlier year is withheld                        | unknown | suppressed
    100008 | the number of pupils is not published                    | unknown | small_cohort
    100009 | one earlier year of three is enough                      | met     |
    100010 | rose                                                     | not_met |
"""
VALUES = """
    urn    | indicator | period | value | cohort
    100001 | progress  | 2016   | 1.0   | 60
    100001 | progress  | 2017   | 1.0   | 60
    100001 | progress  | 2018   | 1.0   | 60
    100001 | progress  | 2019   | -3.0  | 60
    100002 | progress  | 2018   | 1.0   | 12
    100002 | progress  | 2019   | -3.0  | 12
    100003 | progress  | 2018   | 0.2   | 60
    100003 | progress  | 2019   | 0.1   | 60
    100004 | progress  | 2018   | 1.0   | 60
    100004 | progress  | 2019   | SUPP  | 5
    100005 | progress  | 2018   | 1.0   | 60
    100005 | progress  | 2019   | -9.0  | 10
    100006 | progress  | 2019   | -3.0  | 60
    100007 | progress  | 2018   | SUPP  | 5
    100007 | progress  | 2019   | -3.0  | 60
    100008 | progress  | 2018   | 1.0   |
    100008 | progress  | 2019   | -3.0  |
    100009 | progress  | 2017   | 3.0   | 90
    100009 | progress  | 2019   | -3.0  | 90
    100010 | progress  | 2018   | -3.0  | 60
    100010 | progress  | 2019   | 1.0   | 60
"""
RULE = "{kind: substantial_decline, indicator: progress, school_spread: 2.1}"


def _found(rule, *, values=VALUES, table=SCHOOLS):
    return [
        condition(rule).answer(Enquiry(school, OURS, newest_years=2))
        for school in schools(table, values=values)
    ]


def test_each_school_is_answered_as_its_line_says():
    for row, found in zip(rows(SCHOOLS), _found(RULE), strict=True):
        assert found.answer == row["answer"], (row["what"], found.because)
        assert (found.reason.value if found.reason else None) == row.get("reason"), row["what"]
        assert found.because.endswith("."), row["what"]


def test_years_before_a_break_are_not_held_against_years_after_it():
    values = """
        urn    | indicator | period | value | cohort
        100001 | changed   | 2016   | 9.0   | 90
        100001 | changed   | 2017   | 9.0   | 90
        100001 | changed   | 2018   | 0.0   | 90
        100001 | changed   | 2019   | 0.0   | 90
        100001 | new       | 2018   | 9.0   | 90
        100001 | new       | 2019   | 0.0   | 90
    """
    table = "urn | what\n100001 | fell before the break"
    (after,) = _found(RULE.replace("progress", "changed"), values=values, table=table)
    assert after.answer == "not_met"
    (at,) = _found(RULE.replace("progress", "new"), values=values, table=table)
    assert (at.answer, at.reason) == ("unknown", "series_break")


def test_the_sentence_says_how_far_and_how_sure():
    sentence = condition(RULE).sentence(OURS)
    assert sentence == (
        "“Progress score” has fallen by more than 1.05 points from what was believed of up to three years "
        "before, with a probability above 90%"
    )
    assert "has not fallen" in condition(RULE).denial(OURS)


@pytest.mark.parametrize("spread", [0, -1])
def test_a_spread_of_schools_that_is_none_is_refused(spread):
    with pytest.raises(ValueError, match="school_spread"):
        condition(RULE.replace("2.1", str(spread)))


def test_an_old_figure_is_unknown():
    (found,) = [
        condition(RULE).answer(Enquiry(replace(school, as_at=date(2023, 1, 1)), OURS, newest_years=2))
        for school in schools("urn | what\n100001 | old", values=VALUES)
    ]
    assert (found.answer, found.reason) == ("unknown", "stale")
