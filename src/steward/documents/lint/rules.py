"""The dated definition that the checks of a report go by."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from steward.definitions import FOLDER
from steward.definitions.reading import Definition, Part, read_definitions


class Superseded(Part):
    """A published work that another took the place of on a day."""

    phrase: str
    from_: date = Field(alias="from")
    unless: str
    """Words that show that the newer one is meant."""
    by: str


class Holiday(Part):
    """Days of each year, as month and day, in which people are away; it may run over the new year."""

    from_: str = Field(alias="from")
    to: str
    name: str

    @model_validator(mode="after")
    def _days_exist(self) -> Self:
        for day in (self.from_, self.to):
            date.fromisoformat(f"2024-{day}")
        return self


class LintRules(Definition):
    """What the checks know: of the house's reports, of the field, and how strict to be."""

    source: str
    known_abbreviations: frozenset[str]
    compulsory: tuple[str, ...]
    parents: Mapping[str, tuple[str, ...]]
    """Headings that belong beneath another, by the beginning of their words in lower case."""
    published_works: tuple[str, ...]
    superseded: tuple[Superseded, ...] = ()
    holidays: tuple[Holiday, ...]
    shortest_consultation_days: int
    plan_months: int
    near_duplicate: float = Field(gt=0.5, le=1)
    hardest_reading_ease: float


class Weight(StrEnum):
    """Whether a finding stops a report."""

    BLOCKING = "blocking"
    WARNING = "warning"


def read_lint_rules(folders: tuple[Path, ...] = (FOLDER / "lint",)) -> dict[str, LintRules]:
    """Return every set of rules by id."""
    return read_definitions(folders, LintRules)
