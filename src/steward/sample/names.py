"""Invented names of places, schools and trusts. None is the name of a real school or council."""

from itertools import product

import numpy as np

from steward.sample.arrays import Texts, texts

REGIONS = (
    "Northern Vale", "Western Marches", "Eastern Fens", "Midland Heath", "Southern Downs",
    "Capital Reach", "Lakes and Fells", "Harbour Coast", "Central Wolds",
)  # fmt: skip

_STEMS = (
    "Ambrel", "Arlen", "Askel", "Barrin", "Belver", "Brackel", "Brindel", "Caldrin", "Carrin", "Chelver",
    "Corran", "Cravel", "Dunnel", "Eddern", "Elvin", "Farrel", "Fennick", "Garrel", "Geldren", "Greskin",
    "Hadrel", "Halvin", "Heskin", "Hollin", "Ingrel", "Jarvel", "Keldrin", "Kerrow", "Lamrel", "Larkin",
    "Lindrel", "Lorrin", "Mardrin", "Marvel", "Merrow", "Morvin", "Narrel", "Norvel", "Orrin", "Oskin",
    "Pellin", "Pendrel", "Quarrin", "Quillen", "Ravelin", "Rendrel", "Rossel", "Sallin", "Sarrow", "Selvin",
    "Skelrin", "Sorrin", "Starrel", "Tambrin", "Tarrel", "Thorrin", "Tolvin", "Ulrin", "Varrow", "Vellin",
    "Wanrel", "Warrin", "Wendrel", "Whitrin", "Yarrel", "Yelvin", "Zellin", "Zorrel",
)  # fmt: skip

_ENDINGS = (
    "beck", "by", "combe", "cote", "dale", "den", "fleet", "gate", "ham", "holme", "hurst", "ley", "mere",
    "mouth", "ness", "rigg", "stead", "stoke", "thwaite", "ton", "wath", "well", "wick", "worth",
)  # fmt: skip

_FEATURES = (
    "Green", "Park", "Lane", "Hill", "Road", "Bridge", "Grange", "Wood", "Heath", "Fields", "Vale", "Mill",
    "Cross", "Moor", "Brook", "Common",
)  # fmt: skip

_ACCENTED = ("Beaumère", "Clérivale", "Montfère", "Valréan", "Sérigny Park", "Élanthe", "Brézelle")

WARD_WORDS = (
    "Castle", "Minster", "Riverside", "Moorside", "Northgate", "Southgate", "Eastfield", "Westfield",
    "Old Quay", "Weavers", "Foundry", "Orchard", "Abbots", "Canal", "Beacon", "Market",
)  # fmt: skip

STREETS = (
    "Lantern Lane", "Weir Road", "Tannery Street", "Old Mill Way", "Cobbler's Row", "Larkspur Avenue",
    "Quarry Rise", "Beacon Hill", "Wharf Street", "Furrow Lane", "Kiln Close", "Lime Walk",
)  # fmt: skip

_TRUST_WORDS = (
    "Lantern", "Compass", "Keystone", "Harvest", "Beacon", "Meridian", "Bridgeway", "Northstar", "Evergreen",
    "Confluence", "Hearth", "Waymark", "Millstone", "Windrush", "Cornerstone", "Tideway", "Loomwork",
)  # fmt: skip


def place_names(draw: np.random.Generator) -> list[str]:
    """Return every invented place name once, in a random order."""
    names = [stem + ending for stem, ending in product(_STEMS, _ENDINGS)]
    return [names[place] for place in draw.permutation(len(names)).tolist()]


def neighbourhoods(draw: np.random.Generator, rows: int) -> Texts:
    """Return a neighbourhood for each school, a few with accented letters."""
    stems = texts([stem + ending for stem, ending in product(_STEMS, _ENDINGS)])
    features = texts([*(f" {feature}" for feature in _FEATURES), "", "", "", ""])
    named: Texts = stems[draw.integers(0, len(stems), rows)] + features[draw.integers(0, len(features), rows)]
    accented = draw.random(rows) < 0.004
    accented[: min(rows, 40) : 20] = True
    named[accented] = texts(list(_ACCENTED))[draw.integers(0, len(_ACCENTED), int(accented.sum()))]
    return named


def patrons(draw: np.random.Generator, rows: int) -> Texts:
    """Return an invented patron saint for each school of a church."""
    stems = texts([f"St {stem}'s" for stem in _STEMS])
    return stems[draw.integers(0, len(stems), rows)]


def trust_name(number: int) -> str:
    """Return the name of a multi-academy trust."""
    word = _TRUST_WORDS[number % len(_TRUST_WORDS)]
    place = _STEMS[(number * 7) % len(_STEMS)] + _ENDINGS[(number * 5) % len(_ENDINGS)]
    return f"{word} {place} Learning Trust"
