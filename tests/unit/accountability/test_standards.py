"""Floor standards and coasting: below, not below, or could not be settled, with the workings."""

import datetime
import itertools

import pytest

from steward.analysis.accountability.catalogue import every, standards
from steward.analysis.accountability.clauses import Met, limits_in
from steward.analysis.accountability.definition import Standard
from steward.analysis.accountability.standards import Answer, counted, judge
from steward.analysis.indicators.catalogue import read_indicators
from steward.vocabulary.values import Known, Missing, Reason, Value

STANDARDS = {one.id: one for one in standards()}


def of_2014(standard: Standard, **values: float | None) -> dict[tuple[str, int], Value]:
    return {
        (code, 2014): Missing(Reason.SUPPRESSED) if value is None else Known(value, 40)
        for code, value in values.items()
    }


def with_level_4(standard: Standard) -> Standard:
    """The floor of 2014 with a code for level 4, which no publication at hand prints."""
    first, *rest = standard.years[0].clause.of  # type: ignore[union-attr]
    clause = standard.years[0].clause.model_copy(
        update={"of": (first.model_copy(update={"indicator": "rwm_level_4"}), *rest)}
    )
    years = (standard.years[0].model_copy(update={"clause": clause}),)
    return standard.model_copy(update={"years": years})


FLOOR_2014 = with_level_4(STANDARDS["floor_primary_2014"])


@pytest.mark.parametrize(
    ("level_4", "reading", "writing", "maths", "answer"),
    [
        (62, 93, 95, 94, Answer.NOT_BELOW),
        (62, 93, 95, 92, Answer.BELOW),
        (65, 90, 90, 90, Answer.NOT_BELOW),
        (64.9, 94, 95, 92, Answer.NOT_BELOW),
        (62, 93, 95, None, Answer.NOT_SETTLED),
        (62, 94, 95, None, Answer.NOT_BELOW),
        (None, 93, 95, 92, Answer.NOT_SETTLED),
        (None, 93, 95, 93, Answer.NOT_BELOW),
    ],
)
def test_the_floor_of_2014(
    level_4: float | None, reading: float, writing: float, maths: float | None, answer: Answer
) -> None:
    figures = of_2014(
        FLOOR_2014,
        rwm_level_4=level_4,
        reading_two_levels=reading,
        writing_two_levels=writing,
        maths_two_levels=maths,
    )
    assert judge(FLOOR_2014, figures=figures).answer is answer


@pytest.mark.parametrize(
    ("expected", "reading", "writing", "maths", "answer"),
    [
        (64, -5.1, 0, 0, Answer.BELOW),
        (64, -5.0, -7.0, -5.0, Answer.NOT_BELOW),
        (64, 0, -7.1, 0, Answer.BELOW),
        (65, -9, -9, -9, Answer.NOT_BELOW),
        (64, 0, None, 0, Answer.NOT_SETTLED),
        (64, -6, None, 0, Answer.BELOW),
        (None, -6, 0, 0, Answer.NOT_SETTLED),
        (None, 0, 0, 0, Answer.NOT_BELOW),
    ],
)
def test_the_floor_of_2016(
    expected: float | None, reading: float, writing: float | None, maths: float, answer: Answer
) -> None:
    values = {"rwm_expected": expected, "reading_progress": reading, "writing_progress": writing}
    figures = _figures(2016, values | {"maths_progress": maths})
    assert judge(STANDARDS["floor_primary_2016"], figures=figures).answer is answer


@pytest.mark.parametrize(
    ("score", "upper", "answer"),
    [
        (-0.51, -0.01, Answer.BELOW),
        (-0.50, -0.01, Answer.NOT_BELOW),
        (-0.9, 0.0, Answer.NOT_BELOW),
        (-0.9, None, Answer.NOT_SETTLED),
        (None, -0.1, Answer.NOT_SETTLED),
        (None, 0.1, Answer.NOT_BELOW),
    ],
)
def test_the_floor_of_secondary_schools_since_2016(
    score: float | None, upper: float | None, answer: Answer
) -> None:
    figures = _figures(2017, {"progress_8": score, "progress_8_upper": upper})
    assert judge(STANDARDS["floor_secondary_2017"], figures=figures).answer is answer


