"""One inspection told by several lists is one inspection."""

from datetime import date

from steward.evidence.queries.inspections import Inspection
from steward.pages.queries.same_inspection import best, each_once


def told(
    day: date | None, *, as_at: date, outcome: str | None = "inadequate", urn: int = 144809
) -> Inspection:
    return Inspection(urn, urn, day, None, "ofsted_2015", outcome, None, "4", as_at, f"list-{as_at}", 2)


def test_the_first_and_last_day_of_one_inspection_are_one():
    older = told(date(2015, 10, 30), as_at=date(2018, 7, 31))
    newer = told(date(2015, 10, 29), as_at=date(2020, 8, 31))
    assert each_once([older, newer]) == [[newer, older]]
    assert best([older, newer]) is newer


def test_inspections_more_than_a_fortnight_apart_are_two_newest_first():
    first = told(date(2015, 10, 1), as_at=date(2018, 7, 31))
    second = told(date(2015, 10, 16), as_at=date(2018, 7, 31))
    assert each_once([first, second]) == [[second], [first]]


def test_days_a_fortnight_apart_are_still_one():
    first = told(date(2015, 10, 1), as_at=date(2018, 7, 31))
    second = told(date(2015, 10, 15), as_at=date(2018, 7, 31))
    assert len(each_once([first, second])) == 1


def test_a_record_without_a_day_is_left_out():
    assert each_once([told(None, as_at=date(2020, 8, 31), outcome=None)]) == []


def test_an_outcome_beats_a_newer_list_that_gives_none():
    known = told(date(2015, 10, 29), as_at=date(2018, 7, 31))
    blank = told(date(2015, 10, 29), as_at=date(2020, 8, 31), outcome=None)
    assert best([known, blank]) is known
