"""The worked example: a school with three disadvantaged pupils among thirty, of ninety."""

import pytest

from steward.analysis.disclosure.attack import attack, recovered
from steward.analysis.disclosure.secondary import choose, exact_choice, good_choice
from steward.analysis.disclosure.tables import Cell, LinkedTables, Sum

ROWS = ((3, 27, 30), (8, 22, 30), (12, 18, 30), (23, 67, 90))
A_DIS, A_OTHER, B_DIS, B_OTHER = 0, 1, 3, 4


@pytest.fixture
def example() -> LinkedTables:
    counts = [count for row in ROWS for count in row]
    cells = tuple(Cell(count, figure, need=6 if 0 < count < 6 else 0) for figure, count in enumerate(counts))
    across = tuple(Sum(3 * row + 2, (3 * row, 3 * row + 1)) for row in range(4))
    down = tuple(Sum(9 + column, (column, 3 + column, 6 + column)) for column in range(3))
    return LinkedTables(cells, across + down, (1.0,) * 12, known=frozenset({2, 5, 8, 9, 10, 11}))


def test_publishing_everything_else_reveals_the_small_count(example):
    found = list(recovered(attack(example, hidden=frozenset({A_DIS}))))
    assert [(one.cell, one.low, one.high) for one in found] == [(A_DIS, 3, 3)]


def test_four_withheld_counts_leave_nought_to_eleven(example):
    one = attack(example, hidden=frozenset({A_DIS, A_OTHER, B_DIS, B_OTHER}))[0]
    assert (one.low, one.high, one.count) == (0, 11, 3)
    assert not one.recovered


def test_the_cheapest_choice_is_four_counts(example):
    chosen = choose(example)
    assert chosen.exact
    assert chosen.cost == 4
    assert {A_DIS, A_OTHER} < chosen.hidden


def test_the_quick_choice_is_as_cheap_here(example):
    good = good_choice(example)
    assert good.cost == exact_choice(example).cost
