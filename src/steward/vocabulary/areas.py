"""The areas a school is compared with."""

import re
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
BEFORE_REORGANISATION = "(before reorganisation)"
"""What stands behind the name of an authority that ended when local government was reorganised."""
_REORGANISED = re.compile(r"\(?\bpre[ -]?lgr?\b(?: \d{4})?\)?", re.IGNORECASE)


def name_of_area(published: str) -> str:
    """Return the name of an area with one label where it was abolished.

    Registers print "Pre-LGR 2019 Dorset" and the series of authorities "Dorset (Pre LG)": both become
    "Dorset (before reorganisation)".
    """
    plain = " ".join(_REORGANISED.sub("", published).split())
    return plain if plain == " ".join(published.split()) else f"{plain} {BEFORE_REORGANISATION}"
