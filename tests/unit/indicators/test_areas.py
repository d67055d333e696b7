"""Published area figures are read, others are worked out with the right weights, and never confused."""

from datetime import date

import ibis
import pyarrow as pa
import pytest

from factories.small_releases import FOR_SCHOOLS, indicator, register, release, rolls, rows_in, school
from steward.analysis import columns
from steward.analysis.indicators.areas import (
    difference,
    is_headline,
    prefer_areas,
    published_in_all,
    year_written,
)
from steward.analysis.indicators.computed_areas import BY_ROLL, computed
from steward.analysis.indicators.definition import Reading
from steward.analysis.indicators.values import prefer, values_of_all
from steward.analysis.sources.definition import Levels
from steward.vocabulary.areas import Basis

PUBLISHED = """
RECTYPE | LEA | URN    | VALUE | PUPILS
1       | 383 | 100000 | 10    | 20
4       | 383 | .      | 44.8  | 7661
4       | 384 | .      | SUPP  | 3
5       | .   | .      | 44.5  | 605874
7       | .   | .      | 46.5  | 542831
"""


def test_authority_and_england_rows_are_published_figures() -> None:
    found = published_in_all([release(PUBLISHED, levels=FOR_SCHOOLS)], indicators={"measure": indicator()})
    assert found is not None
    rows = {row["area"]: row for row in rows_in(found)}

    assert set(rows) == {"383", "384", "england"}
    assert (rows["383"]["value"], rows["383"]["level"], rows["383"]["basis"]) == (
        44.8,
        "authority",
        "published",
    )
    assert (rows["384"]["value"], rows["384"]["status"]) == (None, "suppressed")
    assert (rows["england"]["value"], rows["england"]["cohort"], rows["england"]["row"]) == (
        46.5,
        542831.0,
        6,
    )


def test_footers_are_filed_under_their_phase() -> None:
    levels = Levels(
        column="LEA", school=("*",), england=("NAT",), phase_column="ESTAB", phases={"PRI": "primary"}
    )
    footed = release("LEA | ESTAB | URN | VALUE | PUPILS\nNAT | PRI | . | 4.0 | .", levels=levels)

    found = published_in_all([footed], indicators={"measure": indicator()})
    assert found is not None

    assert [(row["phase"], row["value"]) for row in rows_in(found)] == [("primary", 4.0)]


def test_area_rows_take_the_phase_of_the_reading_where_they_say_none() -> None:
    reading = Reading(source="a-source", from_year=2010, to_year=2030, value="VALUE", area_phase="secondary")

    found = published_in_all(
        [release(PUBLISHED, levels=FOR_SCHOOLS)], indicators={"measure": indicator(readings=(reading,))}
    )
    assert found is not None

    assert {row["phase"] for row in rows_in(found)} == {"secondary"}


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2019", 2019),
        ("2018/19", 2019),
        ("2018 (Rev)", 2018),
        ("2025 (prov)", 2025),
        ("1999/00", None),
        ("2014-16", None),
        ("2016-17", None),
        ("2016-17 (OT)", None),
        ("2013/14-15/16", None),
        ("0", None),
    ],
)
def test_years_of_series(text: str, year: int | None) -> None:
    table = ibis.memtable(pa.table({"t": [text]}))

    assert rows_in(table.select(year=year_written(table.t))) == [{"year": year}]


SCHOOLS = """
URN    | VALUE | PUPILS
100000 | 50    | 10
100001 | 80    | 30
100002 | SUPP  | 4
100003 | 20    | 60
100004 | 90    | 50
100005 | 90    | 50
100006 | 90    | 50
"""
REGISTER = register(
    school(100000),
    school(100001, governance="academy"),
    school(100002),
    school(100003, authority="384", phase="secondary", region=None),
    school(100004, governance="independent"),
    school(100005, phase="alternative"),
    school(100006, closed_on=date(2017, 8, 31), standing="closed"),
    school(100007, authority="384", region="Yorkshire and the Humber", phase="nursery"),
)
ROLLS = rolls(
    (100000, 2019, 100),
    (100001, 2018, 300),
    (100002, 2019, 100),
    (100003, 2019, 500),
    (100004, 2019, 999),
    (100005, 2019, 999),
)


def _computed(text: str = SCHOOLS, **more: object) -> dict[tuple[object, object], dict[str, object]]:
    measures = {"measure": indicator(**more)}
    figures = values_of_all([release(text)], indicators=measures)
    assert figures is not None
    found = computed(figures, establishments=REGISTER, roll=ROLLS, indicators=measures)
    return {(row["area"], row["phase"]): row for row in rows_in(found)}


def test_a_mean_is_weighted_by_cohort_over_open_state_funded_schools() -> None:
    leeds = _computed()["383", "primary"]

    assert leeds["value"] == pytest.approx((50 * 10 + 80 * 30) / 40)
    assert (leeds["schools"], leeds["cohort"], leeds["basis"]) == (2, 40.0, "computed")
    assert leeds["roll_share"] == pytest.approx(100 * 400 / 500)
    assert leeds["mark"] is None
    assert leeds["row"] is None


def test_england_region_and_all_phases_add_up() -> None:
    found = _computed()

    whole = (50 * 10 + 80 * 30 + 20 * 60) / 100
    assert found["england", "all"]["value"] == pytest.approx(whole)
    assert found["Yorkshire and the Humber", "all"]["value"] == pytest.approx(whole)
    assert found["384", "all"]["roll_share"] == pytest.approx(100.0)
    assert ("383", "secondary") not in found


