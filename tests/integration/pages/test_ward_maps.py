"""The map of the wards: drawn from outlines loaded as a release, never in place of the list."""

import html
import json
import re
import shutil
from pathlib import Path

import ibis
import pyarrow.parquet as pq
import pytest

from steward.access.roles import Role
from steward.analysis.rebuild.kitchen import Kitchen, StoredRelease
from steward.analysis.rebuild.ward_outlines import write_ward_outlines
from steward.analysis.sources import reading, recognition
from steward.analysis.sources.catalogue import read_sources
from steward.evidence.models import DataRelease
from steward.evidence.queries import releases

pytestmark = pytest.mark.django_db


def _page(client, sample_home, *, query=""):
    return client.get(f"/areas/{sample_home.authority}/wards/{query}").text


def _names(page):
    found = re.findall(r'data-label="Ward"><span><a[^>]*>([^<]+)</a>', page)
    return list(dict.fromkeys(map(html.unescape, found)))


def _every_name(client, sample_home):
    """Return the wards of all pages of the list, in its order."""
    pages = (_page(client, sample_home, query=f"?page={number}") for number in range(1, 9))
    return list(dict.fromkeys(name for page in pages for name in _names(page)))


@pytest.fixture
def outlined(sample_home, settings, tmp_path):
    """Return a function that puts other outlines, as a file is loaded, in place of those of the sample."""

    def put(names):
        tables = releases.current_folder()
        there = tmp_path / "store" / "generations" / tables.name
        shutil.copytree(tables, there)
        settings.STEWARD_STORE = tmp_path / "store"
        sources = read_sources()
        kept = [_release(_file(tmp_path, names), sources=sources)] if names else []
        write_ward_outlines(Kitchen(ibis.duckdb.connect(), sources, there), releases=kept)

    return put


def _release(path, *, sources):
    peek = reading.peek(path)
    found = recognition.recognise(peek, sources=sources)
    stored = path.with_suffix(".parquet")
    pq.write_table(reading.read(peek, layout=found.layout).table, stored)
    release = DataRelease.objects.get(source="ward_boundaries")
    return StoredRelease(release.pk, found.source.id, found.layout, None, None, "final", stored)


def _file(folder: Path, names):
    features = [
        {
            "properties": {"WARD_NAME": name, "code": str(number)},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[number / 50, 53], [(number + 1) / 50, 53], [number / 50, 53.1], [number / 50, 53]]
                ],
            },
        }
        for number, name in enumerate(names)
    ]
    path = folder / "wards.geojson"
    path.write_text(json.dumps({"features": features}))
    return path


def test_without_outlines_the_page_says_so_and_keeps_the_list(client_of, sample_home, outlined):
    outlined([])
    page = _page(client_of(Role.HEAD_OF_SERVICE), sample_home)
    assert "No outlines of these wards have been loaded, so the list stands without a map." in page
    assert "steward-drawing--map" not in page
    assert _names(page)


def test_the_outlines_of_the_sample_draw_every_ward_and_can_be_taken(client_of, sample_home):
    client = client_of(Role.HEAD_OF_SERVICE)
    page = _page(client, sample_home)
    names = _every_name(client, sample_home)
    assert len(names) > 20
    assert len(_names(page)) == 12
    assert page.count('class="steward-number"') == 2 * len(names)  # for a wide page and for a narrow one
    assert "Boundaries of wards" in page
    link = re.search(r'href="(\?[^"]*download=wards-[\w-]+\.csv)"', page)[1].replace("&amp;", "&")
    sheet = client.get(f"/areas/{sample_home.authority}/wards/{link}").content.decode("utf-8-sig")
    assert all(name in sheet for name in names)


def test_wards_of_somebody_else_are_not_drawn(client_of, sample_home, outlined):
    client = client_of(Role.HEAD_OF_SERVICE)
    names = _every_name(client, sample_home)
    outlined([*names, "A ward of somebody else"])
    page = _page(client, sample_home)
    assert page.count('class="steward-number"') == 2 * len(names)
    assert "A ward of somebody else" not in page


def test_a_ward_without_an_outline_is_named(client_of, sample_home, outlined):
    client = client_of(Role.HEAD_OF_SERVICE)
    names = _every_name(client, sample_home)
    outlined(names[1:])
    assert f"Without an outline, so only in the list: {names[0]}." in _page(client, sample_home)
