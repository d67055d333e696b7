"""The years a chart's source names."""

import pytest

from steward.evidence.queries import releases
from steward.pages.views.publications import series_of_measures


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2016 to 2017", "2018 to 2019", "2016 to 2019"),
        ("2018 to 2019", "2018 to 2019", "2018 to 2019"),
        ("2016", "2019", "2016 to 2019"),
    ],
)
def test_the_years_of_a_source_are_named_once(monkeypatch, first, last, said):
    monkeypatch.setattr(releases, "publication_title", lambda source: "Series")
    assert series_of_measures(first=first, last=last) == f"Series, Department for Education, {said}"
