"""Which school a school simply followed, as when it became an academy and was given a new URN."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyarrow as pa

_PLAIN = "Predecessor"
"""The published relation of a school that carried on as another; mergers and splits are worded otherwise."""


def school_before(links: pa.Table) -> dict[int, int]:
    """Return by URN the one school that each plainly followed; others are left out.

    `links` has the columns of LINKS.
    """
    columns = (links.column(name).to_pylist() for name in ("urn", "predecessor", "relation"))
    return plainly_before(zip(*columns, strict=True))


def plainly_before(links: Iterable[tuple[int, int, str]]) -> dict[int, int]:
    """Return the same from links as (URN, URN of the predecessor, relation as published).

    A link counts when it is published as a plain predecessor, the school has no other predecessor and
    the predecessor no other successor.
    """
    before: dict[int, set[int]] = defaultdict(set)
    after: dict[int, set[int]] = defaultdict(set)
    relations: dict[tuple[int, int], set[str]] = defaultdict(set)
    for urn, predecessor, relation in links:
        before[urn].add(predecessor)
        after[predecessor].add(urn)
        relations[urn, predecessor].add(relation)
    return {
        urn: predecessor
        for (urn, predecessor), named in relations.items()
        if named == {_PLAIN} and len(before[urn]) == 1 and len(after[predecessor]) == 1
    }


def earlier_urns(urn: int, *, before: Mapping[int, int]) -> Iterator[int]:
    """Yield the URNs under which the school was known before, newest first; `before` as from above."""
    seen = {urn}
    at = before.get(urn)
    while at is not None and at not in seen:
        yield at
        seen.add(at)
        at = before.get(at)
