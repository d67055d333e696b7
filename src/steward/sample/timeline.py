"""Openings, closures and conversions: the establishments that a site has been, each with its own URN."""

from dataclasses import dataclass

import numpy as np

from steward.sample.arrays import ALWAYS, NEVER, NO_ROW, Chance, Flags, Floats, Ints, Texts, day, texts
from steward.sample.kinds import (
    INDEPENDENT_KINDS,
    SECONDARY_KINDS,
    SPONSORED_TYPES,
    Kind,
    Type,
    is_one_of,
)
from steward.sample.places import Authorities
from steward.sample.schools_named import name_after_conversion, names_at_first
from steward.sample.sites import ANGLICAN, CATHOLIC, NO_FAITH, Sites
from steward.sample.stories import ACADEMY_OPENED, Stories

FIRST_URN = 700_001
"""No English or Welsh establishment has a URN above 700000, so none can be mistaken for a real one."""
FIRST_LATER_URN = 735_001

_YEARS = np.arange(2010, 2022)
_PRIMARY_YEARS = np.array([0.01, 0.07, 0.14, 0.13, 0.12, 0.10, 0.12, 0.13, 0.10, 0.08, 0.04, 0.04])
_SECONDARY_YEARS = np.array([0.08, 0.34, 0.24, 0.08, 0.06, 0.05, 0.05, 0.04, 0.03, 0.03, 0.02, 0.02])
_CONVERTING = {Kind.SPECIAL: 0.38, Kind.ALTERNATIVE: 0.4, Kind.INFANT: 0.3}


@dataclass(frozen=True, slots=True)
class Spells:
    """How the legal type of each site runs: the first, and the second from the day of conversion."""

    first: Ints
    second: Ints
    converted: Ints
    opened: Ints
    closed: Ints


@dataclass(frozen=True, slots=True)
class Establishments:
    """One entry for each URN, in the order of URNs; arrays of equal length."""

    urn: Ints
    site: Ints
    type: Ints
    name: Texts
    number: Ints
    """Establishment number, four digits, unique in its authority at any time."""
    opened: Ints
    closed: Ints
    other: Ints
    """Row of the predecessor or successor, NO_ROW where there is none."""
    later: Flags
    """True for the academy that took over from a predecessor."""
    unlisted: Flags
    """True for the few that appear in results and in no register."""

    def open_on(self, on: int) -> Flags:
        """Return which are open on a day."""
        return (self.opened <= on) & (on < self.closed)

    def by_site(self, on: int, sites: int) -> Ints:
        """Return for each site the row of the establishment open on a day, NO_ROW where none is."""
        rows = np.full(sites, NO_ROW)
        is_open = np.flatnonzero(self.open_on(on))
        rows[self.site[is_open]] = is_open
        return rows


def spells(chance: Chance, *, sites: Sites, stories: Stories) -> Spells:
    """Return the legal types of each site over the years, with the dates of change."""
    draw, rows = chance.of("spells"), len(sites)
    first = _first_type(draw, sites)
    new = _new_schools(draw, sites)
    first = np.where(new, _new_type(draw, sites), first)
    opened = np.where(new, _first_of_month(draw, rows=rows, shares=_PRIMARY_YEARS), ALWAYS)
    converting = _converting(draw, sites) & ~new
    years = is_one_of(sites.kind, SECONDARY_KINDS)
    converted = np.where(
        years,
        _first_of_month(draw, rows=rows, shares=_SECONDARY_YEARS),
        _first_of_month(draw, rows=rows, shares=_PRIMARY_YEARS),
    )
    converting[stories.sites] = False, False, True
    opened[stories.sites], first[stories.sites] = ALWAYS, Type.COMMUNITY
    converted[stories.absence_academy] = ACADEMY_OPENED
    sponsored = converting & (sites.quality + draw.normal(0.0, 0.6, rows) < -0.62)
    sponsored[stories.absence_academy] = True
    closing = ~converting & ~new & (draw.random(rows) < 0.03)
    closing[stories.sites] = False
    closed = _first_of_month(draw, rows=rows, shares=_PRIMARY_YEARS) - 1
    return Spells(
        first=first,
        second=_second_type(sites, sponsored),
        converted=np.where(converting, converted, NEVER),
        opened=opened,
        closed=np.where(closing & (closed > day(2012, 6, 1)), closed, NEVER),
    )


