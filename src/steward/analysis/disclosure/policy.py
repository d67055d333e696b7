"""The policy of small numbers: what may be shown of few pupils, and what a reader is assumed to know."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path

from pydantic import Field, model_validator

from steward.definitions import FOLDER
from steward.definitions.reading import Definition, DefinitionFault, Part, read_definitions

POLICY = "small_groups"
"""Id of the policy in force; an authority replaces it with a file of its own of the same name."""

SCHOOL, AUTHORITY, REGION, ENGLAND = "school", "authority", "region", "england"
LEVELS = (SCHOOL, AUTHORITY, REGION, ENGLAND)


class LevelLimits(Part):
    """The least numbers that may be shown of a group of pupils of a school or an area."""

    level: str
    pupils: int = Field(ge=1)
    """Fewest pupils of a group, and of the pupils who are not in it."""
    results: int = Field(ge=0)
    """Fewest of them with the result, and fewest without it."""


class DisclosurePolicy(Definition):
    """Which numbers about groups of pupils are withheld, dated and with its sources."""

    in_force_from: date
    source: str
    limits: tuple[LevelLimits, ...]
    none_or_all_is_small: bool
    """Whether a result of none or of all of a group is withheld, since it tells of each of them."""
    assumed_known: tuple[str, ...]
    """What a reader who tries to work numbers out is assumed to know; sentences."""
    plain_columns: tuple[str, ...]
    """Names of columns of published files that tell nothing of a group of pupils: names, codes, totals."""
    plain_sources: tuple[str, ...] = ()
    """Ids of sources of whose files no column tells anything of a group of pupils of a school."""

    @model_validator(mode="after")
    def _limits_each_level_once(self) -> "DisclosurePolicy":
        if sorted(one.level for one in self.limits) != sorted(LEVELS):
            raise ValueError(f"limits names each of {', '.join(LEVELS)} once")
        return self

    def limits_of(self, level: str) -> LevelLimits:
        """Return the limits of a level, or raise KeyError."""
        return {one.level: one for one in self.limits}[level]

    def is_plain(self, column: str, *, source: str) -> bool:
        """Return whether a column of a file of a source is listed as telling nothing of a group of pupils."""
        return source in self.plain_sources or column.upper() in self._plain_names

    @cached_property
    def _plain_names(self) -> frozenset[str]:
        return frozenset(name.upper() for name in self.plain_columns)


def read_policy(folders: Iterable[Path] = (FOLDER / "disclosure",)) -> DisclosurePolicy:
    """Return the policy in force; a later folder may replace it.

    Raises DefinitionFault when no folder has it.
    """
    found = read_definitions(folders, DisclosurePolicy)
    if POLICY not in found:
        raise DefinitionFault(f"There is no {POLICY}.yaml in the definitions of disclosure; put one there.")
    return found[POLICY]
