"""The sections of the annual standards of an authority, in the order in which they are read."""

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import model_validator

from steward.definitions import FOLDER
from steward.definitions.reading import Definition, Part, read_definitions


class StandardsSection(Part):
    """A section: measures of the series, how schools stand in inspection, or gaps between groups."""

    id: str
    title: str
    kind: Literal["measures", "inspection", "gaps"]
    measures: tuple[str, ...] = ()
    """Codes of measures, the most important first; their plain titles are those of the topics."""

    @model_validator(mode="after")
    def _has_measures(self) -> "StandardsSection":
        if (self.kind == "measures") != bool(self.measures):
            raise ValueError("measures belong to sections of the kind 'measures', and those need them")
        return self


class StandardsDefinition(Definition):
    """What an annual account of standards holds."""

    about: str
    sections: tuple[StandardsSection, ...]


def read_standards(folders: Iterable[Path] = (FOLDER / "standards",)) -> dict[str, StandardsDefinition]:
    """Return the accounts of standards by id; later folders replace definitions of earlier ones."""
    return read_definitions(folders, StandardsDefinition)
