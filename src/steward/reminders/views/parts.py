"""Reminders as they are printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from steward.interface import words
from steward.interface.parts import Concern, Tag
from steward.reminders.models import Act
from steward.reminders.queries.items import Told
from steward.vocabulary.due import SOON, DueItem, Waiting

CSV_HEADER = ("what", "waiting", "urn", "school", "due", "urgency", "since", "for_whom", "on_my_list")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is due, as a line of a list."""

    what: str
    href: str
    school: str
    urgency: Tag
    day: str
    note: str
    key: str
    acts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Things that wait on the same side."""

    title: str
    id: str
    lines: tuple[Line, ...]


def groups(told: Iterable[Told], *, on: date) -> list[Group]:
    """Return what is due by on whom it waits, leaving out sides on which nothing waits."""
    found = list(told)
    sides = (
        (side, tuple(_line(each, on=on) for each in found if each.item.kind.waiting is side))
        for side in Waiting
    )
    return [Group(side.value, side.name.lower(), lines) for side, lines in sides if lines]


def line(item: DueItem, *, on: date, acts: tuple[tuple[str, str], ...] = ()) -> Line:
    """Return one thing that is due."""
    notes = [f"Waits for {item.for_whom}" if item.for_whom else "", _since(item)]
    return Line(
        what=item.what,
        href=reverse(item.href_name, args=item.href_args),
        school=item.school,
        urgency=Tag(item.urgency(on), _shape(item, on=on)),
        day=words.day(item.due) if item.due else "",
        note=". ".join(note for note in notes if note),
        key=item.key,
        acts=acts,
    )


def csv_row(told: Told, *, on: date) -> tuple[object, ...]:
    """Return one thing that is due as a row of a file."""
    item = told.item
    return (
        item.what,
        item.kind.waiting.value,
        item.urn or "",
        item.school,
        item.due.isoformat() if item.due else "",
        item.urgency(on),
        item.since.isoformat() if item.since else "",
        item.for_whom or "you",
        "yes" if told.is_open(on) else "no",
    )


def _line(told: Told, *, on: date) -> Line:
    acts = (Act.SNOOZE, Act.DONE) if told.is_open(on) else (Act.RESTORE,)
    return line(told.item, on=on, acts=tuple((act.value, act.label) for act in acts))


def _since(item: DueItem) -> str:
    return f"Since {words.day(item.since)}" if item.since else ""


def _shape(item: DueItem, *, on: date) -> Concern:
    if item.due is None:
        return Concern.PLAIN
    if item.due < on:
        return Concern.HIGH
    return Concern.MEDIUM if item.due <= on + SOON else Concern.LOW
