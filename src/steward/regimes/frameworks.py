"""School inspection frameworks: each with its own scale, never converted into another."""

from datetime import date
from pathlib import Path

from steward.definitions import FOLDER
from steward.definitions.reading import Definition, Part, read_definitions


class ScalePoint(Part):
    """One outcome on a scale; `marks` are the ways publications print it."""

    key: str
    label: str
    rank: int
    """1 is best."""
    marks: tuple[str, ...]


class InspectionFramework(Definition):
    """A framework in force between two dates, by the date an inspection began."""

    publisher: str
    in_force_from: date
    in_force_to: date | None = None
    has_overall: bool
    scale: tuple[ScalePoint, ...]
    good_or_better: tuple[str, ...] = ()
    """Named rule of this framework: the outcomes that count as good or better. Empty where it has none."""
    below_good: tuple[str, ...] = ()
    source_url: str = ""
    notes: str = ""

    def in_force_on(self, day: date) -> bool:
        """Return whether an inspection that began on `day` was held under this framework."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)

    def label_of(self, outcome: str) -> str:
        """Return the words of the outcome key, or raise KeyError."""
        return {point.key: point.label for point in self.scale}[outcome]


def read_frameworks(folders: tuple[Path, ...] = (FOLDER / "frameworks",)) -> dict[str, InspectionFramework]:
    """Return every school inspection framework by id."""
    return read_definitions(folders, InspectionFramework)
