"""Our own list of neighbours is as accurate, on the published files, as its definition says."""

import ibis
import pytest

from steward.analysis import columns
from steward.analysis.comparison import fitting
from steward.analysis.comparison.comparators import read_comparators
from steward.analysis.indicators import series as reading_series
from steward.analysis.indicators.stacks import together
from steward.analysis.sources import catalogue, reading, recognition, tables
from steward.analysis.sources.definition import Holds

pytestmark = pytest.mark.real

METHOD = read_comparators()["circumstances"].neighbours
LISTS = {"dfe-2021": "lait/sn_april_2021.xlsx", "dfe-2025": "lait/sn_may_2025.xlsx"}


def taken(path, *, sources):
    found = reading.peek(path)
    told = recognition.recognise(found, sources=sources)
    return reading.read(found, layout=told.layout), told


@pytest.fixture(scope="module")
def held(published_data):
    sources = catalogue.read_sources()
    connection = ibis.duckdb.connect()
    lists, registers = [], []
    for name, path in LISTS.items():
        published, told = taken(published_data / path, sources=sources)
        found = tables.neighbours(ibis.memtable(published.table), told, release=path)
        lists.append(found.rename(other="neighbour").mutate(list=ibis.literal(name)))
    for path in sorted((published_data / "register").glob("*")) + sorted(
        (published_data / "performance_tables").glob("*/england_s*")
    ):
        found = reading.peek(path)
        told = recognition.recognise(found, sources=sources)
        if told.is_used and told.source.holds is Holds.REGISTER:
            published = reading.read(found, layout=told.layout)
            registers.append(tables.establishments(ibis.memtable(published.table), told, release=path.name))
    published, told = taken(published_data / "lait/bds_long_0.parquet", sources=sources)
    return fitting.held_from(
        connection,
        series=reading_series.series(ibis.memtable(published.table), told.layout, release="series"),
        establishments=columns.cast(together(registers), columns.ESTABLISHMENTS),
        lists=columns.cast(together(lists), columns.NEIGHBOURS),
        method=METHOD,
    )


def test_accuracy_is_as_the_definition_says(held):
    found = {one.measure: one for one in fitting.tested(METHOD, held=held)}
    assert set(found) == {one.measure for one in METHOD.fit.accuracy}
    for said in METHOD.fit.accuracy:
        assert found[said.measure].published == pytest.approx(said.published, rel=0.005), said.measure
        assert found[said.measure].fitted == pytest.approx(said.fitted, rel=0.02), said.measure


def test_the_lists_of_the_department_have_the_known_errors(held):
    found = {one.measure: one.published for one in fitting.tested(METHOD, held=held)}
    assert found["KS2RWM_Expected_STD"] == pytest.approx({"dfe-2025": 3.719, "dfe-2021": 3.587}, abs=0.001)
    assert found["AVG_Attain8_Score"] == pytest.approx({"dfe-2025": 2.768, "dfe-2021": 2.711}, abs=0.001)
    assert found["TotAbs"] == pytest.approx({"dfe-2025": 0.491, "dfe-2021": 0.482}, abs=0.001)


def test_the_goal_is_reached_with_weights_that_did_not_see_the_measures():
    headline = {one.measure for one in METHOD.predicts if one.headline}
    ratios = {one.measure: one.ratio("dfe-2025") for one in METHOD.fit.accuracy}
    chosen = [ratio for measure, ratio in ratios.items() if measure in headline]
    assert len(chosen) >= 10
    assert sum(chosen) / len(chosen) <= 0.92
    assert max(ratios.values()) <= 1.02
    assert METHOD.fit.kept >= 8
