"""The dated definitions of accountability measures, by year."""

from functools import cache
from pathlib import Path

from steward.analysis.accountability.definition import Progress8Tables
from steward.definitions import FOLDER
from steward.definitions.reading import read_definitions

_FOLDER = FOLDER / "accountability"


@cache
def progress_8_tables(folder: Path = _FOLDER) -> dict[int, Progress8Tables]:
    """Return the tables of Progress 8 by the calendar year in which the academic year ends."""
    found = read_definitions((folder / "progress_8",), Progress8Tables)
    return {one.year: one for one in found.values()}
