"""Reads of the outlines of wards, for maps."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from steward.analysis.rebuild.ward_outlines import WARD_OUTLINES_FILE
from steward.evidence import engine
from steward.evidence.queries import releases

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class WardOutline:
    """A ward and its rings of (longitude, latitude) in degrees; `release` is the file they are from."""

    ward: str
    rings: tuple[Ring, ...]
    release: str


def ward_outlines() -> Mapping[str, WardOutline]:
    """Return the outlines of wards by name; empty where no file of them was loaded. Raises NothingLoaded."""
    return _outlines(releases.current_folder())


@lru_cache(maxsize=2)
def _outlines(folder: Path) -> Mapping[str, WardOutline]:
    path = folder / WARD_OUTLINES_FILE
    if not path.exists():
        return MappingProxyType({})
    table = engine.table(path).order_by("ward", "ring", "point")
    rings: dict[str, dict[int, list[tuple[float, float]]]] = {}
    release: dict[str, str] = {}
    for row in engine.connection().to_pyarrow(table).to_pylist():
        corner = (row["longitude"], row["latitude"])
        rings.setdefault(row["ward"], {}).setdefault(row["ring"], []).append(corner)
        release[row["ward"]] = row["release"]
    return MappingProxyType(
        {
            ward: WardOutline(ward, tuple(tuple(ring) for ring in found.values()), release[ward])
            for ward, found in rings.items()
        }
    )
