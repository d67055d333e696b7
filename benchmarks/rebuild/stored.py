"""Where the prepared releases are written down, for the program that needs their definitions."""

import json
from collections.abc import Mapping
from pathlib import Path

from steward.analysis.rebuild.kitchen import StoredRelease
from steward.analysis.sources.definition import SourceDefinition

RELEASES = "releases.json"


def read_releases(folder: Path, *, sources: Mapping[str, SourceDefinition]) -> list[StoredRelease]:
    """Return the stored releases that were prepared in a folder."""
    layouts = {(source.id, layout.id): layout for source in sources.values() for layout in source.layouts}
    written = json.loads((folder / RELEASES).read_text(encoding="utf-8"))
    return [
        StoredRelease(
            id=one["id"],
            source=one["source"],
            layout=layouts[one["source"], one["layout"]],
            period=one["period"],
            as_at=None,
            version=one["version"],
            parquet=folder / one["parquet"],
        )
        for one in written
    ]
