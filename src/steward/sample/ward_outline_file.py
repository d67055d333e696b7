"""Writes the outlines of the headline authority's wards: each the ground nearest to its middle.

The shapes are the cells of Voronoi in a box around the wards, found by cutting the box with the line midway
between two wards. Source: A. Okabe, B. Boots, K. Sugihara, Spatial Tessellations (1992), section 2.1.
"""

import json

import numpy as np

from steward.sample.england import England
from steward.sample.files import Writer
from steward.sample.places import HEADLINE_NAME
from steward.sample.sites import degrees_of, ward_middles

Corner = tuple[float, float]

_MARGIN = 2_500.0
"""How far the box reaches beyond the outermost wards, in metres."""


def write_ward_outlines(writer: Writer, england: England) -> None:
    """Write a GeoJSON file with a polygon for each ward, named in WARD_NAME, in longitude and latitude."""
    names = england.authorities.wards[0]
    centre = england.authorities.centres[0]
    steps = ward_middles(np.arange(len(names)))
    middles = [(float(centre[0] + east), float(centre[1] + north)) for east, north in steps.T]
    features = [
        {
            "type": "Feature",
            "properties": {"WARD_NAME": name},
            "geometry": {"type": "Polygon", "coordinates": [_closed(_cell(number, middles=middles))]},
        }
        for number, name in enumerate(names)
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":"))
    writer.write_text(f"geography/{HEADLINE_NAME.lower()}_wards.geojson", text=text, records=len(names))


def _cell(number: int, *, middles: list[Corner]) -> list[Corner]:
    """Return the corners of the ground nearer to a ward's middle than to any other, within the box."""
    (west, east), (south, north) = (
        (min(places) - _MARGIN, max(places) + _MARGIN) for places in zip(*middles, strict=True)
    )
    shape = [(west, south), (east, south), (east, north), (west, north)]
    for other, middle in enumerate(middles):
        if other != number:
            shape = _nearer(shape, to=middles[number], than=middle)
    return shape


def _nearer(shape: list[Corner], *, to: Corner, than: Corner) -> list[Corner]:
    """Return the part of a convex shape nearer to one place than to another.

    Source: I. Sutherland and G. Hodgman, Reentrant polygon clipping, Communications of the ACM 17 (1974).
    """
    across, up = than[0] - to[0], than[1] - to[1]
    limit = (than[0] ** 2 + than[1] ** 2 - to[0] ** 2 - to[1] ** 2) / 2
    beyond = [across * x + up * y - limit for x, y in shape]
    kept: list[Corner] = []
    for place, corner in enumerate(shape):
        before, earlier = beyond[place - 1], shape[place - 1]
        if (before <= 0) != (beyond[place] <= 0):
            part = before / (before - beyond[place])
            kept.append(
                (earlier[0] + part * (corner[0] - earlier[0]), earlier[1] + part * (corner[1] - earlier[1]))
            )
        if beyond[place] <= 0:
            kept.append(corner)
    return kept


def _closed(shape: list[Corner]) -> list[list[float]]:
    """Return corners in degrees to about a metre, the first again at the end."""
    longitude, latitude = degrees_of(
        np.array([x for x, _ in shape]).astype(np.int64), np.array([y for _, y in shape]).astype(np.int64)
    )
    ring = [
        [round(float(east), 5), round(float(north), 5)]
        for east, north in zip(longitude, latitude, strict=True)
    ]
    return [*ring, ring[0]]
