"""The publications this installation knows, found by folder."""

from pathlib import Path

from steward.analysis.sources.definition import SourceDefinition
from steward.definitions import FOLDER
from steward.definitions.reading import read_definitions


def read_sources(folders: tuple[Path, ...] = (FOLDER / "sources",)) -> dict[str, SourceDefinition]:
    """Return every source definition by id; a later folder may replace an earlier one.

    Raises DefinitionFault naming the file and the key of a definition that is not valid.
    """
    return read_definitions(folders, SourceDefinition)
