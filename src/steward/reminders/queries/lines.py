"""One thing that is due as it is printed, on the list and on home pages."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from steward.interface import words
from steward.interface.parts import Concern, Tag
from steward.vocabulary.due import SOON, DueItem


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


def _since(item: DueItem) -> str:
    return f"Since {words.day(item.since)}" if item.since else ""


def _shape(item: DueItem, *, on: date) -> Concern:
    if item.due is None:
        return Concern.PLAIN
    if item.due < on:
        return Concern.HIGH
    return Concern.MEDIUM if item.due <= on + SOON else Concern.LOW
