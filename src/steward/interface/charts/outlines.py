"""From longitude and latitude to places on a drawing, with no more corners than can be seen."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from steward.interface.charts.maps import Ring

CLOSEST = 0.6
"""How far a corner must stand from the line through its neighbours to be drawn, in units of the drawing."""
Place = tuple[float, float]
Shape = tuple[tuple[Place, ...], ...]
_SCANS = 9


@dataclass(frozen=True, slots=True)
class Projection:
    """Places on a drawing: north up, east to the right, in true proportion at the middle latitude.

    Source: equirectangular projection (Snyder, Map Projections: A Working Manual, 1987, page 90), ample
    for one authority.
    """

    west: float
    north: float
    squeeze: float
    scale: float
    left: float = 0.0
    top: float = 0.0

    def place(self, corner: Place) -> Place:
        """Return where a longitude and latitude stand."""
        longitude, latitude = corner
        return (
            self.left + (longitude - self.west) * self.squeeze * self.scale,
            self.top + (self.north - latitude) * self.scale,
        )


def projection(rings: Iterable[Ring], *, width: float, most_high: float) -> tuple[Projection, float]:
    """Return the projection that fits all rings into `width` and `most_high`, and the height they take."""
    corners = [corner for ring in rings for corner in ring]
    west, east = (end(longitude for longitude, _ in corners) for end in (min, max))
    south, north = (end(latitude for _, latitude in corners) for end in (min, max))
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * squeeze, 1e-9), max(north - south, 1e-9)
    scale = min(width / wide, most_high / high)
    left = (width - wide * scale) / 2
    return Projection(west, north, squeeze, scale, left=left), high * scale


def shape(rings: Iterable[Ring], *, on: Projection) -> Shape:
    """Return the rings as places, without corners too near their neighbours' line to be seen."""
    drawn = (simplified(tuple(on.place(corner) for corner in ring)) for ring in rings)
    return tuple(ring for ring in drawn if len(ring) >= 4)


def simplified(ring: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return a closed ring with its needless corners left out. Source: Douglas and Peucker, 1973."""
    if len(ring) < 5:
        return ring
    far = max(range(len(ring)), key=lambda number: math.dist(ring[0], ring[number]))
    kept = {0, far, len(ring) - 1}
    waiting = [(0, far), (far, len(ring) - 1)]
    while waiting:
        first, last = waiting.pop()
        number, away = _farthest(ring, first, last)
        if away > CLOSEST:
            kept.add(number)
            waiting += [(first, number), (number, last)]
    return tuple(ring[number] for number in sorted(kept))


def _farthest(ring: tuple[Place, ...], first: int, last: int) -> tuple[int, float]:
    (x, y), (run, rise) = ring[first], (ring[last][0] - ring[first][0], ring[last][1] - ring[first][1])
    length = math.hypot(run, rise)
    found, most = first, 0.0
    for number in range(first + 1, last):
        across, down = ring[number][0] - x, ring[number][1] - y
        away = abs(run * down - rise * across) / length if length else math.hypot(across, down)
        if away > most:
            found, most = number, away
    return found, most


def middle(found: Shape) -> Place:
    """Return a place well inside a shape for its label: the middle of its widest run, high or low."""
    rows = [y for ring in found for _, y in ring]
    low, high = min(rows), max(rows)
    widest, place = -1.0, found[0][0]
    for step in range(1, _SCANS + 1):
        y = low + (high - low) * step / (_SCANS + 1)
        near_the_middle = 1 - abs(step / (_SCANS + 1) - 0.5)
        for start, end in _runs(found, y):
            if (end - start) * near_the_middle > widest:
                widest, place = (end - start) * near_the_middle, ((start + end) / 2, y)
    return place


def _runs(found: Shape, y: float) -> list[tuple[float, float]]:
    """Return the runs of a shape along one row, between pairs of its edges."""
    crossed = sorted(
        x + (across - x) * (y - up) / (down - up)
        for ring in found
        for (x, up), (across, down) in pairwise(ring)
        if (up <= y) != (down <= y)
    )
    return list(zip(crossed[::2], crossed[1::2], strict=False))
