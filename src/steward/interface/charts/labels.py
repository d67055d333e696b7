"""Names beside dots: each where it hides neither another name nor another named dot."""

from dataclasses import dataclass

from steward.interface.charts.layout import Frame

Place = tuple[float, float]
_STEPS = (10.0, 22.0, 36.0, 52.0, 70.0, 90.0)


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

    def inside(self, frame: Frame) -> bool:
        """Return whether the whole rectangle stands in the frame."""
        return (
            self.left >= frame.left
            and self.right <= frame.right
            and self.top >= frame.top
            and self.foot <= frame.foot
        )


def placed(
    dots: list[Place], *, widths: list[float], height: float, frame: Frame, reach: float = 7.0
) -> list[Box | None]:
    """Return the box of each dot's name, None where every place near it is taken.

    Names are placed in the order given, each at the nearest free place right, left, above or below.
    `reach` is how much ground a dot takes.
    """
    taken = [Box(x - reach, y - reach, x + reach, y + reach) for x, y in dots]
    found: list[Box | None] = []
    for dot, width in zip(dots, widths, strict=True):
        free = (
            box
            for box in _candidates(dot, width=width, height=height)
            if box.inside(frame) and not any(box.meets(other) for other in taken)
        )
        box = next(free, None)
        found.append(box)
        if box is not None:
            taken.append(box)
    return found


def _candidates(dot: Place, *, width: float, height: float) -> list[Box]:
    x, y = dot
    boxes = []
    for step in _STEPS:
        right, left = x + min(step, 22.0), x - min(step, 22.0) - width
        middle = x - width / 2
        rise = 0.0 if step == _STEPS[0] else step
        corners = [(right, y - height / 2 - rise), (left, y - height / 2 - rise)]
        if rise:
            corners += [(right, y - height / 2 + rise), (left, y - height / 2 + rise)]
        corners += [(middle, y - step - height), (middle, y + step)]
        boxes += [Box(a, b, a + width, b + height) for a, b in corners]
    return boxes
