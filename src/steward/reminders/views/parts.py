"""Reminders as they are printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from steward.reminders.models import Act
from steward.reminders.queries.items import Told
from steward.reminders.queries.lines import Line, line
from steward.vocabulary.due import Waiting

CSV_HEADER = ("what", "waiting", "urn", "school", "due", "urgency", "since", "for_whom", "on_my_list")


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
