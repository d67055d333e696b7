"""The published files of Ofsted are read as outcomes, whichever year they are from."""

from datetime import date

import ibis
import numpy as np
import pytest

from steward.analysis.forecasting.outcome_files import read_outcomes
from steward.analysis.forecasting.outcomes import after
from steward.analysis.sources.catalogue import read_sources
from steward.regimes.frameworks import read_frameworks


@pytest.mark.real
@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("mi_schools_2015-05-31.csv.gz", (date(2013, 12, 31), date(2015, 5, 31))),
        ("mi_state-funded_schools_2020-08-31.csv.gz", (date(2019, 1, 31), date(2020, 3, 12))),
    ],
)
def test_a_published_file_gives_the_next_inspections(published_data, name, days):
    found = read_outcomes(
        published_data / "ofsted" / name,
        connection=ibis.duckdb.connect(),
        sources=read_sources(),
        frameworks=read_frameworks(),
        schools={},
    ).outcomes
    assert len(found.on) > 30_000
    assert set(np.unique(found.rank[~np.isnan(found.rank)])) == {1, 2, 3, 4}
    first = after(found, cutoff=days[0], until=days[1], graded=True)
    assert 2_500 < len(first.school) < 12_000
    assert 0.15 < float(np.mean(first.rank >= 3)) < 0.5
    assert len(np.unique(first.school)) == len(first.school)
