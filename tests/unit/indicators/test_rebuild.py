"""All tables are written whole from stored releases, empty where nothing feeds them."""

from datetime import date
from pathlib import Path

import ibis
import pyarrow.parquet as pq
import pytest

from factories.small_releases import FOR_SCHOOLS, indicator, layout, text_table
from steward.analysis import columns
from steward.analysis.comparison.strengths import SPREADS
from steward.analysis.indicators.definition import Reading
from steward.analysis.indicators.series import SERIES_PLACES
from steward.analysis.rebuild import series as series_tables
from steward.analysis.rebuild import whole as rebuild
from steward.analysis.rebuild.kitchen import StoredRelease
from steward.analysis.sources import tables
from steward.analysis.sources.definition import Holds, Layout, PeriodFrom, SourceDefinition

SHAPES = {
    rebuild.ESTABLISHMENTS: columns.ESTABLISHMENTS,
    rebuild.LINKS: columns.LINKS,
    rebuild.MEMBERSHIPS: tables.MEMBERSHIPS,
    rebuild.INSPECTIONS: columns.INSPECTIONS,
    rebuild.VALUES: columns.VALUES,
    rebuild.AREAS: columns.AREAS,
    rebuild.SPREADS_FILE: SPREADS,
    series_tables.SERIES_FILE: columns.SERIES,
    series_tables.MEASURES_FILE: columns.MEASURES,
    series_tables.PLACES_FILE: SERIES_PLACES,
}
REGISTER = """
URN    | LA  | ESTAB | SCHNAME  | TYPE             | STATUS | PRIMARY | OPENED | REGION
100002 | 383 | 2002  | Beech    | Community school | Open   | 1       | .      | Yorkshire and the Humber
100001 | 383 | 2001  | Ash      | Community school | Open   | 1       | .      | Yorkshire and the Humber
"""
RESULTS = """
RECTYPE | LEA | URN    | VALUE | PUPILS
1       | 383 | 100002 | 40    | 10
1       | 383 | 100001 | 60    | 30
4       | 383 | .      | 55    | 40
"""


def _source(id: str, *, holds: Holds, of: Layout) -> SourceDefinition:
    return SourceDefinition(
        id=id,
        title=id,
        owner="Test",
        reviewed_on=date(2026, 1, 1),
        review_on=date(2027, 1, 1),
        publisher="Test",
        licence="Test",
        holds=holds,
        about="Test",
        layouts=(of,),
    )


def _store(folder: Path, id: str, *, text: str, of: Layout, period: int) -> StoredRelease:
    path = folder / f"{id}.parquet"
    pq.write_table(ibis.duckdb.connect().to_pyarrow(text_table(text)), path)
    return StoredRelease(
        id=id,
        source=id,
        layout=of,
        period=period,
        as_at=date(period - 1, 10, 1),
        version=of.version,
        parquet=path,
    )


@pytest.fixture
def written(tmp_path: Path) -> dict[str, ibis.Table]:
    """Rebuild from a register, results and a roll, and return the tables by file name."""
    register = layout(authority="LA", establishment_number="ESTAB").model_copy(
        update={
            "fields": {
                "name": "SCHNAME",
                "type": "TYPE",
                "status": "STATUS",
                "is_primary": "PRIMARY",
                "opened_on": "OPENED",
                "region": "REGION",
            },
            "formats": {"opened_on": "%d-%m-%Y"},
            "period": PeriodFrom(place="fixed", value="2018-10-01"),
        }
    )
    results = layout(levels=FOR_SCHOOLS, authority="LEA")
    roll = layout()
    sources = {
        "register": _source("register", holds=Holds.REGISTER, of=register),
        "results": _source("results", holds=Holds.RESULTS, of=results),
        "census": _source("census", holds=Holds.RESULTS, of=roll),
    }
    reads = {"from_year": 2010, "to_year": 2030}
    value = Reading(source="results", value="VALUE", cohort="PUPILS", **reads)
    on_roll = Reading(source="census", value="NOR", cohort="NOR", **reads)
    into = tmp_path / "into"
    into.mkdir()
    rebuild.rebuild(
        ibis.duckdb.connect(),
        releases=[
            _store(tmp_path, "register", text=REGISTER, of=register, period=2019),
            _store(tmp_path, "results", text=RESULTS, of=results, period=2019),
            _store(tmp_path, "census", text="URN | NOR\n100001 | 300\n100002 | 100", of=roll, period=2019),
        ],
        sources=sources,
        indicators={
            "measure": indicator(readings=(value,)),
            "roll": indicator("roll", readings=(on_roll,), area="sum", unit="pupils", polarity="none"),
        },
        frameworks={},
        into=into,
    )
    connection = ibis.duckdb.connect()
    return {name: connection.read_parquet(into / name) for name in SHAPES}


def test_every_table_has_its_shape(written: dict[str, ibis.Table]) -> None:
    assert {name: table.schema() for name, table in written.items()} == SHAPES


def test_figures_of_a_school_lie_together(written: dict[str, ibis.Table]) -> None:
    table = written[rebuild.VALUES]
    rows = table.get_backend().to_pyarrow(table).to_pylist()

    assert [(row["urn"], row["indicator"], row["value"], row["preferred"]) for row in rows] == [
        (100001, "measure", 60.0, True),
        (100001, "roll", 300.0, True),
        (100002, "measure", 40.0, True),
        (100002, "roll", 100.0, True),
    ]


def test_areas_are_published_and_computed(written: dict[str, ibis.Table]) -> None:
    table = written[rebuild.AREAS]
    rows = table.get_backend().to_pyarrow(table).to_pylist()
    leeds = {
        row["basis"]: row
        for row in rows
        if (row["area"], row["phase"], row["indicator"]) == ("383", "all", "measure")
    }

    assert (leeds["published"]["value"], leeds["published"]["preferred"]) == (55.0, True)
    assert leeds["computed"]["value"] == pytest.approx((40 * 10 + 60 * 30) / 40)
    assert (leeds["computed"]["roll_share"], leeds["computed"]["preferred"]) == (100.0, False)


def test_nothing_in_the_store_gives_empty_tables(tmp_path: Path) -> None:
    rebuild.rebuild(
        ibis.duckdb.connect(), releases=[], sources={}, indicators={}, frameworks={}, into=tmp_path
    )

    for name in SHAPES:
        assert pq.read_metadata(tmp_path / name).num_rows == 0


def test_a_rebuild_can_be_made_twice_with_one_connection(tmp_path: Path) -> None:
    results = layout()
    connection = ibis.duckdb.connect()
    for turn in ("first", "second"):
        (tmp_path / turn).mkdir()
        rebuild.rebuild(
            connection,
            releases=[_store(tmp_path, "a-source", text=RESULTS, of=results, period=2019)],
            sources={"a-source": _source("a-source", holds=Holds.RESULTS, of=results)},
            indicators={"measure": indicator()},
            frameworks={},
            into=tmp_path / turn,
        )

    first, second = (
        pq.read_table(tmp_path / turn / rebuild.VALUES).to_pylist() for turn in ("first", "second")
    )
    assert first == second
