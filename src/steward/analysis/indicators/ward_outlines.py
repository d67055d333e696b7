"""Outlines of wards made simple enough for a small map, by the rule of Douglas and Peucker.

Source: D. Douglas and T. Peucker, Algorithms for the reduction of the number of points required to
represent a digitized line or its caricature, Cartographica 10 (1973).
"""

import json
from collections.abc import Sequence

import ibis
import ibis.expr.schema as sch

WARD_OUTLINES: sch.Schema = ibis.schema(
    {
        "ward": "string",
        "ring": "int64",  # number of the ring in its ward, from 0
        "point": "int64",  # number of the corner in its ring, from 0
        "longitude": "float64",  # degrees, WGS 84
        "latitude": "float64",
        "release": "string",
        "row": "int64",
    }
)
"""One row for each corner of the simplified outline of each ward."""

TOLERANCE = 0.0003
"""Degrees by which a simplified line may lie apart from the published one: about 25 metres."""
_FEWEST = 4
"""Corners of a closed ring: a triangle and its first corner again."""
Corner = tuple[float, float]


def rings_of(geometry: str) -> list[list[Corner]]:
    """Return the rings of a GeoJSON polygon or multipolygon; none for any other shape."""
    read = json.loads(geometry)
    if not isinstance(read, dict):
        return []
    shapes = {"Polygon": [read.get("coordinates")], "MultiPolygon": read.get("coordinates")}
    polygons = shapes.get(str(read.get("type"))) or []
    return [
        [(float(corner[0]), float(corner[1])) for corner in ring]
        for polygon in polygons
        for ring in polygon or []
    ]


def simplified(ring: Sequence[Corner], *, tolerance: float = TOLERANCE) -> list[Corner]:
    """Return a closed ring with fewer corners, nowhere further than `tolerance` degrees from the given one.

    A ring that would have fewer than three corners is returned as it is.
    """
    if len(ring) <= _FEWEST:
        return list(ring)
    kept, waiting = {0, len(ring) - 1}, [(0, len(ring) - 1)]
    while waiting:
        first, last = waiting.pop()
        far, place = _furthest(ring, first=first, last=last)
        if far > tolerance:
            kept.add(place)
            waiting += [(first, place), (place, last)]
    return [ring[place] for place in sorted(kept)] if len(kept) >= _FEWEST else list(ring)


def _furthest(ring: Sequence[Corner], *, first: int, last: int) -> tuple[float, int]:
    """Return how far the furthest corner between two lies from the line between them, and its place."""
    found = (
        (_distance(ring[place], start=ring[first], end=ring[last]), place) for place in range(first + 1, last)
    )
    return max(found, default=(0.0, first))


def _distance(corner: Corner, *, start: Corner, end: Corner) -> float:
    across, up = end[0] - start[0], end[1] - start[1]
    length = across * across + up * up
    if length == 0:
        return float(((corner[0] - start[0]) ** 2 + (corner[1] - start[1]) ** 2) ** 0.5)
    share = ((corner[0] - start[0]) * across + (corner[1] - start[1]) * up) / length
    nearest = max(0.0, min(1.0, share))
    return float(
        ((corner[0] - start[0] - nearest * across) ** 2 + (corner[1] - start[1] - nearest * up) ** 2) ** 0.5
    )
