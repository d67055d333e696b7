"""Values are read from releases with their reasons, and one of several is preferred."""

import pytest

from factories.small_releases import indicator, layout, release, rows_in, text_table
from steward.analysis import columns
from steward.analysis.indicators.definition import Reading
from steward.analysis.indicators.stacks import OpenRelease, sheets_of
from steward.analysis.indicators.values import named, prefer, preferred_of_all, values_of, values_of_all


def _only(text: str, **more: object) -> list[dict[str, object]]:
    found = values_of_all([release(text)], indicators={"measure": indicator(**more)})
    assert found is not None
    return sorted(rows_in(found), key=lambda row: (row["urn"], row["row"]))


def test_a_number_keeps_its_mark_row_and_cohort() -> None:
    (row,) = _only(
        """
        URN    | VALUE | PUPILS
        100000 | 73.4% | 1,204
        """
    )

    assert (row["value"], row["status"], row["mark"], row["cohort"], row["row"]) == (
        73.4,
        "known",
        "73.4%",
        1204.0,
        2,
    )


@pytest.mark.parametrize(
    ("mark", "status"),
    [
        ("SUPP", "suppressed"),
        ("NE", "no_entries"),
        ("LOWCOV", "low_coverage"),
        ("NP", "not_published"),
        ("z", "not_applicable"),
        ("", "not_recorded"),
        (".", "not_recorded"),
        ("banana", "unreadable"),
    ],
)
def test_a_missing_value_keeps_its_reason(mark: str, status: str) -> None:
    (row,) = _only(f"URN | VALUE | PUPILS\n100000 | {mark} | 30")

    assert row["value"] is None
    assert row["status"] == status


RATIO = Reading(
    source="a-source", from_year=2010, to_year=2030, numerator="PART", denominator="WHOLE", times=100
)


@pytest.mark.parametrize(
    ("part", "whole", "value", "status"),
    [
        ("41", "276", 100 * 41 / 276, "known"),
        ("SUPP", "276", None, "suppressed"),
        ("41", "DNS", None, "did_not_submit"),
        ("SUPP", "DNS", None, "suppressed"),
        ("0", "0", None, "not_applicable"),
        ("0", "276", 0.0, "known"),
    ],
)
def test_a_ratio_takes_the_reason_of_its_missing_part(
    part: str, whole: str, value: float | None, status: str
) -> None:
    (row,) = _only(f"URN | PART | WHOLE\n100000 | {part} | {whole}", readings=(RATIO,))

    assert row["value"] == (pytest.approx(value) if value is not None else None)
    assert row["status"] == status
    assert row["mark"] == f"{part} / {whole}"


def test_rows_without_a_school_are_left_out() -> None:
    rows = _only(
        """
        URN    | VALUE | PUPILS
        100000 | 1     | 30
        .      | 2     | 999
        NAT    | 3     | 999
        """
    )

    assert [row["urn"] for row in rows] == [100000]


def test_columns_that_a_release_lacks_give_no_rows() -> None:
    assert values_of_all([release("URN | OTHER\n100000 | 1")], indicators={"measure": indicator()}) is None


def test_a_year_outside_the_reading_gives_no_rows() -> None:
    reading = Reading(source="a-source", from_year=2016, to_year=2018, value="VALUE")

    found = values_of_all(
        [release("URN | VALUE\n100000 | 1", period=2019)],
        indicators={"measure": indicator(readings=(reading,))},
    )

    assert found is None


def test_the_first_fitting_reading_is_used() -> None:
    readings = (
        Reading(source="a-source", from_year=2010, to_year=2030, value="VALUE", cohort="NOT THERE"),
        Reading(source="a-source", from_year=2010, to_year=2030, value="VALUE", cohort="PUPILS"),
    )

    (row,) = _only("URN | VALUE | PUPILS\n100000 | 1 | 7", readings=readings)

    assert row["cohort"] == 7.0


def test_years_side_by_side_are_taken_apart() -> None:
    readings = (
        Reading(source="a-source", from_year=2013, to_year=2013, value="all13", times=100, cohort="tpup13"),
        Reading(source="a-source", from_year=2015, to_year=2015, value="all15", times=100, cohort="tpup15"),
    )
    wide = release(
        """
        URN    | all13 | tpup13 | all15 | tpup15
        100049 | 0.45  | 203    | .     | 208
        """,
        period=None,
    )

    found = values_of_all([wide], indicators={"measure": indicator(readings=readings)})
    assert found is not None
    rows = {row["period"]: row for row in rows_in(found)}

    assert rows[2013]["value"] == pytest.approx(45.0)
    assert rows[2013]["cohort"] == 203.0
    assert (rows[2015]["value"], rows[2015]["status"]) == (None, "not_recorded")


def test_one_release_alone_has_the_shape_of_values() -> None:
    found = values_of(
        text_table("URN | VALUE | PUPILS\n100000 | 5 | 30"),
        source_id="a-source",
        layout=layout(version="provisional"),
        period=2019,
        release="r",
        indicators={"measure": indicator()},
    )

    assert found is not None
    (row,) = rows_in(found)
    assert (row["version"], row["release"], row["period"], row["preferred"]) == (
        "provisional",
        "r",
        2019,
        None,
    )


