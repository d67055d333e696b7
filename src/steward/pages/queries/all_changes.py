"""Every change of every kind that a viewer may see, filtered and sorted."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from steward.access.models import Person
from steward.access.permissions import Permission, reach
from steward.pages.queries import changes, changes_made, rows
from steward.pages.queries.changes import Changed, Changes, Kind, Towards
from steward.pages.queries.rows import Listed, SchoolRow
from steward.register import queries as register
from steward.reminders.queries import people
from steward.vocabulary.phases import Standing

_ALL = 100_000
NAME, DAY, KIND = "name", "day", "kind"
SORTS = (NAME, DAY, KIND)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which changes are asked for; empty leaves nothing out."""

    text: str = ""
    kind: str = ""
    towards: str = ""
    whose: str = ""
    """"mine": schools the viewer looks after; "watched": those on their watch list."""
    phase: str = ""
    unread: bool = False
    """Only what changed since the viewer last said what they have read."""


@dataclass(frozen=True, slots=True)
class AllChanges:
    """The changes asked for, and since when each kind is told."""

    found: tuple[Changed, ...]
    since: tuple[tuple[Kind, str], ...]
    looked_at: datetime.datetime | None


def all_changes(person: Person, *, wanted: Wanted, sort: str = KIND) -> AllChanges:
    """Return the changes asked for. Raises NothingLoaded or NoAuthority."""
    listed = rows.schools_for(person)
    looked_at = people.last_look(person)
    kinds = _kinds(person, listed=listed, since=looked_at if wanted.unread else None)
    by_urn = {row.urn: row for row in listed.rows}
    schools = _schools(person, whose=wanted.whose)
    told = [
        each
        for found in kinds.values()
        for each in found.shown
        if _fits(each, wanted=wanted, row=by_urn.get(each.urn)) and (schools is None or each.urn in schools)
    ]
    since = tuple((kind, found.since) for kind, found in kinds.items())
    return AllChanges(tuple(_sorted(told, sort=sort)), since, looked_at)


def _kinds(person: Person, *, listed: Listed, since: datetime.datetime | None) -> dict[Kind, Changes]:
    """Return what changed by kind; concerns and events are told together with decisions."""
    about = [row for row in listed.rows if row.standing is Standing.OPEN]
    code = listed.authority_code
    within = reach(person, Permission.VIEW_PROPOSALS)
    found = {
        Kind.PROPOSAL: changes.proposals_moved(code, within=within, most=_ALL, looked_at=since),
        Kind.DECISION: changes_made.made_by_people(person, about=None, most=_ALL, looked_at=since),
        Kind.SCORE: changes_made.scores_moved(person, authority=code, about=None, most=_ALL, looked_at=since),
        Kind.INSPECTION: changes.newly_inspected(about, most=_ALL, looked_at=since),
        Kind.FIGURE: changes.figures_moved(about, most=_ALL, looked_at=since),
    }
    return {kind: each for kind, each in found.items() if each is not None}


def _schools(person: Person, *, whose: str) -> frozenset[int] | None:
    if whose == "mine":
        return frozenset(register.schools_looked_after_by(person.pk))
    if whose == "watched":
        return frozenset(each.urn for each in people.watched_by(person))
    return None


def _fits(one: Changed, *, wanted: Wanted, row: SchoolRow | None) -> bool:
    return (
        all(word.lower() in one.name.lower() for word in wanted.text.split())
        and wanted.kind in ("", one.kind)
        and wanted.towards in ("", one.towards)
        and (not wanted.phase or (row is not None and row.phase == wanted.phase))
    )


def _sorted(found: Sequence[Changed], *, sort: str) -> list[Changed]:
    """Return changes in an order; those without a day come last by day either way."""
    descending, key = sort.startswith("-"), sort.removeprefix("-")
    if key == DAY:
        dated = sorted((each for each in found if each.on), key=lambda each: each.on or datetime.date.min)
        return [*(reversed(dated) if descending else dated), *(each for each in found if not each.on)]
    order, towards = list(Kind), list(Towards)
    if key == NAME:
        return sorted(found, key=lambda each: (each.name, order.index(each.kind)), reverse=descending)
    return sorted(
        found,
        key=lambda each: (order.index(each.kind), towards.index(each.towards), each.name),
        reverse=descending,
    )
