"""Lookups and series in the words of their definition."""

import ibis
import ibis.expr.schema as sch
from ibis.expr.types import Table

from steward.analysis import columns
from steward.analysis.sources import rows
from steward.analysis.sources.recognition import Recognised

NEIGHBOURS: sch.Schema = ibis.schema(
    {
        "authority": "string",
        "rank": "int64",  # 1 is the nearest
        "neighbour": "string",
        "closeness": "string",  # as published, such as "Very close"
        "release": "string",
        "row": "int64",
    }
)
"""One row for each authority and each of its statistical neighbours."""
_NEIGHBOURS = 10


def lookup(raw: Table, recognised: Recognised) -> Table:
    """Return `raw` with its columns under the names its definition gives them, as text, and `row`."""
    layout = recognised.layout
    named = {**layout.keys, **layout.fields}
    return raw.select(
        raw[columns.ROW], **{field: raw[name] for field, name in named.items() if name in raw.columns}
    )


def neighbours(raw: Table, recognised: Recognised, *, release: str) -> Table:
    """Return the statistical neighbours of each authority, nearest first, in the shape NEIGHBOURS."""
    layout = recognised.layout
    ranked = [
        raw.select(
            authority=rows.authority_of(raw, layout),
            rank=ibis.literal(rank, type="int64"),
            neighbour=raw[layout.fields[f"neighbour_{rank}"]].strip(),
            closeness=raw[layout.fields[f"closeness_{rank}"]].strip(),
            release=ibis.literal(release, type="string"),
            row=raw[columns.ROW],
        )
        for rank in range(1, _NEIGHBOURS + 1)
    ]
    listed = ibis.union(*ranked)
    return columns.cast(
        listed.filter(listed["authority"].notnull() & listed["neighbour"].re_search("^[0-9]{3}$")),
        NEIGHBOURS,
    )
