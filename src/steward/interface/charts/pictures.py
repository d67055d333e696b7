"""A figure as a picture that stands alone: its finding above, its source and date below."""

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from steward.interface import words
from steward.interface.charts import drawing, notes
from steward.interface.charts.figures import Figure
from steward.interface.charts.layout import Room, wrapped
from steward.interface.charts.svg import text

LOOKS = Path(__file__).resolve().parents[1] / "styles" / "_drawing.scss"
FONTS = "'Source Sans 3', 'Source Sans Pro', Arial, Helvetica, sans-serif"
EDGE, TITLE, SMALL = 20.0, 20.0, 14.0
_INK, _MUTED = "#0b0c0c", "#505a5f"
_RULE = re.compile(r"\.([\w-]+)\s*\{([^}]*)\}")
_VARIABLE = re.compile(r"var\((--[\w-]+)\)")


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who gives a figure out, and when; `highlight` is the colour of the one thing to look at ("#1d4f5c")."""

    council: str
    day: datetime.date
    highlight: str = "#1d4f5c"

    @property
    def line(self) -> str:
        """What is printed at the foot."""
        return f"{self.council}, {words.day(self.day)}"


def picture(figure: Figure, *, imprint: Imprint) -> str:
    """Return an SVG file: no links, classes or style sheet, white ground, fonts most machines have."""
    drawn = drawing.svg(drawing.unlinked(figure))
    inside, width, height = _opened(drawn)
    page = max(width, Room.WIDE.width)
    head, top = _lines(
        [(figure.title, TITLE, True), (notes.subtitle(figure), SMALL, False)], top=EDGE, width=page
    )
    said = [*notes.notes_of(figure), f"Source: {figure.source}" if figure.source else "", imprint.line]
    foot, high = _lines([(one, SMALL, False) for one in said], top=top + height + 12, width=page)
    wide, high = page + 2 * EDGE, high + 4
    whole = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{wide:g}" height="{high:g}"'
        f' viewBox="0 0 {wide:g} {high:g}" font-family="{FONTS}" font-size="16">'
        f"<title>{escape(figure.title)}</title><desc>{escape(figure.description)}</desc>"
        f'<rect width="100%" height="100%" fill="#ffffff"/>{head}'
        f'<g transform="translate({EDGE:g} {top + 8:g})">{_dressed(inside, highlight=imprint.highlight)}</g>'
        f"{foot}</svg>\n"
    )
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + whole


def _opened(drawn: str) -> tuple[str, float, float]:
    """Return what is inside a drawing after its name and description, and its width and height."""
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn)
    if size is None:
        raise ValueError("A drawing has no viewBox: make drawings with `svg.image`.")
    inside = drawn[drawn.index("</desc>") + len("</desc>") : -len("</svg>")]
    return inside, float(size[1]), float(size[2])


def _lines(said: list[tuple[str, float, bool]], *, top: float, width: float) -> tuple[str, float]:
    """Return paragraphs of text beneath each other, and the height at which they end."""
    drawn = []
    for sentence, letter, bold in said:
        wide = letter * 1.1 if bold else letter
        for line in wrapped(sentence, width=width, letter=wide, most=6) if sentence else ():
            top += letter + 5
            weight = {"font_weight": "600"} if bold else {}
            drawn.append(
                text(line, x=EDGE, y=top - 4, fill=_INK if bold else _MUTED, font_size=letter, **weight)
            )
    return "".join(drawn), top


@lru_cache(maxsize=4)
def looks(highlight: str) -> dict[str, dict[str, str]]:
    """Return what each class of the style sheet of drawings sets, with the colours of the council."""
    colours = {
        "--steward-highlight-colour": highlight,
        "--steward-ink": _INK,
        "--steward-muted": _MUTED,
    }
    found: dict[str, dict[str, str]] = {}
    for name, body in _RULE.findall(LOOKS.read_text(encoding="utf-8")):
        pairs = (line.split(":", 1) for line in body.split(";") if ":" in line)
        found[name] = {
            key.strip(): _VARIABLE.sub(lambda used: colours[used[1]], worth).strip() for key, worth in pairs
        }
    return found


def _dressed(inside: str, *, highlight: str) -> str:
    """Return the drawing with what its classes set as attributes, which every program reads."""
    rules = looks(highlight)

    def attributes(found: re.Match[str]) -> str:
        worn: dict[str, str] = {}
        names = found[1].split()
        for name in rules:
            if name in names:
                worn |= rules[name]
        return " ".join(f'{key}="{worth}"' for key, worth in worn.items())

    return re.sub(r'class="([^"]*)"', attributes, inside)
