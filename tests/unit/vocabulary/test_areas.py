"""An authority that a reorganisation ended has one label, however a file marks it."""

import pytest

from steward.vocabulary.areas import name_of_area


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("Dorset (Pre LG)", "Dorset (before reorganisation)"),
        ("Pre-LGR 2019 Dorset", "Dorset (before reorganisation)"),
        ("Pre-LGR 2021 Northamptonshire", "Northamptonshire (before reorganisation)"),
        ("Bournemouth (Pre-LGR)", "Bournemouth (before reorganisation)"),
        ("Leeds", "Leeds"),
        ("Preston", "Preston"),
        ("Bournemouth, Christchurch and Poole", "Bournemouth, Christchurch and Poole"),
    ],
)
def test_names_of_areas_have_one_label_where_abolished(published, shown):
    assert name_of_area(published) == shown
