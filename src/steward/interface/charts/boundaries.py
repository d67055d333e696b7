"""Outlines of places from a boundary file: GeoJSON in longitude and latitude (RFC 7946)."""

import json
from collections.abc import Mapping

from steward.interface.charts.maps import Ring


class NotBoundaries(ValueError):
    """The file holds no outlines; the message says what was found instead."""


def outlines(text: str, *, name: str) -> dict[str, tuple[Ring, ...]]:
    """Return the rings of every polygon in a GeoJSON text, under the name in the property `name`.

    Features of the same name are joined. Raises NotBoundaries when the text is not a collection of
    polygons with that property. Source: RFC 7946, sections 3.1.6 and 3.1.7.
    """
    try:
        read = json.loads(text)
        features = read["features"]
    except (ValueError, KeyError, TypeError) as fault:
        raise NotBoundaries(
            "The boundary file is not a GeoJSON collection of features: ask for GeoJSON in longitude "
            "and latitude."
        ) from fault
    found: dict[str, tuple[Ring, ...]] = {}
    for feature in features:
        called = (feature.get("properties") or {}).get(name)
        if called is None:
            raise NotBoundaries(f"A feature of the boundary file has no property “{name}” to name it by.")
        found[str(called)] = found.get(str(called), ()) + _rings(feature.get("geometry") or {})
    return found


def _rings(geometry: Mapping[str, object]) -> tuple[Ring, ...]:
    held = geometry.get("coordinates")
    if geometry.get("type") == "Polygon" and isinstance(held, list):
        return tuple(_ring(ring) for ring in held)
    if geometry.get("type") == "MultiPolygon" and isinstance(held, list):
        return tuple(_ring(ring) for polygon in held for ring in polygon)
    raise NotBoundaries(
        f"The boundary file has a {geometry.get('type') or 'feature without a shape'}; "
        "only polygons are drawn."
    )


def _ring(corners: list[list[float]]) -> Ring:
    ring = tuple((float(corner[0]), float(corner[1])) for corner in corners)
    if any(not (-180 <= longitude <= 180 and -90 <= latitude <= 90) for longitude, latitude in ring):
        raise NotBoundaries(
            "The boundary file is not in longitude and latitude: convert it from the National Grid to WGS 84."
        )
    return ring
