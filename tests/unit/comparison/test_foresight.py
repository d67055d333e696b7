"""Which declines came before worse inspections."""

from datetime import date

from steward.analysis.comparison.decline import Mean, Spreads
from steward.analysis.comparison.foresight import Foresight, Outcome, any_flag, flags_of, foresight

KNOWN_ON = date(2017, 12, 15)
BEFORE, AFTER, LATE = date(2014, 5, 1), date(2018, 5, 1), date(2020, 5, 1)


def _two(first, second, *, on=AFTER):
    return [Outcome(BEFORE, first), Outcome(on, second)]


def test_inspections_that_fell_and_did_not_are_counted_with_their_flags():
    found = foresight(
        {1: True, 2: False, 3: True, 4: False, 5: True, 6: True},
        inspections={
            1: _two(2, 3),
            2: _two(2, 4),
            3: _two(2, 2),
            4: _two(3, 2),
            5: _two(2, 3, on=LATE),
            6: [Outcome(AFTER, 3)],
        },
        known_on=KNOWN_ON,
    )
    assert found == Foresight(tested=6, flagged=4, fell=2, fell_flagged=1, held=2, held_flagged=1)


def test_a_school_without_a_year_before_is_not_tested_and_one_flag_of_several_is_enough():
    spreads = Spreads(6.0, 2.1)
    first = flags_of({1: Mean(-4, 60), 2: Mean(-4, 60)}, before=[{1: Mean(2, 60)}], spreads=spreads)
    assert first == {1: True}
    assert any_flag([first, {1: False, 3: False}]) == {1: True, 3: False}
