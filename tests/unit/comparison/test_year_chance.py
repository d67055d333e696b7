"""Whether a change from one year to the next is more than chance or rounding explains."""

import pytest

from steward.analysis.comparison.year_chance import is_beyond_chance, is_tested
from steward.analysis.indicators.change import Point
from steward.evidence import catalogues
from steward.vocabulary.values import Known, Missing, Reason


def _told(code, before, after, pupils=None, *, year=2018):
    first, second = Point(year - 1, Known(before, pupils)), Point(year, Known(after, pupils))
    return is_beyond_chance(first, second, indicator=catalogues.indicators()[code])


@pytest.mark.parametrize(
    ("before", "after", "pupils", "told"),
    [
        (50.0, 63.0, 30, False),  # Newcombe: -0.12 to 0.36
        (30.0, 80.0, 30, True),
        (50.0, 63.0, 3000, True),
        (50.0, 51.0, None, False),  # no number of pupils: rounding of both allows it
        (50.0, 53.0, None, True),
    ],
)
def test_a_share_needs_more_than_chance_and_without_pupils_more_than_rounding(before, after, pupils, told):
    assert _told("rwm_expected", before, after, pupils) is told
    assert _told("rwm_expected", after, before, pupils) is told


def test_a_mean_of_scores_is_held_to_the_spread_of_pupils():
    assert not _told("progress_8", 0.10, 0.20, 150)
    assert _told("progress_8", -0.40, 0.40, 150)


def test_a_missing_figure_is_never_beyond_chance():
    missing = Point(2017, Missing(Reason.WITHHELD))
    known = Point(2018, Known(99.0, 500))
    assert not is_beyond_chance(missing, known, indicator=catalogues.indicators()["rwm_expected"])


@pytest.mark.parametrize(("pupils", "tested"), [(30, True), (None, False)])
def test_without_numbers_of_pupils_chance_is_not_tested(pupils, tested):
    first, second = Point(2017, Known(50.0, pupils)), Point(2018, Known(53.0, pupils))
    assert is_tested(first, second, indicator=catalogues.indicators()["rwm_expected"]) is tested
