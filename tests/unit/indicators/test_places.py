"""Where a school was in a year, from the registers before and after it."""

from datetime import date

import ibis
import pyarrow as pa

from factories.small_releases import register, rolls, rows_in, school
from steward.analysis.indicators.places import places_of


def _places(*schools: dict[str, object], years: list[int]) -> dict[tuple[object, object], dict[str, object]]:
    periods = ibis.memtable(pa.table({"period": pa.array(years, pa.int64())}))
    roll = rolls((100000, 2012, 90), (100000, 2016, 200))
    found = places_of(register(*schools), roll=roll, periods=periods)
    return {(row["urn"], row["period"]): row for row in rows_in(found)}


def test_the_register_before_a_year_counts_and_the_first_one_for_earlier_years() -> None:
    found = _places(
        school(100000, as_at=date(2015, 10, 1), phase="primary"),
        school(100000, as_at=date(2018, 10, 1), phase="all_through"),
        years=[2012, 2016, 2018, 2019, 2022],
    )

    assert {year: row["phase"] for (_, year), row in found.items()} == {
        2012: "primary",
        2016: "primary",
        2018: "primary",
        2019: "all_through",
        2022: "all_through",
    }


def test_the_roll_of_the_nearest_year_counts_the_earlier_of_two() -> None:
    found = _places(school(100000), years=[2011, 2013, 2014, 2015, 2020])

    assert {year: row["pupils"] for (_, year), row in found.items()} == {
        2011: 90.0,
        2013: 90.0,
        2014: 90.0,
        2015: 200.0,
        2020: 200.0,
    }


def test_a_school_counts_only_while_it_is_open() -> None:
    found = _places(
        school(100000, opened_on=date(2014, 9, 1), closed_on=date(2016, 8, 31)),
        years=[2014, 2015, 2016, 2017],
    )

    assert sorted(year for _, year in found) == [2015, 2016]


def test_a_region_is_known_by_the_authority() -> None:
    found = _places(school(100000, region=None), school(100001), years=[2019])

    assert found[100000, 2019]["region"] == "Yorkshire and the Humber"
