"""Regions, authorities, wards and towns of the invented England."""

from dataclasses import dataclass

import numpy as np

from steward.sample.arrays import Chance, Floats, Ints
from steward.sample.names import REGIONS, WARD_WORDS, place_names

HEADLINE_CODE = 399
HEADLINE_NAME = "Aldermere"
HEADLINE_REGION = 0
HEADLINE_WARDS = 33
HEADLINE_SIZE = 1.99
"""Size of the headline authority in average authorities: 260 schools of 20,000 in 150."""

_MOST_OF_ENGLAND = 0.6
"""The headline authority never has more of the schools, however few authorities there are."""
_FIRST_CODE = 410
_CODES_A_REGION = 26
MOST_AUTHORITIES = 200
_COMPASS = ("North", "South", "East", "West", "Central")


@dataclass(frozen=True, slots=True)
class Authorities:
    """Authorities in the order of their codes; the headline authority is the first."""

    codes: Ints
    names: list[str]
    regions: Ints
    sizes: Ints
    """State-funded schools in each."""
    hardship: Floats
    languages: Floats
    """How many pupils speak another language at home, as a standard score."""
    towns: list[list[str]]
    wards: list[list[str]]
    ward_hardship: list[Floats]
    centres: Ints
    """Easting and northing of the middle of each, in metres."""

    def region_name(self, authority: int) -> str:
        """Return the region of an authority in words."""
        return REGIONS[int(self.regions[authority])]

    def constituencies(self, authority: int) -> list[str]:
        """Return the parliamentary constituencies of an authority."""
        return [f"{self.names[authority]} {point}" for point in _COMPASS]


def found_authorities(chance: Chance, *, schools: int, authorities: int) -> Authorities:
    """Return the authorities of an England with so many schools.

    Raises ValueError when the numbers cannot make an England that shows every shape.
    """
    if not 1 <= authorities <= MOST_AUTHORITIES:
        raise ValueError(f"The sample can have 1 to {MOST_AUTHORITIES} authorities, not {authorities}.")
    if schools < 60 * authorities:
        raise ValueError(
            f"{schools} schools are too few for {authorities} authorities: ask for at least 60 to each."
        )
    draw = chance.of("authorities")
    places = place_names(chance.of("places"))
    regions = np.concatenate([[HEADLINE_REGION], (np.arange(authorities - 1) + 1) % len(REGIONS)])
    order = np.concatenate([[0], 1 + np.argsort(regions[1:], kind="stable")])
    regions = regions[order].astype(np.int64)
    sizes = _sizes(draw, schools=schools, authorities=authorities)
    wards = [_wards(draw, places=places, many=many) for many in _ward_counts(sizes)]
    return Authorities(
        codes=_codes(regions),
        names=_names(places, authorities),
        regions=regions,
        sizes=sizes,
        hardship=_scores(draw, regions, spread=0.55, headline=0.15),
        languages=_scores(draw, regions, spread=1.0, headline=0.4),
        towns=[
            [places.pop() if places else f"{HEADLINE_NAME} Moor" for _ in range(4)]
            for _ in range(authorities)
        ],
        wards=wards,
        ward_hardship=[draw.normal(0.0, 0.7, len(names)) for names in wards],
        centres=_centres(draw, regions),
    )


def _sizes(draw: np.random.Generator, *, schools: int, authorities: int) -> Ints:
    if authorities == 1:
        return np.array([schools])
    headline = round(min(HEADLINE_SIZE / authorities, _MOST_OF_ENGLAND) * schools)
    weights = np.exp(draw.normal(0.0, 0.6, authorities - 1))
    others = np.maximum(12, np.floor(weights / weights.sum() * (schools - headline))).astype(np.int64)
    others[np.argmax(others)] += schools - headline - int(others.sum())
    return np.concatenate([[headline], others])


def _scores(draw: np.random.Generator, regions: Ints, *, spread: float, headline: float) -> Floats:
    """Return standard scores of authorities, alike within a region; that of the headline is given."""
    scores = draw.normal(0.0, spread, len(regions)) + draw.normal(0.0, 0.25, len(REGIONS))[regions]
    scores[0] = headline
    return scores


def _ward_counts(sizes: Ints) -> list[int]:
    return [HEADLINE_WARDS, *np.clip(sizes[1:] // 7, 6, 60).tolist()]


def _wards(draw: np.random.Generator, *, places: list[str], many: int) -> list[str]:
    names = [places[place] for place in draw.integers(0, len(places), many).tolist()]
    words = [WARD_WORDS[place] for place in draw.integers(0, len(WARD_WORDS), many).tolist()]
    forms = draw.integers(0, 4, many).tolist()
    made = [
        (name, f"{name} & {word}", f"{name} {word}", name)[form]
        for name, word, form in zip(names, words, forms, strict=True)
    ]
    return [f"{name} {made[:place].count(name) + 1}" if name in made[:place] else name
            for place, name in enumerate(made)]  # fmt: skip


def _codes(regions: Ints) -> Ints:
    """Return three-digit codes that no council uses: a run for each region, in the order of regions."""
    codes, used = [HEADLINE_CODE], dict.fromkeys(range(len(REGIONS)), 0)
    for region in regions[1:].tolist():
        code = _FIRST_CODE + _CODES_A_REGION * region + used[region]
        used[region] += 1
        codes.append(code)
    return np.array(codes)


def _names(places: list[str], authorities: int) -> list[str]:
    names = [HEADLINE_NAME]
    while len(names) < authorities:
        first = places.pop()
        form = len(names) % 5
        names.append(
            (first, f"{first}shire", f"North {first}shire", f"{first} and {places[-1]}", first)[form]
        )
    return names


def _centres(draw: np.random.Generator, regions: Ints) -> Ints:
    region_easting = 300_000 + 110_000 * (np.arange(len(REGIONS)) % 3)
    region_northing = 480_000 - 150_000 * (np.arange(len(REGIONS)) // 3)
    middle = np.stack([region_easting[regions], region_northing[regions]], axis=1)
    return np.asarray(middle + draw.integers(-45_000, 45_000, middle.shape)).astype(np.int64)
