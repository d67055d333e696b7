"""The document as lines of plain words, in the order in which every written form prints them."""

from collections.abc import Iterator

from steward.documents.blocks import (
    Appendix,
    Block,
    Document,
    Exempt,
    Heading,
    Inline,
    Link,
    Listing,
    Live,
    Paragraph,
    Picture,
    Reference,
    Runs,
    Table,
    Text,
)
from steward.documents.numbering import Numbers, numbers_of

EXEMPT = "Exempt"
CONFIDENTIAL = "Confidential"


def words(run: Inline, *, numbers: Numbers) -> str:
    """Return the words that a run prints."""
    match run:
        case str():
            return run
        case Text(text=text) | Link(text=text):
            return text
        case Reference():
            return numbers.target(run).words


def joined(runs: Runs, *, numbers: Numbers) -> str:
    """Return the words of runs, one after the other."""
    return "".join(words(run, numbers=numbers) for run in runs)


def live_line(block: Live) -> str:
    """Return the line that says of which day and version the figures are."""
    return f"{block.name}: figures as at {block.as_at:%-d %B %Y}. {block.versions}".strip()


def exempt_line(block: Exempt) -> str:
    """Return the line that stands above an exempt or confidential part."""
    if block.confidential:
        return f"{CONFIDENTIAL}: {block.reason}"
    named = " and ".join(block.rules)
    return f"{EXEMPT} under Access to Information Procedure Rule {named}: {block.reason}"


def lines_of(document: Document) -> list[str]:
    """Return every line of the document, numbers in front. Raises DocumentFault."""
    numbers = numbers_of(document)
    found = [document.title]
    if document.cover is not None:
        found += [f"{label} {said}" for label, said in document.cover.facts]
        found += [document.cover.heading] if document.cover.heading else []
    places = iter(range(1_000_000))
    for block in document.blocks:
        found += _lines(block, numbers=numbers, places=places)
    return found


def _lines(block: Block, *, numbers: Numbers, places: Iterator[int]) -> list[str]:
    if isinstance(block, Live | Exempt):
        inside = [one for inner in block.blocks for one in _lines(inner, numbers=numbers, places=places)]
        return [*inside, live_line(block)] if isinstance(block, Live) else [exempt_line(block), *inside]
    number = numbers.of_block.get(next(places), "")
    match block:
        case Heading(text=text) | Appendix(title=text):
            return [f"{number} {text}".strip()]
        case Paragraph(runs=runs):
            return [f"{number} {joined(runs, numbers=numbers)}".strip()]
        case Listing(items=items):
            return [joined(runs, numbers=numbers) for runs in items]
        case Table():
            rows = [" ".join(row) for row in block.rows]
            heads = " ".join(column.text for column in block.columns)
            return [f"{number}: {block.caption}", heads, *rows, *_source(block.source)]
        case Picture(caption=caption, source=source):
            return [f"{number}: {caption}", *_source(source)]
        case _:
            return []


def _source(source: str) -> list[str]:
    return [f"Source: {source}"] if source else []
