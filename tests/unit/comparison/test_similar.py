"""Similar schools: the most like by intake, never the school itself, nothing filled in."""

import ibis
import numpy as np

from steward.analysis import columns
from steward.analysis.comparison.alikeness import scaled
from steward.analysis.comparison.comparators import Feature, read_comparators
from steward.analysis.comparison.intake import comparable, intake_of
from steward.analysis.comparison.similar import nearest_schools

MEALS = Feature(id="meals", title="Meals", weight=1.0)
LANGUAGE = Feature(id="language", title="Language", weight=1.0)
METHOD = read_comparators()["similar-schools"].similar_schools


def sets_of(values, *, features=(MEALS, LANGUAGE), schools=2, at_least=1):
    urns = np.arange(1, len(values) + 1)
    found = nearest_schools(
        np.array(values, dtype=float), urns=urns, features=features, schools=schools, at_least=at_least
    )
    return [[int(urns[place]) for place in row if place >= 0] for row in found.places]


def test_the_nearest_come_first_and_never_the_school_itself():
    assert sets_of([[10, 0], [12, 0], [30, 0], [11, 0]])[0] == [4, 2]


def test_equal_distances_are_settled_by_the_lower_number():
    assert sets_of([[10, 5], [10, 5], [10, 5], [10, 5], [40, 5]])[3] == [1, 2]


def test_schools_with_too_few_features_in_common_are_not_compared():
    missing = np.nan
    found = sets_of([[10, missing], [missing, 5], [10, 5], [20, 9]], at_least=2)
    assert found[0] == []
    assert found[2] == [4]


def test_missing_features_are_left_out_and_not_filled_in():
    found = sets_of([[10, np.nan], [10, 90], [14, 5], [40, 5]], schools=1)
    assert found[0] == [2]


def test_a_feature_that_is_the_same_everywhere_does_not_divide_by_nothing():
    assert np.allclose(scaled(np.full((4, 1), 7.0), features=[MEALS]), 0)


def test_one_extreme_school_does_not_rule_the_scale():
    values = np.array([[1.0], [2.0], [3.0], [4.0], [5000.0]])
    assert abs(scaled(values, features=[MEALS])[0, 0] - scaled(values, features=[MEALS])[3, 0]) > 1


def _schools(*rows):
    names = ("urn", "phase", "standing", "governance", "as_at")
    made = [dict(zip(names, row, strict=True)) for row in rows]
    table = ibis.memtable(
        made, schema={"urn": "int64", **dict.fromkeys(names[1:4], "string"), "as_at": "date"}
    )
    return columns.cast(table, columns.ESTABLISHMENTS)


def _listed(table):
    return ibis.duckdb.connect().to_pyarrow(table).to_pylist()


def test_closed_independent_and_followed_schools_stand_in_no_set():
    register = _schools(
        (1, "primary", "open", "maintained", "2021-01-01"),
        (2, "primary", "open", "maintained", "2021-01-01"),
        (2, "primary", "closed", "maintained", "2022-01-01"),
        (3, "primary", "open", "independent", "2021-01-01"),
        (4, "primary", "open", "maintained", "2019-01-01"),
        (5, "primary", "open", "academy", "2021-01-01"),
    )
    links = columns.cast(
        ibis.memtable([{"urn": 5, "predecessor": 4}], schema={"urn": "int64", "predecessor": "int64"}),
        columns.LINKS,
    )
    assert sorted(one["urn"] for one in _listed(comparable(register, links=links))) == [1, 5]


def test_the_newest_known_figure_of_recent_years_is_taken():
    rows = [
        (1, "roll", 2021, 200.0, "known"),
        (1, "roll", 2019, 150.0, "known"),
        (1, "sen_support", 2021, None, "suppressed"),
        (1, "sen_support", 2019, 9.0, "known"),
        (1, "ehc_plan", 2017, 3.0, "known"),
        (2, "sen_support", 2021, 12.0, "known"),
    ]
    names = ("urn", "indicator", "period", "value", "status")
    made = [{**dict(zip(names, row, strict=True)), "preferred": True} for row in rows]
    kinds = {
        "urn": "int64",
        "indicator": "string",
        "period": "int64",
        "value": "float64",
        "status": "string",
        "preferred": "boolean",
    }
    values = columns.cast(ibis.memtable(made, schema=kinds), columns.VALUES)
    both = [{"urn": 1, "phase": "primary"}, {"urn": 2, "phase": "primary"}]
    schools = ibis.memtable(both, schema={"urn": "int64", "phase": "string"})
    found = _listed(intake_of(values, schools=schools, method=METHOD))
    assert sorted((one["urn"], one["feature"], one["period"], one["value"]) for one in found) == [
        (1, "roll", 2021, 200.0),
        (1, "sen_support", 2019, 9.0),
    ]
