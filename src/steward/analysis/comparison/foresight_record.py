"""Whether declines came before worse inspections: what came of asking, kept with its day and files."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pydantic import Field

from steward.definitions import FOLDER
from steward.definitions.reading import Definition, Part, read_definitions
from steward.vocabulary.phases import Phase


class RecordedRun(Part):
    """The counts of one year and phase, as in `foresight.Foresight`."""

    year: int
    phase: Phase
    tested: int = Field(ge=0)
    flagged: int = Field(ge=0)
    fell: int = Field(ge=0)
    fell_flagged: int = Field(ge=0)
    held: int = Field(ge=0)
    held_flagged: int = Field(ge=0)


class ForesightRecord(Definition):
    """A record of runs over files that are named, with the day on which it was made."""

    about: str
    data: str
    worked_out_on: date
    runs: tuple[RecordedRun, ...]


def read_foresight(folders: Iterable[Path] = (FOLDER / "foresight",)) -> dict[str, ForesightRecord]:
    """Return every record by id; a later folder may replace an earlier id. Raises DefinitionFault."""
    return read_definitions(folders, ForesightRecord)
