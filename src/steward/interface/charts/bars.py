"""Stacked bars: shares of a whole, over time or between groups."""

from dataclasses import dataclass

from steward.interface import words
from steward.interface.charts.figures import Bar, StackedBars
from steward.interface.charts.layout import Room, width_of, wrapped
from steward.interface.charts.svg import element, image, lines_of_text, text, tooltip
from steward.vocabulary.rounding import round_to_total

LEFT = 160.0
BAR, GAP, KEY_LINE = 30.0, 12.0, 26.0
INSIDE = 8.0
SHADES = 5


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where bars begin, how wide they are and how much room their labels take above them."""

    room: Room
    left: float
    above: float

    @property
    def width(self) -> float:
        """The width of a whole bar."""
        return self.room.width - self.left

    @property
    def row(self) -> float:
        """The height of a bar with its label and the gap to the next."""
        return self.above + BAR + GAP


def stacked_bars(figure: StackedBars, *, room: Room = Room.WIDE) -> str:
    """Return bars of shares as SVG, with the key above in the order of the bars."""
    wide = room is Room.WIDE
    ground = _Ground(room, LEFT if wide else 0.0, 0.0 if wide else room.line + 2)
    labels = [share.label for share in figure.bars[0].shares] if figure.bars else []
    key, top = _key(labels, room=room)
    drawn = [_bar(bar, top + GAP + number * ground.row, ground) for number, bar in enumerate(figure.bars)]
    size = (room.width, top + GAP + len(figure.bars) * ground.row)
    return image(key, *drawn, title=figure.title, description=figure.description, size=size, kind="bars")


def _shade(number: int) -> int:
    return min(number, SHADES - 1) + 1


def _key(labels: list[str], *, room: Room) -> tuple[str, float]:
    drawn, left, top = [], 0.0, 0.0
    for number, label in enumerate(labels):
        name = wrapped(label, width=room.width - 24, letter=room.letter, most=1)[0]
        width = 24 + width_of(name, letter=room.letter)
        if left and left + width > room.width:
            left, top = 0.0, top + KEY_LINE
        kind = f"steward-share steward-share--{_shade(number)}"
        drawn += [
            element("rect", x=left, y=top + 3, width=16, height=16, class_=kind),
            text(name, x=left + 24, y=top + 17, class_="steward-name"),
        ]
        left += width + 22
    return "".join(drawn), top + KEY_LINE if labels else 0.0


def _label(bar: Bar, top: float, ground: _Ground) -> str:
    room = ground.room
    wide = room is Room.WIDE
    width, most = (LEFT - 10, 2) if wide else (room.width, 1)
    lines = wrapped(bar.label, width=width, letter=room.letter, most=most)
    y = top + BAR * 0.68 - room.line * (len(lines) - 1) / 2 if wide else top + room.line - 4
    return lines_of_text(lines, x=0, y=y, line=room.line, kind="steward-name")


def _bar(bar: Bar, top: float, ground: _Ground) -> str:
    drawn = [_label(bar, top, ground)]
    across, beneath = ground.left, top + ground.above
    rounded = round_to_total([share.percent for share in bar.shares])
    for number, share in enumerate(bar.shares):
        width = ground.width * share.percent / 100
        shade, written = _shade(number), f"{words.number(rounded[number])}%"
        said = f"{bar.label}, {share.label}: {written}, {words.number(share.count)} {bar.total_of}"
        kind = f"steward-share steward-share--{shade}"
        drawn.append(
            element("rect", tooltip(said), x=across, y=beneath, width=width, height=BAR, class_=kind)
        )
        if width >= width_of(written, letter=ground.room.letter) + INSIDE:
            kind = f"steward-inside steward-inside--{shade}"
            drawn.append(text(written, x=across + width / 2, y=beneath + BAR * 0.68, class_=kind))
        across += width
    return "".join(drawn)
