"""What was believed of every primary school from one year's results, held against the next year's."""

import csv
import gzip
import io
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from steward.analysis.comparison import shrinkage
from steward.analysis.comparison.shrinkage import Belief
from steward.analysis.comparison.standings import Figures, standings_of_shares

pytestmark = pytest.mark.real

FILE = "performance_tables/{}/england_ks2final_subset.csv.gz"
YEARS = ("2015-2016", "2016-2017", "2017-2018")
SMALLEST = 11


@dataclass(frozen=True)
class Pair:
    """Schools with results in two years: shares and pupils of both, in the same order."""

    first: np.ndarray
    first_pupils: np.ndarray
    second: np.ndarray
    second_pupils: np.ndarray


def _results(folder: Path, year: str) -> dict[str, tuple[float, float]]:
    """Return the share at the expected standard in all three subjects, and the pupils, by URN."""
    with gzip.open(folder / FILE.format(year)) as packed:
        rows = list(csv.DictReader(io.TextIOWrapper(packed, encoding="utf-8-sig")))
    found = {}
    for row in rows:
        try:
            share, pupils = float(row["PTRWM_EXP"].rstrip("%")), float(row["TELIG"])
        except ValueError:
            continue
        if pupils >= SMALLEST and row["URN"] and share > 0:
            found[row["URN"]] = (share / 100, pupils)
    return found


@pytest.fixture(scope="module")
def pairs(published_data: Path) -> list[Pair]:
    """Return 2016 with 2017, and 2017 with 2018."""
    by_year = [_results(published_data, year) for year in YEARS]
    made = []
    for one, other in pairwise(by_year):
        both = sorted(one.keys() & other.keys())
        columns = np.array([(*one[urn], *other[urn]) for urn in both]).T
        made.append(Pair(*columns))
    return made


def _believed(pair: Pair) -> Belief:
    counts = np.round(pair.first * pair.first_pupils)
    spread = shrinkage.spread_of_shares(counts, pupils=pair.first_pupils)
    return shrinkage.belief_of_shares(counts, pupils=pair.first_pupils, spread=spread)


def _moved(pair: Pair) -> np.ndarray:
    """Return the second year's shares less what England moved."""
    england = [
        np.average(share, weights=pupils)
        for share, pupils in ((pair.first, pair.first_pupils), (pair.second, pair.second_pupils))
    ]
    return pair.second - (england[1] - england[0])


def _errors(belief: Belief, pupils: np.ndarray) -> np.ndarray:
    return np.sqrt(belief.mean * (1 - belief.mean) / pupils)


def _coverage(pair: Pair, belief: Belief, *, drift: float) -> float:
    sd = np.sqrt(belief.deviation**2 + _errors(belief, pair.second_pupils) ** 2 + drift**2)
    return float(np.mean(np.abs(_moved(pair) - belief.mean) <= 1.96 * sd))


def test_the_estimate_is_nearer_to_next_year_than_the_figure_itself(pairs):
    for pair in pairs:
        belief, moved = _believed(pair), _moved(pair)
        by_estimate = np.mean((moved - belief.mean) ** 2)
        by_figure = np.mean((moved - pair.first) ** 2)
        assert by_estimate < 0.9 * by_figure


def test_schools_move_from_year_to_year_so_a_belief_is_of_its_own_year(pairs):
    """Of 2017 a belief says what it should; as a forecast of 2018 it is too sure of itself."""
    belief = _believed(pairs[1])
    assert 0.88 <= _coverage(pairs[1], belief, drift=0.0) < 0.93


def test_with_the_drift_of_the_year_before_a_forecast_holds_next_years_results(pairs):
    earlier = _believed(pairs[0])
    drift = shrinkage.drift_between(
        earlier, later=_moved(pairs[0]), later_errors=_errors(earlier, pairs[0].second_pupils)
    )
    assert drift == pytest.approx(0.067, abs=0.01)
    assert 0.93 <= _coverage(pairs[1], _believed(pairs[1]), drift=drift) <= 0.97


def test_beside_the_ordinary_spread_one_in_twenty_of_all_schools_lies_outside(pairs):
    pair = pairs[1]
    found = standings_of_shares(
        Figures(100 * pair.second, pair.second_pupils, pair.second_pupils),
        target=100 * float(np.average(pair.second, weights=pair.second_pupils)),
        smallest=SMALLEST,
    )
    assert np.mean(found.chance < 0.05) > 0.25
    assert np.mean(np.abs(found.score) > 1.96) == pytest.approx(0.06, abs=0.02)
