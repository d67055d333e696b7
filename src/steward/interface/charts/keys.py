"""Keys: the marks of a drawing with their names, above it."""

from collections.abc import Sequence
from dataclasses import dataclass

from steward.interface.charts.figures import Part
from steward.interface.charts.layout import Room, width_of, wrapped
from steward.interface.charts.svg import mark, text

BEFORE, AFTER, ROW = 20.0, 22.0, 24.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A mark and its name."""

    name: str
    part: Part
    small: bool = False


def key(entries: Sequence[Entry], *, room: Room) -> tuple[str, float]:
    """Return the marks with their names in as many rows as they need, and the height they take."""
    drawn, left, top = [], 0.0, 0.0
    for entry in entries:
        name = wrapped(entry.name, width=room.width - BEFORE, letter=room.letter, most=1)[0]
        width = BEFORE + width_of(name, letter=room.letter)
        if left and left + width > room.width:
            left, top = 0.0, top + ROW
        drawn += [
            mark(left + 8, top + 12, part=entry.part, small=entry.small),
            text(name, x=left + BEFORE, y=top + 17, class_="steward-name"),
        ]
        left += width + AFTER
    return "".join(drawn), top + ROW if entries else 0.0
