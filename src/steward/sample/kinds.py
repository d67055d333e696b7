"""Kinds and types of school, and the words each publication has for them."""

from enum import IntEnum
from typing import NamedTuple

import numpy as np

from steward.sample.arrays import Flags, Ints, Texts, texts


class Kind(IntEnum):
    """What ages and needs a school serves; fixed for the life of a site."""

    NURSERY = 0
    INFANT = 1
    JUNIOR = 2
    PRIMARY = 3
    MIDDLE = 4
    SECONDARY = 5
    ALL_THROUGH = 6
    SPECIAL = 7
    ALTERNATIVE = 8
    INDEPENDENT = 9
    INDEPENDENT_SPECIAL = 10


PRIMARY_KINDS = (Kind.INFANT, Kind.JUNIOR, Kind.PRIMARY)
SECONDARY_KINDS = (Kind.MIDDLE, Kind.SECONDARY, Kind.ALL_THROUGH)
WITH_KS2 = (Kind.JUNIOR, Kind.PRIMARY, Kind.MIDDLE, Kind.ALL_THROUGH, Kind.SPECIAL)
WITH_KS4 = (Kind.SECONDARY, Kind.ALL_THROUGH, Kind.SPECIAL)
INDEPENDENT_KINDS = (Kind.INDEPENDENT, Kind.INDEPENDENT_SPECIAL)
INSPECTED_KINDS = tuple(kind for kind in Kind if kind not in INDEPENDENT_KINDS)


class _Words(NamedTuple):
    information: str
    spine: str
    spine_2016: str
    ofsted: str
    ofsted_2013: str
    ks4: str
    group: str
    gias_code: str


class Type(IntEnum):
    """Legal type of an establishment; changes when a school becomes an academy."""

    COMMUNITY = 0
    AIDED = 1
    CONTROLLED = 2
    FOUNDATION = 3
    CONVERTER = 4
    SPONSORED = 5
    FREE = 6
    COMMUNITY_SPECIAL = 7
    FOUNDATION_SPECIAL = 8
    SPECIAL_CONVERTER = 9
    SPECIAL_SPONSORED = 10
    FREE_SPECIAL = 11
    NURSERY = 12
    REFERRAL_UNIT = 13
    ALTERNATIVE_CONVERTER = 14
    INDEPENDENT = 15
    INDEPENDENT_SPECIAL = 16
    STUDIO = 17
    TECHNICAL = 18


ACADEMY_TYPES = (
    Type.CONVERTER,
    Type.SPONSORED,
    Type.FREE,
    Type.SPECIAL_CONVERTER,
    Type.SPECIAL_SPONSORED,
    Type.FREE_SPECIAL,
    Type.ALTERNATIVE_CONVERTER,
    Type.STUDIO,
    Type.TECHNICAL,
)
SPONSORED_TYPES = (Type.SPONSORED, Type.SPECIAL_SPONSORED)

_M, _A, _S, _I = "Maintained school", "Academy", "Special school", "Independent school"

_WORDS: dict[Type, _Words] = {
    Type.COMMUNITY: _Words(
        "Community school", "Community school", "Community School",
        "Community School", "Community School", "CY", _M, "1"),
    Type.AIDED: _Words(
        "Voluntary aided school", "Voluntary aided school", "Voluntary Aided School ",
        "Voluntary Aided School", "Voluntary Aided School", "VA", _M, "2"),
    Type.CONTROLLED: _Words(
        "Voluntary controlled school", "Voluntary controlled school", "Voluntary Controlled School ",
        "Voluntary Controlled School", "Voluntary Controlled School", "VC", _M, "3"),
    Type.FOUNDATION: _Words(
        "Foundation school", "Foundation school", "Foundation School ",
        "Foundation School", "Foundation School", "FD", _M, "5"),
    Type.CONVERTER: _Words(
        "Academy converter", "Academy - Converter mainstream", "Academy - Converter Mainstream",
        "Academy Converter", "Academy Converter", "ACC", _A, "34"),
    Type.SPONSORED: _Words(
        "Academy sponsor led", "Academy sponsor led mainstream", "Academy Sponsor Led Mainstream",
        "Academy Sponsor Led", "Academy Sponsor Led", "AC", _A, "28"),
    Type.FREE: _Words(
        "Free schools", "Free school - Mainstream", "Free School - Mainstream",
        "Free School", "Free Schools", "F", _A, "35"),
    Type.COMMUNITY_SPECIAL: _Words(
        "Community special school", "Community special school", "Community Special School",
        "Community Special School", "Community Special School", "CYS", _S, "7"),
    Type.FOUNDATION_SPECIAL: _Words(
        "Foundation special school", "Foundation special school", "Foundation Special School ",
        "Foundation Special School", "Foundation Special School", "FDS", _S, "12"),
    Type.SPECIAL_CONVERTER: _Words(
        "Academy special converter", "Academy - Converter special school",
        "Academy  - Converter Special School",
        "Academy Special Converter", "Academy Special Converter", "ACCS", _A, "44"),
    Type.SPECIAL_SPONSORED: _Words(
        "Academy special sponsor led", "Academy - Sponsor led special school",
        "Academy  - Sponsor Led Special School",
        "Academy Special Sponsor Led", "Academy Special Sponsor Led", "ACS", _A, "33"),
    Type.FREE_SPECIAL: _Words(
        "Free schools special", "Free school - Special", "Free School - Special",
        "Free School Special", "Free School Special", "FS", _A, "36"),
    Type.NURSERY: _Words(
        "Local authority nursery school", "", "",
        "LA Nursery School", "LA Nursery School", "", _M, "15"),
    Type.REFERRAL_UNIT: _Words(
        "Pupil referral unit", "", "",
        "Pupil Referral Unit", "Pupil Referral Unit", "", _M, "14"),
    Type.ALTERNATIVE_CONVERTER: _Words(
        "Academy alternative provision converter", "", "",
        "Academy Alternative Provision Converter", "Academy Alternative Provision Converter", "", _A, "42"),
    Type.INDEPENDENT: _Words(
        "Other independent school", "Other independent school", "Other Independent School ",
        "", "", "IND", _I, "11"),
    Type.INDEPENDENT_SPECIAL: _Words(
        "Other independent special school", "Other independent special school",
        "Other Independent Special School", "", "", "INDSPEC", _I, "10"),
    Type.STUDIO: _Words(
        "Studio schools", "Studio school", "Free School ?? Studio School ",
        "Studio School", "Studio Schools", "SS", _A, "41"),
    Type.TECHNICAL: _Words(
        "University technical college", "University technical college", "Free School??- UTC",
        "University Technical College", "University Technical College", "UTC", _A, "40"),
}  # fmt: skip


def words(types: Ints, publication: str) -> Texts:
    """Return what a publication calls each type, such as "ofsted" or "ks4"."""
    return texts([getattr(_WORDS[kind], publication) for kind in Type])[types]


def is_one_of(values: Ints, kinds: tuple[IntEnum, ...]) -> Flags:
    """Return which of the values are among some kinds or types."""
    return np.isin(values, np.array([int(kind) for kind in kinds]))
