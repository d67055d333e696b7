"""The areas a school is compared with."""

from enum import StrEnum


class Level(StrEnum):
    """Level of an area figure."""

    AUTHORITY = "authority"
    REGION = "region"
    ENGLAND = "england"


class Basis(StrEnum):
    """Whether an area figure was published or worked out here from schools."""

    PUBLISHED = "published"
    COMPUTED = "computed"


ENGLAND = "england"
"""The code of England in area tables."""
