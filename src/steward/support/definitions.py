"""Kinds of provider and specialisms in force: those shipped, or the authority's own in their place."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from steward.definitions import FOLDER
from steward.definitions.reading import D, Definition, DefinitionFault, Part, read_definitions


class ProviderKind(Part):
    """A kind of provider: whether somebody designates it, and whether it belongs to a school."""

    key: str
    label: str
    about: str
    designated: bool
    school: bool
    usual_days: float | None = None
    """Days in a year, where a guide names them."""


class ProviderKinds(Definition):
    """Every kind of provider."""

    source: str
    kinds: tuple[ProviderKind, ...]

    def labels(self) -> dict[str, str]:
        """Return the words of each kind by key."""
        return {one.key: one.label for one in self.kinds}


class Specialism(Part):
    """Something support may be about."""

    key: str
    label: str


class Specialisms(Definition):
    """Everything support may be about."""

    source: str
    tags: tuple[Specialism, ...]

    def labels(self) -> dict[str, str]:
        """Return the words of each specialism by key."""
        return {one.key: one.label for one in self.tags}


def read_provider_kinds(folders: tuple[Path, ...] = (FOLDER / "providers",)) -> dict[str, ProviderKinds]:
    """Return the lists of kinds of provider by id. Raises DefinitionFault."""
    return read_definitions(folders, ProviderKinds)


def read_specialisms(folders: tuple[Path, ...] = (FOLDER / "specialisms",)) -> dict[str, Specialisms]:
    """Return the lists of specialisms by id. Raises DefinitionFault."""
    return read_definitions(folders, Specialisms)


def provider_kinds() -> ProviderKinds:
    """Return the kinds of provider in force. Raises DefinitionFault."""
    return _provider_kinds(folders_of("providers"))


def specialisms() -> Specialisms:
    """Return the specialisms in force. Raises DefinitionFault."""
    return _specialisms(folders_of("specialisms"))


def folders_of(kind: str) -> tuple[Path, ...]:
    """Return the folder shipped, and then the authority's own where there is one."""
    own = [Path(settings.STEWARD_DEFINITIONS) / kind] if settings.STEWARD_DEFINITIONS else []
    return (FOLDER / kind, *(folder for folder in own if folder.is_dir()))


@lru_cache(maxsize=2)
def _provider_kinds(folders: tuple[Path, ...]) -> ProviderKinds:
    return _only(read_provider_kinds(folders), name="kinds")


@lru_cache(maxsize=2)
def _specialisms(folders: tuple[Path, ...]) -> Specialisms:
    return _only(read_specialisms(folders), name="specialisms")


def _only(found: dict[str, D], *, name: str) -> D:
    if name not in found:
        raise DefinitionFault(f"The definition '{name}' is missing: put {name}.yaml back.")
    return found[name]
