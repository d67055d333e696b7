"""From figures of schools to how each stands: which rows are judged, beside what, and over which years."""

import ibis
import numpy as np
import pytest
from scipy import stats

from steward.analysis import columns
from steward.analysis.indicators.catalogue import read_indicators
from steward.analysis.indicators.places import PLACES
from steward.analysis.rebuild.standing_rows import gathered
from steward.analysis.rebuild.standings import standings_of
from steward.vocabulary.values import KNOWN

INDICATORS = read_indicators()
SCHOOLS = range(100_000, 100_040)
ENGLAND = {("rwm_expected", year): 60.0 + year - 2016 for year in (2016, 2017, 2018)} | {
    ("progress_8", 2022): -0.03
}


def _value(urn, indicator, period, value, cohort, *, status=KNOWN):
    return {
        "urn": urn, "indicator": indicator, "period": period, "value": value, "status": status, "mark": "",
        "cohort": cohort, "version": "final", "preferred": True, "release": "r", "row": 2,
    }  # fmt: skip


def _place(urn, period, *, phase="primary"):
    return {
        "urn": urn, "period": period, "authority": "383", "region": "R", "phase": phase, "pupils": 200.0,
    }  # fmt: skip


def _judged(values, places):
    tables = (
        ibis.memtable(rows, schema=shape) for rows, shape in ((values, columns.VALUES), (places, PLACES))
    )
    table, where = tables
    rows = gathered(ibis.duckdb.connect(), values=table, places=where, indicators=INDICATORS)
    made = standings_of(rows, targets=ENGLAND, indicators=INDICATORS)
    found = [] if made is None else made.to_pylist()
    return {(row["urn"], row["indicator"], row["period"], row["pooled"]): row for row in found}


@pytest.fixture(scope="module")
def judged():
    """Judge forty primary schools in three years, one of them odd in each way a school can be."""
    random = np.random.default_rng(1)
    values, places = [], []
    for urn in SCHOOLS:
        for year in (2016, 2017, 2018):
            values.append(_value(urn, "rwm_expected", year, float(random.integers(40, 80)), 30.0))
            places.append(_place(urn, year))
    by_key = {(one["urn"], one["period"]): one for one in values}
    by_key[100_001, 2018] |= {"value": 10.0, "cohort": 60.0}
    by_key[100_002, 2018] |= {"cohort": 10.0}
    by_key[100_003, 2018] |= {"cohort": 11.0}
    by_key[100_004, 2018] |= {"cohort": None}
    by_key[100_005, 2018] |= {"status": "suppressed", "value": None}
    by_key[100_006, 2017] |= {"status": "suppressed", "value": None}
    return _judged(values, places)


def test_a_school_far_below_england_is_listed_with_the_exact_tail_of_its_pupils(judged):
    row = judged[100_001, "rwm_expected", 2018, False]
    assert (row["target"], row["beside"]) == (62.0, "england")
    assert row["chance"] == pytest.approx(2 * stats.binom.cdf(6, 60, 0.62), rel=1e-5)
    assert row["unlikely"]
    assert row["value"] < row["estimate"] < row["target"]
    assert row["below"] > 0.999
    assert (row["rank"], row["ranked"]) == (38, 38)


@pytest.mark.parametrize(("urn", "few"), [(100_002, True), (100_003, False)])
def test_the_smallest_cohort_is_judged_and_one_pupil_fewer_is_not(judged, urn, few):
    row = judged[urn, "rwm_expected", 2018, False]
    assert row["few"] is few
    assert (row["chance"] is None) is few
    assert row["estimate"] is not None


@pytest.mark.parametrize("urn", [100_004, 100_005])
def test_unknown_pupils_and_missing_figures_are_not_judged(judged, urn):
    assert (urn, "rwm_expected", 2018, False) not in judged


def test_years_put_together_are_those_that_follow_each_other_up_to_the_latest(judged):
    row = judged[100_007, "rwm_expected", 2018, True]
    assert (row["since"], row["pupils"], row["target"]) == (2016, 90.0, pytest.approx(61.0, abs=0.05))
    assert (100_006, "rwm_expected", 2018, True) not in judged
    assert (100_005, "rwm_expected", 2018, True) not in judged
    single = [judged[100_007, "rwm_expected", year, False] for year in (2016, 2017, 2018)]
    assert row["value"] == pytest.approx(np.mean([one["value"] for one in single]))


def test_only_the_latest_year_is_listed_and_ranked(judged):
    for (_, _, period, _), row in judged.items():
        assert row["latest"] == (period == 2018)
        assert (row["rank"] is not None) == (period == 2018)


def test_special_schools_are_held_against_their_like():
    places = [_place(urn, 2018, phase="special") for urn in SCHOOLS]
    values = [_value(urn, "rwm_expected", 2018, 10.0 + urn % 2, 20.0) for urn in SCHOOLS]
    row = _judged(values, places)[100_000, "rwm_expected", 2018, False]
    assert (row["target"], row["beside"]) == (10.5, "phase")


def test_a_mean_needs_its_spread_of_pupils_or_its_printed_limits():
    places = [_place(urn, year, phase="secondary") for urn in SCHOOLS for year in (2019, 2022)]
    values = [
        _value(urn, "progress_8", year, urn % 5 / 10, 100.0) for urn in SCHOOLS for year in (2019, 2022)
    ]
    printed = ((100_000, -0.2, 0.2), (100_001, 0.9, 1.3))
    for urn, low, high in printed:
        values += [
            _value(urn, "progress_8_lower", 2019, low, 98.0),
            _value(urn, "progress_8_upper", 2019, high, 98.0),
        ]
    found = _judged(values, places)
    assert found[100_000, "progress_8", 2019, False]["error"] == pytest.approx(0.2 / 1.96)
    assert (100_001, "progress_8", 2019, False) not in found
    assert (100_002, "progress_8", 2019, False) not in found
    row = found[100_002, "progress_8", 2022, False]
    assert row["error"] == pytest.approx(1.408359 / 10, rel=1e-5)
    assert row["target"] == pytest.approx(-0.03)
    assert row["chance"] == pytest.approx(2 * stats.norm.sf(0.23 / 0.1408359), rel=1e-4)


def test_a_figure_changed_after_its_limits_were_printed_is_judged_by_the_spread_other_limits_imply():
    places = [_place(urn, 2019, phase="secondary") for urn in SCHOOLS]
    values = []
    for urn in SCHOOLS:
        pupils, value = 50.0 + urn % 7 * 25, urn % 5 / 10
        reach = 1.96 * 1.28 / pupils**0.5
        values += [
            _value(urn, "progress_8", 2019, value + 0.1 * (urn == 100_003), pupils),
            _value(urn, "progress_8_lower", 2019, value - reach, pupils),
            _value(urn, "progress_8_upper", 2019, value + reach, pupils),
        ]
    found = _judged(values, places)
    row = found[100_003, "progress_8", 2019, False]
    assert row["error"] == pytest.approx(1.28 / row["pupils"] ** 0.5, rel=1e-6)
    assert row["ranked"] == len(SCHOOLS)


def test_without_figures_there_is_nothing():
    assert _judged([], []) == {}