def establish(chance: Chance, *, sites: Sites, authorities: Authorities, course: Spells) -> Establishments:
    """Return every establishment there has been, with URNs, numbers, names and links between them."""
    draw, rows = chance.of("establishments"), len(sites)
    turned = np.flatnonzero(course.converted < NEVER)
    site = np.concatenate([np.arange(rows), turned])
    later = np.arange(len(site)) >= rows
    opened = np.concatenate([course.opened, course.converted[turned]])
    closed = np.concatenate([np.minimum(course.closed, course.converted), np.full(len(turned), NEVER)])
    kinds_of = np.concatenate([course.first, course.second[turned]])
    first_names = names_at_first(sites, course.first)
    sponsored = is_one_of(course.second[turned], SPONSORED_TYPES)
    second_names = name_after_conversion(
        draw, before=first_names[turned], kind=sites.kind[turned], sponsored=sponsored
    )
    urn = _urns(sites, authorities=authorities, site=site, opened=opened)
    order = np.argsort(urn)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    other = np.full(len(site), NO_ROW)
    other[turned], other[rows:] = place[rows:], place[turned]
    numbers = _numbers(
        sites, site=site, later=later, sponsored=np.concatenate([np.zeros(rows, bool), sponsored])
    )
    unlisted = np.zeros(len(site), dtype=bool)
    unlisted[_unlisted(sites, course)] = True
    return Establishments(
        urn=urn[order],
        site=site[order],
        type=kinds_of[order],
        name=np.concatenate([first_names, second_names])[order],
        number=numbers[order],
        opened=opened[order],
        closed=closed[order],
        other=other[order],
        later=later[order],
        unlisted=unlisted[order],
    )


def _first_type(draw: np.random.Generator, sites: Sites) -> Ints:
    roll, kind = draw.random(len(sites)), sites.kind
    foundation = np.where(is_one_of(kind, SECONDARY_KINDS), 0.3, 0.08)
    of_church = np.where((sites.faith == ANGLICAN) & (roll < 0.4), Type.CONTROLLED, Type.AIDED)
    plain = np.where(roll < foundation, Type.FOUNDATION, Type.COMMUNITY)
    special = np.where(roll < 0.1, Type.FOUNDATION_SPECIAL, Type.COMMUNITY_SPECIAL)
    return np.select(
        [
            kind == Kind.NURSERY,
            kind == Kind.SPECIAL,
            kind == Kind.ALTERNATIVE,
            kind == Kind.INDEPENDENT,
            kind == Kind.INDEPENDENT_SPECIAL,
            (sites.faith == ANGLICAN) | (sites.faith == CATHOLIC),
        ],
        [
            np.full(len(kind), Type.NURSERY),
            special,
            np.full(len(kind), Type.REFERRAL_UNIT),
            np.full(len(kind), Type.INDEPENDENT),
            np.full(len(kind), Type.INDEPENDENT_SPECIAL),
            of_church,
        ],
        plain,
    ).astype(np.int64)


def _new_schools(draw: np.random.Generator, sites: Sites) -> Flags:
    likely = np.select(
        [
            is_one_of(sites.kind, SECONDARY_KINDS),
            sites.kind == Kind.SPECIAL,
            is_one_of(sites.kind, (Kind.NURSERY, Kind.ALTERNATIVE, *INDEPENDENT_KINDS)),
        ],
        [0.08, 0.05, 0.0],
        0.02,
    )
    fresh: Flags = (draw.random(len(sites)) < likely) & (sites.faith == NO_FAITH) & ~sites.selective
    return fresh