def test_without_any_cohort_schools_count_by_roll_and_it_is_said() -> None:
    reading = Reading(source="a-source", from_year=2010, to_year=2030, value="VALUE")

    leeds = _computed(readings=(reading,))["383", "primary"]

    assert leeds["value"] == pytest.approx((50 * 100 + 80 * 300) / 400)
    assert (leeds["mark"], leeds["cohort"]) == (BY_ROLL, 400.0)


def test_a_ratio_is_the_ratio_of_sums() -> None:
    reading = Reading(
        source="a-source", from_year=2010, to_year=2030, numerator="VALUE", denominator="PUPILS", times=100
    )

    leeds = _computed(readings=(reading,), area="ratio")["383", "primary"]

    assert leeds["value"] == pytest.approx(100 * (50 + 80) / (10 + 30))


def test_a_sum_is_a_sum() -> None:
    leeds = _computed(area="sum", unit="pupils")["383", "primary"]

    assert (leeds["value"], leeds["schools"]) == (130.0, 2)


def test_an_indicator_without_an_area_rule_gives_nothing() -> None:
    measures = {"measure": indicator(area="none"), "other": indicator("other")}
    figures = values_of_all([release(SCHOOLS)], indicators=measures)
    assert figures is not None

    found = rows_in(computed(figures, establishments=REGISTER, roll=ROLLS, indicators=measures))

    assert {row["indicator"] for row in found} == {"other"}


def _area(**more: object) -> dict[str, object]:
    row: dict[str, object] = dict.fromkeys(columns.AREAS)
    row |= {
        "level": "authority",
        "area": "383",
        "phase": "all",
        "indicator": "measure",
        "period": 2019,
        "value": 1.0,
        "status": "known",
        "basis": "published",
        "version": "final",
        "release": "a",
    }
    return row | more


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"basis": "computed"}),
        ({"version": "provisional"}, {"basis": "computed", "version": "final"}),
        ({"version": "final"}, {"version": "provisional"}),
        ({"value": None, "status": "suppressed"}, {"basis": "computed"}),
        ({"basis": "computed"}, {"value": None, "status": "not_recorded"}),
        ({"basis": "computed", "version": "provisional"}, {"basis": "computed", "mark": BY_ROLL}),
        ({"release": "b"}, {"release": "a"}),
        (
            {"basis": "computed", "roll_share": 88.9, "version": "provisional"},
            {"basis": "computed", "roll_share": 76.0, "release": "b"},
        ),
    ],
)
def test_which_area_figure_is_shown(first: dict[str, object], second: dict[str, object]) -> None:
    rows = [_area(**first, schools=1), _area(**second, schools=2)]
    table = ibis.memtable(pa.Table.from_pylist(rows, schema=columns.AREAS.to_pyarrow()))

    shown = rows_in(prefer_areas(table))

    assert [row["schools"] for row in shown if row["preferred"]] == [1]
    assert len(shown) == 2


def test_the_difference_between_published_and_computed_is_told() -> None:
    rows = [
        _area(value=44.8),
        _area(value=45.7, basis="computed", schools=47, roll_share=94.5),
        _area(value=45.1, release="b"),
    ]
    table = ibis.memtable(pa.Table.from_pylist(rows, schema=columns.AREAS.to_pyarrow()))

    (found,) = rows_in(difference(table))

    assert found["difference"] == pytest.approx(0.9)
    assert (found["published"], found["computed"], found["schools"]) == (44.8, 45.7, 47)


def test_preferred_values_of_a_school_are_unique() -> None:
    figures = values_of_all([release(SCHOOLS)], indicators={"measure": indicator()})
    assert figures is not None

    assert all(row["preferred"] for row in rows_in(prefer(figures)))


@pytest.mark.parametrize(
    ("basis", "phase", "headline"),
    [
        (Basis.PUBLISHED, "all", True),
        (Basis.PUBLISHED, "primary", True),
        (Basis.COMPUTED, "all", True),
        (Basis.COMPUTED, "secondary", False),
    ],
)
def test_a_computed_figure_of_a_phase_is_no_headline(basis: Basis, phase: str, headline: bool) -> None:
    assert is_headline(basis=basis, phase=phase) is headline


@pytest.mark.parametrize(
    ("pupils_of_the_other", "authority", "england"), [(100, 80.0, 80.0), (200, 66.7, None), (500, None, None)]
)
def test_a_figure_of_too_few_of_the_pupils_is_not_given(
    pupils_of_the_other: int, authority: float | None, england: float | None
) -> None:
    measures = {"measure": indicator()}
    figures = values_of_all([release("URN | VALUE | PUPILS\n100000 | 50 | 10")], indicators=measures)
    assert figures is not None
    roll = rolls((100000, 2019, 400), (100001, 2019, pupils_of_the_other))

    rows = rows_in(
        computed(
            figures,
            establishments=register(school(100000), school(100001)),
            roll=roll,
            indicators=measures,
        )
    )

    shares = {row["level"]: round(row["roll_share"], 1) for row in rows if row["phase"] == "all"}
    assert (shares.get("authority"), shares.get("england")) == (authority, england)
    assert shares.get("region") == england
