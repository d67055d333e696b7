"""Publications that leave out a key: the URN of schools, or the code of the authority a row is about."""

from dataclasses import replace

import ibis
from ibis.expr.types import Table

from steward.analysis.indicators.stacks import OpenRelease
from steward.analysis.sources.rows import (
    areas_by_position,
    authority_of,
    establishment_number_of,
    rows_of,
)
from steward.vocabulary.areas import Level

_FOUND = "urn found by number"
_BY_PLACE = "authority found by place"


def completed(release: OpenRelease, *, establishments: Table) -> OpenRelease:
    """Return the release with the keys that can be found for it from the register."""
    return with_authorities(with_urns(release, establishments=establishments), establishments=establishments)


def with_authorities(release: OpenRelease, *, establishments: Table) -> OpenRelease:
    """Return the release with the code of each authority row, where the file prints none.

    Told by the schools above it: see `sources.rows.areas_by_position`.
    """
    layout, raw = release.layout, release.raw
    printed = {"authority", "laestab"} & layout.keys.keys()
    if layout.levels is None or not layout.levels.authority or printed:
        return release
    known = establishments.filter(establishments.urn.notnull(), establishments.authority.notnull())
    authorities = known.group_by("urn").agg(authority=known.authority.argmin(known.as_at))
    placed = areas_by_position(rows_of(raw, layout), authorities=authorities)
    codes = placed.filter(placed.level == Level.AUTHORITY.value).select(
        row_of_area=placed.row, code=placed.area
    )
    joined = raw.left_join(codes, raw.row == codes.row_of_area)
    with_codes = joined.select(*(raw[name] for name in raw.columns), codes.code.name(_BY_PLACE))
    keys = {**layout.keys, "authority": _BY_PLACE}
    return replace(release, raw=with_codes, layout=layout.model_copy(update={"keys": keys}))


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
