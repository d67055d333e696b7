"""Publications that name schools by authority and establishment number, from before they printed URNs."""

from dataclasses import replace

import ibis
from ibis.expr.types import Table

from steward.analysis.indicators.stacks import OpenRelease
from steward.analysis.sources.rows import authority_of, establishment_number_of

_FOUND = "urn found by number"


def with_urns(release: OpenRelease, *, establishments: Table) -> OpenRelease:
    """Return the release with the URN of each school found by its number, where the file prints none.

    A number is taken over by a school that follows another, so only a school that was open by the
    end of the release's year is meant; of several, the one in the earliest register. Rows whose
    number is in no register keep no URN.
    """
    layout = release.layout
    if "urn" in layout.keys or "establishment_number" not in layout.keys or release.period is None:
        return release
    holders = _holders(establishments, until=release.period)
    raw = release.raw
    keyed = raw.mutate(of_authority=authority_of(raw, layout), of_number=establishment_number_of(raw, layout))
    found = keyed.left_join(
        holders, [keyed.of_authority == holders.authority, keyed.of_number == holders.establishment_number]
    )
    with_urn = found.select(*(keyed[name] for name in raw.columns), holders.urn_text.name(_FOUND))
    keys = {**layout.keys, "urn": _FOUND}
    return replace(release, raw=with_urn, layout=layout.model_copy(update={"keys": keys}))


def _holders(establishments: Table, *, until: int) -> Table:
    """One school for each authority and establishment number in the year `until`."""
    end = ibis.date(until, 8, 31)
    known = establishments.filter(
        establishments.authority.notnull(),
        establishments.establishment_number.notnull(),
        establishments.opened_on.isnull() | (establishments.opened_on <= end),
        establishments.closed_on.isnull() | (establishments.closed_on > ibis.date(until - 1, 8, 31)),
    )
    order = ibis.window(
        group_by=["authority", "establishment_number"],
        order_by=[known.as_at, known.opened_on.fill_null(ibis.date(1900, 1, 1)).desc(), known.urn],
    )
    first = known.mutate(place=ibis.row_number().over(order))
    return first.filter(first.place == 0).select(
        "authority", "establishment_number", urn_text=first.urn.cast("string")
    )
