"""The outlines of wards, simplified once for every map."""

from collections.abc import Iterable

import ibis

from steward.analysis.columns import ROW
from steward.analysis.indicators.ward_outlines import WARD_OUTLINES, rings_of, simplified
from steward.analysis.rebuild.kitchen import Kitchen, StoredRelease
from steward.analysis.sources.definition import Holds

WARD_OUTLINES_FILE = "ward_outlines.parquet"


def write_ward_outlines(kitchen: Kitchen, *, releases: Iterable[StoredRelease]) -> None:
    """Write every corner of the simplified outlines; empty where no file of outlines was loaded."""
    rows: list[dict[str, object]] = []
    for release in kitchen.of_kind(releases, kind=Holds.LOOKUP):
        if "geometry" in release.layout.fields:
            rows += _corners(kitchen, release)
    table = ibis.memtable(rows, schema=WARD_OUTLINES) if rows else None
    kitchen.write(table, WARD_OUTLINES_FILE, shape=WARD_OUTLINES)


def _corners(kitchen: Kitchen, release: StoredRelease) -> list[dict[str, object]]:
    fields = release.layout.fields
    found = kitchen.connection.to_pyarrow(kitchen.opened(release)).to_pylist()
    return [
        {
            "ward": row[fields["ward"]],
            "ring": ring,
            "point": point,
            "longitude": corner[0],
            "latitude": corner[1],
            "release": release.id,
            "row": row[ROW],
        }
        for row in found
        for ring, corners in enumerate(rings_of(row[fields["geometry"]]))
        for point, corner in enumerate(simplified(corners))
    ]
