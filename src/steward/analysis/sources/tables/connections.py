"""Which school followed which, and which group a school belongs to."""

import ibis
import ibis.expr.schema as sch
from ibis.expr.types import Table

from steward.analysis import columns
from steward.analysis.sources import rows
from steward.analysis.sources.recognition import Recognised
from steward.analysis.sources.tables import days

MEMBERSHIPS: sch.Schema = ibis.schema(
    {
        "urn": "int64",
        "group_uid": "string",
        "name": "string",
        "kind": "string",  # as published, such as "Multi-academy trust"
        "is_trust": "boolean",
        "joined_on": "date",
        "as_at": "date",
        "release": "string",
        "row": "int64",
    }
)
"""One row for each (school, group) of a release; a sponsor is a group that is no trust."""

_PREDECESSOR = "^Predecessor"
_SUCCESSOR = "^Successor"
_URN = "^[1-9][0-9]{4,6}$"


def links(raw: Table, recognised: Recognised, *, release: str) -> Table:
    """Return which school followed which, in the shape columns.LINKS, each pair once.

    The published file has each link from both sides; where both are there, the side of the later
    school is kept, whose date is the day it opened. Left out are links that are no succession (sixth
    form centres, expansions, closures) and the hundred or so "Result of Amalgamation" and "Merged",
    which both schools print of each other, so that they do not say which followed which.
    """
    layout = recognised.layout
    printed = raw.select(
        this=rows.urn_of(raw, layout),
        other=rows.whole_number(raw[layout.fields["other"]], pattern=_URN),
        relation=raw[layout.fields["relation"]].strip(),
        since=days.day_of(raw[layout.fields["since"]], written_as=layout.formats["since"]),
        row=raw[columns.ROW],
    )
    printed = printed.filter(
        printed["this"].notnull() & printed["other"].notnull() & (printed["this"] != printed["other"])
    )
    backward = printed.filter(printed["relation"].re_search(_PREDECESSOR))
    forward = printed.filter(printed["relation"].re_search(_SUCCESSOR))
    both = ibis.union(
        backward.select("relation", "since", "row", urn="this", predecessor="other", side=ibis.literal(0)),
        forward.select(
            "since",
            "row",
            relation=forward["relation"].replace("Successor", "Predecessor"),
            urn="other",
            predecessor="this",
            side=ibis.literal(1),
        ).select("relation", "since", "row", "urn", "predecessor", "side"),
    )
    place = ibis.row_number().over(
        ibis.window(group_by=["urn", "predecessor"], order_by=[both["side"], both["row"]])
    )
    numbered = both.mutate(place_among_its_rows=place, release=ibis.literal(release, type="string"))
    return columns.cast(numbered.filter(numbered["place_among_its_rows"] == 0), columns.LINKS)


def memberships(raw: Table, recognised: Recognised, *, release: str) -> Table:
    """Return which groups each school belongs to, in the shape MEMBERSHIPS."""
    layout = recognised.layout
    table = raw.select(
        urn=rows.urn_of(raw, layout),
        group_uid=raw[layout.fields["group_uid"]].strip(),
        name=raw[layout.fields["group_name"]].strip(),
        kind=raw[layout.fields["group_kind"]].strip(),
        is_trust=raw[layout.fields["group_kind"]].lower().re_search("trust"),
        joined_on=days.day_of(
            raw[layout.fields["joined_on"]], written_as=layout.formats.get("joined_on", "")
        ),
        as_at=ibis.literal(recognised.as_at, type="date"),
        release=ibis.literal(release, type="string"),
        row=raw[columns.ROW],
    )
    return columns.cast(table.filter(table["urn"].notnull()), MEMBERSHIPS)
