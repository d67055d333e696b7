"""A letter as a document, from a template and what it is filled with. Pure: no reads, no clock."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from steward.categorisation.letters.templates import (
    LetterTemplate,
    Points,
    SaidHeading,
    SaidParagraph,
    WordsOf,
)
from steward.documents.blocks import Block, Document, Heading, Listing, Paragraph

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""Characters that come with text pasted from elsewhere, and that no file may hold."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in the place of the placeholders, and what people wrote."""

    texts: dict[str, str]
    written: dict[str, str]
    """By part: reason, differing_reason, strengths, areas, answer, second_look; empty when not written."""


def letter(template: LetterTemplate, *, filling: Filling, author: str, on: date) -> Document:
    """Return the letter of a day as a document. What people wrote is never read for placeholders."""
    title = template.subject.format(**filling.texts)
    blocks = tuple(block for said in template.blocks for block in _blocks(said, filling=filling))
    return Document(title=title, author=author, date=on, blocks=(_dated(on), *blocks), running=author)


def paragraphs(text: str) -> Iterator[Block]:
    """Return what somebody typed as paragraphs, parted where a line was left empty."""
    printable = _CONTROL.sub(" ", text.replace("\r\n", "\n"))
    for part in re.split(r"\n\s*\n", printable.strip()):
        told = " ".join(part.split())
        if told:
            yield Paragraph((told,))


def _dated(on: date) -> Paragraph:
    return Paragraph((f"{on.day} {on:%B %Y}",))


def _blocks(said: SaidParagraph | SaidHeading | Points | WordsOf, *, filling: Filling) -> Iterator[Block]:
    match said:
        case SaidParagraph(text=text):
            yield Paragraph((text.format(**filling.texts),))
        case SaidHeading(text=text):
            yield Heading(text.format(**filling.texts), numbered=False)
        case Points(items=items):
            yield Listing(tuple((item.format(**filling.texts),) for item in items))
        case WordsOf(part=part, heading=heading):
            told = tuple(paragraphs(filling.written.get(part, "")))
            if told and heading:
                yield Heading(heading, numbered=False)
            yield from told
