"""Funnels: values against the number of pupils, within the limits that chance would keep."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from steward.interface import words
from steward.interface.charts import axes, crowding, labels
from steward.interface.charts.figures import Dot, FunnelChart, Limits, Part
from steward.interface.charts.layout import BOLD, Frame, Room, width_of, wrapped
from steward.interface.charts.scales import Axis, apart, axis_for
from steward.interface.charts.svg import element, image, linked, mark, over, path, text
from steward.vocabulary.values import Known

FRAMES = {
    Room.WIDE: Frame(left=58.0, right=556.0, top=14.0, foot=330.0),
    Room.NARROW: Frame(left=46.0, right=272.0, top=14.0, foot=300.0),
}
BELOW, LONGEST_NAME, DOT = 50.0, 210.0, 4.0
NO_COHORT = 100.0
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ground:
    """Where numbers of pupils and values stand."""

    frame: Frame
    cohorts: Axis
    values: Axis

    def place(self, cohort: float, value: float) -> Place:
        """Return where a school stands."""
        return self.frame.across(self.cohorts.share(cohort)), self.frame.up(self.values.share(value))


def funnel(figure: FunnelChart, *, room: Room = Room.WIDE) -> str:
    """Return a funnel as SVG."""
    ground = ground_of(figure, room=room)
    frame = ground.frame
    drawn = [
        axes.side(ground.values, frame=frame, unit=figure.unit),
        axes.foot(ground.cohorts, frame=frame, unit=""),
        text(
            f"Number of {figure.cohort_of}",
            x=(frame.left + frame.right) / 2,
            y=frame.foot + 42,
            class_="steward-axis",
        ),
        _crowd(figure.crowd, ground),
        _crowd(_others(figure), ground),
        *(_curves(limits, number, ground) for number, limits in enumerate(figure.limits)),
        _target(figure, ground),
        _ends(figure, ground, room=room),
        _dots(figure, ground),
        _named(figure, ground, room=room),
    ]
    size = (room.width, frame.foot + BELOW)
    return image(*drawn, title=figure.title, description=figure.description, size=size, kind="funnel")


def ground_of(figure: FunnelChart, *, room: Room) -> Ground:
    """Return the ground with every school in it, and the limits from the smallest school of all."""
    schools = [*((dot.cohort, dot.value.value) for dot in known_of(figure)), *figure.crowd]
    cohorts = [cohort for cohort, _ in schools]
    from_zero = figure.unit == "percent" if figure.from_zero is None else figure.from_zero
    values = [value for _, value in schools] + [figure.target]
    across = axis_for(cohorts or [NO_COHORT], from_zero=True, marks=5)
    return Ground(FRAMES[room], across, axis_for(values, from_zero=from_zero, marks=5))


@dataclass(frozen=True, slots=True)
class KnownDot:
    """A school of a funnel with its value known."""

    dot: Dot
    value: Known

    @property
    def cohort(self) -> float:
        """The number of pupils."""
        return self.dot.cohort


def known_of(figure: FunnelChart) -> list[KnownDot]:
    """Return the schools that can be drawn."""
    return [KnownDot(dot, dot.value) for dot in figure.dots if isinstance(dot.value, Known)]


def _is_crowd(dot: Dot) -> bool:
    return dot.part is Part.OTHER and not dot.labelled


def _others(figure: FunnelChart) -> tuple[Place, ...]:
    return tuple((one.cohort, one.value.value) for one in known_of(figure) if _is_crowd(one.dot))


@lru_cache(maxsize=16)
def _crowd(schools: tuple[Place, ...], ground: Ground) -> str:
    """Return the schools without names, kept since those of England are the same for every authority."""
    return crowding.crowd([ground.place(*one) for one in schools], frame=ground.frame) if schools else ""


def _curves(limits: Limits, number: int, ground: Ground) -> str:
    kind = f"steward-limit steward-limit--{min(number, 1) + 1}"
    runs = [run for curve in (limits.lower, limits.upper) for run in _within(curve, ground)]
    return "".join(element("path", d=path(run), class_=kind) for run in runs if len(run) > 1)


def _within(curve: tuple[Place, ...], ground: Ground) -> list[list[Place]]:
    """Return the runs of a curve inside the frame, cut where it crosses the edge."""
    runs: list[list[Place]] = [[]]
    places = [ground.place(*point) for point in curve]
    for start, end in pairwise(places):
        cut = _cut(start, end, frame=ground.frame)
        if cut is None:
            runs.append([])
            continue
        if not runs[-1] or runs[-1][-1] != cut[0]:
            runs.append([cut[0]])
        runs[-1].append(cut[1])
    return [run for run in runs if run]


def _cut(start: Place, end: Place, *, frame: Frame) -> tuple[Place, Place] | None:
    """Return the part of a line inside the frame, None when no part is. Source: Liang and Barsky, 1984."""
    (x, y), (run, rise) = start, (end[0] - start[0], end[1] - start[1])
    first, last = 0.0, 1.0
    for step, room in (
        (-run, x - frame.left),
        (run, frame.right - x),
        (-rise, y - frame.top),
        (rise, frame.foot - y),
    ):
        if step == 0:
            if room < 0:
                return None
        elif step < 0:
            first = max(first, room / step)
        else:
            last = min(last, room / step)
    if first > last:
        return None
    ends = tuple((x + run * share, y + rise * share) for share in (first, last))
    return (start if first == 0 else ends[0]), (end if last == 1 else ends[1])


def _target(figure: FunnelChart, ground: Ground) -> str:
    height = ground.frame.up(ground.values.share(figure.target))
    return element(
        "line", x1=ground.frame.left, x2=ground.frame.right, y1=height, y2=height, class_="steward-target"
    )


def _ends(figure: FunnelChart, ground: Ground, *, room: Room) -> str:
    """Return the names of the target and the limits at the right end of each."""
    target = words.with_unit(words.number(figure.target, decimals=figure.decimals), unit=figure.unit)
    frame = ground.frame
    found = [(f"{figure.target_name} {target}", frame.up(ground.values.share(figure.target)))]
    for limits in figure.limits:
        for curve in (limits.lower, limits.upper):
            runs = _within(curve, ground)
            if runs:
                found.append((f"{limits.name} limit", runs[-1][-1][1]))
    width = room.width - frame.right - 8
    named = [wrapped(name, width=width, letter=room.letter) for name, _ in found]
    places = [height for _, height in found]
    gaps = apart(places, gap=room.line * max(map(len, named)), low=frame.top, high=frame.foot)
    drawn = []
    for number, (lines, height) in enumerate(zip(named, gaps, strict=True)):
        kind = "steward-name" if number == 0 else "steward-name steward-name--other"
        top = height + 5 if len(lines) == 1 else height - 4
        drawn += [
            text(line, x=frame.right + 6, y=top + room.line * row, class_=kind)
            for row, line in enumerate(lines)
        ]
    return "".join(drawn)


def said_of(one: KnownDot, *, figure: FunnelChart) -> str:
    """Return what a pointer resting on a school is told: its name, value, pupils and verdict."""
    value = words.value_in_words(one.value, measured=figure)
    said = f"{one.dot.name}: {value}, {words.number(one.cohort)} {figure.cohort_of}"
    return f"{said}. {one.dot.verdict}" if one.dot.verdict else said


def _dots(figure: FunnelChart, ground: Ground) -> str:
    """Return the schools that are neither in the crowd nor named."""
    drawn = []
    for one in known_of(figure):
        if _is_crowd(one.dot) or one.dot.labelled:
            continue
        x, y = ground.place(one.cohort, one.value.value)
        drawn.append(mark(x, y, part=one.dot.part, said=said_of(one, figure=figure), size=DOT))
    return "".join(drawn)


def _named(figure: FunnelChart, ground: Ground, *, room: Room) -> str:
    """Return the schools to be named, each with its name beside it where there is room."""
    found = sorted(
        (one for one in known_of(figure) if one.dot.labelled),
        key=lambda one: (one.dot.part is not Part.SCHOOL, -abs(one.value.value - figure.target)),
    )
    places = [ground.place(one.cohort, one.value.value) for one in found]
    longest = LONGEST_NAME if room is Room.WIDE else LONGEST_NAME * 0.6
    named = [wrapped(one.dot.name, width=longest, letter=room.letter, most=1)[0] for one in found]
    widths = [width_of(name, letter=room.letter * BOLD) for name in named]
    others = [
        ground.place(one.cohort, one.value.value)
        for one in known_of(figure)
        if not one.dot.labelled and not _is_crowd(one.dot)
    ]
    boxes = labels.placed(places, widths=widths, height=room.line, frame=ground.frame, others=others)
    drawn = []
    for one, place, name, box in zip(found, places, named, boxes, strict=True):
        parts = [mark(*place, part=one.dot.part, said=said_of(one, figure=figure))]
        if box is not None:
            parts = [_leader(place, box), *parts, _name(name, box, part=one.dot.part)]
        drawn.append(linked(*parts, href=one.dot.href, said=said_of(one, figure=figure)))
    return "".join(drawn)


def _name(name: str, box: labels.Box, *, part: Part) -> str:
    kind = f"steward-name steward-name--{part}"
    return over(name, x=box.left, y=box.foot - 5, class_=kind)


def _leader(place: Place, box: labels.Box) -> str:
    """Return a line from a dot to a name that stands away from it, nothing when it stands beside it."""
    end = box.nearest(place)
    far = abs(end[0] - place[0]) + abs(end[1] - place[1]) > labels.BESIDE
    return element("path", d=path([place, end]), class_="steward-leader") if far else ""
