"""The rulesets that can be used: those in files, shipped or the authority's own, and approved drafts."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from steward.analysis.rules.catalogue import Catalogue
from steward.analysis.rules.proposals import Rulebook, open_rulebook
from steward.analysis.rules.ruleset import Ruleset, read_rulesets
from steward.categorisation.models import DraftState, DraftVersion
from steward.definitions import FOLDER
from steward.evidence import catalogues

_Files = tuple[tuple[Path, int, int], ...]
"""Each file with the moment of its last change, in nanoseconds, and its length in bytes."""


def rulesets() -> dict[str, Ruleset]:
    """Return every ruleset by id, files before approved drafts.

    Raises DefinitionFault naming the file and key that is wrong.
    """
    return {**{key: _approved(*version) for key, version in _approvals().items()}, **in_files()}


def in_files() -> dict[str, Ruleset]:
    """Return the rulesets of files by id. Raises DefinitionFault naming the file and key that is wrong."""
    return _read(_files())


def rulebook(ruleset_id: str) -> Rulebook:
    """Return the ruleset ready to be asked; KeyError when there is none of that id."""
    if ruleset_id in in_files():
        return _opened(ruleset_id, _files())
    return _approved_book(*_approvals()[ruleset_id])


def opened(content: Mapping[str, Any]) -> Rulebook:
    """Return a ruleset that is not in a file, ready to be asked.

    Raises pydantic.ValidationError where it is no ruleset, DefinitionFault where it names what is not there.
    """
    return open_rulebook(Ruleset.model_validate(content), catalogue=_catalogue())


def _approvals() -> dict[str, tuple[int, datetime]]:
    """Return the newest version of each approved draft by the id of its ruleset."""
    found = DraftVersion.objects.filter(draft__state=DraftState.APPROVED).order_by("number")
    return {slug: (pk, at) for slug, pk, at in found.values_list("draft__slug", "pk", "written_at")}


@lru_cache(maxsize=64)
def _approved(version: int, written_at: datetime) -> Ruleset:
    """Return the ruleset of a version, which is never changed once written."""
    return Ruleset.model_validate(DraftVersion.objects.get(pk=version).content)


@lru_cache(maxsize=64)
def _approved_book(version: int, written_at: datetime) -> Rulebook:
    return open_rulebook(_approved(version, written_at), catalogue=_catalogue())


def _catalogue() -> Catalogue:
    return Catalogue(indicators=catalogues.indicators(), frameworks=catalogues.frameworks())


@lru_cache(maxsize=2)
def _read(files: _Files) -> dict[str, Ruleset]:
    """Return the rulesets of the files, read again only when one of them has changed."""
    return read_rulesets(_folders())


@lru_cache(maxsize=32)
def _opened(ruleset_id: str, files: _Files) -> Rulebook:
    return open_rulebook(_read(files)[ruleset_id], catalogue=_catalogue())


def _files() -> _Files:
    paths = [path for folder in _folders() for path in sorted(folder.glob("*.yaml"))]
    states = ((path, path.stat()) for path in paths)
    return tuple((path, state.st_mtime_ns, state.st_size) for path, state in states)


def _folders() -> tuple[Path, ...]:
    own = [Path(settings.STEWARD_DEFINITIONS) / "rulesets"] if settings.STEWARD_DEFINITIONS else []
    return (FOLDER / "rulesets", *(folder for folder in own if folder.is_dir()))
