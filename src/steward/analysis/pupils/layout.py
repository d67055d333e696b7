"""What a file of pupils may hold: its columns, their codes, and the columns that are refused."""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from pydantic import Field, model_validator

from steward.definitions import FOLDER
from steward.definitions.reading import Definition, Part, read_definitions

RESULTS = "results"
"""Id of the definition of the one layout there is."""


class Kind(StrEnum):
    """How the text in a column is read."""

    URN = "urn"
    YEAR = "year"
    CODE = "code"
    NUMBER = "number"
    WARD = "ward"


class Code(Part):
    """A code of a column: what it means, and other ways in which exports write it."""

    meaning: str
    written: tuple[str, ...] = ()


class PupilColumn(Part):
    """A column that a file of pupils may have."""

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    group: str = ""
    """Id of the characteristic in definitions/groups whose members its codes belong to."""
    codes: dict[str, Code] = Field(default_factory=dict)
    least: float = 0
    most: float = 0

    @model_validator(mode="after")
    def _says_what_it_takes(self) -> "PupilColumn":
        if (self.kind is Kind.CODE) != bool(self.codes):
            raise ValueError("codes are for columns of the kind code, and those need them")
        if self.kind is Kind.NUMBER and not self.least < self.most:
            raise ValueError("a number needs least and most, the smaller first")
        written = [text.casefold() for key, code in self.codes.items() for text in (key, *code.written)]
        if len(written) != len(set(written)):
            raise ValueError(f"{self.name}: two codes are written in the same way")
        return self


class Personal(Part):
    """Names of columns that point at a single child, and what they hold in words."""

    names: tuple[str, ...]
    what: str


class PupilLayout(Definition):
    """The columns of a file of pupils, with codes, limits and what is never accepted."""

    source: str
    about: str
    most_refused_percent: float = Field(gt=0, lt=100)
    """A file of which more rows than this cannot be used is refused whole."""
    columns: tuple[PupilColumn, ...]
    personal: tuple[Personal, ...]

    @model_validator(mode="after")
    def _names_each_once(self) -> "PupilLayout":
        names = [column.name for column in self.columns]
        names += [name for one in self.personal for name in one.names]
        if len(names) != len(set(names)):
            raise ValueError("a column is named twice")
        return self

    def column(self, name: str) -> PupilColumn | None:
        """Return the column of that name, or None."""
        return next((one for one in self.columns if one.name == name), None)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns without which a file is not one of pupils."""
        return tuple(column.name for column in self.columns if column.required)

    def personal_reason(self, name: str) -> str:
        """Return what a column of that name would hold about a single child, or nothing."""
        return next((one.what for one in self.personal if name in one.names), "")


def read_layouts(folders: Iterable[Path] = (FOLDER / "pupils",)) -> dict[str, PupilLayout]:
    """Return every layout by id; raises DefinitionFault naming file and key."""
    return read_definitions(folders, PupilLayout)


def written(column_name: str) -> str:
    """Return a column's name as it is compared: small letters, words joined by one underscore."""
    kept = "".join(letter if letter.isalnum() else " " for letter in column_name.strip().casefold())
    return "_".join(kept.split())