def _new_type(draw: np.random.Generator, sites: Sites) -> Ints:
    roll = draw.random(len(sites))
    secondary = np.select([roll < 0.12, roll < 0.3], [Type.STUDIO, Type.TECHNICAL], Type.FREE)
    return np.select(
        [sites.kind == Kind.SPECIAL, sites.kind == Kind.SECONDARY],
        [np.full(len(sites), Type.FREE_SPECIAL), secondary],
        Type.FREE,
    ).astype(np.int64)


def _converting(draw: np.random.Generator, sites: Sites) -> Flags:
    likely = np.where(is_one_of(sites.kind, SECONDARY_KINDS), 0.76, 0.37)
    for kind, share in _CONVERTING.items():
        likely = np.where(sites.kind == kind, share, likely)
    likely = np.where(is_one_of(sites.kind, (Kind.NURSERY, *INDEPENDENT_KINDS)), 0.0, likely)
    turning: Flags = draw.random(len(sites)) < likely
    return turning


def _second_type(sites: Sites, sponsored: Flags) -> Ints:
    special = sites.kind == Kind.SPECIAL
    return np.select(
        [sites.kind == Kind.ALTERNATIVE, special & sponsored, special, sponsored],
        [Type.ALTERNATIVE_CONVERTER, Type.SPECIAL_SPONSORED, Type.SPECIAL_CONVERTER, Type.SPONSORED],
        Type.CONVERTER,
    ).astype(np.int64)


def _first_of_month(draw: np.random.Generator, *, rows: int, shares: Floats) -> Ints:
    year = draw.choice(_YEARS, rows, p=shares / shares.sum())
    month = np.where(draw.random(rows) < 0.45, 9, draw.integers(1, 13, rows))
    month = np.where((month == 8) | (year == 2010), 9, month)
    months = (year - 1970) * 12 + month - 1
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)


def _urns(sites: Sites, *, authorities: Authorities, site: Ints, opened: Ints) -> Ints:
    """Return URNs: the old ones in the order of authorities, the later ones in the order of opening."""
    old = opened == ALWAYS
    code = authorities.codes[sites.authority[site]]
    urn = np.empty(len(site), dtype=np.int64)
    for mask, start, key in ((old, FIRST_URN, code), (~old, FIRST_LATER_URN, opened)):
        chosen = np.flatnonzero(mask)
        ranked = chosen[np.lexsort((site[chosen], key[chosen]))]
        urn[ranked] = start + np.arange(len(ranked))
    return urn


def _numbers(sites: Sites, *, site: Ints, later: Flags, sponsored: Flags) -> Ints:
    """Return establishment numbers: converters keep their predecessor's, sponsored academies do not."""
    starts = np.array([1001, 2001, 2001, 2001, 4001, 4001, 4001, 7001, 1101, 6001, 6501])
    block = starts[sites.kind[site]]
    fresh = ~later | sponsored
    group = sites.authority[site] * 10_000 + block
    numbers = np.zeros(len(site), dtype=np.int64)
    chosen = np.flatnonzero(fresh)
    ranked = chosen[np.argsort(group[chosen], kind="stable")]
    _, starts_at, counts = np.unique(group[ranked], return_index=True, return_counts=True)
    numbers[ranked] = block[ranked] + np.arange(len(ranked)) - np.repeat(starts_at, counts)
    kept = np.flatnonzero(~fresh)
    numbers[kept] = numbers[site[kept]]
    return numbers


def _unlisted(sites: Sites, course: Spells) -> Ints:
    plain = (course.converted == NEVER) & (course.closed == NEVER) & (sites.kind == Kind.PRIMARY)
    plain &= (sites.intake >= 30) & (sites.steadiness == 1.0)
    near = np.flatnonzero(plain & (sites.authority == 0))
    return np.array([near[len(near) // 2], np.flatnonzero(plain)[-2]])


def school_numbers(numbers: Ints) -> Texts:
    """Return establishment numbers as four digits."""
    return texts([f"{number:04d}" for number in numbers.tolist()])
