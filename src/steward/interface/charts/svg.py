"""Writing SVG: elements with escaped text, wrapped as an image with a name and a description."""

from xml.sax.saxutils import escape, quoteattr

from steward.interface.charts.captions import Part
from steward.interface.charts.layout import Room

MARK = 5.0


def element(name: str, *inside: str, **attributes: str | float) -> str:
    """Return an element; in attribute names a trailing underscore is dropped and others become hyphens."""
    written = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_short(worth))}"
        for key, worth in attributes.items()
    )
    return f"<{name}{written}>{''.join(inside)}</{name}>" if inside else f"<{name}{written}/>"


def text(words: str, **attributes: str | float) -> str:
    """Return a text element with the words escaped."""
    return element("text", escape(words), **attributes)


def lines_of_text(lines: tuple[str, ...], *, x: float, y: float, line: float, kind: str) -> str:
    """Return lines of text beneath each other; `y` is the foot of the first, `line` the height of each."""
    return "".join(text(one, x=x, y=y + line * number, class_=kind) for number, one in enumerate(lines))


def over(words: str, **attributes: str | float) -> str:
    """Return text that stays readable over lines: the words once in broad white strokes, then as they are."""
    placed = {name: worth for name, worth in attributes.items() if name != "class_"}
    kind = str(attributes.get("class_", ""))
    bold = " steward-halo--bold" if "steward-name--school" in kind else ""
    end = " steward-name--end" if "steward-name--end" in kind else ""
    behind = text(words, **placed, class_=f"steward-halo{bold}{end}", aria_hidden="true")
    return behind + text(words, **attributes)


def tooltip(words: str) -> str:
    """Return the title of a mark, shown when a pointer rests on it."""
    return element("title", escape(words))


def linked(*inside: str, href: str, said: str) -> str:
    """Return the parts as a link named `said`, or as they are when there is no address."""
    return element("a", *inside, href=href, aria_label=said) if href else "".join(inside)


def mark(x: float, y: float, *, part: Part, small: bool = False, said: str = "", size: float = MARK) -> str:
    """Return the mark of a part: school a dot, authority a diamond, England an upright bar, others a square.

    A small cohort is hollow. `said` is shown when a pointer rests on the mark.
    """
    kind = f"steward-mark steward-mark--{part}" + (" steward-mark--small" if small else "")
    inside = (tooltip(said),) if said else ()
    if part is Part.SCHOOL:
        return element("circle", *inside, cx=x, cy=y, r=size, class_=kind)
    if part is Part.AUTHORITY:
        corners = [(x, y - size - 1), (x + size + 1, y), (x, y + size + 1), (x - size - 1, y)]
        return element("path", *inside, d=path(corners) + "Z", class_=kind)
    if part is Part.ENGLAND:
        return element("rect", *inside, x=x - 1.5, y=y - size - 3, width=3, height=2 * size + 6, class_=kind)
    side = size - 1
    return element("rect", *inside, x=x - side, y=y - side, width=2 * side, height=2 * side, class_=kind)


def image(*drawn: str, title: str, description: str, size: tuple[float, float], kind: str) -> str:
    """Return the whole picture: `size` is width and height in units, `kind` names its class.

    A picture with links is a group, so that they can be reached; any other is one image.
    """
    width, height = size
    inside = "".join(drawn)
    rooms = (room for room in Room if room.width == width)
    classes = " ".join(["steward-drawing", *(f"steward-drawing--{one}" for one in (kind, *rooms))])
    role = "group" if "<a " in inside else "img"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{classes}"'
        f' role="{role}" aria-label={quoteattr(title)}'
        f' viewBox="0 0 {_short(width)} {_short(height)}" focusable="false">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{inside}</svg>"
    )


def path(points: list[tuple[float, float]]) -> str:
    """Return the course of a line through the points."""
    return "M" + "L".join(f"{_short(x)} {_short(y)}" for x, y in points)


def _short(worth: str | float) -> str:
    return worth if isinstance(worth, str) else f"{worth:.1f}".removesuffix(".0")
