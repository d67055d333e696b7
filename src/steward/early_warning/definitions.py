"""Kinds of event, methods of scoring and half terms in force: those shipped, then the authority's own."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from steward.analysis.rules.catalogue import Catalogue
from steward.analysis.scoring.events import EventDefinition, read_events
from steward.analysis.scoring.method import ScoreMethod, check_references, read_methods
from steward.analysis.scoring.workings import Scoring
from steward.definitions import FOLDER
from steward.evidence import catalogues
from steward.regimes.half_terms import HalfTerms, read_half_terms

METHOD = "standard"
"""Id of the method in use; the authority's own file of this name takes its place."""
_Files = tuple[tuple[Path, int, int], ...]


def events() -> dict[str, EventDefinition]:
    """Return every kind of event by id, in the order of their titles. Raises DefinitionFault."""
    return _events(_files("events"))


def methods() -> dict[str, ScoreMethod]:
    """Return every method of scoring by id. Raises DefinitionFault."""
    return _methods(_files("scores"))


def half_terms() -> HalfTerms:
    """Return when half terms begin. Raises DefinitionFault."""
    return _half_terms(_files("terms"))


def scoring(method: str = METHOD) -> Scoring:
    """Return a method with all it refers to. Raises KeyError for an unknown one, or DefinitionFault."""
    catalogue = Catalogue(indicators=catalogues.indicators(), frameworks=catalogues.frameworks())
    found = methods()[method]
    check_references(found, catalogue=catalogue)
    return Scoring(found, events(), catalogue)


@lru_cache(maxsize=2)
def _events(files: _Files) -> dict[str, EventDefinition]:
    found = read_events(_folders("events"))
    return dict(sorted(found.items(), key=lambda one: one[1].title))


@lru_cache(maxsize=2)
def _methods(files: _Files) -> dict[str, ScoreMethod]:
    return read_methods(_folders("scores"))


@lru_cache(maxsize=2)
def _half_terms(files: _Files) -> HalfTerms:
    return read_half_terms(_folders("terms"))["england"]


def _files(kind: str) -> _Files:
    paths = [path for folder in _folders(kind) for path in sorted(folder.glob("*.yaml"))]
    states = ((path, path.stat()) for path in paths)
    return tuple((path, state.st_mtime_ns, state.st_size) for path, state in states)


def _folders(kind: str) -> tuple[Path, ...]:
    own = [Path(settings.STEWARD_DEFINITIONS) / kind] if settings.STEWARD_DEFINITIONS else []
    return (FOLDER / kind, *(folder for folder in own if folder.is_dir()))
