"""The schools a school followed and those that followed it, and its inspections under each URN."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from steward.evidence import catalogues
from steward.evidence.queries import inspections
from steward.evidence.queries.inspections import Inspection
from steward.pages.queries.same_inspection import best, each_once
from steward.register import queries as register
from steward.vocabulary.identifiers import Urn

_CATEGORIES = {
    "special_measures": "Special measures",
    "serious_weaknesses": "Serious weaknesses",
    "notice_to_improve": "Notice to improve",
}


@dataclass(frozen=True, slots=True)
class Relative:
    """A school that came before or after; `name` is empty for one that is in no register loaded."""

    urn: int
    name: str
    relation: str
    since: datetime.date | None
    opened_on: datetime.date | None
    closed_on: datetime.date | None


@dataclass(frozen=True, slots=True)
class InspectionLine:
    """One inspection, in the words of its own framework.

    `earlier_urn` is the URN under which it was held where that is not the school's own; `before_opening`
    is true of one held before the school opened, whatever the file says of its URN.
    """

    inspected_on: datetime.date | None
    published_on: datetime.date | None
    framework: str
    outcome: str
    category: str
    earlier_urn: int | None
    before_opening: bool
    other_days: tuple[datetime.date, ...]
    """Days that other lists give for the same inspection."""
    as_at: datetime.date
    release: str
    row: int

    @property
    def sentence(self) -> str:
        """The outcome and the category, such as "Inadequate: special measures"."""
        return f"{self.outcome}: {self.category.lower()}" if self.category else self.outcome


def predecessors_of(urn: int) -> list[Relative]:
    """Return the schools that came before, nearest first, through any number of links."""
    return _relatives(register.predecessors_of(urn), of=urn)


def successors_of(urn: int) -> list[Relative]:
    """Return the schools that directly followed."""
    return _relatives(register.successors_of(urn), of=urn)


def _relatives(urns: Sequence[int], *, of: int) -> list[Relative]:
    schools = register.schools_by_urn(urns)
    links = {frozenset((link.urn, link.predecessor_urn)): link for link in register.links_of([of, *urns])}
    found = []
    for urn in urns:
        school = schools.get(urn)
        beside = [link for pair, link in links.items() if urn in pair]
        direct = links.get(frozenset((of, urn))) or next(iter(beside), None)
        found.append(
            Relative(
                urn=urn,
                name=school.name if school else "",
                relation=direct.relation if direct else "",
                since=direct.since if direct else None,
                opened_on=school.opened_on if school else None,
                closed_on=school.closed_on if school else None,
            )
        )
    return found


def inspection_lines(
    urn: Urn, *, predecessors: Iterable[int], opened_on: datetime.date | None
) -> list[InspectionLine]:
    """Return every inspection of a school and of its predecessors, newest first, each once.

    Raises NothingLoaded.
    """
    together = each_once(inspections.inspections_of([urn, *predecessors]))
    return [_line(same, urn=urn, opened_on=opened_on) for same in together]


def _line(same: Sequence[Inspection], *, urn: Urn, opened_on: datetime.date | None) -> InspectionLine:
    newest = best(same)
    other_days = {one.inspected_on for one in same if one.inspected_on} - {newest.inspected_on}
    held_under = {one.urn_at_inspection or one.urn for one in same} - {urn}
    day = newest.inspected_on
    before = day is not None and opened_on is not None and day < opened_on
    framework = catalogues.frameworks().get(newest.framework or "")
    return InspectionLine(
        inspected_on=day,
        published_on=newest.published_on,
        framework=framework.title if framework else "Framework not recorded",
        outcome=newest.label,
        category=_CATEGORIES.get(newest.category or "", ""),
        earlier_urn=min(held_under, default=None),
        before_opening=before,
        other_days=tuple(sorted(other_days)),
        as_at=newest.as_at,
        release=newest.release,
        row=newest.row,
    )
