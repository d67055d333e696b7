"""Who is like whom: the neighbours of authorities and the schools most like each school."""

from collections.abc import Sequence

import ibis
from ibis.expr.types import Table

from steward.analysis import columns
from steward.analysis.comparison.comparators import NEIGHBOURS_FILE, Comparators
from steward.analysis.indicators.stacks import together
from steward.analysis.rebuild.kitchen import Kitchen, StoredRelease
from steward.analysis.sources import tables
from steward.analysis.sources.definition import Holds


def write_alike(kitchen: Kitchen, *, releases: Sequence[StoredRelease], comparators: Comparators) -> None:
    """Write the neighbours of authorities beside the tables of a rebuild, which must be there."""
    lists = _published(kitchen, releases=releases, comparators=comparators)
    kitchen.write(together(lists) if lists else None, NEIGHBOURS_FILE, shape=columns.NEIGHBOURS)


def _published(
    kitchen: Kitchen, *, releases: Sequence[StoredRelease], comparators: Comparators
) -> list[Table]:
    """Return each published list of which a release is held; of several releases the last loaded."""
    found: dict[str, Table] = {}
    names = {
        (one.published_list.source, one.published_list.layout): one.id
        for one in comparators.values()
        if one.published_list is not None
    }
    for release in kitchen.of_kind(releases, kind=Holds.LOOKUP):
        name = names.get((release.source, release.layout.id))
        if name is None:
            continue
        raw = kitchen.opened(release)
        listed = tables.neighbours(raw, kitchen.recognised(release), release=release.id)
        found[name] = listed.rename(other="neighbour").mutate(list=ibis.literal(name, type="string"))
    return list(found.values())
