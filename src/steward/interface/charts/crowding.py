"""Very many dots as few shapes: hexagons shaded by how many dots each holds."""

import math
from collections import Counter

from steward.interface.charts.layout import Frame
from steward.interface.charts.svg import element

MOST_DOTS = 1_500
SHADES = 4
RADIUS = 4.0
Place = tuple[float, float]


def crowd(places: list[Place], *, frame: Frame) -> str:
    """Return the places as one path of dots, or as hexagons in four shades when there are more than 1,500.

    Places outside the frame are left out: they would be drawn over the words around it.
    """
    inside = [(x, y) for x, y in places if frame.left <= x <= frame.right and frame.top <= y <= frame.foot]
    return _dots(inside) if len(inside) <= MOST_DOTS else _hexagons(inside)


def is_binned(count: int) -> bool:
    """Return whether so many dots are drawn as hexagons."""
    return count > MOST_DOTS


def _dots(places: list[Place]) -> str:
    spots = sorted({(round(x * 2) / 2, round(y * 2) / 2) for x, y in places})
    return element("path", d="".join(f"M{x:g} {y:g}h0" for x, y in spots), class_="steward-crowd")


def _hexagons(places: list[Place]) -> str:
    counts = Counter(_cell(place) for place in places)
    cuts = _cuts(list(counts.values()))
    drawn = []
    for shade in range(SHADES):
        cells = sorted(cell for cell, count in counts.items() if sum(count > cut for cut in cuts) == shade)
        if cells:
            course = "".join(_hexagon(cell) for cell in cells)
            drawn.append(element("path", d=course, class_=f"steward-bin steward-bin--{shade + 1}"))
    return "".join(drawn)


def _cuts(counts: list[int]) -> list[float]:
    """Return three counts that part one from a few, many and most: even steps of the logarithm."""
    most = math.log(max(counts))
    return [math.exp(most * step / SHADES) for step in range(1, SHADES)]


def _cell(place: Place) -> Place:
    """Return the middle of the hexagon a place is in: the nearer of two grids of middles."""
    wide, high = RADIUS * math.sqrt(3), RADIUS * 3
    x, y = place
    first = (round(x / wide) * wide, round(y / high) * high)
    second = ((math.floor(x / wide) + 0.5) * wide, (math.floor(y / high) + 0.5) * high)
    return min(first, second, key=lambda middle: (middle[0] - x) ** 2 + (middle[1] - y) ** 2)


def _hexagon(middle: Place) -> str:
    """Return a hexagon with a point at its top, as a course of short steps."""
    side, half = RADIUS, RADIUS * math.sqrt(3) / 2
    steps = f"l{half:.1f} {side / 2:g}v{side:g}l-{half:.1f} {side / 2:g}l-{half:.1f} -{side / 2:g}v-{side:g}z"
    return f"M{middle[0]:.1f} {middle[1] - side:.1f}{steps}"
