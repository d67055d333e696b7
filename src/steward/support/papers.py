"""The agreement and the review of support, as documents. Pure: no reads, no clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from steward.documents.blocks import Block, Column, Document, Heading, Paragraph, Table

NO_PROOF = (
    "A change after support is no proof that the support made it: a school picked in a bad year does better "
    "in the next by chance alone."
)


@dataclass(frozen=True, slots=True)
class PaperMeasure:
    """A measure in words: before, to be reached, after ("Not measured yet" where it is not)."""

    name: str
    before: str
    target: str
    after: str
    change: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What the documents of a piece of support say."""

    school: str
    provider: str
    council: str
    state: str
    version: int
    facts: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]
    """Heading and text of objectives, approach and data protection."""
    measures: tuple[PaperMeasure, ...]
    signatures: tuple[tuple[str, str], ...]
    used: str
    views: tuple[tuple[str, str], ...]
    """Whose view, at which review and verdict, and the text."""


def agreement(paper: Paper, *, on: date) -> Document:
    """Return the agreement of a day as a document."""
    blocks: list[Block] = [_facts(paper)]
    for heading, text in paper.texts:
        blocks += [Heading(heading), *_paragraphs(text)]
    rows = tuple((one.name, one.before, one.target) for one in paper.measures)
    blocks += [Heading("Measures"), *_table("What is measured", ("Measure", "Before", "To be reached"), rows)]
    blocks += [Heading("Signatures"), *_table("Who has signed", ("Party", "Signature"), paper.signatures)]
    title = f"Agreement on support for {paper.school} by {paper.provider}"
    return _document(paper, title=title, on=on, blocks=blocks)


def review(paper: Paper, *, on: date) -> Document:
    """Return the review of a day as a document: each measure before and after, and each view."""
    blocks: list[Block] = [Paragraph((paper.used,)), Heading("Before and after")]
    rows = tuple((one.name, one.before, one.target, one.after, one.change) for one in paper.measures)
    columns = ("Measure", "Before", "To be reached", "After", "Change")
    blocks += _table("Each measure before and after", columns, rows)
    blocks.append(Paragraph((NO_PROOF,)))
    for heading, text in paper.views:
        blocks += [Heading(heading), *_paragraphs(text)]
    title = f"Review of support for {paper.school} by {paper.provider}"
    return _document(paper, title=title, on=on, blocks=blocks)


def _document(paper: Paper, *, title: str, on: date, blocks: Iterable[Block]) -> Document:
    standing = f"{on.day} {on:%B %Y}. Standing: {paper.state}. Version {paper.version} of the terms."
    lead = Paragraph((standing,))
    return Document(title=title, author=paper.council, date=on, blocks=(lead, *blocks), running=paper.council)


def _facts(paper: Paper) -> Table:
    return Table("What is agreed", (Column("What"), Column("Agreed")), paper.facts)


def _table(caption: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Iterator[Block]:
    if rows:
        yield Table(caption, tuple(Column(text) for text in columns), rows)
    else:
        yield Paragraph(("None yet.",))


def _paragraphs(text: str) -> Iterator[Block]:
    for part in text.replace("\r\n", "\n").split("\n\n"):
        told = " ".join(part.split())
        if told:
            yield Paragraph((told,))
