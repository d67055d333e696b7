"""Kinds of live event: what may be recorded, what it adds to a score, for how long. A YAML file each."""

from collections.abc import Iterable
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from steward.analysis.scoring.groups import Group
from steward.definitions import FOLDER
from steward.definitions.reading import Definition, read_definitions
from steward.vocabulary.facts import FactKind
from steward.vocabulary.sensitivity import Sensitivity


class EventDefinition(Definition):
    """A kind of event at a school. Points and days are the council's choice, held in its own file."""

    fact: FactKind
    """The dated local fact that the event is recorded as; also the id of the file."""
    group: Group
    points: float = Field(ge=0)
    """What one event in force adds to the score; 0 for what the council does, which is no sign of trouble."""
    at_most: float = Field(ge=0)
    """What all events of the kind in force together may add."""
    lasts_days: int = Field(ge=1, le=730)
    """Days after which an event ends unless another day is given."""
    counted: bool
    """Whether a number is recorded with it, and no more than a number."""
    evidence_needed: str
    care: str
    """What must not be written."""
    recorded_by: tuple[str, ...] = Field(min_length=1)
    """Roles that may record it."""
    sensitivity: Sensitivity = Sensitivity.RESTRICTED
    source: str

    @property
    def is_sign(self) -> bool:
        """Whether it is a sign of trouble at the school."""
        return self.points > 0

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.at_most < self.points:
            raise ValueError("at_most is less than points: one event alone may add its points")
        if self.id != self.fact.value:
            raise ValueError(f"the id must be that of the fact, '{self.fact.value}'")
        if self.sensitivity is Sensitivity.PUBLIC:
            raise ValueError("an event is never public")
        return self


def read_events(folders: Iterable[Path] = (FOLDER / "events",)) -> dict[str, EventDefinition]:
    """Return every kind of event by id; a later folder may replace an earlier id. Raises DefinitionFault."""
    return read_definitions(folders, EventDefinition)
