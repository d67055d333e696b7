"""Reads of supply by term: days, gaps by specialism."""

from dataclasses import dataclass

from steward.access.permissions import Viewer
from steward.support import definitions
from steward.support.queries import needs
from steward.support.queries import providers as supply
from steward.support.steps import NeedState
from steward.support.terms import Term

SCARCE = 2
"""A specialism with fewer providers than this who have a day free is a gap."""


@dataclass(frozen=True, slots=True)
class TermSupply:
    """Days of all active providers in a term, and how many of them have a day free."""

    term: Term
    offered: float
    committed: float
    free: float
    providers_free: int


@dataclass(frozen=True, slots=True)
class SpecialismSupply:
    """Who offers a specialism in a term: providers, those with a day free, and their free days.

    Free days count in full for each specialism of a provider, so they do not add up over specialisms.
    """

    key: str
    label: str
    providers: int
    with_days: int
    free: float
    needs: int = 0
    needed: float = 0.0
    """Days that open needs of the term or before ask for; a need with several counts for each."""

    @property
    def scarce(self) -> bool:
        """Whether too few providers have a day free."""
        return self.with_days < SCARCE

    @property
    def short(self) -> bool:
        """Whether open needs ask for more days than are free."""
        return self.needed > self.free


def by_term(viewer: Viewer, *, terms: tuple[Term, ...]) -> list[TermSupply]:
    """Return the days of active providers in each term."""
    active = supply.supporters(viewer)
    found = []
    for term in terms:
        days = list(supply.days_in(term, providers=active).values())
        free = [max(0.0, one.free) for one in days]
        offered, committed = sum(one.offered for one in days), sum(one.committed for one in days)
        found.append(TermSupply(term, offered, committed, sum(free), sum(each > 0 for each in free)))
    return found


def by_specialism(viewer: Viewer, *, term: Term) -> list[SpecialismSupply]:
    """Return who offers each specialism in a term, the scarcest first."""
    active = supply.supporters(viewer)
    days = supply.days_in(term, providers=active)
    open_needs = needs.needs(viewer, wanted=needs.Wanted(state=NeedState.OPEN))
    waiting = [one for one in open_needs if one.term <= term.key]
    found = []
    for key, label in definitions.specialisms().labels().items():
        offering = [each for each in active if key in each.specialisms]
        free = [days[each.pk].free for each in offering if days[each.pk].free > 0]
        asking = [float(one.days) for one in waiting if key in one.tags]
        found.append(
            SpecialismSupply(key, label, len(offering), len(free), sum(free), len(asking), sum(asking))
        )
    return sorted(found, key=lambda one: (one.free - one.needed, one.with_days, one.label))
