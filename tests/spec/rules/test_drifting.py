"""What attendance_drifting says of weeks and half terms written as runs of percentages."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from spec.rules.small_tables import AS_AT, CATALOGUE, condition, schools
from steward.analysis.rules.attendance_spells import Spell
from steward.analysis.rules.catalogue import Enquiry
from steward.analysis.rules.school_evidence import Fact
from steward.vocabulary.facts import FactKind

STEADY = [4.0, 4.4, 3.8, 4.2, 4.0, 3.6, 4.1, 4.3, 3.9, 4.0, 4.2, 3.8]
RISEN = [*STEADY, 5.5, 5.6, 5.4, 5.7]
WEEKS = "{kind: attendance_drifting}"
HALF_TERMS = "{kind: attendance_drifting, by: half_term}"


def _spells(rates, *, england=None, days=4, every=7, pupils=400):
    last = AS_AT - timedelta(days=12 + days)
    firsts = [last - timedelta(days=every * back) for back in reversed(range(len(rates)))]
    of = pupils * 10
    beside = england or [None] * len(rates)
    return tuple(
        Spell(first, first + timedelta(days=days), of, of * rate / 100, there)
        for first, rate, there in zip(firsts, rates, beside, strict=True)
    )


def _found(rule, spells, *, facts=()):
    (school,) = schools("urn | what\n100001 | a school")
    school = replace(school, attendance=spells, facts=facts)
    return condition(rule).answer(Enquiry(school, CATALOGUE, newest_years=2))


@pytest.mark.parametrize(
    ("what", "rates", "answer", "reason"),
    [
        ("steady", [*STEADY, 4.1, 3.9, 4.0], "not_met", None),
        ("risen for four weeks", RISEN, "met", None),
        ("fallen", [*STEADY, 2.0, 2.0, 2.0], "not_met", None),
        ("one bad week, then back", [*STEADY, 4.9, 4.0, 4.0, 4.0], "not_met", None),
        ("no weeks at all", [], "unknown", "no_figures"),
        ("twelve weeks only teach the level", STEADY, "unknown", "too_few_spells"),
    ],
)
def test_weeks_are_answered_as_the_line_says(what, rates, answer, reason):
    found = _found(WEEKS, _spells(rates))
    assert (found.answer, found.reason) == (answer, reason), (what, found.because)
    assert found.because.endswith(".")


def test_a_rise_that_england_shares_is_season_and_not_drift():
    england = [4.0] * 12 + [5.5, 5.6, 5.4, 5.7]
    found = _found(WEEKS, _spells(RISEN, england=england))
    assert found.answer == "not_met"
    assert "England 5.7%" in found.because
    assert "season is not allowed for" in _found(WEEKS, _spells(RISEN)).because


def test_the_sum_begins_anew_when_the_council_acted():
    spells = _spells(RISEN)
    acted = Fact(FactKind.ATTENDANCE_ACTION, since=spells[-1].begins, source="Meeting with the head")
    assert _found(WEEKS, spells, facts=(acted,)).value < _found(WEEKS, spells).value


def test_a_small_school_drifts_by_chance_and_is_not_flagged():
    assert _found(WEEKS, _spells(RISEN, pupils=4)).answer == "not_met"


def test_half_terms_need_six_to_learn_and_weeks_are_not_read_for_them():
    rates = [4.0, 4.4, 3.8, 4.2, 4.0, 3.8, 5.9, 6.0]
    assert _found(HALF_TERMS, _spells(rates, days=38, every=49)).answer == "met"
    assert _found(HALF_TERMS, _spells(RISEN)).reason == "no_figures"


def test_old_weeks_are_unknown():
    spells = tuple(
        replace(one, begins=one.begins - timedelta(days=200), ends=one.ends - timedelta(days=200))
        for one in _spells(RISEN)
    )
    assert _found(WEEKS, spells).reason == "stale"


def test_the_policy_says_it_in_words():
    said = condition(WEEKS).sentence(CATALOGUE)
    assert said == (
        "the share of sessions missed each week has drifted above its own earlier level "
        "(running sum above 4, reference value 0.5)"
    )
    assert "has not drifted" in condition(WEEKS).denial(CATALOGUE)


def test_dates_of_the_example_lie_before_the_day_asked_about():
    assert _spells(STEADY)[-1].ends < AS_AT < date(2020, 1, 2)
