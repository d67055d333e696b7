"""The rulesets in force: those shipped, and after them the authority's own, as their files are now."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from steward.analysis.rules.catalogue import Catalogue
from steward.analysis.rules.proposals import Rulebook, open_rulebook
from steward.analysis.rules.ruleset import Ruleset, read_rulesets
from steward.definitions import FOLDER
from steward.evidence import catalogues

_Files = tuple[tuple[Path, int, int], ...]
"""Each file with the moment of its last change, in nanoseconds, and its length in bytes."""


def rulesets() -> dict[str, Ruleset]:
    """Return every ruleset by id. Raises DefinitionFault naming the file and key that is wrong."""
    return _read(_files())


def rulebook(ruleset_id: str) -> Rulebook:
    """Return the ruleset ready to be asked; KeyError when there is none of that id."""
    return _opened(ruleset_id, _files())


@lru_cache(maxsize=2)
def _read(files: _Files) -> dict[str, Ruleset]:
    """Return the rulesets of the files, read again only when one of them has changed."""
    return read_rulesets(_folders())


@lru_cache(maxsize=32)
def _opened(ruleset_id: str, files: _Files) -> Rulebook:
    catalogue = Catalogue(indicators=catalogues.indicators(), frameworks=catalogues.frameworks())
    return open_rulebook(_read(files)[ruleset_id], catalogue=catalogue)


def _files() -> _Files:
    paths = [path for folder in _folders() for path in sorted(folder.glob("*.yaml"))]
    states = ((path, path.stat()) for path in paths)
    return tuple((path, state.st_mtime_ns, state.st_size) for path, state in states)


def _folders() -> tuple[Path, ...]:
    own = [Path(settings.STEWARD_DEFINITIONS) / "rulesets"] if settings.STEWARD_DEFINITIONS else []
    return (FOLDER / "rulesets", *(folder for folder in own if folder.is_dir()))
