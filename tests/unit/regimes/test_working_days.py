"""Clocks in working days, against dates worked out by hand from the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steward.regimes.working_days import OutsideCalendar, months_after, working_days

ENGLAND = working_days()
DAYS = st.dates(min_value=date(2006, 1, 1), max_value=date(2029, 12, 1))


@pytest.mark.parametrize(
    ("given_on", "ends_on"),
    [
        (date(2014, 11, 13), date(2014, 12, 4)),
        (date(2014, 12, 15), date(2015, 1, 8)),
    ],
)
def test_the_initial_period_of_a_notice_ends_on_the_fifteenth_working_day(given_on, ends_on):
    assert ENGLAND.after(given_on, working_days=15) == ends_on


@pytest.mark.parametrize(
    ("meeting", "publish_by"),
    [(date(2014, 11, 13), date(2014, 11, 5)), (date(2015, 1, 8), date(2014, 12, 30))],
)
def test_papers_are_open_five_clear_days_before_a_meeting(meeting, publish_by):
    assert ENGLAND.clear_before(meeting, clear_days=5) == publish_by


def test_days_proclaimed_for_one_year_only_are_no_working_days():
    for day in (date(2011, 4, 29), date(2012, 6, 5), date(2020, 5, 8), date(2022, 9, 19), date(2023, 5, 8)):
        assert not ENGLAND.is_working(day)
    assert ENGLAND.is_working(date(2020, 5, 4))


def test_a_window_of_two_months_ends_on_the_corresponding_date():
    assert months_after(date(2014, 12, 4), months=2) == date(2015, 2, 4)
    assert months_after(date(2014, 12, 31), months=2) == date(2015, 2, 28)
    assert months_after(date(2015, 12, 31), months=2) == date(2016, 2, 29)


def test_a_year_without_known_bank_holidays_is_refused_in_a_sentence():
    with pytest.raises(OutsideCalendar, match="outside the years"):
        ENGLAND.after(date(2030, 12, 20), working_days=15)


@given(day=DAYS, count=st.integers(min_value=0, max_value=60))
def test_counting_forward_and_between_agree(day, count):
    end = ENGLAND.after(day, working_days=count)
    assert ENGLAND.between(day, end) == count
    assert count == 0 or ENGLAND.is_working(end)


@given(day=DAYS, count=st.integers(min_value=1, max_value=20))
def test_between_publication_and_meeting_lie_exactly_the_clear_days(day, count):
    opened = ENGLAND.clear_before(day, clear_days=count)
    between = [opened + timedelta(days=step) for step in range(1, (day - opened).days)]
    assert sum(ENGLAND.is_working(one) for one in between) == count
