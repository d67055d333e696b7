"""Figures of the real files, held against what the publications print."""

from collections import Counter
from collections.abc import Callable

import ibis
import pytest

from factories.small_releases import rows_in
from steward.analysis.accountability.progress8 import bands
from steward.analysis.indicators.areas import difference, published_in_all
from steward.analysis.indicators.computed_areas import computed
from steward.analysis.indicators.definition import IndicatorDefinition
from steward.analysis.indicators.numbered import completed
from steward.analysis.indicators.places import rolls_of
from steward.analysis.indicators.stacks import OpenRelease
from steward.analysis.indicators.values import values_of_all
from steward.analysis.sources.marks import number_of

pytestmark = pytest.mark.real

KS4 = "performance_tables/2018-2019/england_ks4provisional.csv.gz"
ABSENCE = "performance_tables/2018-2019/england_abs.csv.gz"
CENSUS = "performance_tables/2018-2019/england_census.csv.gz"
LAIT = "lait/bds_long_0.parquet"

Released = Callable[[str], OpenRelease]
Indicators = dict[str, IndicatorDefinition]


def _published(release: OpenRelease, indicators: Indicators) -> dict[tuple[str, str, str, int], float | None]:
    found = published_in_all([release], indicators=indicators)
    assert found is not None
    return {
        (row["area"], row["phase"], row["indicator"], row["period"]): row["value"] for row in rows_in(found)
    }


def test_key_stage_4_of_leeds_and_england_are_the_published_ones(
    released: Released, indicators: Indicators
) -> None:
    found = _published(released(KS4), indicators)

    assert found["383", "all", "attainment_8", 2019] == 44.8
    assert found["383", "all", "progress_8", 2019] == 0.02
    assert found["england", "all", "attainment_8", 2019] == 46.5
    assert found["england", "all", "progress_8", 2019] == -0.03


def test_absence_of_england_is_published_by_phase(released: Released, indicators: Indicators) -> None:
    found = _published(released(ABSENCE), indicators)

    by_phase = {
        phase: found["england", phase, "absence", 2019] for phase in ("primary", "secondary", "special")
    }
    assert by_phase == {"primary": 4.0, "secondary": 5.5, "special": 10.1}


def test_what_is_computed_for_leeds_is_not_what_is_published(
    released: Released, indicators: Indicators, register: ibis.Table
) -> None:
    release = released(KS4)
    figures = values_of_all([release], indicators=indicators)
    census = values_of_all([released(CENSUS)], indicators=indicators)
    printed = published_in_all([release], indicators=indicators)
    assert figures is not None
    assert census is not None
    assert printed is not None

    worked = computed(figures, establishments=register, roll=rolls_of(census), indicators=indicators)
    told = {
        (row["area"], row["phase"], row["indicator"]): row
        for row in rows_in(difference(printed.union(worked)))
    }
    leeds = told["383", "all", "attainment_8"]

    assert (round(leeds["computed"], 1), leeds["published"]) == (45.7, 44.8)
    assert leeds["schools"] == 47
    assert 90 < leeds["roll_share"] < 100


def test_progress_8_bands_are_the_published_ones(released: Released) -> None:
    raw = released(KS4).raw
    schools = raw.filter(raw.RECTYPE.isin(["1", "2"]), raw.P8_BANDING.re_search("^[1-5]$"))
    found = rows_in(
        schools.select(
            published=schools.P8_BANDING.cast("int64"),
            recomputed=bands(
                number_of(schools.P8MEA),
                lower=number_of(schools.P8CILOW),
                upper=number_of(schools.P8CIUPP),
            ),
        )
    )

    assert len(found) == 3401
    assert [row for row in found if row["published"] != row["recomputed"]] == []


KS2_2013 = "performance_tables/2012-2013/england_ks2_subset.csv.gz"
KS4_2010 = "performance_tables/2009-2010/england_ks4.csv.gz"


def test_authority_rows_without_a_code_are_told_by_the_schools_above_them(
    released: Released, indicators: Indicators, register: ibis.Table
) -> None:
    found = _published(completed(released(KS2_2013), establishments=register), indicators)

    assert found["383", "all", "ks2_average_points", 2013] == 28.0
    assert found["383", "all", "reading_level_4", 2013] == 85.0
    assert found["england", "all", "ks2_average_points", 2013] == 28.4
    assert len({area for area, *_ in found}) > 140


