"""Distributions: where one school stands among many."""

import math
from collections import Counter
from dataclasses import dataclass

from steward.interface import words
from steward.interface.charts import axes
from steward.interface.charts.figures import Distribution, Part
from steward.interface.charts.layout import BOLD, Frame, Room, width_of, wrapped
from steward.interface.charts.scales import Axis, axis_for
from steward.interface.charts.svg import element, image, over, text, tooltip
from steward.vocabulary.values import Known

MOST_DOTS, BINS = 60, 20
HIGH, DOT = 150.0, 9.0
LEFT, BELOW = 10.0, 66.0


@dataclass(frozen=True, slots=True)
class Quartiles:
    """The lower quartile, the median and the upper quartile, by linear interpolation."""

    lower: float
    median: float
    upper: float


@dataclass(frozen=True, slots=True)
class Bin:
    """A run of values, `low` to below `high`, and how many have one of them."""

    low: float
    high: float
    count: int


def quartiles(values: tuple[float, ...]) -> Quartiles | None:
    """Return the quartiles by linear interpolation, None of fewer than 4 values.

    Source: type 7 of Hyndman and Fan, Sample quantiles in statistical packages, 1996.
    """
    if len(values) < 4:
        return None
    ordered = sorted(values)
    return Quartiles(*(_quantile(ordered, share) for share in (0.25, 0.5, 0.75)))


