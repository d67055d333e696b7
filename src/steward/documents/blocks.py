"""What a document is made of: plain, frozen values that say nothing about how they are printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Text:
    """Words that are stressed, or set off from the words around them."""

    text: str
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address outside the document."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The number of another block of the same document, as a link: "paragraph 3.2", "Table 1"."""

    to: str


Inline = str | Text | Link | Reference
Runs = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; numbered ones count through the document or the appendix."""

    text: str
    level: Literal[1, 2, 3, 4] = 1
    id: str = ""
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a numbered one takes the next number under its heading, such as 3.2."""

    runs: Runs
    id: str = ""
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Points one below the other, with bullets or with numbers."""

    items: tuple[Runs, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; numbers are set to the right."""

    text: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, the first cell of each row naming it. `source` stands beneath."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as SVG, with the words that stand for it where it cannot be seen.

    `caption` is the finding, `source` stands beneath, `width` is the share of the width of the text.
    """

    svg: str
    alternative: str
    caption: str
    source: str = ""
    id: str = ""
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Live:
    """Blocks made from data, with the line that says of which day and version they are."""

    name: str
    as_at: date
    versions: str
    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True)
class Exempt:
    """Blocks that the public version leaves out, with the rule numbers that allow it and why.

    `confidential` parts may never be shown to the public, whatever the balance of interests.
    """

    rules: tuple[str, ...]
    reason: str
    blocks: tuple["Block", ...]
    title: str = ""
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Appendix:
    """The beginning of an appendix, on a new page, numbered through the document."""

    title: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Paragraph | Listing | Table | Picture | Live | Exempt | Appendix | PageBreak


@dataclass(frozen=True, slots=True)
class Cover:
    """The facts on the first page as label and words, such as ("Report of", "Director")."""

    facts: tuple[tuple[str, str], ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `running` is printed at the top of every page; `date` is the day it bears."""

    title: str
    author: str
    date: date
    blocks: tuple[Block, ...]
    running: str = ""
    subject: str = ""
    language: str = "en-GB"
    cover: Cover | None = None


def leaves(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Return every block in order of reading, those inside live and exempt parts in their place."""
    for block in blocks:
        if isinstance(block, Live | Exempt):
            yield from leaves(block.blocks)
        else:
            yield block


def spans(block: Block) -> tuple[Runs, ...]:
    """Return the runs of words of a paragraph or list, and none of other blocks."""
    if isinstance(block, Paragraph):
        return (block.runs,)
    return block.items if isinstance(block, Listing) else ()


def id_of(block: Block) -> str:
    """Return the id by which a block can be referred to, or nothing."""
    return block.id if isinstance(block, Heading | Paragraph | Table | Picture | Appendix) else ""
