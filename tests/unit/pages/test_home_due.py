"""What homes say of what is due and of decisions, in words."""

from datetime import date

import pytest

from steward.categorisation.queries.steps_taken import Days, DecidedCount
from steward.pages.queries.home import DecidedCounts
from steward.pages.views import home_due
from steward.vocabulary.academic_year import AcademicYear
from steward.vocabulary.due import DueItem, DueKind
from steward.vocabulary.phases import Phase

TODAY = date(2026, 11, 24)


def _counts(*, available=None, schools=3):
    return DecidedCounts(
        phases=(Phase.PRIMARY, Phase.SECONDARY),
        now=(DecidedCount("Needs support", 2, {Phase.PRIMARY: 2, Phase.SECONDARY: 1}),),
        before={"Needs support": 5},
        before_on=date(2026, 8, 31),
        under_way={Phase.PRIMARY: 1},
        days=Days(AcademicYear(2027), schools, 12.5, 1, available),
    )


def _item(number, *, kind=DueKind.CONCERN_STEP, day=TODAY):
    return DueItem("Do it", "A School", number, day, "early_warning:concern", (number,), kind)


def test_decisions_stand_beside_the_end_of_last_term():
    table = home_due.decided(_counts())
    assert table.rows == (("Needs support", "2", "1", "3", "5", "\u22122"),)
    assert home_due.under_way(_counts()) == "1 decision is under way: 1 primary."
    assert home_due.decided(None) is None


@pytest.mark.parametrize(
    ("available", "said"),
    [
        (None, "The days there are in 2026 to 2027 are not entered yet."),
        (400.0, "of 400 there are in 2026 to 2027"),
    ],
)
def test_days_promised_are_told_against_those_there_are(available, said):
    text = home_due.days_in_words(_counts(available=available))
    assert text.startswith("Final decisions promise 3 maintained schools 12.5 officer days a year")
    assert said in text
    assert "for 1 of them the policy names no number" in text
    assert home_due.days_in_words(_counts(schools=0)) == ""


def test_today_counts_what_is_late_and_shows_the_first_of_each_side():
    items = [_item(number) for number in range(7)] + [
        _item(9, kind=DueKind.ANSWER_AWAITED, day=date(2026, 11, 1))
    ]
    found = home_due.today(items, on=TODAY)
    assert found.sentence == "8 things on your list: 1 overdue and 7 due today."
    yours, others, clocks = found.groups
    assert (yours.total, len(yours.lines), bool(yours.more)) == (7, 5, True)
    assert (others.total, others.more) == (1, "")
    assert clocks.none == "No clock ends soon."
    assert home_due.today([], on=TODAY).sentence == ""


def test_what_to_do_next_is_counted_by_kind():
    items = [
        _item(1, kind=DueKind.CATEGORY_REVIEW),
        _item(2, kind=DueKind.CATEGORY_REVIEW),
        _item(3, kind=DueKind.DECISION),
    ]
    said = [each.content for each in home_due.what_next(items)]
    assert said == ["Review 2 support categories", "Take 1 next step of decisions"]
