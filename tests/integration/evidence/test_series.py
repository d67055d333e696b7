"""The series of areas as read back: every cell of the real file, and the figures printed about Leeds."""

import datetime
from pathlib import Path

import ibis
import pyarrow.parquet as pq
import pytest

from steward.analysis.comparison import standing_of_areas as standing
from steward.analysis.rebuild.kitchen import Kitchen, StoredRelease
from steward.analysis.rebuild.series import write_series
from steward.analysis.sources import reading, recognition
from steward.analysis.sources.catalogue import read_sources
from steward.evidence.models import Generation
from steward.evidence.queries import series
from steward.pages.queries import area_outcomes, outcome_topics, standards_gaps
from steward.pages.queries.area_outcomes import Company
from steward.vocabulary.values import Known, Missing, Reason

FILES = ("lait/bds_long_0.parquet", "lait/lait_data_dictionary.csv")
LEEDS, ENGLAND = "383", "england"

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def written(published_data: Path, tmp_path_factory) -> Path:
    """Write the tables of the real series into a generation and return the store."""
    store = tmp_path_factory.mktemp("store")
    sources = read_sources()
    releases = [_stored(published_data / path, store=store, sources=sources) for path in FILES]
    into = store / "generations" / "real"
    into.mkdir(parents=True)
    write_series(Kitchen(ibis.duckdb.connect(), sources, into), releases=releases)
    return store


def _stored(path: Path, *, store: Path, sources) -> StoredRelease:
    peek = reading.peek(path)
    found = recognition.recognise(peek, sources=sources)
    kept = store / f"{found.source.id}.parquet"
    pq.write_table(reading.read(peek, layout=found.layout).table, kept)
    period = None if found.period is None else found.period.ends
    return StoredRelease(found.source.id, found.source.id, found.layout, period, None, "final", kept)


@pytest.fixture
def loaded(written: Path, db, settings) -> None:
    """Make the real series the ones in use."""
    settings.STEWARD_STORE = written
    Generation.objects.create(
        made_at=datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC),
        folder="real",
        current=True,
        releases=[],
    )


def _leeds(**changes: object) -> Company:
    given = {
        "area": LEEDS, "name": "Leeds", "region": "982", "region_name": "Yorkshire and the Humber",
        "neighbours": (), "list": None, "lists": (),
    }  # fmt: skip
    return Company(**(given | changes))


def _values(measure: str, area: str) -> dict[int, float]:
    points = series.series_of([measure], areas=[area])[measure, area]
    return {point.year: point.value.value for point in points if isinstance(point.value, Known)}


def test_every_cell_of_leeds_is_there_unchanged(loaded, published_data):
    printed = pq.read_table(published_data / FILES[0], filters=[("LA Number", "==", 383.0)]).to_pylist()
    cells = {(row["Short Desc"], row["Years"]): row["Values"] for row in printed}
    assert len(cells) == 3_771

    found = series.series_of(list(series.measures()), areas=[LEEDS])

    read = {(point.measure, point.label): point.value for points in found.values() for point in points}
    assert read.keys() == cells.keys()
    for cell, text in cells.items():
        if text == "-":
            assert read[cell] == Missing(Reason.NOT_RECORDED, "-")
        else:
            assert read[cell] == Known(float(text)), cell


def test_a_cell_leads_to_its_row_of_the_file(loaded, published_data):
    table = pq.read_table(published_data / FILES[0])
    for measure in ("KS2RWM_Expected_STD", "RTA", "NEW_KS2_RWM_Sen_W/Osta"):
        for point in series.series_of([measure], areas=[LEEDS])[measure, LEEDS]:
            row = table.slice(point.row - 2, 1).to_pylist()[0]
            assert (row["Short Desc"], row["Years"], row["LA Number"]) == (measure, point.label, 383.0)


def test_all_434_measures_are_described(loaded):
    found = series.measures()
    assert len(found) == 434
    assert {one.polarity for one in found.values()} == {"high", "low", "none"}
    assert {one.unit for one in found.values()} == {"percent", "score", "number", "rate", "pounds"}
    assert found["AVG_Prog8_Score"].decimals == 2
    assert found["KS2RWM_Expected_STD"].decimals == 0
    assert found["AVG_Attain8_Score"].decimals == 1
    assert found["LAC_Pers_Abs"].topics == ("All Pupil Absence & Exclusions", "Children Looked After")
    assert not found["KS2M_AVG_Scaled_Score"].banded
    assert len(series.places()) == 170
    assert series.places()["202"].region == "987"
    assert series.places()[LEEDS].region == "982"


