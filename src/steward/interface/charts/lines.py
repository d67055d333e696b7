"""Line charts and sparklines."""

from dataclasses import dataclass

from steward.interface import words
from steward.interface.charts.figures import LineChart, Part, Point, Series, Sparkline
from steward.interface.charts.scales import Axis, apart, axis_for
from steward.interface.charts.svg import element, image, path, text, tooltip
from steward.vocabulary.values import Known

SIZE = (600.0, 330.0)
LEFT, RIGHT, TOP, FOOT = 58.0, 442.0, 28.0, 272.0
LABEL_GAP = 22.0
BACK_TO_FRONT = (Part.OTHER, Part.SIMILAR, Part.AUTHORITY, Part.ENGLAND, Part.SCHOOL)
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Ground:
    """Where periods and values stand on the page."""

    periods: tuple[str, ...]
    axis: Axis
    left: float = LEFT
    right: float = RIGHT
    top: float = TOP
    foot: float = FOOT

    def across(self, number: int) -> float:
        """Return the place of the period with that number from the left."""
        if len(self.periods) == 1:
            return (self.left + self.right) / 2
        margin = 14.0 if self.top == TOP else 0.0
        room = self.right - self.left - 2 * margin
        return self.left + margin + room * number / (len(self.periods) - 1)

    def up(self, value: float) -> float:
        """Return the place of a value."""
        return self.foot - (self.foot - self.top) * self.axis.share(value)


def line_chart(figure: LineChart) -> str:
    """Return a line chart as SVG."""
    from_zero = figure.unit == "percent" if figure.from_zero is None else figure.from_zero
    values = [value for series in figure.series for value in (*_values(series), *_ends(series))]
    ground = _Ground(figure.periods, axis_for(values, from_zero=from_zero))
    broken = frozenset(point.period for point in figure.breaks)
    order = sorted(figure.series, key=lambda series: BACK_TO_FRONT.index(series.part))
    drawn = [
        _grid(ground, figure.unit),
        _periods(ground),
        _breaks(figure, ground),
        *(_line(series, ground, broken) for series in order),
        *(_intervals(series, ground) for series in order),
        *(_marks(series, ground, broken, figure) for series in order),
        _names(figure, ground),
    ]
    return image(*drawn, title=figure.title, description=figure.description, size=SIZE, kind="lines")


def sparkline(figure: Sparkline) -> str:
    """Return a sparkline as SVG."""
    every = (*figure.beside, figure.series)
    axis = axis_for([value for series in every for value in _values(series)], from_zero=False)
    periods = tuple(point.period for point in figure.series.points)
    ground = _Ground(periods, axis, left=6, right=154, top=6, foot=38)
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


def _grid(ground: _Ground, unit: str) -> str:
    drawn = []
    for tick in ground.axis.ticks:
        zero = abs(tick) < ground.axis.step / 1000
        place = ground.up(tick)
        kind = "steward-grid steward-grid--zero" if zero else "steward-grid"
        written = words.number(0.0 if zero else tick, decimals=ground.axis.decimals)
        drawn += [
            element("line", x1=LEFT, x2=RIGHT, y1=place, y2=place, class_=kind),
            text(
                words.with_unit(written, unit=unit),
                x=LEFT - 8,
                y=place + 5,
                class_="steward-axis steward-axis--side",
            ),
        ]
    return "".join(drawn)


def _periods(ground: _Ground) -> str:
    every = -(-len(ground.periods) // 6)
    last = len(ground.periods) - 1
    drawn = []
    for number, period in enumerate(ground.periods):
        if (last - number) % every == 0:
            first, _, second = period.partition(" to ")
            drawn.append(text(first, x=ground.across(number), y=FOOT + 22, class_="steward-axis"))
            if second:
                drawn.append(
                    text(f"to {second}", x=ground.across(number), y=FOOT + 42, class_="steward-axis")
                )
    return "".join(drawn)


def _breaks(figure: LineChart, ground: _Ground) -> str:
    drawn = []
    for found in figure.breaks:
        if found.period not in ground.periods[1:]:
            continue
        number = ground.periods.index(found.period)
        place = (ground.across(number - 1) + ground.across(number)) / 2
        drawn += [
            element("line", x1=place, x2=place, y1=TOP, y2=FOOT, class_="steward-break"),
            text(found.word, x=place, y=TOP - 10, class_="steward-axis"),
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


def _line(series: Series, ground: _Ground, broken: frozenset[str]) -> str:
    runs = [[place for _, place in run] for run in _stretches(series, ground, broken)]
    kind = f"steward-line steward-line--{series.part}"
    return "".join(element("path", d=path(run), class_=kind) for run in runs if len(run) > 1)


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
    ends = [(series, _stretches(series, ground, frozenset())) for series in figure.series]
    known = [(series, runs[-1][-1][1]) for series, runs in ends if runs]
    heights = apart([place[1] for _, place in known], gap=LABEL_GAP, low=TOP, high=FOOT)
    drawn = []
    for (series, (x, y)), height in zip(known, heights, strict=True):
        drawn += [
            element("path", d=path([(x + 8, y), (RIGHT + 6, height)]), class_="steward-leader"),
            text(series.name, x=RIGHT + 10, y=height + 5, class_=f"steward-name steward-name--{series.part}"),
        ]
    return "".join(drawn)
