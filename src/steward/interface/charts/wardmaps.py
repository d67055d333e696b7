"""Maps of wards: classes told apart by pattern, number and word, never by colour alone."""

import hashlib
import math
from bisect import bisect_right
from itertools import pairwise

from steward.interface import words
from steward.interface.charts import outlines
from steward.interface.charts.figures import Area, WardMap
from steward.interface.charts.layout import Room, width_of
from steward.interface.charts.svg import element, image, linked, path, text, tooltip
from steward.vocabulary.values import Known

MOST_HIGH = 520.0
KEY_ROW, SWATCH, NUMBER = 26.0, 18.0, 9.0
PATTERNS = 5
NO_VALUE = "No value"


def ward_map(figure: WardMap, *, room: Room = Room.WIDE) -> str:
    """Return a map as SVG with its key beneath; each area bears its number in the list."""
    rings = [ring for area in figure.areas for ring in area.rings]
    if not rings:
        return image(title=figure.title, description=figure.description, size=(room.width, 10), kind="map")
    on, high = outlines.projection(rings, width=room.width, most_high=MOST_HIGH)
    shapes = [outlines.shape(area.rings, on=on) for area in figure.areas]
    name = hashlib.sha256(f"{figure.id}{figure.title}{room}".encode()).hexdigest()[:8]
    key, below = _key(figure, top=high + 16, room=room, name=name)
    drawn = [
        _patterns(name),
        *(_area(area, one, figure, name=name) for area, one in zip(figure.areas, shapes, strict=True) if one),
        _numbers(shapes),
        _north(room),
        key,
    ]
    return image(
        *drawn, title=figure.title, description=figure.description, size=(room.width, below), kind="map"
    )


def class_of(area: Area, *, figure: WardMap) -> int | None:
    """Return the number of an area's class from the lowest, None when its value is missing."""
    return bisect_right(figure.cuts, area.value.value) if isinstance(area.value, Known) else None


def words_of(figure: WardMap) -> tuple[str, ...]:
    """Return the words of each class from the lowest, written from the cuts unless given."""
    if figure.words:
        return figure.words
    ends = [_written(cut, figure=figure) for cut in figure.cuts]
    if not ends:
        return ("All values",)
    between = (f"{low} to below {high}" for low, high in pairwise(ends))
    return (f"Below {ends[0]}", *between, f"{ends[-1]} and above")


def class_in_words(area: Area, *, figure: WardMap) -> str:
    """Return the word of an area's class, the reason when its value is missing."""
    found = class_of(area, figure=figure)
    if found is None:
        return NO_VALUE
    return words_of(figure)[found]


def _written(cut: float, *, figure: WardMap) -> str:
    decimals = next((one for one in range(figure.decimals + 1) if math.isclose(round(cut, one), cut)), 2)
    return words.with_unit(words.number(cut, decimals=decimals), unit=figure.unit)


def _pattern_of(number: int | None, *, figure: WardMap) -> int:
    """Return the pattern of a class, 0 when missing: few classes are spread over the five, to differ most."""
    if number is None:
        return 0
    classes = len(figure.cuts) + 1
    return PATTERNS if classes == 1 else 1 + round(number * (PATTERNS - 1) / (classes - 1))


def _patterns(name: str) -> str:
    """Return the five patterns, from sparse dots to solid, and broken strokes for no value."""
    strokes = {
        0: "M0 4h4",
        2: "M-2 8l10-10M4 14L14 4",
        3: "M-1 6l7-7M-1 12L12-1M5 13l8-8",
        4: "M0 3h10M0 8h10M3 0v10M8 0v10",
    }
    drawn = []
    for number in range(PATTERNS + 1):
        ground = element("rect", width=10, height=10, class_=f"steward-tile steward-tile--{number}")
        lines = (element("path", d=strokes[number], class_="steward-hatch"),) if number in strokes else ()
        spot = (element("circle", cx=5, cy=5, r=1.2, class_="steward-spot"),) if number == 1 else ()
        drawn.append(
            element(
                "pattern",
                ground,
                *lines,
                *spot,
                id=f"{name}-{number}",
                width=10,
                height=10,
                patternUnits="userSpaceOnUse",
            )
        )
    return element("defs", *drawn)


def _area(area: Area, found: outlines.Shape, figure: WardMap, *, name: str) -> str:
    course = "".join(path(list(ring[:-1])) + "Z" for ring in found)
    value = words.value_in_words(area.value, measured=figure)
    said = f"{area.name}: {value}, {class_in_words(area, figure=figure).lower()}"
    kind = "steward-area" + (" steward-area--small" if area.small else "")
    fill = f"url(#{name}-{_pattern_of(class_of(area, figure=figure), figure=figure)})"
    drawn = element("path", tooltip(said), d=course, fill=fill, fill_rule="evenodd", class_=kind)
    return linked(drawn, href=area.href, said=said)


def _numbers(shapes: list[outlines.Shape]) -> str:
    drawn = []
    for number, found in enumerate(shapes, start=1):
        if found:
            x, y = outlines.middle(found)
            drawn += [
                element("circle", cx=x, cy=y, r=NUMBER, class_="steward-disc"),
                text(str(number), x=x, y=y + 4.5, class_="steward-number"),
            ]
    return element("g", *drawn, class_="steward-numbers")


def _north(room: Room) -> str:
    x = room.width - 14
    arrow = element("path", d=f"M{x:g} 4l5 14l-5 -4l-5 4z", class_="steward-north")
    return arrow + text("N", x=x, y=34, class_="steward-axis")


def _key(figure: WardMap, *, top: float, room: Room, name: str) -> tuple[str, float]:
    """Return the classes with their patterns and words, and the height at which they end."""
    entries = [(_pattern_of(number, figure=figure), word) for number, word in enumerate(words_of(figure))]
    if any(class_of(area, figure=figure) is None for area in figure.areas):
        entries.append((0, NO_VALUE))
    drawn, left = [], 0.0
    for pattern, word in entries:
        width = SWATCH + 8 + width_of(word, letter=room.letter)
        if left and left + width > room.width:
            left, top = 0.0, top + KEY_ROW
        drawn += [
            element(
                "rect",
                x=left + 0.5,
                y=top,
                width=SWATCH,
                height=SWATCH,
                fill=f"url(#{name}-{pattern})",
                class_="steward-area",
            ),
            text(word, x=left + SWATCH + 8, y=top + 14, class_="steward-name"),
        ]
        left += width + 20
    return "".join(drawn), top + KEY_ROW