@pytest.mark.parametrize(
    ("measure", "area", "expected"),
    [
        ("KS2RWM_Expected_STD", ENGLAND, [54, 62, 65, 65, 59, 60, 61, 63]),
        ("KS2RWM_Expected_STD", LEEDS, [48, 56, 61, 62, 58, 58, 59, 61]),
        ("DAP_NEW_KS2_RWM", ENGLAND, [39, 48, 51, 51, 43, 44, 46, 48]),
        ("NonDAP_NEW_KS2_RWM", ENGLAND, [61, 68, 71, 72, 66, 67, 68, 70]),
        ("DAP_NEW_KS2_RWM", LEEDS, [31, 39, 45, 45, 39, 41, 42, 44]),
        ("NonDAP_NEW_KS2_RWM", LEEDS, [58, 66, 70, 71, 67, 67, 68, 71]),
        ("AVG_Prog8_Score", ENGLAND, [-0.03, -0.03, -0.02, -0.03, -0.03, -0.03, -0.03]),
        ("AVG_Prog8_Score", LEEDS, [-0.06, 0.07, -0.02, 0.03, 0.12, 0.12, 0.10]),
        ("TotAbs", ENGLAND, [4.57, 4.65, 4.81, 4.73, 4.62, 7.55, 7.37, 7.15, 6.78]),
        ("TotAbs", LEEDS, [4.72, 4.72, 4.84, 4.85, 4.60, 7.52, 7.63, 7.44, 7.02]),
        ("KS1P_all", ENGLAND, [81, 81, 82, 82, 75, 79, 80, 80]),
        ("KS1P_all", LEEDS, [77, 77, 79, 79, 75, 78, 79, 80]),
    ],
)
def test_figures_of_leeds_and_england_are_those_known(loaded, measure, area, expected):
    decimals = series.measures()[measure].decimals
    found = [round(value, decimals) for _, value in sorted(_values(measure, area).items())]
    assert found == expected


def test_attainment_8_and_grade_5_of_2024(loaded):
    for measure, england, leeds in (("AVG_Attain8_Score", 45.9, 45.5), ("EngMaths9-5", 45.9, 46.5)):
        assert _values(measure, ENGLAND)[2024] == pytest.approx(england)
        assert _values(measure, LEEDS)[2024] == pytest.approx(leeds)


def test_leeds_stands_where_counting_says(loaded):
    code = "KS2RWM_Expected_STD"
    (found,) = area_outcomes.outcomes_of(_leeds(), asked=[(code, "", True)])

    values = sorted(series.across(code, label="2025").values(), reverse=True)

    assert found.newest.label == "2025"
    place = values.index(61.0) + 1
    same = values.count(61.0)
    assert found.rank == standing.Rank(place, len(values), shared=True, low=place, high=place + same - 1)
    assert found.rank.words == f"joint 91st of 151 (91st to {standing.ordinal(90 + same)}, by rounding)"
    assert found.band is standing.Band.C
    assert (found.change.amount, found.change.word) == (2.0, "Too little to tell")


def test_no_change_crosses_a_gap_or_a_breach(loaded):
    (early_years,) = area_outcomes.outcomes_of(_leeds(until=2022), asked=[("FSP_NEW_GOODDEV", "", True)])
    assert early_years.newest.label == "2022"
    assert "new early years framework" in early_years.change.why
    (attainment,) = area_outcomes.outcomes_of(_leeds(until=2023), asked=[("AVG_Attain8_Score", "", True)])
    assert isinstance(attainment.change, standing.NoChange)
    assert "grading" in attainment.change.why


def test_every_measure_stands_under_a_topic_of_the_publisher(loaded):
    topics = outcome_topics.published_topics(LEEDS)
    assert len(topics) == 20
    shown = {
        outcome.measure.code
        for topic in topics
        for outcome in outcome_topics.topic_named(topic.slug, company=_leeds()).outcomes
    }
    assert shown == set(series.measures())


def test_gaps_of_the_standards_are_differences_of_published_cells(loaded):
    found = {one.title: one for one in standards_gaps.gaps_of(_leeds(), year=2025)}
    gap = found["Reading, writing and mathematics: disadvantaged pupils and others"]
    assert (gap.gap, gap.before, gap.england) == (27.0, 26.0, 22.0)
    assert "1 percentage point wider than the year before" in gap.sentence
