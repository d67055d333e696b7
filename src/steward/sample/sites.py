"""The schools as places: what each is, where it stands, whom it teaches and how well."""

from dataclasses import dataclass

import numpy as np

from steward.sample.arrays import Chance, Flags, Floats, Ints, Texts, bounded, texts, worded
from steward.sample.kinds import INDEPENDENT_KINDS, SECONDARY_KINDS, Kind, is_one_of
from steward.sample.names import STREETS, neighbourhoods, patrons
from steward.sample.places import Authorities

NO_FAITH, ANGLICAN, CATHOLIC, OTHER_FAITH = range(4)
MIXED, GIRLS, BOYS = range(3)

_KIND_SHARES = {
    Kind.NURSERY: 0.018,
    Kind.INFANT: 0.045,
    Kind.JUNIOR: 0.042,
    Kind.PRIMARY: 0.684,
    Kind.MIDDLE: 0.005,
    Kind.SECONDARY: 0.146,
    Kind.ALL_THROUGH: 0.007,
    Kind.SPECIAL: 0.043,
    Kind.ALTERNATIVE: 0.010,
}
_INDEPENDENT_SHARE = 0.07
_AGES = {
    Kind.NURSERY: (2, 5), Kind.INFANT: (3, 7), Kind.JUNIOR: (7, 11), Kind.PRIMARY: (4, 11),
    Kind.MIDDLE: (9, 13), Kind.SECONDARY: (11, 16), Kind.ALL_THROUGH: (3, 18), Kind.SPECIAL: (2, 19),
    Kind.ALTERNATIVE: (5, 16), Kind.INDEPENDENT: (3, 18), Kind.INDEPENDENT_SPECIAL: (7, 19),
}  # fmt: skip
_INTAKES = np.array([5, 8, 10, 15, 20, 30, 45, 60, 90, 120])
_INTAKE_SHARES = np.array([0.01, 0.02, 0.03, 0.10, 0.07, 0.36, 0.12, 0.22, 0.06, 0.01])
_HEADLINE_LIFT = 0.15
"""How much better the headline authority's schools are than its hardship would have them."""
_POSTCODE_AREAS = ("QN", "VW", "XE", "JM", "QS", "VC", "XL", "JH", "QW")
_POSTCODE_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True, slots=True)
class Sites:
    """One entry for each school as a place, through all its legal types; arrays of equal length."""

    authority: Ints
    kind: Ints
    faith: Ints
    gender: Ints
    selective: Flags
    sixth_form: Flags
    ward: Ints
    age_low: Ints
    age_high: Ints
    place: Texts
    street: Texts
    town: Texts
    postcode: Texts
    telephone: Texts
    easting: Ints
    northing: Ints
    hardship: Floats
    """Standard score; more is poorer."""
    languages: Floats
    quality: Floats
    """Standard score of what the school adds; more is better."""
    trend: Floats
    """Change of quality in a year, counted from 2014."""
    intake: Ints
    """Places in a year group."""
    attendance: Floats
    """Standard score of absence beyond what intake explains; more is more absence."""
    vocational: Floats
    """Share of 2013 passes that the rules of 2014 no longer counted."""
    steadiness: Floats
    """How far chance moves the results of a year: 1 as usual, near 0 for the schools of the story."""

    def __len__(self) -> int:
        return len(self.kind)


def settle(chance: Chance, authorities: Authorities) -> Sites:
    """Return the schools of all authorities, independent ones included, in the order of authorities."""
    authority, kind = _kinds(chance.of("kinds"), authorities)
    rows, draw = len(kind), chance.of("sites")
    ward = (draw.random(rows) * np.array([len(names) for names in authorities.wards])[authority]).astype(int)
    hardship = _hardship(draw, authorities=authorities, authority=authority, ward=ward)
    faith = _faith(draw, kind)
    age_low, age_high = (np.array([_AGES[each][end] for each in Kind])[kind] for end in (0, 1))
    sixth_form = (kind == Kind.SECONDARY) & (draw.random(rows) < 0.6)
    sixth_form |= kind == Kind.ALL_THROUGH
    selective = (kind == Kind.SECONDARY) & (draw.random(rows) < 0.045)
    easting, northing = _grid(draw, authorities=authorities, authority=authority, ward=ward)
    return Sites(
        authority=authority,
        kind=kind,
        faith=faith,
        gender=_gender(draw, kind=kind, selective=selective),
        selective=selective,
        sixth_form=sixth_form,
        ward=ward,
        age_low=np.where((kind == Kind.PRIMARY) & (draw.random(rows) < 0.5), 3, age_low),
        age_high=np.where(sixth_form, 18, age_high),
        place=np.where(faith == NO_FAITH, neighbourhoods(draw, rows), patrons(draw, rows)),
        street=_street(draw, rows),
        town=_town(draw, authorities=authorities, authority=authority),
        postcode=_postcode(draw, authorities=authorities, authority=authority),
        telephone=texts([f"01632 960{number:03d}" for number in draw.integers(0, 1000, rows).tolist()]),
        easting=easting,
        northing=northing,
        hardship=np.where(selective, hardship - 1.6, hardship),
        languages=0.75 * authorities.languages[authority] + draw.normal(0.0, 0.65, rows),
        quality=draw.normal(0.0, 1.0, rows) - 0.15 * hardship + _HEADLINE_LIFT * (authority == 0),
        trend=draw.normal(0.02, 0.09, rows),
        intake=_intake(draw, kind),
        attendance=draw.normal(0.0, 1.0, rows),
        vocational=bounded(draw.exponential(0.035, rows), least=0.0, most=0.2),
        steadiness=np.ones(rows),
    )


