"""How what was found is put into words."""

import pytest

from spec.rules.small_tables import CATALOGUE, condition, schools
from steward.analysis.rules import wording
from steward.analysis.rules.answers import Answer, Doubt, Finding
from steward.analysis.rules.catalogue import Enquiry

PERCENT = CATALOGUE.indicators["expected"]
SCORE = CATALOGUE.indicators["progress"]
POUNDS = SCORE.model_copy(update={"unit": "pounds", "decimals": 0})
PUPILS = SCORE.model_copy(update={"unit": "pupils", "decimals": 0})


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (wording.amount(-5.24, of=SCORE), "\N{MINUS SIGN}5.2"),
        (wording.amount(-0.04, of=SCORE), "0.0"),
        (wording.amount(-1234.6, of=POUNDS), "\N{MINUS SIGN}£1,235"),
        (wording.amount(1234.6, of=POUNDS), "£1,235"),
        (wording.amount(54.25, of=PERCENT), "54.3%"),
        (wording.amount(30, of=PUPILS), "30 pupils"),
        (wording.limit(-0.5, of=SCORE), "\N{MINUS SIGN}0.5"),
        (wording.limit(65.0, of=PERCENT), "65%"),
        (wording.gap(1.0, of=PERCENT), "1 percentage point"),
        (wording.gap(0.5, of=SCORE), "0.5 points"),
        (wording.gap(100.0, of=POUNDS), "£100"),
    ],
)
def test_numbers_have_units_their_own_decimals_and_a_minus_sign(shown: str, expected: str) -> None:
    assert shown == expected


@pytest.mark.parametrize(
    ("cohort", "predecessor", "expected"),
    [
        (None, None, ""),
        (1.0, None, " (1 pupil)"),
        (1200.0, 90001, " (1,200 pupils, under its earlier URN 90001)"),
        (None, 90001, " (under its earlier URN 90001)"),
    ],
)
def test_what_is_known_of_a_figure_stands_in_brackets(
    cohort: float | None, predecessor: int | None, expected: str
) -> None:
    assert wording.aside(cohort, predecessor=predecessor) == expected


def test_a_margin_is_said_before_the_figure_it_is_from() -> None:
    asked = condition("{kind: below, indicator: expected, than: {area: england, margin: 5}}")
    assert asked.sentence(CATALOGUE) == (
        "“Expected standard” is more than 5 percentage points below the England figure"
    )
    assert asked.denial(CATALOGUE) == (
        "“Expected standard” is not more than 5 percentage points below the England figure"
    )


def test_years_running_are_told_in_one_sentence_where_they_are_held_against_one_number() -> None:
    (school,) = schools(
        "urn | phase\n100001 | primary",
        values="""
            urn    | indicator | period | value | cohort
            100001 | expected  | 2018   | 60    | 29
            100001 | expected  | 2019   | 54    | 30
        """,
    )
    found = condition("{kind: below, indicator: expected, than: 65, years: 2}").answer(
        Enquiry(school, CATALOGUE, newest_years=2)
    )
    assert found.because == (
        "“Expected standard” was 54.0% in 2018 to 2019 (30 pupils) and 60.0% in 2017 to 2018 (29 pupils), "
        "each below 65%."
    )


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ("", "No signal is asked of this school."),
        ("met", "The only signal asked of this school is met: Absence (a)."),
        ("not_met", "The only signal asked of this school is not met."),
        ("unknown", "The only signal asked of this school could not be settled: Absence (a)."),
        ("not_met not_met", "None of two signals is met."),
        ("met unknown", "One of two signals is met: Absence (a); one could not be settled: New head (b)."),
        ("met met not_met", "Two of three signals are met: Absence (a) and New head (b)."),
    ],
)
def test_signals_are_counted_in_words_and_named(answers: str, said: str) -> None:
    signals = {
        name: Finding(Answer(answer), "Found.", None if answer != "unknown" else Doubt.NO_ROW)
        for name, answer in zip("abc", answers.split(), strict=False)
    }
    (school,) = schools("urn | phase\n100001 | primary")
    enquiry = Enquiry(school, CATALOGUE, 2, signals=signals, titles={"a": "Absence", "b": "New head"})
    asked = condition("{kind: signals_at_least, number: 1, signals: [a, b, c]}")
    assert asked.answer(enquiry).because == said


def test_a_measure_that_is_not_loaded_is_said_with_the_day() -> None:
    (school,) = schools("urn | phase\n100001 | primary")
    found = condition("{kind: below, indicator: expected, than: 65}").answer(Enquiry(school, CATALOGUE, 2))
    assert found.because == ("No figures of “Expected standard” by 31 December 2019 are in the files loaded.")
