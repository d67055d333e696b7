"""From values to places on the page: an axis with round numbers, and labels that do not overlap."""

import math
from dataclasses import dataclass

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_SMALLEST_SPREAD = 1e-4


@dataclass(frozen=True, slots=True)
class Axis:
    """The run of values up the side, from `low` to `high`, marked every `step`."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> list[float]:
        """The values at which the axis is marked."""
        count = round((self.high - self.low) / self.step)
        return [self.low + self.step * number for number in range(count + 1)]

    @property
    def decimals(self) -> int:
        """The decimals its marks need."""
        return next((places for places in range(6) if abs(round(self.step, places) - self.step) < 1e-9), 6)

    def share(self, value: float) -> float:
        """Return how far up the axis a value stands, 0 at the foot and 1 at the top."""
        return (value - self.low) / (self.high - self.low)


def axis_for(values: list[float], *, from_zero: bool, marks: int = 4) -> Axis:
    """Return an axis of round numbers around all values, with about `marks` steps."""
    lowest, highest = (min(values), max(values)) if values else (0.0, 1.0)
    if from_zero:
        lowest, highest = min(lowest, 0.0), max(highest, 0.0)
    if math.isclose(lowest, highest, abs_tol=_SMALLEST_SPREAD):
        room = abs(lowest) * 0.1 or 1.0
        lowest, highest = (lowest if from_zero and lowest == 0 else lowest - room), highest + room
    step = _round_step((highest - lowest) / marks)
    return Axis(math.floor(lowest / step + 1e-9) * step, math.ceil(highest / step - 1e-9) * step, step)


def _round_step(rough: float) -> float:
    size = 10.0 ** math.floor(math.log10(rough))
    return next(size * step for step in _STEPS if size * step >= rough * (1 - 1e-9))


def apart(places: list[float], *, gap: float, low: float, high: float) -> list[float]:
    """Return the places moved as little as needed to stand `gap` apart between `low` and `high`.

    Neighbours that are too near become a block around their mean; blocks that meet are joined.
    """
    order = sorted(range(len(places)), key=lambda number: places[number])
    blocks: list[list[int]] = []
    for number in order:
        blocks.append([number])
        while len(blocks) > 1 and _meet(blocks[-2], blocks[-1], places, gap):
            last = blocks.pop()
            blocks[-1] = blocks[-1] + last
    moved = list(places)
    for block in blocks:
        for position, number in enumerate(block):
            moved[number] = _first(block, places, gap) + position * gap
    return _within(moved, order, gap=gap, limits=(low, high))


def _first(block: list[int], places: list[float], gap: float) -> float:
    return sum(places[number] for number in block) / len(block) - gap * (len(block) - 1) / 2


def _meet(upper: list[int], lower: list[int], places: list[float], gap: float) -> bool:
    return _first(lower, places, gap) < _first(upper, places, gap) + len(upper) * gap - 1e-9


def _within(places: list[float], order: list[int], *, gap: float, limits: tuple[float, float]) -> list[float]:
    moved = list(places)
    ceiling = limits[1]
    for number in reversed(order):
        moved[number] = min(moved[number], ceiling)
        ceiling = moved[number] - gap
    floor = limits[0]
    for number in order:
        moved[number] = max(moved[number], floor)
        floor = moved[number] + gap
    return moved
