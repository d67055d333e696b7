"""The latest inspection of each school in a list, in the words of its own framework."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from steward.evidence import catalogues
from steward.evidence.queries import inspections
from steward.evidence.queries.inspections import Inspection
from steward.interface import words
from steward.pages.queries.same_inspection import best, each_once
from steward.register import queries as register

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
    as_urn: int | None = None
    """The URN of the school at the inspection, where it was another than now."""
    before: Inspection | None = None
    """The full inspection before it, None where none is known."""
    predecessor: Inspection | None = None
    """Where the school has none of its own: the latest of a school that it followed."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said beside the outcome: category, day, earlier URN, and the school before."""
        earlier = f"as URN {self.as_urn}" if self.as_urn else ""
        day = words.day(self.on) if self.on else ""
        return tuple(part for part in (self.category, day, earlier, self.predecessor_words) if part)

    @property
    def predecessor_words(self) -> str:
        """The latest inspection of a school that it followed, with that URN; empty where there is none."""
        if self.predecessor is None:
            return ""
        on = words.day(self.predecessor.inspected_on)
        return f"school before (URN {self.predecessor.urn}): {words_of(self.predecessor)}, {on}"


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
    before = _of_predecessors(undated)
    answer = {urn: _stands([best(same) for same in each_once(held)]) for urn, held in dated.items()}
    return answer | {urn: _not_inspected(listed.get(urn), before=before.get(urn)) for urn in undated}


def _of_predecessors(urns: Iterable[int]) -> dict[int, Inspection]:
    """Return the latest inspection of the schools that each school directly followed, where there is one."""
    wanted = set(urns)
    links = [link for link in register.links_of(wanted) if link.urn in wanted]
    newest: dict[int, Inspection] = {}
    for found in inspections.inspections_of(link.predecessor_urn for link in links):
        if found.inspected_on is not None:
            newest.setdefault(found.urn, found)
    answer: dict[int, Inspection] = {}
    for link in links:
        held, other = newest.get(link.predecessor_urn), answer.get(link.urn)
        if held is not None and (other is None or str(held.inspected_on) > str(other.inspected_on)):
            answer[link.urn] = held
    return answer


def words_of(found: Inspection) -> str:
    """Return the outcome of an inspection in words, with the category the school was placed in."""
    category = _CATEGORIES.get(found.category or "", "")
    return f"{found.label}, {category}" if category else found.label


def in_order(said: Iterable[str]) -> Sequence[str]:
    """Return outcomes in words, best first as the frameworks rank them; those without an outcome last."""
    ranks: dict[str, int] = {}
    for framework in catalogues.frameworks().values():
        for point in framework.scale:
            ranks[point.label] = max(point.rank, ranks.get(point.label, 0))
    last = {NO_OVERALL_OUTCOME: 101, NOT_YET_INSPECTED: 102, NOTHING_LOADED: 103}
    return sorted(set(said), key=lambda word: (last.get(word, ranks.get(word, 100)), word))


def _stands(held: Sequence[Inspection]) -> LatestInspection:
    found = held[0]
    return LatestInspection(
        words=found.label,
        on=found.inspected_on,
        framework=catalogues.frameworks()[found.framework].title if found.framework else "",
        category=_CATEGORIES.get(found.category or "", ""),
        release=found.release,
        row=found.row,
        as_urn=None if found.urn_at_inspection in (None, found.urn) else found.urn_at_inspection,
        before=held[1] if len(held) > 1 else None,
    )


def _not_inspected(found: Inspection | None, *, before: Inspection | None) -> LatestInspection:
    if found is None:
        return LatestInspection(NOTHING_LOADED, predecessor=before)
    return LatestInspection(NOT_YET_INSPECTED, release=found.release, row=found.row, predecessor=before)
