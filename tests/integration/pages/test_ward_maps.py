"""The map of the wards: drawn from the council's own file of boundaries, never in place of the list."""

import gzip
import html
import json
import re
from pathlib import Path

import pytest

from steward.access.roles import Role

pytestmark = pytest.mark.django_db


def _page(client, sample_home, *, query=""):
    return client.get(f"/areas/{sample_home.authority}/wards/{query}").text


def _names(page):
    found = re.findall(r'data-label="Ward"><span><a[^>]*>([^<]+)</a>', page)
    return list(dict.fromkeys(map(html.unescape, found)))


def _file(folder: Path, names, *, key="WARD_NAME"):
    features = [
        {
            "properties": {key: name, "code": str(number)},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[number / 50, 53], [(number + 1) / 50, 53], [number / 50, 53.1], [number / 50, 53]]
                ],
            },
        }
        for number, name in enumerate(names)
    ]
    path = folder / "wards.geojson.gz"
    path.write_bytes(gzip.compress(json.dumps({"features": features}).encode()))
    return str(path)


def test_without_a_file_the_page_says_so(client_of, sample_home, settings):
    settings.STEWARD_BOUNDARIES = ""
    page = _page(client_of(Role.HEAD_OF_SERVICE), sample_home)
    assert "No outlines of these wards have been loaded, so the list stands without a map." in page
    assert "steward-drawing--map" not in page


def test_the_map_shows_every_ward_of_the_list_and_can_be_taken(client_of, sample_home, settings, tmp_path):
    client = client_of(Role.HEAD_OF_SERVICE)
    settings.STEWARD_BOUNDARIES = ""
    names = _names(_page(client, sample_home))
    assert names
    settings.STEWARD_BOUNDARIES = _file(tmp_path, [*names, "A ward of somebody else"])
    page = _page(client, sample_home)
    assert page.count('class="steward-number"') == 2 * len(names)  # for a wide page and for a narrow one
    assert "A ward of somebody else" not in page
    link = re.search(r'href="(\?[^"]*download=wards-[\w-]+\.csv)"', page)[1].replace("&amp;", "&")
    sheet = client.get(f"/areas/{sample_home.authority}/wards/{link}").content.decode("utf-8-sig")
    assert all(name in sheet for name in names)


def test_a_ward_without_an_outline_is_named(client_of, sample_home, settings, tmp_path):
    client = client_of(Role.HEAD_OF_SERVICE)
    settings.STEWARD_BOUNDARIES = ""
    names = _names(_page(client, sample_home))
    settings.STEWARD_BOUNDARIES = _file(tmp_path, names[1:])
    page = _page(client, sample_home)
    assert f"Without an outline, so only in the list: {names[0]}." in page


@pytest.mark.parametrize(
    ("text", "said"),
    [("{}", "is not a GeoJSON collection"), ('{"features": []}', "has none of the wards of the register")],
)
def test_a_file_that_cannot_be_used_is_explained(client_of, sample_home, settings, tmp_path, text, said):
    path = tmp_path / "wards.geojson"
    path.write_text(text)
    settings.STEWARD_BOUNDARIES = str(path)
    page = _page(client_of(Role.HEAD_OF_SERVICE), sample_home)
    assert said in page
    settings.STEWARD_BOUNDARIES = str(tmp_path / "elsewhere.geojson")
    assert "is not there: mend STEWARD_BOUNDARIES" in _page(client_of(Role.ADVISER), sample_home)
