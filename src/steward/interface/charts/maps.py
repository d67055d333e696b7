"""Figures of places."""

from dataclasses import dataclass

from steward.interface.charts.captions import Captioned
from steward.vocabulary.values import Value

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A ward: its name and value, and its outline as rings of (longitude, latitude) in degrees.

    Rings may be several (islands) and may be holes.
    """

    name: str
    value: Value
    rings: tuple[Ring, ...]
    href: str = ""
    small: bool = False
    cohort: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class WardMap(Captioned):
    """Areas in classes of their value, each with its own pattern and word; north is up.

    `cuts` are the values at which a class ends and the next begins, ascending, at most four: a value at
    a cut belongs to the higher class. `words` name the classes from the lowest ("Below 50%"); when
    empty they are written from the cuts.
    """

    title: str
    description: str
    unit: str
    decimals: int
    areas: tuple[Area, ...]
    cuts: tuple[float, ...]
    words: tuple[str, ...] = ()