@pytest.mark.parametrize(("pupils", "answer"), [(5, Answer.TOO_FEW), (6, Answer.BELOW), (None, Answer.BELOW)])
def test_schools_with_too_few_pupils_are_not_counted(pupils: int | None, answer: Answer) -> None:
    figures = _figures(2018, {"progress_8": -1.0, "progress_8_upper": -0.2}, pupils=pupils)
    assert judge(STANDARDS["floor_secondary_2018"], figures=figures).answer is answer


def test_coasting_takes_three_years() -> None:
    standard = STANDARDS["coasting_secondary_2018"]
    low, fine = {"progress_8": -0.3, "progress_8_upper": -0.1}, {"progress_8": 0.1, "progress_8_upper": 0.3}
    three = _figures(2016, low) | _figures(2017, low) | _figures(2018, low)
    assert judge(standard, figures=three).answer is Answer.BELOW
    assert judge(standard, figures=three | _figures(2017, fine)).answer is Answer.NOT_BELOW
    two = _figures(2017, low) | _figures(2018, low)
    found = judge(standard, figures=two)
    assert found.answer is Answer.NOT_SETTLED
    assert [one.working.met for one in found.years] == [Met.UNKNOWN, Met.YES, Met.YES]


@pytest.mark.parametrize("standard", standards(), ids=lambda one: one.id)
def test_a_school_without_figures_is_never_said_to_be_not_below(standard: Standard) -> None:
    assert judge(standard, figures={}).answer is Answer.NOT_SETTLED


@pytest.mark.parametrize("standard", standards(), ids=lambda one: one.id)
def test_taking_a_figure_away_never_changes_an_answer_to_its_opposite(standard: Standard) -> None:
    limits = [
        (one.year, limit) for one in standard.years for limit in limits_in(one.clause) if limit.indicator
    ]
    for ways in itertools.islice(itertools.product((-0.2, 0.2), repeat=len(limits)), 64):
        whole = {
            (limit.indicator, year): Known(limit.limit + way, 50)
            for (year, limit), way in zip(limits, ways, strict=True)
        }
        answer = judge(standard, figures=whole).answer
        for key in whole:
            without = judge(standard, figures={**whole, key: Missing(Reason.NOT_RECORDED)}).answer
            assert without in {answer, Answer.NOT_SETTLED}


def test_schools_that_cannot_be_told_are_counted_apart() -> None:
    standard = STANDARDS["floor_secondary_2018"]
    low = judge(standard, figures=_figures(2018, {"progress_8": -1.0, "progress_8_upper": -0.2}))
    unknown = judge(standard, figures={})
    assert counted([low, unknown]) == {
        Answer.BELOW: 1,
        Answer.NOT_BELOW: 0,
        Answer.NOT_SETTLED: 1,
        Answer.TOO_FEW: 0,
    }


def test_clauses_name_indicators_that_exist_and_are_of_their_unit() -> None:
    known = read_indicators()
    for standard in standards():
        assert standard.pupils_of in known
        for limit in (limit for one in standard.years for limit in limits_in(one.clause)):
            if limit.indicator:
                assert known[limit.indicator].unit == limit.unit


def test_no_standard_was_in_force_after_august_2019() -> None:
    abolished = datetime.date(2019, 9, 1)
    assert not [one.id for one in standards() if one.in_force_on(abolished)]
    assert len([one for one in standards() if one.in_force_on(datetime.date(2019, 8, 31))]) == 4
    assert {one.year for one in standards() if one.measure == "coasting"} == {2016, 2017, 2018}


def test_every_definition_is_reviewed_and_says_where_it_comes_from() -> None:
    assert len(every()) >= 26
    for one in every():
        assert one.owner
        assert one.source
        assert one.review_on > one.reviewed_on


def _figures(
    year: int, values: dict[str, float | None], *, pupils: int | None = 60
) -> dict[tuple[str, int], Value]:
    return {
        (code, year): Missing(Reason.SUPPRESSED) if value is None else Known(value, pupils)
        for code, value in values.items()
    }
