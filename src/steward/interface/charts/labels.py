"""Names beside dots: each where it hides neither another name nor another named dot."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from steward.interface.charts.layout import Frame

Place = tuple[float, float]
REACH, BESIDE = 7.0, 14.0
_RUNS = (10.0, 22.0, 60.0, 110.0, 160.0)
_RISES = (0.0, 22.0, 38.0, 56.0, 76.0, 98.0)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that words take."""

    left: float
    top: float
    right: float
    foot: float

    def meets(self, other: "Box") -> bool:
        """Return whether the two share any ground."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.foot
            and other.top < self.foot
        )

    def nearest(self, place: Place) -> Place:
        """Return the point of the rectangle nearest to a place."""
        return min(max(place[0], self.left), self.right), min(max(place[1], self.top), self.foot)

    def hides(self, start: Place, end: Place) -> bool:
        """Return whether a line between the places runs through the rectangle, looked at in eight points."""
        points = (
            (start[0] + (end[0] - start[0]) * step / 9, start[1] + (end[1] - start[1]) * step / 9)
            for step in range(1, 9)
        )
        return any(self.left < x < self.right and self.top < y < self.foot for x, y in points)

    def inside(self, frame: Frame) -> bool:
        """Return whether the whole rectangle stands in the frame."""
        return (
            self.left >= frame.left
            and self.right <= frame.right
            and self.top >= frame.top
            and self.foot <= frame.foot
        )


def placed(
    dots: list[Place], *, widths: list[float], height: float, frame: Frame, others: Sequence[Place] = ()
) -> list[Box | None]:
    """Return the box of each dot's name, None where every place near it is taken.

    Names are placed in the order given, each at the nearest free place right, left, above or below;
    over the `others`, dots without a name, only where nothing else is free.
    """
    taken = [_around(dot, reach=REACH) for dot in dots]
    names: list[Box] = []
    leaders: list[tuple[Place, Place]] = []
    avoided = [_around(dot, reach=REACH / 2) for dot in others]
    found: list[Box | None] = []
    for dot, width in zip(dots, widths, strict=True):
        free = [
            box
            for box in _candidates(dot, width=width, height=height)
            if box.inside(frame)
            and not any(box.meets(other) for other in taken)
            and not any(box.hides(*leader) for leader in leaders)
            and not any(name.hides(dot, box.nearest(dot)) for name in names)
        ]
        clear = (box for box in free if not any(box.meets(other) for other in avoided))
        box = next(clear, free[0] if free else None)
        found.append(box)
        if box is not None:
            taken.append(box)
            names.append(box)
            leaders.append((dot, box.nearest(dot)))
    return found


def _around(dot: Place, *, reach: float) -> Box:
    return Box(dot[0] - reach, dot[1] - reach, dot[0] + reach, dot[1] + reach)


def _candidates(dot: Place, *, width: float, height: float) -> list[Box]:
    """Return the places a name may have, from the nearest to the farthest."""
    x, y = dot
    boxes = []
    for run, rise in sorted(product(_RUNS, _RISES), key=lambda away: (math.hypot(*away), away)):
        for down in (y - height / 2 - rise, y - height / 2 + rise) if rise else (y - height / 2,):
            boxes += [
                Box(x + run, down, x + run + width, down + height),
                Box(x - run - width, down, x - run, down + height),
            ]
    return boxes
