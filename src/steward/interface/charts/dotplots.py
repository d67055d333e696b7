"""Dot plots: a row each for groups, with gaps or pairs of values and their intervals."""

from dataclasses import dataclass

from steward.interface import words
from steward.interface.charts import axes, keys
from steward.interface.charts.figures import DotPlot, DotRow, Part
from steward.interface.charts.layout import Frame, Room, wrapped
from steward.interface.charts.scales import Axis, axis_for
from steward.interface.charts.svg import element, image, lines_of_text, linked, mark, over, text
from steward.vocabulary.values import Known, Value

OTHER_MARK = Part.OTHER
SHORT_LABELS, LONG_LABELS, VALUES = 190.0, 270.0, 98.0
SHORTEST_ROW, BETWEEN, TRACK = 38.0, 14.0, 36.0
BELOW = 32.0


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where values stand across, and rows down."""

    frame: Frame
    axis: Axis
    room: Room
    labels: tuple[tuple[str, ...], ...]
    row: float

    def across(self, value: float) -> float:
        """Return the place of a value."""
        return self.frame.across(self.axis.share(value))

    def down(self, number: int) -> float:
        """Return the middle of the marks of the row with that number."""
        middle = self.row / 2 if self.room is Room.WIDE else self.row - TRACK / 2
        return self.frame.top + self.row * number + middle


def dot_plot(figure: DotPlot, *, room: Room = Room.WIDE) -> str:
    """Return a dot plot as SVG."""
    key, top = keys.key(_key_of(figure), room=room)
    ground = _ground(figure, top=top + 14, room=room)
    drawn = [
        key,
        axes.upright(ground.axis, frame=ground.frame),
        axes.foot(ground.axis, frame=ground.frame, unit=figure.unit),
        *(_track(number, ground) for number in range(len(figure.rows))),
        _reference(figure, ground),
        *(_row(row, number, figure, ground) for number, row in enumerate(figure.rows)),
    ]
    size = (room.width, ground.frame.foot + BELOW)
    return image(*drawn, title=figure.title, description=figure.description, size=size, kind="dots")


def _ground(figure: DotPlot, *, top: float, room: Room) -> _Ground:
    from_zero = figure.unit == "percent" if figure.from_zero is None else figure.from_zero
    values = [value for row in figure.rows for value in _values(row)]
    if figure.reference is not None:
        values.append(figure.reference)
    if figure.reference_name:
        top += room.line
    labels, width = _labels(figure, room=room)
    lines = room.line * max(map(len, labels), default=1)
    row = max(SHORTEST_ROW, lines + BETWEEN) if room is Room.WIDE else lines + TRACK
    foot = top + row * max(len(figure.rows), 1)
    left = width + 16 if room is Room.WIDE else 16.0
    right = room.width - VALUES - (10 if room is Room.WIDE else 0)
    marks = 5 if room is Room.WIDE else 3
    axis = axis_for(values, from_zero=from_zero, marks=marks)
    return _Ground(Frame(left, right, top, foot), axis, room, labels, row)


def _labels(figure: DotPlot, *, room: Room) -> tuple[tuple[tuple[str, ...], ...], float]:
    """Return the lines of each label and the width they have: more where two lines would not do."""
    wide = room is Room.WIDE
    width = SHORT_LABELS if wide else room.width - 4
    found = tuple(wrapped(row.label, width=width, letter=room.letter, most=3) for row in figure.rows)
    if wide and any(len(lines) > 2 for lines in found):
        width = LONG_LABELS
        found = tuple(wrapped(row.label, width=width, letter=room.letter, most=3) for row in figure.rows)
    return found, width


def _values(row: DotRow) -> list[float]:
    every: list[Value | None] = [row.value, row.other, *(one.value for one in row.beside)]
    known = [value.value for value in every if isinstance(value, Known)]
    return known + list(row.interval or ())


def _key_of(figure: DotPlot) -> list[keys.Entry]:
    found = [keys.Entry(figure.value_name, Part.SCHOOL)]
    if any(row.other is not None for row in figure.rows):
        found.append(keys.Entry(figure.other_name, OTHER_MARK))
    beside = {one.name: one.part for row in figure.rows for one in row.beside}
    found += [keys.Entry(name, part) for name, part in beside.items()]
    if any(row.small for row in figure.rows):
        found.append(keys.Entry("Few pupils", Part.SCHOOL, small=True))
    return found


def _reference(figure: DotPlot, ground: _Ground) -> str:
    if figure.reference is None:
        return ""
    place, frame = ground.across(figure.reference), ground.frame
    line = "".join(
        element("line", x1=place, x2=place, y1=top, y2=foot, class_="steward-target")
        for top, foot in _lengths(len(figure.rows), ground)
    )
    name = text(figure.reference_name, x=place, y=frame.top - 8, class_="steward-axis")
    return line + (name if figure.reference_name else "")


def _lengths(rows: int, ground: _Ground) -> list[tuple[float, float]]:
    """Return from where to where the line of the reference goes: on a narrow page it leaves out the names."""
    if ground.room is Room.WIDE or not rows:
        return [(ground.frame.top, ground.frame.foot)]
    beside = [ground.down(number) for number in range(rows)]
    return [(y - TRACK / 4, y + TRACK / 4) for y in beside]


def _track(number: int, ground: _Ground) -> str:
    y, frame = ground.down(number), ground.frame
    return element("line", x1=frame.left, x2=frame.right, y1=y, y2=y, class_="steward-track")


def _row(row: DotRow, number: int, figure: DotPlot, ground: _Ground) -> str:
    y, room = ground.down(number), ground.room
    drawn = [_label(row, number, ground)]
    if isinstance(row.value, Known):
        drawn += [_joined(row, y, ground), _interval(row, y, ground), _marks(row, y, figure, ground)]
    else:
        drawn.append(_others(row, y, figure, ground))
    said = words.value_in_words(row.value, measured=figure)
    lines = wrapped(said, width=VALUES, letter=room.letter)
    top = y + 5 - room.line * (len(lines) - 1) / 2
    kind = "steward-name" if isinstance(row.value, Known) else "steward-name steward-name--other"
    drawn.append(lines_of_text(lines, x=room.width - VALUES + 4, y=top, line=room.line, kind=kind))
    return "".join(drawn)


def _label(row: DotRow, number: int, ground: _Ground) -> str:
    """Return the name of a row: before it on a wide page, above it on a narrow one."""
    room, lines = ground.room, ground.labels[number]
    if room is Room.WIDE:
        top = ground.down(number) + 5 - room.line * (len(lines) - 1) / 2
    else:
        top = ground.down(number) - TRACK / 2 - room.line * (len(lines) - 1) - 2
    label = "".join(
        over(one, x=0, y=top + room.line * step, class_="steward-name") for step, one in enumerate(lines)
    )
    return linked(label, href=row.href, said=row.label)


def _joined(row: DotRow, y: float, ground: _Ground) -> str:
    if not (isinstance(row.value, Known) and isinstance(row.other, Known)):
        return ""
    ends = ground.across(row.value.value), ground.across(row.other.value)
    return element("line", x1=min(ends), x2=max(ends), y1=y, y2=y, class_="steward-join")


def _interval(row: DotRow, y: float, ground: _Ground) -> str:
    if row.interval is None:
        return ""
    low, high = (ground.across(end) for end in row.interval)
    ends = "".join(
        element(
            "line", x1=end, x2=end, y1=y - 4, y2=y + 4, class_="steward-interval steward-interval--school"
        )
        for end in (low, high)
    )
    kind = "steward-interval steward-interval--school"
    return element("line", x1=low, x2=high, y1=y, y2=y, class_=kind) + ends


def _marks(row: DotRow, y: float, figure: DotPlot, ground: _Ground) -> str:
    if not isinstance(row.value, Known):
        return ""
    said = f"{row.label}: {words.value_in_words(row.value, measured=figure)}"
    if row.interval is not None:
        said += f" ({words.interval_in_words(row.interval, measured=figure)})"
    own = mark(ground.across(row.value.value), y, part=Part.SCHOOL, small=row.small, said=said, size=6)
    return _others(row, y, figure, ground) + own


def _others(row: DotRow, y: float, figure: DotPlot, ground: _Ground) -> str:
    """Return the marks of what a row is compared with, behind its own."""
    found = [(figure.other_name, OTHER_MARK, row.other)] if row.other is not None else []
    every = [*found, *((one.name, one.part, one.value) for one in row.beside)]
    return "".join(
        mark(
            ground.across(value.value),
            y,
            part=part,
            said=f"{name}: {words.value_in_words(value, measured=figure)}",
        )
        for name, part, value in every
        if isinstance(value, Known)
    )
