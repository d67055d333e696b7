"""Writing SVG: elements with escaped text, wrapped as an image with a name and a description."""

from xml.sax.saxutils import escape, quoteattr


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


def tooltip(words: str) -> str:
    """Return the title of a mark, shown when a pointer rests on it."""
    return element("title", escape(words))


def image(*drawn: str, title: str, description: str, size: tuple[float, float], kind: str) -> str:
    """Return the whole picture: `size` is width and height in units, `kind` names its class."""
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="steward-drawing steward-drawing--{kind}" role="img"'
        f' viewBox="0 0 {_short(width)} {_short(height)}" focusable="false">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>{''.join(drawn)}</svg>"
    )


def path(points: list[tuple[float, float]]) -> str:
    """Return the course of a line through the points."""
    return "M" + "L".join(f"{_short(x)} {_short(y)}" for x, y in points)


def _short(worth: str | float) -> str:
    return worth if isinstance(worth, str) else f"{worth:.1f}".removesuffix(".0")
