"""Outlines of places from a boundary file: GeoJSON in longitude and latitude (RFC 7946)."""

import gzip
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from steward.interface.charts.maps import Ring


class NotBoundaries(ValueError):
    """The file holds no outlines; the message says what was found instead."""


def outlines_from(path: str, *, names: tuple[str, ...]) -> dict[str, tuple[Ring, ...]]:
    """Return the rings of the named places from a GeoJSON file, which may be compressed (.gz).

    The property that names them is the one that has most of `names`. Raises NotBoundaries when the file
    cannot be read or has none of them.
    """
    file = Path(path)
    try:
        changed = file.stat().st_mtime_ns
    except OSError as fault:
        raise NotBoundaries(
            f"The boundary file {file.name} is not there: mend STEWARD_BOUNDARIES."
        ) from fault
    return _kept(file, changed, names)


@lru_cache(maxsize=8)
def _kept(file: Path, changed: int, names: tuple[str, ...]) -> dict[str, tuple[Ring, ...]]:
    """Return the outlines, read again when the file has changed."""
    try:
        held = file.read_bytes()
        text = (gzip.decompress(held) if file.suffix == ".gz" else held).decode("utf-8-sig")
    except (OSError, ValueError) as fault:
        raise NotBoundaries(f"The boundary file {file.name} cannot be read: {fault}.") from fault
    wanted = set(names)
    found = outlines(text, name=_naming(text, wanted))
    known = {name: rings for name, rings in found.items() if name in wanted}
    if not known:
        raise NotBoundaries(f"The boundary file {file.name} has none of the wards of the register.")
    return known


def _naming(text: str, wanted: set[str]) -> str:
    """Return the property whose values are most of the names; "name" when none has any."""
    counts: dict[str, int] = {"name": 0}
    for feature in _features(text):
        for key, worth in (feature.get("properties") or {}).items():
            counts[key] = counts.get(key, 0) + (worth in wanted)
    return max(counts, key=lambda key: counts[key])


def _features(text: str) -> list[Any]:
    """Return the features of a GeoJSON text as json gives them, of any shape; raises NotBoundaries."""
    try:
        return list(json.loads(text)["features"])
    except (ValueError, KeyError, TypeError) as fault:
        raise NotBoundaries(
            "The boundary file is not a GeoJSON collection of features: ask for GeoJSON in longitude "
            "and latitude."
        ) from fault


def outlines(text: str, *, name: str) -> dict[str, tuple[Ring, ...]]:
    """Return the rings of every polygon in a GeoJSON text, under the name in the property `name`.

    Features of the same name are joined. Raises NotBoundaries when the text is not a collection of
    polygons with that property. Source: RFC 7946, sections 3.1.6 and 3.1.7.
    """
    found: dict[str, tuple[Ring, ...]] = {}
    for feature in _features(text):
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
