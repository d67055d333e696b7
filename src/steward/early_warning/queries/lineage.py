"""Which earlier numbers a school had and which later ones carry it on, for pages about one number."""

from dataclasses import dataclass

from steward.analysis.comparison.lineage import earlier_urns, plainly_before
from steward.register import queries as register
from steward.register.models import School


@dataclass(frozen=True, slots=True)
class Lineage:
    """The numbers under which a school was and is known, as far as they plainly continue one another."""

    before: tuple[School, ...]
    """Newest first."""
    after: tuple[School, ...]
    """Oldest first; the last is the one in use."""


def lineage_of(urn: int) -> Lineage:
    """Return the schools that `urn` plainly continues, and those that plainly continue it.

    Merged and divided schools are nobody's plain continuation and are left out.
    """
    known, waiting = set[int](), {urn}
    while waiting:
        known |= waiting
        links = register.links_of(waiting)
        waiting = {one for link in links for one in (link.urn, link.predecessor_urn)} - known
    links = register.links_of(known)
    before = plainly_before((link.urn, link.predecessor_urn, link.relation) for link in links)
    after = {earlier: later for later, earlier in before.items()}
    schools = register.schools_by_urn(known)
    earlier, later = (earlier_urns(urn, before=way) for way in (before, after))
    return Lineage(
        tuple(schools[one] for one in earlier if one in schools),
        tuple(schools[one] for one in later if one in schools),
    )
