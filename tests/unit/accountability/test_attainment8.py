"""Attainment 8: which results fill which slots, in both ways of working it out."""

import random

import ibis
import pyarrow as pa
import pytest

from steward.analysis.accountability import attainment8
from steward.analysis.accountability.attainment8 import Kind, Result
from steward.analysis.accountability.catalogue import attainment_rules
from steward.analysis.accountability.definition import ElementScores

LANGUAGE, LITERATURE, MATHS, EBACC, OPEN = Kind


def test_english_is_doubled_only_with_both_subjects() -> None:
    alone = attainment8.attainment_8([Result(LANGUAGE, 7)])
    both = attainment8.attainment_8([Result(LANGUAGE, 5), Result(LITERATURE, 7)])
    assert alone.english == 7
    assert (both.english, both.open) == (14, 5)


def test_mathematics_is_always_doubled() -> None:
    assert attainment8.attainment_8([Result(MATHS, 6)]).maths == 12


def test_results_left_of_the_baccalaureate_fill_open_slots() -> None:
    found = attainment8.attainment_8(
        [*(Result(EBACC, points) for points in (9, 8, 7, 6, 5)), Result(OPEN, 1)]
    )
    assert (found.ebacc, found.open) == (24, 12)


def test_three_open_slots_take_the_best() -> None:
    assert attainment8.attainment_8([Result(OPEN, points) for points in (2, 9, 4, 3)]).open == 16


def test_the_most_is_ninety() -> None:
    best = [Result(kind, 9) for kind in (LANGUAGE, LITERATURE, MATHS, *[EBACC] * 3, *[OPEN] * 3)]
    assert attainment8.attainment_8(best).attainment_8 == 90


def test_no_results_are_no_points() -> None:
    assert attainment8.attainment_8([]).attainment_8 == 0


def test_points_nobody_can_have_are_refused() -> None:
    rules = attainment_rules()[-1]
    too_much = ElementScores(attainment_8=40, english=19, maths=10, ebacc=5, open=6)
    with pytest.raises(attainment8.ImpossiblePoints, match=r"19 points in english .* 0 to 18"):
        attainment8.refuse_impossible(too_much, rules=rules)
    attainment8.refuse_impossible(too_much.model_copy(update={"english": 18}), rules=rules)


def test_letters_of_2017_have_their_points() -> None:
    letters, numbers = attainment_rules()
    points = [letters.grades[grade] for grade in ("A*", "A", "B", "C", "D", "E", "F", "G")]
    assert points == [8.5, 7, 5.5, 4, 3, 2, 1.5, 1]
    assert "A" not in numbers.grades
    assert numbers.grades["9"] == 9


def test_expressions_give_every_pupil_what_the_rule_gives() -> None:
    chance = random.Random(80)
    drawn = [
        (pupil, number, chance.choice(list(Kind)), float(chance.randrange(0, 10)))
        for pupil in range(250)
        for number in range(chance.randrange(1, 14))
    ]
    table = ibis.memtable(
        pa.table(
            {
                "pupil": pa.array([one[0] for one in drawn], pa.int64()),
                "result": pa.array([one[1] for one in drawn], pa.int64()),
                "kind": pa.array([one[2].value for one in drawn]),
                "points": pa.array([one[3] for one in drawn], pa.float64()),
            }
        )
    )
    found = ibis.duckdb.connect().to_pyarrow(attainment8.attainment_of_all(table, by=["pupil"])).to_pylist()
    assert len(found) == 250
    for row in found:
        mine = [Result(kind, points) for pupil, _, kind, points in drawn if pupil == row["pupil"]]
        wanted = attainment8.attainment_8(mine)
        slots = [row[f"{name}_points"] for name in ("english", "maths", "ebacc", "open")]
        assert slots == [wanted.english, wanted.maths, wanted.ebacc, wanted.open]
        assert row["attainment_8"] == wanted.attainment_8
