"""Change only between consecutive years with no break between them, in words by polarity."""

import ibis
import pyarrow as pa
import pytest

from factories.small_releases import broken, indicator, rows_in
from steward.analysis import columns
from steward.analysis.indicators.change import (
    Change,
    Direction,
    NotComparable,
    Point,
    change_between,
    changes,
    over_three_years,
    three_years,
    year_on_year,
)
from steward.vocabulary.values import Known, Missing, Reason


def _point(year: int, value: float | None, cohort: float | None = 60) -> Point:
    return Point(year, Missing(Reason.SUPPRESSED, "SUPP") if value is None else Known(value, cohort))


@pytest.mark.parametrize(
    ("polarity", "first", "second", "direction"),
    [
        ("high", 60.0, 64.0, Direction.IMPROVING),
        ("high", 64.0, 60.0, Direction.DECLINING),
        ("low", 4.0, 6.0, Direction.DECLINING),
        ("low", 6.0, 4.0, Direction.IMPROVING),
        ("none", 20.0, 25.0, Direction.HIGHER),
        ("none", 25.0, 20.0, Direction.LOWER),
        ("high", 60.0, 61.6, Direction.SIMILAR),  # one pupil of 60 is 1.67
        ("high", 60.0, 61.7, Direction.IMPROVING),
        ("high", 60.04, 60.0, Direction.SIMILAR),
    ],
)
def test_direction_follows_the_polarity(
    polarity: str, first: float, second: float, direction: Direction
) -> None:
    found = change_between(_point(2018, first), _point(2019, second), indicator=indicator(polarity=polarity))

    assert isinstance(found, Change)
    assert found.direction is direction


@pytest.mark.parametrize(("cohort", "few"), [(10, True), (11, False), (None, False)])
def test_too_few_pupils_to_say(cohort: float | None, few: bool) -> None:
    found = change_between(_point(2018, 10.0, 60), _point(2019, 90.0, cohort), indicator=indicator())

    assert isinstance(found, Change)
    assert (found.direction is Direction.TOO_FEW) is few


@pytest.mark.parametrize(
    ("earlier", "later", "said"),
    [
        (_point(2017, 60.0), _point(2019, 64.0), "not consecutive"),
        (_point(2015, 60.0), _point(2016, 64.0), "The series broke in 2016: New tests."),
        (_point(2018, None), _point(2019, 64.0), "The figure of 2018 is missing: Suppressed."),
        (_point(2018, 64.0), _point(2019, None), "The figure of 2019 is missing: Suppressed."),
    ],
)
def test_what_cannot_be_compared_says_why(earlier: Point, later: Point, said: str) -> None:
    found = change_between(earlier, later, indicator=indicator(breaks=(broken(2016, "New tests."),)))

    assert isinstance(found, NotComparable)
    assert said in found.why


def test_changes_are_between_neighbours_in_order() -> None:
    found = changes([_point(2019, 70.0), _point(2017, 50.0), _point(2018, 60.0)], indicator=indicator())

    assert [(one.since, one.until) for one in found] == [(2017, 2018), (2018, 2019)]


def test_three_years_show_the_gap() -> None:
    first, second, third = three_years([_point(2017, 50.0), _point(2019, 60.0)], until=2019)

    assert isinstance(second.value, Missing)
    assert second.value.reason is Reason.NOT_AVAILABLE
    assert (first.period, third.period) == (2017, 2019)


def test_a_change_over_three_years_needs_each_of_them() -> None:
    whole = [_point(2017, 50.0), _point(2018, 55.0), _point(2019, 60.0)]

    found = over_three_years(whole, until=2019, indicator=indicator())
    broke = over_three_years(whole, until=2019, indicator=indicator(breaks=(broken(2018),)))

    assert isinstance(found, Change)
    assert (found.amount, found.direction) == (10.0, Direction.IMPROVING)
    assert isinstance(broke, NotComparable)


def test_the_table_agrees_with_the_single_change() -> None:
    measure = indicator(breaks=(broken(2018),))
    rows = [
        dict.fromkeys(columns.VALUES)
        | {"urn": urn, "indicator": "measure", "period": year, "value": value, "cohort": cohort}
        | {"status": "known" if value is not None else "suppressed", "preferred": True}
        for urn, year, value, cohort in [
            (1, 2016, 50.0, 60.0),
            (1, 2017, 55.0, 5.0),
            (1, 2018, 60.0, 60.0),
            (1, 2020, 60.0, 60.0),
            (2, 2016, None, 3.0),
            (2, 2017, 55.0, 60.0),
        ]
    ]
    table = ibis.memtable(pa.Table.from_pylist(rows, schema=columns.VALUES.to_pyarrow()))

    found = rows_in(year_on_year(table, indicators={"measure": measure}))

    assert [(row["urn"], row["period"], row["change"], row["few"]) for row in found] == [(1, 2017, 5.0, True)]


@pytest.mark.parametrize(
    ("first", "second", "compared"), [(94.0, 99.0, True), (93.9, 99.0, False), (63.0, None, True)]
)
def test_computed_figures_of_different_coverage_are_not_compared(
    first: float, second: float | None, compared: bool
) -> None:
    found = change_between(
        Point(2014, Known(73835.0, 73835), first),
        Point(2015, Known(34338.0, 34338), second),
        indicator=indicator(polarity="none", unit="pupils"),
    )

    assert isinstance(found, Change) is compared
    if isinstance(found, NotComparable):
        assert found.why.startswith("Not compared: the files cover different shares of the pupils (94%")
