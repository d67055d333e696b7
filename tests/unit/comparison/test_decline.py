"""Declines: the beliefs of the methods book, chance on few pupils, refusals."""

import pytest

from steward.analysis.comparison.decline import Mean, Spreads, decline

READING = Spreads(of_pupils=6.17, of_schools=2.1)


@pytest.mark.parametrize(
    ("pupils", "believed"), [(12, -1.74), (30, -2.33), (60, -2.62)], ids=["few", "a class", "two classes"]
)
def test_what_is_believed_is_drawn_towards_all_schools_as_far_as_there_are_few_pupils(pupils, believed):
    found = decline(Mean(0, 30), before=[Mean(-3.0, pupils)], spreads=READING)
    assert found.believed == pytest.approx(believed, abs=0.005)


def test_the_same_fall_is_a_flag_on_many_pupils_and_none_on_few():
    before = [Mean(1.0, 60)] * 3
    assert decline(Mean(-2.5, 60), before=before, spreads=READING).is_substantial
    assert not decline(Mean(-2.5, 6), before=before, spreads=READING).is_substantial


def test_earlier_years_count_by_their_pupils():
    one = decline(Mean(0, 30), before=[Mean(4.0, 90), Mean(0.0, 30)], spreads=READING)
    other = decline(Mean(0, 30), before=[Mean(3.0, 120)], spreads=READING)
    assert one == other


@pytest.mark.parametrize(
    ("newest", "before", "spreads"),
    [
        (Mean(0, 30), [], READING),
        (Mean(0, 0), [Mean(0, 30)], READING),
        (Mean(0, 30), [Mean(0, 30)], Spreads(0, 2)),
    ],
)
def test_what_cannot_be_worked_out_is_refused(newest, before, spreads):
    with pytest.raises(ValueError, match="Give"):
        decline(newest, before=before, spreads=spreads)
