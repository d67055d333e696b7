"""Every definition file in force, whatever its kind: who looks after it, and when it is looked at again."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings

from steward.definitions import FOLDER

_HEAD = re.compile(r"^(?:id|title|owner|reviewed_on|review_on):.*(?:\n[ ]+.*)*", re.MULTILINE)
"""The lines at the head of a definition, with those that continue one."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What a definition file says of itself. The authority's own file replaces a shipped one of its name."""

    kind: str
    """Name of its folder, such as "indicators"."""
    id: str
    title: str
    owner: str
    reviewed_on: date
    review_on: date
    own: bool
    """Whether it is the authority's own file."""

    @property
    def kind_in_words(self) -> str:
        """The kind as a reader sees it, such as "series breaks"."""
        return self.kind.replace("_", " ")


def definitions() -> tuple[Upkeep, ...]:
    """Return every definition in force, those to be looked at soonest first."""
    own = Path(settings.STEWARD_DEFINITIONS) if settings.STEWARD_DEFINITIONS else None
    found = {(one.kind, one.id): one for one in _shipped()}
    if own is not None:
        found |= {(one.kind, one.id): one for one in _in(own, own=True)}
    return tuple(sorted(found.values(), key=lambda one: (one.review_on, one.kind, one.title)))


@lru_cache(maxsize=1)
def _shipped() -> tuple[Upkeep, ...]:
    return _in(FOLDER, own=False)


def _in(folder: Path, *, own: bool) -> tuple[Upkeep, ...]:
    paths = sorted(path for path in folder.glob("*/**/*.yaml") if path.is_file())
    return tuple(
        one for path in paths if (one := _read(path, kind=path.relative_to(folder).parts[0], own=own))
    )


def _read(path: Path, *, kind: str, own: bool) -> Upkeep | None:
    """Return the head of a file; None where a file is no definition, which `steward check` tells of."""
    lines = _HEAD.findall(path.read_text(encoding="utf-8"))
    try:
        head = yaml.safe_load("\n".join(lines)) or {}
        return Upkeep(
            kind=kind,
            id=str(head["id"]),
            title=str(head["title"]),
            owner=str(head["owner"]),
            reviewed_on=head["reviewed_on"],
            review_on=head["review_on"],
            own=own,
        )
    except (yaml.YAMLError, KeyError):
        return None
