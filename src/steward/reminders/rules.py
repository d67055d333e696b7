"""The rules of reminders: of which kind of thing whom to remind, how long before its day, and by what way."""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from pydantic import Field

from steward.access.roles import Role
from steward.definitions import FOLDER
from steward.definitions.reading import Definition, DefinitionFault, read_definitions
from steward.vocabulary.due import DueKind


class Channel(StrEnum):
    """By what way somebody is reminded; each way includes those before it."""

    IN_APP = "in_app"
    DIGEST = "digest"
    IMMEDIATE = "immediate"

    @property
    def words(self) -> str:
        """The way as a reader sees it."""
        return _WORDS[self]


_WORDS = {
    Channel.IN_APP: "in the list only",
    Channel.DIGEST: "in the list and in the digest",
    Channel.IMMEDIATE: "in the list, in the digest, and by e-mail at once",
}


class Condition(StrEnum):
    """When a rule holds."""

    ALWAYS = "always"
    HAS_DAY = "has_day"
    OVERDUE = "overdue"


class ReminderRule(Definition):
    """Of what kind of thing people in some roles are reminded, and how."""

    event: DueKind
    condition: Condition = Condition.ALWAYS
    offset_days: int = Field(ge=0, le=90)
    """So many days before its day it is told; what has no day is told at once."""
    recipients: tuple[Role, ...] = Field(min_length=1)
    channel: Channel
    source: str


def read_reminders(folders: Iterable[Path] = (FOLDER / "reminders",)) -> dict[str, ReminderRule]:
    """Return every rule by id. Raises DefinitionFault, also where two rules are for one kind and role."""
    found = read_definitions(folders, ReminderRule)
    given: dict[tuple[DueKind, Role], str] = {}
    for rule in found.values():
        for role in rule.recipients:
            other = given.setdefault((rule.event, role), rule.id)
            if other != rule.id:
                raise DefinitionFault(
                    f"{rule.id}.yaml: {other}.yaml is also about '{rule.event}' for {role.label.lower()}s. "
                    "Take the role out of one of them."
                )
    return found


def rules() -> dict[str, ReminderRule]:
    """Return the rules in force: those shipped, then the authority's own. Raises DefinitionFault."""
    own = [Path(settings.STEWARD_DEFINITIONS) / "reminders"] if settings.STEWARD_DEFINITIONS else []
    folders = (FOLDER / "reminders", *(folder for folder in own if folder.is_dir()))
    paths = [path for folder in folders for path in sorted(folder.glob("*.yaml"))]
    return _rules(folders, tuple((path, path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=2)
def _rules(folders: tuple[Path, ...], files: tuple[tuple[Path, int], ...]) -> dict[str, ReminderRule]:
    return read_reminders(folders)


def rules_for(role: Role) -> dict[DueKind, ReminderRule]:
    """Return the rule for each kind of which somebody in a role is reminded."""
    return {rule.event: rule for rule in rules().values() if role in rule.recipients}