def _fast(*opened: OpenRelease) -> list[dict[str, object]]:
    every = sheets_of(opened, indicators={"measure": indicator()})
    coded = preferred_of_all(every)
    assert coded is not None
    return rows_in(columns.cast(named(coded, every=every), columns.VALUES))


FIRST = "URN | VALUE | PUPILS\n100000 | 50 | 30\n100001 | 40 | 30\n100002 | SUPP | 3"
SECOND = "URN | VALUE | PUPILS\n100000 | 51 | 30\n100001 | SUPP | 30"


def _preferred(*releases: tuple[str, str]) -> dict[int, tuple[object, object]]:
    opened = [release(text, id=version, version=version) for text, version in releases]
    found = values_of_all(opened, indicators={"measure": indicator()})
    assert found is not None
    rows = [row for row in rows_in(prefer(found)) if row["preferred"]]
    assert len({row["urn"] for row in rows}) == len(rows)
    return {row["urn"]: (row["value"], row["version"]) for row in rows}


def test_the_stronger_version_is_shown_and_what_it_suppresses_stays_suppressed() -> None:
    shown = _preferred((FIRST, "provisional"), (SECOND, "final"))

    assert shown == {100000: (51.0, "final"), 100001: (None, "final"), 100002: (None, "provisional")}


def test_a_derived_figure_is_the_last_resort() -> None:
    assert _preferred((FIRST, "provisional"), (SECOND, "derived"))[100000] == (50.0, "provisional")


def test_within_one_version_a_known_value_beats_a_missing_one() -> None:
    opened = [release(FIRST, id="a"), release(SECOND, id="b")]
    found = values_of_all(opened, indicators={"measure": indicator()})
    assert found is not None

    shown = {row["urn"]: row["value"] for row in rows_in(prefer(found)) if row["preferred"]}

    assert shown == {100000: 51.0, 100001: 40.0, 100002: None}


def test_a_release_speaks_by_its_first_row_of_a_school() -> None:
    twice = release("URN | VALUE | PUPILS\n100000 | SUPP | 3\n100000 | 60 | 30")

    assert [row["status"] for row in _fast(twice) if row["preferred"]] == ["suppressed"]


def test_the_fast_preference_equals_the_plain_one() -> None:
    opened = [
        release(FIRST, id="a", version="provisional"),
        release(SECOND + "\n100000 | 7 | 30", id="b"),
        release(SECOND, id="c", period=2018),
        release(FIRST, id="d", version="derived"),
    ]
    plain = values_of_all(opened, indicators={"measure": indicator()})
    assert plain is not None

    def key(row: dict[str, object]) -> str:
        return repr(sorted(row.items()))

    assert sorted(map(key, _fast(*opened))) == sorted(map(key, rows_in(prefer(plain))))


@pytest.mark.parametrize(("low", "middle", "cohort"), [("1", "6", 7.0), ("SUPP", "6", None)])
def test_a_cohort_may_be_the_sum_of_columns(low: str, middle: str, cohort: float | None) -> None:
    reading = Reading(
        source="a-source", from_year=2010, to_year=2030, value="VALUE", cohort_sum=("LOW", "MIDDLE")
    )

    (row,) = _only(f"URN | VALUE | LOW | MIDDLE\n100000 | 5 | {low} | {middle}", readings=(reading,))

    assert row["cohort"] == cohort


WITHOUT = Reading(source="a-source", from_year=2010, to_year=2030, value="VALUE")
WITH = Reading(source="a-source", from_year=2010, to_year=2030, value="VALUE", cohort="PUPILS")


def _cohorts(*releases: tuple[str, str]) -> dict[str, float | None]:
    opened = [release(text, id=version, version=version) for text, version in releases]
    measures = {"measure": indicator(readings=(WITH, WITHOUT))}
    plain = values_of_all(opened, indicators=measures)
    every = sheets_of(opened, indicators=measures)
    fast = preferred_of_all(every)
    assert plain is not None
    assert fast is not None
    slow = {row["version"]: row["cohort"] for row in rows_in(prefer(plain))}
    assert {row["version"]: row["cohort"] for row in rows_in(named(fast, every=every))} == slow
    return slow


def test_a_shown_figure_without_a_cohort_takes_that_of_the_strongest_version_with_one() -> None:
    found = _cohorts(
        ("URN | VALUE\n100000 | 0.5", "final"),
        ("URN | VALUE | PUPILS\n100000 | 0.4 | 9", "revised"),
        ("URN | VALUE | PUPILS\n100000 | 0.3 | 8", "provisional"),
    )

    assert found == {"final": 9.0, "revised": 9.0, "provisional": 8.0}


def test_no_other_version_is_given_a_cohort_it_does_not_print() -> None:
    found = _cohorts(
        ("URN | VALUE | PUPILS\n100000 | 0.5 | 30", "final"), ("URN | VALUE\n100000 | 0.3", "provisional")
    )

    assert found == {"final": 30.0, "provisional": None}