def _quantile(ordered: list[float], share: float) -> float:
    place = (len(ordered) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def standing(figure: Distribution) -> str:
    """Return where the school stands in words: "Higher than 62% of 3,102 schools".

    Those with the same value count half, so that a school in the middle of many alike is not put at an end.
    """
    many = words.counted(len(figure.values), one=figure.of.removesuffix("s"), many=figure.of)
    if not isinstance(figure.own, Known):
        return f"{figure.own_name} has no value here: {figure.own.reason.label.lower()}."
    if len(figure.values) < 2:
        return f"There are no {figure.of} to compare with."
    own = figure.own.value
    below = sum(value < own for value in figure.values) + sum(value == own for value in figure.values) / 2
    share = 100 * below / len(figure.values)
    side = "Higher" if share >= 50 else "Lower"
    percent = words.number(share if share >= 50 else 100 - share)
    less = "; less is better here" if figure.polarity == "low" else ""
    return f"{side} than {percent}% of {many}{less}."


def bins(figure: Distribution) -> tuple[Bin, ...]:
    """Return the runs of equal width that the values are counted in, from the lowest."""
    axis = _axis(figure)
    step = axis.step / math.ceil(BINS / max(len(axis.ticks) - 1, 1))
    number = round((axis.high - axis.low) / step)
    found = Counter(min(int((value - axis.low) / step + 1e-9), number - 1) for value in figure.values)
    return tuple(
        Bin(axis.low + step * one, axis.low + step * (one + 1), found.get(one, 0)) for one in range(number)
    )


def _axis(figure: Distribution) -> Axis:
    beside = [one.value.value for one in figure.beside if isinstance(one.value, Known)]
    own = [figure.own.value] if isinstance(figure.own, Known) else []
    return axis_for([*figure.values, *beside, *own], from_zero=False, marks=5)


def distribution(figure: Distribution, *, room: Room = Room.WIDE) -> str:
    """Return a distribution as SVG: a dot for each of up to 60, else bars of counts."""
    named = _named(figure)
    top = room.line * len(named) + 12
    frame = Frame(LEFT + 14, room.width - LEFT - 14, top, top + HIGH)
    axis = _axis(figure)
    few = len(figure.values) <= MOST_DOTS
    drawn = [
        _dots(figure, axis, frame) if few else _bars(figure, frame),
        element("line", x1=frame.left, x2=frame.right, y1=frame.foot, y2=frame.foot, class_="steward-base"),
        axes.foot(axis, frame=frame, unit=figure.unit),
        _names(named, frame=frame, axis=axis, room=room),
        _middle_half(figure, axis, frame, room=room),
    ]
    size = (room.width, frame.foot + BELOW)
    return image(*drawn, title=figure.title, description=figure.description, size=size, kind="spread")


def _bars(figure: Distribution, frame: Frame) -> str:
    found = bins(figure)
    most = max(one.count for one in found)
    low, span = found[0].low, found[-1].high - found[0].low
    own = figure.own.value if isinstance(figure.own, Known) else None
    drawn = []
    for one in found:
        left, right = (frame.across((end - low) / span) for end in (one.low, one.high))
        high = (frame.foot - frame.top) * one.count / most
        here = own is not None and one.low - 1e-9 <= own < one.high - 1e-9
        kind = "steward-count steward-count--own" if here else "steward-count"
        said = f"{range_in_words(one, figure=figure)}: {words.number(one.count)} {figure.of}"
        drawn.append(
            element(
                "rect",
                tooltip(said),
                x=left,
                y=frame.foot - high,
                width=right - left,
                height=high,
                class_=kind,
            )
        )
    return "".join(drawn)


def range_in_words(one: Bin, *, figure: Distribution) -> str:
    """Return a run of values as "40% to below 45%"."""
    step = one.high - one.low
    decimals = next((places for places in range(5) if abs(round(step, places) - step) < 1e-9), 5)
    low, high = (
        words.with_unit(words.number(end, decimals=decimals), unit=figure.unit) for end in (one.low, one.high)
    )
    return f"{low} to below {high}"


def _dots(figure: Distribution, axis: Axis, frame: Frame) -> str:
    """Return a dot for each value, on top of each other where they would meet."""
    held: Counter[int] = Counter()
    drawn = []
    for value in sorted(figure.values):
        x = frame.across(axis.share(value))
        column = round(x / DOT)
        y = frame.foot - DOT / 2 - 1 - DOT * held[column]
        held[column] += 1
        if y > frame.top:
            drawn.append(element("circle", cx=column * DOT, cy=y, r=DOT / 2 - 0.7, class_="steward-each"))
    return "".join(drawn)


@dataclass(frozen=True, slots=True)
class _Named:
    """A value marked by an upright line with its name above."""

    name: str
    part: Part
    value: float


def _named(figure: Distribution) -> list[_Named]:
    found = [
        _Named(f"{one.name} {words.value_in_words(one.value, measured=figure)}", one.part, one.value.value)
        for one in figure.beside
        if isinstance(one.value, Known)
    ]
    if isinstance(figure.own, Known):
        own = words.value_in_words(figure.own, measured=figure)
        found.insert(0, _Named(f"{figure.own_name} {own}", Part.SCHOOL, figure.own.value))
    return found


def _names(named: list[_Named], *, frame: Frame, axis: Axis, room: Room) -> str:
    """Return an upright line for each value with its name: low ones at the left of theirs, high ones right.

    Rows are given so that no line runs through a name: on each side the outermost has the lowest row.
    """
    found = sorted(named, key=lambda one: one.value)
    places = [frame.across(axis.share(one.value)) for one in found]
    split = _split(found, places, room=room)
    rows = [split - 1 - number if number < split else number - split for number in range(len(found))]
    lines, names = [], []
    for number, (one, place) in enumerate(zip(found, places, strict=True)):
        y = room.line * (rows[number] + 1)
        kind = f"steward-at steward-at--{one.part}"
        lines.append(element("line", x1=place, x2=place, y1=y - 12, y2=frame.foot, class_=kind))
        names.append(_name(one, place, y, left=number < split, room=room))
    return "".join(lines + names)


def _split(found: list[_Named], places: list[float], *, room: Room) -> int:
    """Return how many of the lowest have their names at the left: the fewest, but the lowest of several."""
    wide = [width_of(one.name, letter=room.letter * BOLD) + 8 for one in found]
    first = 1 if len(found) > 1 else 0

    def fits(split: int) -> bool:
        return all(
            wide[number] <= (place if number < split else room.width - place)
            for number, place in enumerate(places)
        )

    orders = (first, *range(len(found) + 1))
    return next((split for split in orders if fits(split)), first)


def _name(one: _Named, place: float, y: float, *, left: bool, room: Room) -> str:
    kind = f"steward-name steward-name--{one.part}"
    most = (place if left else room.width - place) - 8
    name = wrapped(one.name, width=most, letter=room.letter * BOLD, most=1)[0]
    if left:
        return over(name, x=place - 6, y=y, class_=f"{kind} steward-name--end")
    return over(name, x=place + 6, y=y, class_=kind)


def _middle_half(figure: Distribution, axis: Axis, frame: Frame, *, room: Room) -> str:
    """Return a bar from the lower to the upper quartile with a notch at the median, and its words."""
    found = quartiles(figure.values)
    if found is None:
        return ""
    y = frame.foot + 34
    low, middle, high = (frame.across(axis.share(one)) for one in (found.lower, found.median, found.upper))
    said = f"Middle half of {figure.of}, and the median"
    half = width_of(said, letter=room.letter) / 2
    x = min(max((low + high) / 2, half), room.width - half)
    return (
        element("rect", x=low, y=y - 4, width=max(high - low, 1.0), height=8, class_="steward-middle")
        + element("line", x1=middle, x2=middle, y1=y - 8, y2=y + 8, class_="steward-median")
        + text(said, x=x, y=y + 26, class_="steward-axis")
    )
