"""What every definition file shares: frozen, unknown keys refused, an owner and a review date."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError


class DefinitionFault(ValueError):
    """A definition file cannot be used; the message names the file and the key."""


class Part(BaseModel):
    """A part of a definition file: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Definition(Part):
    """A dated definition with an owner who reviews it."""

    id: str
    title: str
    owner: str
    reviewed_on: date
    review_on: date
    unverified: str = ""
    """What about it has not been checked against the primary document; shown to users."""


D = TypeVar("D", bound=Definition)


_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The loader written in C, ten times as fast, where PyYAML was built with it."""


class _UniqueKeyLoader(_Loader):  # type: ignore[misc, valid-type]
    """Refuses a mapping that names a key twice, which YAML would silently accept."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = sorted({str(key) for key in keys if keys.count(key) > 1})
        if twice:
            raise DefinitionFault(f"{node.start_mark.name}: the key {', '.join(twice)} is there twice.")
        built: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return built


def read_definition(path: Path, kind: type[D]) -> D:
    """Return the definition in the YAML file `path`, checked once.

    Raises DefinitionFault naming the file and the key when it is not valid.
    """
    try:
        with path.open(encoding="utf-8") as stream:
            content = yaml.load(stream, Loader=_UniqueKeyLoader)  # noqa: S506
        return kind.model_validate(content)
    except yaml.YAMLError as fault:
        raise DefinitionFault(f"{path.name} is not readable as YAML: {fault}") from fault
    except ValidationError as fault:
        raise DefinitionFault(f"{path.name}: {_first_fault(fault)}") from fault


def read_definitions(folders: Iterable[Path], kind: type[D]) -> dict[str, D]:
    """Return every definition in `folders` by id; a later folder may replace an earlier id."""
    found: dict[str, D] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.yaml")):
            definition = read_definition(path, kind)
            if definition.id != path.stem:
                raise DefinitionFault(f"{path.name}: the id is '{definition.id}'; it must be '{path.stem}'.")
            found[definition.id] = definition
    return found


def _first_fault(fault: ValidationError) -> str:
    first = fault.errors()[0]
    where = ".".join(str(part) for part in first["loc"]) or "the file"
    return f"{where}: {first['msg']}."
