"""Line charts and sparklines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from steward.interface import words
from steward.interface.charts import axes
from steward.interface.charts.figures import LineChart, Part, Point, Series, Sparkline
from steward.interface.charts.layout import BOLD, Frame, Room, width_of, wrapped
from steward.interface.charts.scales import Axis, apart, axis_for
from steward.interface.charts.svg import element, image, lines_of_text, path, text, tooltip
from steward.vocabulary.values import Known

FRAMES = {
    Room.WIDE: Frame(left=58.0, right=470.0, top=44.0, foot=280.0),
    Room.NARROW: Frame(left=44.0, right=224.0, top=44.0, foot=250.0),
}
ABOVE, BELOW, MARGIN, NAME_GAP = 28.0, 50.0, 14.0, 6.0
ORDER = (Part.OTHER, Part.SIMILAR, Part.AUTHORITY, Part.ENGLAND, Part.SCHOOL)
"""From the back to the front."""
DASHES = ("", "10 3", "6 3 2 3", "3 3", "12 3 2 3 2 3", "1 3")
"""How the lines of other areas are broken, one after the other, since they share one colour."""
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where periods and values stand."""

    periods: tuple[str, ...]
    axis: Axis
    frame: Frame
    room: Room = Room.WIDE
    margin: float = MARGIN

    def across(self, number: int) -> float:
        """Return the place of the period with that number from the left."""
        frame = self.frame
        if len(self.periods) == 1:
            return (frame.left + frame.right) / 2
        width = frame.right - frame.left - 2 * self.margin
        return frame.left + self.margin + width * number / (len(self.periods) - 1)

    def up(self, value: float) -> float:
        """Return the place of a value."""
        return self.frame.up(self.axis.share(value))


def line_chart(figure: LineChart, *, room: Room = Room.WIDE) -> str:
    """Return a line chart as SVG."""
    ground = _Ground(figure.periods, axis_of(figure), _frame(figure, room=room), room)
    broken = frozenset(point.period for point in figure.breaks)
    order = sorted(figure.series, key=lambda series: ORDER.index(series.part))
    dashes = _dashes(order)
    drawn = [
        axes.side(ground.axis, frame=ground.frame, unit=figure.unit),
        _periods(ground),
        _breaks(figure, ground),
        *(_line(series, ground, broken, dash=dash) for series, dash in zip(order, dashes, strict=True)),
        *(_intervals(series, ground) for series in order),
        *(_marks(series, ground, broken, figure) for series in order),
        _names(figure, ground),
    ]
    size = (room.width, ground.frame.foot + BELOW)
    return image(*drawn, title=figure.title, description=figure.description, size=size, kind="lines")


def _frame(figure: LineChart, *, room: Room) -> Frame:
    """Return the frame, without the room above it for words of breaks where there are none."""
    frame = FRAMES[room]
    if figure.breaks:
        return frame
    return replace(frame, top=frame.top - ABOVE, foot=frame.foot - ABOVE)


def axis_of(figure: LineChart) -> Axis:
    """Return the axis that holds every value and interval of the chart."""
    from_zero = figure.unit == "percent" if figure.from_zero is None else figure.from_zero
    values = [value for series in figure.series for value in (*_values(series), *_ends(series))]
    return axis_for(values, from_zero=from_zero)


def sparkline(figure: Sparkline) -> str:
    """Return a sparkline as SVG."""
    every = (*figure.beside, figure.series)
    axis = axis_for([value for series in every for value in _values(series)], from_zero=False)
    periods = tuple(point.period for point in figure.series.points)
    ground = _Ground(periods, axis, Frame(left=6, right=154, top=6, foot=38), margin=0)
    drawn = [_line(series, ground, frozenset()) for series in every]
    ends = [
        (number, point.value.value)
        for number, point in enumerate(figure.series.points)
        if isinstance(point.value, Known)
    ]
    if ends:
        drawn.append(
            element(
                "circle", cx=ground.across(ends[-1][0]), cy=ground.up(ends[-1][1]), r=4, class_="steward-mark"
            )
        )
    return image(*drawn, title=figure.title, description=figure.description, size=(160, 44), kind="spark")


def _values(series: Series) -> list[float]:
    return [point.value.value for point in series.points if isinstance(point.value, Known)]


def _ends(series: Series) -> list[float]:
    return [end for point in series.points if point.interval is not None for end in point.interval]


def _intervals(series: Series, ground: _Ground) -> str:
    """Return a thin upright line from the lower to the upper end of each interval."""
    kind = f"steward-interval steward-interval--{series.part}"
    drawn = []
    for number, point in enumerate(series.points):
        if point.interval is not None:
            place, (low, high) = ground.across(number), point.interval
            drawn.append(
                element("line", x1=place, x2=place, y1=ground.up(low), y2=ground.up(high), class_=kind)
            )
    return "".join(drawn)


def _two_lines(period: str) -> tuple[str, ...]:
    """Return "2014 to 2015" in two lines, and any other name of a period in one."""
    first, _, second = period.partition(" to ")
    return (first, f"to {second}") if second else (first,)


