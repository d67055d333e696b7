"""Outlines of wards: read from GeoJSON, and simplified without moving."""

import json
import math
from itertools import pairwise

import ibis
import pyarrow.parquet as pq
import pytest

from steward.analysis.indicators import ward_outlines
from steward.analysis.rebuild.kitchen import Kitchen, StoredRelease
from steward.analysis.rebuild.ward_outlines import WARD_OUTLINES_FILE, write_ward_outlines
from steward.analysis.sources import outlines, reading, recognition
from steward.analysis.sources.catalogue import read_sources
from steward.analysis.sources.files import UnreadableFile

SQUARE = [[0.0, 0.0], [0.5, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]


def _circle(corners: int) -> list[tuple[float, float]]:
    angles = [2 * math.pi * number / corners for number in range(corners)]
    ring = [(math.cos(angle), math.sin(angle)) for angle in angles]
    return [*ring, ring[0]]


def test_corners_on_a_line_are_left_out_and_the_ring_stays_closed():
    found = ward_outlines.simplified([(x, y) for x, y in SQUARE])
    assert found == [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]


def test_no_corner_lies_further_than_the_tolerance_from_the_simplified_line():
    ring = _circle(500)
    found = ward_outlines.simplified(ring, tolerance=0.01)
    assert 10 < len(found) < 60
    for corner in ring:
        nearest = min(ward_outlines._distance(corner, start=one, end=other) for one, other in pairwise(found))
        assert nearest <= 0.01


def test_a_triangle_is_left_as_it_is():
    triangle = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)]
    assert ward_outlines.simplified(triangle, tolerance=10.0) == triangle


def test_islands_and_holes_are_rings():
    shape = {"type": "MultiPolygon", "coordinates": [[SQUARE, SQUARE], [SQUARE]]}
    assert len(ward_outlines.rings_of(json.dumps(shape))) == 3
    assert ward_outlines.rings_of(json.dumps({"type": "Point", "coordinates": [0, 0]})) == []
    assert ward_outlines.rings_of("null") == []


def test_a_file_that_is_no_collection_of_features_is_a_sentence():
    with pytest.raises(UnreadableFile, match="is not a GeoJSON collection of features"):
        outlines.features('{"type": "Point"}', properties=("WARD_NAME",), name="wards.geojson")


@pytest.mark.real
def test_the_wards_of_leeds_are_kept_in_a_quarter_of_the_room(published_data, tmp_path):
    sources = read_sources()
    peek = reading.peek(published_data / "geography" / "leeds_wards.geojson.gz")
    found = recognition.recognise(peek, sources=sources)
    assert found.source.id == "ward_boundaries"
    table = reading.read(peek, layout=found.layout).table
    pq.write_table(table, tmp_path / "wards.parquet")
    release = StoredRelease(
        "wards", found.source.id, found.layout, None, None, "final", tmp_path / "wards.parquet"
    )
    write_ward_outlines(Kitchen(ibis.duckdb.connect(), sources, tmp_path), releases=[release])

    written = pq.read_table(tmp_path / WARD_OUTLINES_FILE)
    published = sum(
        len(ring) for text in table.column("geometry").to_pylist() for ring in ward_outlines.rings_of(text)
    )
    assert len(set(written.column("ward").to_pylist())) == 33
    assert 400 < written.num_rows <= published


def test_other_outlines_are_still_not_used():
    sources = read_sources()
    layout = sources["boundaries"].layouts[0]
    assert layout.recognises(header=(), path="geography/lad_boundaries_bsc.geojson.gz")
    assert not layout.recognises(header=(), path="geography/leeds_wards.geojson.gz")