def test_schools_named_by_number_are_found(
    released: Released, indicators: Indicators, register: ibis.Table
) -> None:
    release = completed(released(KS4_2010), establishments=register)
    figures = values_of_all([release], indicators=indicators)
    assert figures is not None
    found = _published(release, indicators)

    assert len({row["urn"] for row in rows_in(figures)}) > 2000
    assert found["383", "all", "five_good_gcses", 2010] == 50.6
    assert found["england", "all", "five_good_gcses", 2010] == 55.2


GOLDEN = {
    ("england", "rwm_expected"): [54, 62, 65, 65, None, None, 59, 60, 61, 63],
    ("383", "rwm_expected"): [48, 56, 61, 62, None, None, 58, 58, 59, 61],
    ("england", "rwm_expected_disadvantaged"): [39, 48, 51, 51, None, None, 43, 44, 46, 48],
    ("383", "rwm_expected_disadvantaged"): [31, 39, 45, 45, None, None, 39, 41, 42, 44],
    ("383", "phonics"): [77, 77, 79, 79, None, None, 75, 78, 79, 80],
    ("england", "absence"): [4.57, 4.65, 4.81, 4.73, None, 4.62, 7.55, 7.37, 7.15, 6.78],
    ("383", "absence"): [4.72, 4.72, 4.84, 4.85, None, 4.60, 7.52, 7.63, 7.44, 7.02],
    ("383", "progress_8"): [-0.06, 0.07, -0.02, 0.03, None, None, 0.12, 0.12, 0.10],
}


def test_the_series_of_areas_hold_the_golden_rows(released: Released, indicators: Indicators) -> None:
    found = _published(released(LAIT), indicators)

    for (area, name), expected in GOLDEN.items():
        series = [found[area, "all", name, 2016 + place] for place in range(len(expected))]
        assert series == [None if one is None else pytest.approx(one) for one in expected], (area, name)


def test_a_provisional_figure_of_the_series_is_marked_so(released: Released, indicators: Indicators) -> None:
    found = published_in_all([released(LAIT)], indicators={"phonics": indicators["phonics"]})
    assert found is not None

    versions = {(row["period"], row["version"]) for row in rows_in(found) if row["area"] == "383"}

    assert (2025, "provisional") in versions
    assert (2024, "final") in versions


RELEASES = {
    "finance/financials_2018.csv.gz": {"balance_share"},
    "performance_tables/2009-2010/england_ks4.csv.gz": set(),
    "performance_tables/2010-2011/england_abs.csv.gz": {
        "absence",
        "persistent_absence",
        "unauthorised_absence",
    },
    "performance_tables/2010-2011/england_cfr.csv.gz": {"income_per_pupil", "expenditure_per_pupil"},
    "performance_tables/2011-2012/england_pupdest.csv.gz": {"destinations_sustained"},
    "performance_tables/2012-2013/england_ks2_subset.csv.gz": {
        "reading_level_4",
        "reading_two_levels",
        "writing_two_levels",
        "maths_two_levels",
        "ks2_average_points",
    },
    "performance_tables/2013-2014/england_census.csv.gz": {
        "roll",
        "free_school_meals",
        "free_school_meals_ever_six",
        "english_additional_language",
        "ehc_plan",
    },
    "performance_tables/2014-2015/england_swf.csv.gz": {"pupil_teacher_ratio", "teacher_pay"},
    "performance_tables/2015-2016/england_ks5.csv.gz": {"a_level_points"},
    "performance_tables/2017-2018/england_swf.csv.gz": {"pupil_teacher_ratio", "teacher_pay"},
    "performance_tables/2018-2019/england_ks2final_subset.csv.gz": {
        *(f"{subject}_progress" for subject in ("reading", "writing", "maths")),
        *(f"{subject}_progress_band" for subject in ("reading", "writing", "maths")),
    },
    "performance_tables/ks4_2013-2015_mainstream_secondary_derived.csv.gz": {
        "five_good_gcses",
        "five_good_gcses_disadvantaged",
    },
}


@pytest.mark.parametrize("path", list(RELEASES))
def test_each_publication_feeds_its_indicators_and_every_mark_is_read(
    path: str, released: Released, indicators: Indicators
) -> None:
    found = values_of_all([released(path)], indicators=indicators)
    rows = [] if found is None else rows_in(found)

    assert {row["indicator"] for row in rows} == RELEASES[path]
    assert Counter(row["mark"] for row in rows if row["status"] == "unreadable") == Counter()
    assert all((row["value"] is not None) == (row["status"] == "known") for row in rows)
