"""Files of outlines (GeoJSON) as tables: one record a feature, its shape as text.

Source: RFC 7946, sections 3.1.6, 3.1.7 and 3.3.
"""

import json
from collections.abc import Sequence

from steward.analysis.sources.files import UnreadableFile

GEOMETRY = "geometry"
"""The column with the shape of a feature, as GeoJSON."""


def features(text: str, *, properties: Sequence[str], name: str) -> list[list[str]]:
    """Return a record for each feature: the named properties as text, then its geometry.

    Raises UnreadableFile when `text`, the file called `name`, is not a collection of features.
    """
    try:
        read = json.loads(text)
        found = read["features"]
    except (ValueError, KeyError, TypeError) as fault:
        raise UnreadableFile(
            f"{name} is not a GeoJSON collection of features: ask for GeoJSON in longitude and latitude."
        ) from fault
    return [_record(feature, properties=properties) for feature in found if isinstance(feature, dict)]


def _record(feature: dict[str, object], *, properties: Sequence[str]) -> list[str]:
    given = feature.get("properties")
    values = given if isinstance(given, dict) else {}
    shape = json.dumps(feature.get("geometry"), separators=(",", ":"))
    return [*("" if values.get(one) is None else str(values[one]) for one in properties), shape]
