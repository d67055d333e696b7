"""The latest inspection of each school in a list, in the words of its own framework."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from steward.evidence import catalogues
from steward.evidence.queries import inspections
from steward.evidence.queries.inspections import Inspection

NOT_YET_INSPECTED = "Not yet inspected"
NO_OVERALL_OUTCOME = "No overall outcome recorded"
NOTHING_LOADED = "Not in the lists loaded"
WITHOUT = (NOT_YET_INSPECTED, NOTHING_LOADED)
"""What is said of a school without any inspection."""


@dataclass(frozen=True, slots=True)
class LatestInspection:
    """How a school stands in inspection; `on` is None where it has not been inspected or is in no list."""

    words: str
    on: datetime.date | None = None
    framework: str = ""
    """What the framework is called."""
    category: str = ""
    release: str = ""
    row: int | None = None
    before: Inspection | None = None
    """The full inspection before it, None where none is known."""


_CATEGORIES = {
    "special_measures": "special measures",
    "serious_weaknesses": "serious weaknesses",
    "notice_to_improve": "notice to improve",
}


def latest_of(urns: Iterable[int]) -> dict[int, LatestInspection]:
    """Return how each of these schools stands; every one of them is in the answer."""
    chosen = sorted(set(urns))
    dated: dict[int, list[Inspection]] = defaultdict(list)
    for found in inspections.inspections_of(chosen):
        if found.inspected_on is not None:
            dated[found.urn].append(found)
    undated = [urn for urn in chosen if urn not in dated]
    listed = {found.urn: found for found in inspections.inspections_of(undated)}
    answer = {urn: _stands(held) for urn, held in dated.items()}
    return answer | {urn: _not_inspected(listed.get(urn)) for urn in undated}


def words_of(found: Inspection) -> str:
    """Return the outcome of an inspection in words, with the category the school was placed in."""
    category = _CATEGORIES.get(found.category or "", "")
    return f"{found.label}, {category}" if category else found.label


def in_order(words: Iterable[str]) -> Sequence[str]:
    """Return outcomes in words, best first as the frameworks rank them; those without an outcome last."""
    ranks: dict[str, int] = {}
    for framework in catalogues.frameworks().values():
        for point in framework.scale:
            ranks[point.label] = max(point.rank, ranks.get(point.label, 0))
    last = {NO_OVERALL_OUTCOME: 101, NOT_YET_INSPECTED: 102, NOTHING_LOADED: 103}
    return sorted(set(words), key=lambda word: (last.get(word, ranks.get(word, 100)), word))


def _stands(held: Sequence[Inspection]) -> LatestInspection:
    found = held[0]
    return LatestInspection(
        words=found.label,
        on=found.inspected_on,
        framework=catalogues.frameworks()[found.framework].title if found.framework else "",
        category=_CATEGORIES.get(found.category or "", ""),
        release=found.release,
        row=found.row,
        before=held[1] if len(held) > 1 else None,
    )


def _not_inspected(found: Inspection | None) -> LatestInspection:
    if found is None:
        return LatestInspection(NOTHING_LOADED)
    return LatestInspection(NOT_YET_INSPECTED, release=found.release, row=found.row)
