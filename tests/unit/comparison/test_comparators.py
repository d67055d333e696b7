"""What is compared with is defined in files: one thing each, with a version and a date."""

import pytest

from steward.analysis.comparison.comparators import ComparatorDefinition, read_comparators

CORE_CITIES = {"330", "801", "383", "341", "352", "391", "892", "373"}
BARE = {
    "id": "ours",
    "title": "Ours",
    "owner": "Test",
    "reviewed_on": "2026-01-01",
    "review_on": "2027-01-01",
    "version": 2,
    "about": "Test",
    "source": "Test",
}


def test_core_cities_are_the_eight_of_england():
    group = read_comparators()["core-cities"].group
    assert group is not None
    assert set(group.authorities) == CORE_CITIES
    assert len(group.authorities) == 8


def test_both_lists_of_the_department_are_known_with_their_dates():
    found = {
        id_: one.published_list.dated.year for id_, one in read_comparators().items() if one.published_list
    }
    assert found == {"dfe-2021": 2021, "dfe-2025": 2025}


def test_the_method_is_named_with_its_version():
    made = ComparatorDefinition.model_validate({**BARE, "group": {"authorities": ["383", "373"]}})
    assert made.method == "ours-2"


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {
            "group": {"authorities": ["383", "373"]},
            "published_list": {"source": "s", "layout": "l", "dated": "2025-01-01"},
        },
    ],
)
def test_a_definition_of_nothing_or_of_two_things_is_refused(parts):
    with pytest.raises(ValueError, match="exactly one"):
        ComparatorDefinition.model_validate({**BARE, **parts})