def _periods(ground: _Ground) -> str:
    letter, last = ground.room.letter, len(ground.periods) - 1
    named = [_two_lines(period) for period in ground.periods]
    widest = max((width_of(one, letter=letter) for lines in named for one in lines), default=1.0) + 8
    step = ground.across(1) - ground.across(0) if last > 0 else widest
    every = max(1, -int(-widest // step))
    drawn = []
    for number, lines in enumerate(named):
        if (last - number) % every == 0:
            place, top = ground.across(number), ground.frame.foot + 22
            drawn.append(lines_of_text(lines, x=place, y=top, line=ground.room.line, kind="steward-axis"))
    return "".join(drawn)


def _breaks(figure: LineChart, ground: _Ground) -> str:
    """Return a dashed upright line with its word at each break; words that would meet take another row."""
    drawn, rows = [], [ground.frame.left - 50.0, ground.frame.left - 50.0]
    for found in figure.breaks:
        if found.period not in ground.periods[1:]:
            continue
        number, frame = ground.periods.index(found.period), ground.frame
        place = (ground.across(number - 1) + ground.across(number)) / 2
        half = width_of(found.word, letter=ground.room.letter) / 2
        middle = min(max(place, half), ground.room.width - half)
        row = 0 if rows[0] <= middle - half else 1
        rows[row] = middle + half + 6
        top = frame.top - 10 - ground.room.line * row
        drawn += [
            element("line", x1=place, x2=place, y1=top + 5, y2=frame.foot, class_="steward-break"),
            text(found.word, x=middle, y=top, class_="steward-axis"),
        ]
    return "".join(drawn)


def _stretches(series: Series, ground: _Ground, broken: frozenset[str]) -> list[list[tuple[Point, Place]]]:
    """Return the runs of known points between gaps and breaks, each point with its place."""
    runs: list[list[tuple[Point, Place]]] = [[]]
    for number, point in enumerate(series.points):
        if point.period in broken or not isinstance(point.value, Known):
            runs.append([])
        if isinstance(point.value, Known):
            runs[-1].append((point, (ground.across(number), ground.up(point.value.value))))
    return [run for run in runs if run]


def _dashes(order: Sequence[Series]) -> list[str]:
    """Return the dash of each line: a new one for each other area, "" for that of its part."""
    others = [number for number, series in enumerate(order) if series.part is Part.OTHER]
    return [
        DASHES[others.index(number) % len(DASHES)] if number in others else "" for number in range(len(order))
    ]


def _line(series: Series, ground: _Ground, broken: frozenset[str], *, dash: str = "") -> str:
    runs = [[place for _, place in run] for run in _stretches(series, ground, broken)]
    kind = f"steward-line steward-line--{series.part}"
    broken_up = {"stroke_dasharray": dash} if dash else {}
    return "".join(element("path", d=path(run), class_=kind, **broken_up) for run in runs if len(run) > 1)


def _marks(series: Series, ground: _Ground, broken: frozenset[str], figure: LineChart) -> str:
    drawn = []
    for run in _stretches(series, ground, broken):
        for point, (x, y) in run:
            if series.part is not Part.SCHOOL and len(run) > 1 and not point.small:
                continue
            kind = f"steward-mark steward-mark--{series.part}" + (
                " steward-mark--small" if point.small else ""
            )
            said = f"{series.name}, {point.period}: {words.value_in_words(point.value, measured=figure)}"
            if point.interval is not None:
                said += f" ({words.interval_in_words(point.interval, measured=figure)})"
            drawn.append(element("circle", tooltip(said), cx=x, cy=y, r=5, class_=kind))
    return "".join(drawn)


def _names(figure: LineChart, ground: _Ground) -> str:
    """Return the name of each line at its end, in two lines where there is room for all of them."""
    ends = [(series, _stretches(series, ground, frozenset())) for series in figure.series]
    known = _named([(series, runs[-1][-1][1]) for series, runs in ends if runs], ground)
    frame, room = ground.frame, ground.room
    high = frame.foot - frame.top
    most = 2 if len(known) * (2 * room.line + NAME_GAP) <= high else 1
    width = room.width - frame.right - 16
    letters = [room.letter * (BOLD if series.part is Part.SCHOOL else 1) for series, _ in known]
    named = [
        wrapped(series.name, width=width, letter=letter, most=most)
        for (series, _), letter in zip(known, letters, strict=True)
    ]
    gap = room.line * max(map(len, named), default=1) + (NAME_GAP if most == 2 else 0)
    heights = apart([place[1] for _, place in known], gap=gap, low=frame.top, high=frame.foot)
    drawn = []
    for (series, (x, y)), height, lines in zip(known, heights, named, strict=True):
        top = height + 5 - room.line * (len(lines) - 1) / 2
        kind = f"steward-name steward-name--{series.part}"
        drawn += [
            element("path", d=path([(x + 8, y), (frame.right + 8, height)]), class_="steward-leader"),
            lines_of_text(lines, x=frame.right + 12, y=top, line=room.line, kind=kind),
        ]
    return "".join(drawn)


def _named(ends: list[tuple[Series, Place]], ground: _Ground) -> list[tuple[Series, Place]]:
    """Return the lines that are named: all that fit, this school's and England's before the others."""
    fit = int((ground.frame.foot - ground.frame.top) // ground.room.line) + 1
    first = sorted(range(len(ends)), key=lambda number: -ORDER.index(ends[number][0].part))[:fit]
    return [end for number, end in enumerate(ends) if number in first]
