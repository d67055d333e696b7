"""Reads of which authorities are like which: published lists, our own list, and named groups."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from steward.analysis.comparison.comparators import (
    CIRCUMSTANCES_FILE,
    NEIGHBOURS_FILE,
    ComparatorDefinition,
    Nearness,
    NeighbourMethod,
    word_for,
)
from steward.evidence import catalogues, engine
from steward.evidence.queries import releases


@dataclass(frozen=True, slots=True)
class NeighbourList:
    """A list of neighbours that is held: `id` as in the table, what it is, when it was made, by whom."""

    id: str
    title: str
    about: str
    source: str
    dated: date
    ours: bool
    unverified: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An authority like another: rank 1 is the most alike. `closeness` is in words.

    `distance` is of our own list only; `release` is the file of a published list.
    """

    authority: str
    rank: int
    closeness: str
    distance: float | None
    release: str


@dataclass(frozen=True, slots=True)
class AuthorityGroup:
    """Authorities that belong together by name."""

    id: str
    title: str
    about: str
    source: str
    authorities: tuple[str, ...]


def lists() -> tuple[NeighbourList, ...]:
    """Return the lists of neighbours that are held, published ones first, the newest first."""
    held = {list_id for list_id, _ in _all(str(releases.current_folder()))}
    known = {_id_of(one): one for one in catalogues.comparators().values()}
    found = [_list(list_id, definition) for list_id, definition in known.items() if list_id in held]
    return tuple(sorted(found, key=lambda one: (one.ours, -one.dated.toordinal(), one.id)))


def neighbours_of(authority: str, *, list_id: str = "") -> tuple[Neighbour, ...]:
    """Return the neighbours of an authority, the most alike first; none where no list names it.

    `list_id` is one of `lists()`; without it the newest published list is taken.
    """
    held = lists()
    chosen = list_id or (held[0].id if held else "")
    return _all(str(releases.current_folder())).get((chosen, authority), ())


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A feature of an authority as our own list has it; `scaled` is 0 for the middle authority."""

    value: float
    year: int | None
    scaled: float


def our_method() -> tuple[ComparatorDefinition, NeighbourMethod]:
    """Return how our own list is made: the definition and its part."""
    for definition in catalogues.comparators().values():
        if definition.neighbours is not None:
            return definition, definition.neighbours
    raise LookupError("No definition says how our own list of neighbours is made.")


def circumstances() -> Mapping[str, Mapping[str, Circumstance]]:
    """Return the circumstances of every authority, by its code and the id of the feature."""
    return _circumstances(str(releases.current_folder()))


def core_cities() -> AuthorityGroup:
    """Return the core cities of England."""
    return next(one for one in groups() if one.id == "core-cities")


def groups() -> tuple[AuthorityGroup, ...]:
    """Return every named group of authorities, by title."""
    found = [
        AuthorityGroup(one.id, one.title, one.about, one.source, one.group.authorities)
        for one in catalogues.comparators().values()
        if one.group is not None
    ]
    return tuple(sorted(found, key=lambda one: one.title))


def _id_of(definition: ComparatorDefinition) -> str:
    return definition.id if definition.published_list is not None else definition.method


def _list(list_id: str, definition: ComparatorDefinition) -> NeighbourList:
    published, ours = definition.published_list, definition.neighbours
    dated = published.dated if published else ours.fit.fitted if ours else definition.reviewed_on
    return NeighbourList(
        id=list_id,
        title=definition.title,
        about=definition.about,
        source=definition.source,
        dated=dated,
        ours=ours is not None,
        unverified=definition.unverified,
    )


@lru_cache(maxsize=2)
def _circumstances(folder: str) -> Mapping[str, Mapping[str, Circumstance]]:
    path = Path(folder) / CIRCUMSTANCES_FILE
    if not path.exists():
        return MappingProxyType({})
    found: dict[str, dict[str, Circumstance]] = defaultdict(dict)
    for row in engine.connection().to_pyarrow(engine.table(path)).to_pylist():
        found[row["authority"]][row["feature"]] = Circumstance(row["value"], row["year"], row["scaled"])
    return MappingProxyType(found)


@lru_cache(maxsize=2)
def _all(folder: str) -> Mapping[tuple[str, str], tuple[Neighbour, ...]]:
    """Every list by its id and authority; nothing where the tables were made before there were lists."""
    path = Path(folder) / NEIGHBOURS_FILE
    if not path.exists():
        return MappingProxyType({})
    found: dict[tuple[str, str], list[Neighbour]] = defaultdict(list)
    words = our_method()[1].words
    for row in engine.connection().to_pyarrow(engine.table(path)).to_pylist():
        found[row["list"], row["authority"]].append(
            Neighbour(
                row["other"],
                row["rank"],
                _closeness(row["closeness"], distance=row["distance"], words=words),
                row["distance"],
                row["release"] or "",
            )
        )
    return MappingProxyType(
        {key: tuple(sorted(listed, key=lambda one: one.rank)) for key, listed in found.items()}
    )


def _closeness(printed: str | None, *, distance: float | None, words: tuple[Nearness, ...]) -> str:
    """Return the word as published, in one spelling, or ours for the distance."""
    if printed:
        return printed.strip().capitalize()
    return "" if distance is None else word_for(distance, words=words)