def _kinds(draw: np.random.Generator, authorities: Authorities) -> tuple[Ints, Ints]:
    kinds, shares = list(_KIND_SHARES), np.array(list(_KIND_SHARES.values()))
    of_authority, of_kind = [], []
    for authority, size in enumerate(authorities.sizes.tolist()):
        counts = np.floor(shares * size + draw.random(len(kinds))).astype(int)
        counts[kinds.index(Kind.PRIMARY)] += size - counts.sum()
        independents = round(_INDEPENDENT_SHARE * size)
        special = independents // 4
        of_kind += [np.repeat([int(kind) for kind in kinds], counts)]
        of_kind += [np.repeat([int(each) for each in INDEPENDENT_KINDS], [independents - special, special])]
        of_authority.append(np.full(size + independents, authority))
    return np.concatenate(of_authority), np.concatenate(of_kind)


def _hardship(draw: np.random.Generator, *, authorities: Authorities, authority: Ints, ward: Ints) -> Floats:
    of_wards = np.concatenate(authorities.ward_hardship)
    first = np.cumsum([0] + [len(scores) for scores in authorities.ward_hardship[:-1]])
    own = draw.normal(0.0, 0.5, len(ward))
    scores: Floats = authorities.hardship[authority] + of_wards[first[authority] + ward] + own
    return bounded(scores, least=-2.6, most=2.6)


def _faith(draw: np.random.Generator, kind: Ints) -> Ints:
    roll = draw.random(len(kind))
    young = is_one_of(kind, (Kind.INFANT, Kind.JUNIOR, Kind.PRIMARY))
    old = is_one_of(kind, SECONDARY_KINDS)
    faith = np.zeros(len(kind), dtype=np.int64)
    faith[young & (roll < 0.26)] = ANGLICAN
    faith[young & (roll >= 0.26) & (roll < 0.36)] = CATHOLIC
    faith[old & (roll < 0.05)] = ANGLICAN
    faith[old & (roll >= 0.05) & (roll < 0.14)] = CATHOLIC
    faith[(kind == Kind.INDEPENDENT) & (roll < 0.1)] = OTHER_FAITH
    return faith


def _gender(draw: np.random.Generator, *, kind: Ints, selective: Flags) -> Ints:
    roll = draw.random(len(kind))
    likely = np.where(kind == Kind.SECONDARY, 0.05, np.where(kind == Kind.INDEPENDENT, 0.12, 0.0))
    likely = np.where(selective, 0.35, likely)
    return np.select([roll < likely, roll < 1.7 * likely], [GIRLS, BOYS], MIXED).astype(np.int64)


def ward_middles(ward: Ints) -> Floats:
    """Return how far the middles of wards, by number, lie east and north of their authority's, in metres.

    They wind outwards from the middle like the seeds of a sunflower.
    """
    turn, far = 2.399963 * ward, 1_500.0 + 1_900.0 * np.sqrt(ward)
    return np.stack([far * np.cos(turn), far * np.sin(turn)])


def degrees_of(easting: Ints, northing: Ints) -> tuple[Floats, Floats]:
    """Return longitude and latitude of places in metres, near enough for an invented land."""
    return -7.0 + easting / 69_000.0, 49.8 + northing / 111_200.0


def _grid(
    draw: np.random.Generator, *, authorities: Authorities, authority: Ints, ward: Ints
) -> tuple[Ints, Ints]:
    east, north = ward_middles(ward)
    own = draw.normal(0.0, 700.0, (2, len(ward)))
    centre = authorities.centres[authority]
    easting = centre[:, 0] + east + own[0]
    northing = centre[:, 1] + north + own[1]
    return easting.astype(np.int64), northing.astype(np.int64)


def _street(draw: np.random.Generator, rows: int) -> Texts:
    return worded(STREETS, draw.integers(0, len(STREETS), rows))


def _town(draw: np.random.Generator, *, authorities: Authorities, authority: Ints) -> Texts:
    towns = [town for four in authorities.towns for town in four]
    return worded(towns, 4 * authority + draw.integers(0, 4, len(authority)))


def _postcode(draw: np.random.Generator, *, authorities: Authorities, authority: Ints) -> Texts:
    """Return postcodes of areas that the Royal Mail does not use."""
    areas = authorities.regions[authority].tolist()
    places = draw.integers(0, len(_POSTCODE_LETTERS), (len(authority), 2)).tolist()
    sectors = draw.integers(0, 10, len(authority)).tolist()
    return texts([
        f"{_POSTCODE_AREAS[area]}{number % 60 + 1} {sector}{_POSTCODE_LETTERS[a]}{_POSTCODE_LETTERS[b]}"
        for area, number, sector, (a, b) in zip(areas, authority.tolist(), sectors, places, strict=True)
    ])  # fmt: skip


def _intake(draw: np.random.Generator, kind: Ints) -> Ints:
    rows = len(kind)
    primary = draw.choice(_INTAKES, rows, p=_INTAKE_SHARES)
    secondary = bounded(np.exp(draw.normal(np.log(178), 0.3, rows)), least=60, most=330)
    special = bounded(np.exp(draw.normal(np.log(11), 0.5, rows)), least=2, most=34)
    independent = bounded(np.exp(draw.normal(np.log(26), 0.7, rows)), least=3, most=150)
    large = is_one_of(kind, SECONDARY_KINDS)
    small = is_one_of(kind, (Kind.SPECIAL, Kind.ALTERNATIVE, Kind.INDEPENDENT_SPECIAL))
    two_years = (kind == Kind.INFANT) | (kind == Kind.JUNIOR)
    of_kind: Floats = np.select(
        [large, small, kind == Kind.INDEPENDENT, kind == Kind.NURSERY, two_years],
        [secondary, special, independent, np.full(rows, 40), np.maximum(primary, 30)],
        primary,
    )
    return of_kind.astype(np.int64)
