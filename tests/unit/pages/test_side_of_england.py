"""Whether a gap to England is called better or worse."""

import pytest

from steward.analysis.comparison.gaps import gap
from steward.evidence import catalogues
from steward.pages.views.home_tables import side_words


@pytest.mark.parametrize(
    ("value", "england", "said"),
    [
        (0.10, 0.09, "too little to tell, as rounding may explain it"),
        (0.10, 0.08, "better"),
        (0.08, 0.10, "worse"),
        (0.10, 0.10, ""),
    ],
)
def test_a_hair_s_breadth_is_neither_better_nor_worse(value, england, said):
    indicator = catalogues.indicators()["progress_8"]
    found = gap(value, comparator=england, name="England", indicator=indicator)
    assert side_words(found, indicator=indicator) == said
