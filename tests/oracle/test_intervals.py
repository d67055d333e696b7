"""Intervals held against every limit and band of Progress 8 that was printed for 2019."""

import csv
import gzip
import io
from pathlib import Path

import pytest

from steward.analysis.comparison.chance import Chance, chance_of
from steward.analysis.comparison.intervals import Interval, mean_interval
from steward.analysis.indicators.catalogue import read_indicators
from steward.vocabulary.values import Known

pytestmark = pytest.mark.real

FILE = "performance_tables/2018-2019/england_ks4provisional.csv.gz"
SPREAD_2019 = 1.2826
"""The spread of pupils of 2019 that the printed limits imply."""
ENGLAND_2019 = -0.03
SCHOOL_RECORDS = ("1", "2")


@pytest.fixture(scope="module")
def printed(published_data: Path) -> list[tuple[Known, Interval, str]]:
    """Return score with pupils, limits and band of every school that has all of them but the band."""
    with gzip.open(published_data / FILE) as packed:
        rows = list(csv.DictReader(io.TextIOWrapper(packed, encoding="utf-8-sig")))
    found = []
    for row in rows:
        try:
            score, low, high, pupils = (float(row[name]) for name in ("P8MEA", "P8CILOW", "P8CIUPP", "P8PUP"))
        except (TypeError, ValueError):
            continue
        if row["RECTYPE"] in SCHOOL_RECORDS:
            found.append((Known(score, pupils), Interval(low, high), row["P8_BANDING"]))
    return found


def test_every_printed_limit_of_2019_follows_from_one_spread_of_pupils(printed):
    assert len(printed) == 3525
    for score, limits, _ in printed:
        found = mean_interval(score.value, spread=SPREAD_2019, pupils=round(score.cohort), quantile=1.96)
        assert found.low == pytest.approx(limits.low, abs=0.0101)
        assert found.high == pytest.approx(limits.high, abs=0.0101)


def test_chance_is_unlikely_for_no_school_that_is_printed_as_average(printed):
    progress = read_indicators()["progress_8"]
    bands = [
        band
        for score, limits, band in printed
        if chance_of(score, indicator=progress, period=2019, england=ENGLAND_2019, limits=limits).chance
        is Chance.UNLIKELY
    ]
    assert bands.count("3") == 0
    assert [bands.count(band) for band in "1245"] == [449, 509, 512, 626]
