"""What every figure says of itself besides its title, and whom its marks stand for."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """Whom a line, bar or mark stands for; each is drawn the same on every page."""

    SCHOOL = "school"
    AUTHORITY = "authority"
    ENGLAND = "england"
    SIMILAR = "similar"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Captioned:
    """What a reader must know to use a figure away from its page; every figure takes these by name.

    `id` names the downloads, in small letters, digits and hyphens ("progress-8"); "" for one made from
    the title. `measure` says what is measured and in what unit ("Pupils at the
    expected standard, percent"), `cohort` of how many ("24 to 31 pupils a year"), `source` the
    publication and its date.
    """

    id: str = ""
    measure: str = ""
    cohort: str = ""
    source: str = ""
