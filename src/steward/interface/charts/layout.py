"""Room for a drawing, the frame its marks stand in, and how much of it words take."""

from dataclasses import dataclass
from enum import StrEnum

_NARROW_LETTERS = frozenset("ijlftrI.,:;'|!()[] -")
_WIDE_LETTERS = frozenset("mwMW%@")
_SHARES = {"narrow": 0.30, "wide": 0.82, "capital": 0.60, "other": 0.51}
BOLD = 1.06
"""How much wider bold letters are."""
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


class Room(StrEnum):
    """How wide the picture is printed: on a wide page and on paper, or on a telephone."""

    WIDE = "wide"
    NARROW = "narrow"

    @property
    def width(self) -> float:
        """The width of the picture, in its own units (about a pixel each)."""
        return 640.0 if self is Room.WIDE else 340.0

    @property
    def letter(self) -> float:
        """The height of its letters; the style sheet has the same."""
        return 16.0 if self is Room.WIDE else 14.5

    @property
    def line(self) -> float:
        """The height of a line of text."""
        return self.letter + 3


@dataclass(frozen=True, slots=True)
class Frame:
    """The rectangle in which marks stand."""

    left: float
    right: float
    top: float
    foot: float

    def across(self, share: float) -> float:
        """Return the place a share (0 to 1) of the way from left to right."""
        return self.left + (self.right - self.left) * share

    def up(self, share: float) -> float:
        """Return the place a share (0 to 1) of the way from the foot to the top."""
        return self.foot - (self.foot - self.top) * share


def width_of(words: str, *, letter: float) -> float:
    """Return about how wide the words are when letters are `letter` high (Source Sans 3, a little ample)."""
    return letter * sum(_share(character) for character in words)


def _share(character: str) -> float:
    if character in _NARROW_LETTERS:
        return _SHARES["narrow"]
    if character in _WIDE_LETTERS:
        return _SHARES["wide"]
    return _SHARES["capital"] if character.isupper() else _SHARES["other"]


def wrapped(words: str, *, width: float, letter: float, most: int = 2) -> tuple[str, ...]:
    """Return the words in at most `most` lines no wider than `width`; the rest is cut short."""
    lines: list[str] = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or width_of(longer, letter=letter) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = lines[:most]
    if len(lines) > most:
        kept[-1] = " ".join(lines[most - 1 :])
    return tuple(_shortened(line, width=width, letter=letter) for line in kept)


def _shortened(words: str, *, width: float, letter: float) -> str:
    if width_of(words, letter=letter) <= width:
        return words
    kept = words
    while len(kept) > 1 and width_of(kept + ELLIPSIS, letter=letter) > width:
        kept = kept[:-1].rstrip()
    return kept + ELLIPSIS
