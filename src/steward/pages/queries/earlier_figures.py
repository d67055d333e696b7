"""Figures of schools, those of years before a school opened from the school that it plainly followed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from steward.analysis.comparison.lineage import earlier_urns, plainly_before
from steward.evidence.queries import figures
from steward.evidence.queries.figures import Figure
from steward.register import queries as register
from steward.vocabulary.academic_year import AcademicYear

_FURTHEST = 5
"""Through how many schools a school is followed back."""


@dataclass(frozen=True, slots=True)
class CarriedFigure:
    """A figure of a school; `as_urn` is the URN it was published under where that is not the school's own."""

    urn: int
    figure: Figure
    as_urn: int | None = None


def figures_through(urns: Iterable[int], *, indicators: Iterable[str]) -> list[CarriedFigure]:
    """Return the figures of schools, its own before those of the school that it plainly followed.

    A school that carried on as an academy has a new URN; its results of before stand under the old one.
    Mergers and splits are left out: their figures are of other pupils. Raises NothingLoaded.
    """
    chosen = sorted(set(urns))
    earlier = earlier_urns_of(chosen)
    asked = {*chosen, *(one for before in earlier.values() for one in before)}
    published: dict[int, list[Figure]] = {}
    for figure in figures.figures_of(asked, indicators=indicators):
        published.setdefault(figure.urn, []).append(figure)
    opened = {urn: school.opened_on for urn, school in register.schools_by_urn(chosen).items()}
    found: dict[tuple[int, str, int], CarriedFigure] = {}
    for urn in chosen:
        for figure in published.get(urn, ()):
            found[urn, figure.indicator, figure.period] = CarriedFigure(urn, figure)
        since = opened.get(urn)
        for before in earlier.get(urn, ()):
            for figure in published.get(before, ()):
                if since is None or AcademicYear(figure.period).first_day < since:
                    place = (urn, figure.indicator, figure.period)
                    found.setdefault(place, CarriedFigure(urn, figure, before))
    return list(found.values())


def earlier_urns_of(urns: Iterable[int]) -> Mapping[int, tuple[int, ...]]:
    """Return the URNs under which each school was known before, newest first, where it was under any."""
    chosen = set(urns)
    links: set[tuple[int, int, str]] = set()
    reached, waiting = set(chosen), set(chosen)
    for _ in range(_FURTHEST):
        new = {(one.urn, one.predecessor_urn, one.relation) for one in register.links_of(waiting)}
        links |= new
        waiting = {before for urn, before, _ in new if urn in reached} - reached
        reached |= waiting
        if not waiting:
            break
    links |= {(one.urn, one.predecessor_urn, one.relation) for one in register.links_of(waiting)}
    before = plainly_before(links)
    return {urn: found for urn in chosen if (found := tuple(earlier_urns(urn, before=before)))}
