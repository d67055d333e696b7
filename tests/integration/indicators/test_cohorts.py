"""Numbers of pupils behind real figures, and how much of the roll a computed figure must cover."""

from collections.abc import Callable

import ibis
import pytest

from factories.small_releases import rows_in
from steward.analysis.indicators.areas import prefer_areas
from steward.analysis.indicators.change import NotComparable, Point, change_between
from steward.analysis.indicators.computed_areas import computed
from steward.analysis.indicators.definition import IndicatorDefinition, Reading
from steward.analysis.indicators.places import rolls_of
from steward.analysis.indicators.stacks import OpenRelease
from steward.analysis.indicators.values import prefer, values_of_all
from steward.vocabulary.values import Known

pytestmark = pytest.mark.real

TABLES = "performance_tables"
KS2_2013 = f"{TABLES}/2012-2013/england_ks2_subset.csv.gz"
KS4_2019 = (
    f"{TABLES}/2018-2019/england_ks4final_subset.csv.gz",
    f"{TABLES}/2018-2019/england_ks4provisional.csv.gz",
)
COUNTY_2019 = "layout_fixtures/2018-850-ks2.csv.gz"
CENSUS_2019 = f"{TABLES}/2018-2019/england_census.csv.gz"

Released = Callable[[str], OpenRelease]
Indicators = dict[str, IndicatorDefinition]


def test_pupils_with_prior_attainment_stand_behind_the_levels_of_2013(
    released: Released, indicators: Indicators
) -> None:
    found = values_of_all([released(KS2_2013)], indicators=indicators)
    assert found is not None

    burton_salmon = {row["indicator"]: row["cohort"] for row in rows_in(found) if row["urn"] == 121385}

    assert burton_salmon == dict.fromkeys(
        (
            "ks2_average_points",
            "reading_level_4",
            "reading_two_levels",
            "writing_two_levels",
            "maths_two_levels",
        ),
        7.0,
    )


def test_a_final_score_is_known_to_rest_on_the_nine_pupils_of_the_provisional_one(
    released: Released, indicators: Indicators
) -> None:
    progress = {"progress_8": indicators["progress_8"]}
    found = values_of_all([released(path) for path in KS4_2019], indicators=progress)
    assert found is not None

    (shown,) = [row for row in rows_in(prefer(found)) if row["urn"] == 139732 and row["preferred"]]

    assert (shown["version"], shown["value"], shown["cohort"]) == ("final", 0.05, 9.0)


DENOMINATORS = [
    ("2010-2011", "PNUMEAL", "NUMEAL", ("TOTPUPEALDN",)),
    ("2011-2012", "PNUMEAL", "NUMEAL", ("TOTPUPEALDN",)),
    ("2012-2013", "PNUMEAL", "NUMEAL", ("NUMEAL", "NUMENGFL", "NUMUNCFL")),
    ("2016-2017", "PNUMEAL", "NUMEAL", ("NUMEAL", "NUMENGFL", "NUMUNCFL")),
    ("2017-2018", "PNUMEAL", "NUMEAL", ("NOR",)),
    ("2020-2021", "PNUMEAL", "NUMEAL", ("NOR",)),
    ("2010-2011", "PNUMFSM", "NUMFSM", ("TOTPUPFSMDN",)),
    ("2013-2014", "PNUMFSM", "NUMFSM", ("NUMFSM", "NUMNOFSM")),
    ("2020-2021", "PNUMFSMEVER", "NUMFSMEVER", ("NOR",)),
]


@pytest.mark.parametrize(("year", "share", "above", "below"), DENOMINATORS)
def test_the_printed_share_is_of_the_pupils_the_definition_names(
    year: str, share: str, above: str, below: tuple[str, ...], released: Released, indicators: Indicators
) -> None:
    release = released(f"{TABLES}/{year}/england_census.csv.gz")
    reads = {"source": release.source, "from_year": 2010, "to_year": 2030}
    plain = indicators["free_school_meals"]
    printed = Reading(value=share, cohort_sum=below, **reads)
    counted = Reading(value=above, **reads)
    figures = values_of_all(
        [release],
        indicators={
            name: plain.model_copy(update={"id": name, "readings": (reading,)})
            for name, reading in (("printed", printed), ("counted", counted))
        },
    )
    assert figures is not None
    rows = {(row["urn"], row["indicator"]): row for row in rows_in(figures)}

    compared = [
        abs(100 * rows[urn, "counted"]["value"] / row["cohort"] - row["value"])
        for (urn, name), row in rows.items()
        if name == "printed" and row["value"] is not None and row["cohort"] and rows[urn, "counted"]["value"]
    ]

    assert len(compared) > 10_000
    assert max(compared) <= 0.0501


@pytest.mark.parametrize(
    ("indicator", "year"),
    [
        ("english_additional_language", 2018),
        ("free_school_meals", 2018),
        ("free_school_meals", 2019),
        ("free_school_meals_ever_six", 2021),
        ("persistent_absence", 2012),
        ("pupil_teacher_ratio", 2014),
        ("teacher_pay", 2014),
    ],
)
def test_no_change_is_told_where_the_pupils_counted_changed(
    indicator: str, year: int, indicators: Indicators
) -> None:
    found = change_between(
        Point(year - 1, Known(10.0, 100)), Point(year, Known(12.0, 100)), indicator=indicators[indicator]
    )

    assert isinstance(found, NotComparable)


def test_the_schools_of_one_county_are_not_england(
    released: Released, indicators: Indicators, register: ibis.Table
) -> None:
    chosen = {name: indicators[name] for name in ("roll", "rwm_expected", "reading_progress")}
    national = f"{TABLES}/2018-2019/england_ks2final_subset.csv.gz"
    census = values_of_all([released(CENSUS_2019)], indicators=chosen)
    figures = values_of_all([released(COUNTY_2019), released(national)], indicators=chosen)
    assert census is not None
    assert figures is not None

    worked = computed(figures, establishments=register, roll=rolls_of(census), indicators=chosen)
    england = {
        row["indicator"]: row
        for row in rows_in(prefer_areas(worked))
        if row["preferred"] and (row["area"], row["phase"]) == ("england", "primary")
    }

    of_the_county = [row for row in rows_in(figures) if row["release"] == COUNTY_2019]
    assert {row["period"] for row in of_the_county} == {2019}
    assert len({row["urn"] for row in of_the_county}) > 300
    assert set(england) == {"reading_progress"}
    assert england["reading_progress"]["release"] == national
    assert england["reading_progress"]["roll_share"] > 85
