"""The marked sides of a drawing: round numbers up the side or along the foot, with their grid lines."""

from steward.interface import words
from steward.interface.charts.layout import Frame
from steward.interface.charts.scales import Axis
from steward.interface.charts.svg import element, text


def tick_in_words(tick: float, *, axis: Axis, unit: str) -> str:
    """Return a mark of an axis as it is printed, with its unit."""
    amount = 0.0 if abs(tick) < axis.step / 1000 else tick
    return words.with_unit(words.number(amount, decimals=axis.decimals), unit=unit)


def side(axis: Axis, *, frame: Frame, unit: str) -> str:
    """Return the grid lines of values that go up, each with its number at the left."""
    drawn = []
    for tick in axis.ticks:
        place = frame.up(axis.share(tick))
        drawn += [
            element("line", x1=frame.left, x2=frame.right, y1=place, y2=place, class_=_grid(tick, axis=axis)),
            text(
                tick_in_words(tick, axis=axis, unit=unit),
                x=frame.left - 8,
                y=place + 5,
                class_="steward-axis steward-axis--side",
            ),
        ]
    return "".join(drawn)


def foot(axis: Axis, *, frame: Frame, unit: str) -> str:
    """Return the numbers of values that go across, beneath the frame."""
    return "".join(
        text(
            tick_in_words(tick, axis=axis, unit=unit),
            x=frame.across(axis.share(tick)),
            y=frame.foot + 20,
            class_="steward-axis",
        )
        for tick in axis.ticks
    )


def upright(axis: Axis, *, frame: Frame) -> str:
    """Return the upright grid lines of values that go across."""
    return "".join(
        element("line", x1=place, x2=place, y1=frame.top, y2=frame.foot, class_=_grid(tick, axis=axis))
        for tick, place in ((tick, frame.across(axis.share(tick))) for tick in axis.ticks)
    )


def _grid(tick: float, *, axis: Axis) -> str:
    return "steward-grid steward-grid--zero" if abs(tick) < axis.step / 1000 else "steward-grid"
