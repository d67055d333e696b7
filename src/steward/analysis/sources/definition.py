"""What is known of a publication: its layouts by year, how to recognise them, which column means what."""

import re
from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from steward.definitions.reading import Definition, Part


class Holds(StrEnum):
    """What a publication holds, and so which table it feeds."""

    REGISTER = "register"
    LINKS = "links"
    INSPECTIONS = "inspections"
    RESULTS = "results"
    SERIES = "series"
    ATTENDANCE = "attendance"
    LOOKUP = "lookup"
    UNUSED = "unused"


class PeriodFrom(Part):
    """Where the year or date of a file is written."""

    place: Literal["path", "column", "fixed", "columns"]
    """path: folder or file name; column: a column; fixed: `value`; columns: many years abreast."""
    column: str = ""
    value: str = ""
    """fixed: a year such as 2018-2019 or a date; path: "begins" where a lone year names its beginning."""


class Levels(Part):
    """Which rows are schools and which are areas, told by the values of one column.

    Rows whose value is in none of the lists are left out. In one list "*" takes all other values.
    """

    column: str
    school: tuple[str, ...]
    authority: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    england: tuple[str, ...] = ()
    phases: dict[str, str] = Field(default_factory=dict)
    """For England rows: value of `phase_column` to Phase, such as PRI: primary."""
    phase_column: str = ""
    areas_repeat: str = ""
    """Why several rows are of one area and phase; empty where more than one is a fault."""


class Range(Part):
    """Least and greatest possible number in a column: a file that prints another is not loaded."""

    least: float
    most: float


class Layout(Part):
    """One layout of a publication: the columns of a run of years."""

    id: str
    covers_from: date
    covers_to: date
    """A file whose year or as-at date lies outside is refused as an unknown year."""
    version: Literal["early", "provisional", "revised", "final", "derived"] = "final"
    requires: tuple[str, ...]
    """Columns by which the layout is recognised: all must be in the header."""
    refuses: tuple[str, ...] = ()
    """Columns that show that it is another layout."""
    name_pattern: str = ""
    """A regular expression the path must match, only where two publications share a header."""
    columns: tuple[str, ...] = ()
    """Every column the publisher's file has; others are reported as unknown, absent ones as missing."""
    more_columns: bool = False
    """True where the file has hundreds of columns that this version does not read."""
    period: PeriodFrom
    keys: dict[str, str] = Field(default_factory=dict)
    """urn, authority, establishment_number, laestab, region: the column of each that the file has."""
    levels: Levels | None = None
    fields: dict[str, str] = Field(default_factory=dict)
    """For registers, links, inspections and series: canonical field to column."""
    formats: dict[str, str] = Field(default_factory=dict)
    """Canonical date field to its format, such as "%d-%m-%Y"."""
    framework: str = ""
    snapshot: bool = False
    """Whether it lists every school of the kinds it covers: one it leaves out is no longer as it was."""
    personal: tuple[str, ...] = ()
    """Columns with names or telephone numbers of people: dropped before anything is stored."""
    repeats: tuple[str, ...] = ()
    """Columns whose name is printed several times: the second is read as "NAME 2" and so on."""
    ranges: dict[str, Range] = Field(default_factory=dict)
    sheet: str = ""
    header_row: int = 1

    def recognises(self, *, header: tuple[str, ...], path: str) -> bool:
        """Return whether a file with this header and path is of this layout."""
        names = set(header)
        return (
            names.issuperset(self.requires)
            and names.isdisjoint(self.refuses)
            and re.search(self.name_pattern, path, re.IGNORECASE) is not None
        )


class SourceDefinition(Definition):
    """A publication, such as the key stage 4 tables, with all the layouts it has had."""

    publisher: str
    licence: str
    holds: Holds
    about: str
    not_used_because: str = ""
    source_url: str = ""
    layouts: tuple[Layout, ...]

    @model_validator(mode="after")
    def _says_why_unused(self) -> "SourceDefinition":
        if (self.holds is Holds.UNUSED) != bool(self.not_used_because):
            raise ValueError("not_used_because is for publications that hold 'unused', and those need it")
        return self
