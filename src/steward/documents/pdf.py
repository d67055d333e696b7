"""A document as tagged PDF (PDF/UA-1) through Typst, which needs no library of the system."""

import re
from collections.abc import Iterator
from pathlib import Path

import typst

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
    PageBreak,
    Paragraph,
    Picture,
    Reference,
    Runs,
    Table,
    Text,
    id_of,
)
from steward.documents.lines import exempt_line, live_line
from steward.documents.numbering import DocumentFault, Numbers, numbers_of
from steward.documents.pictures import quoted

_UNPRINTABLE = re.compile(r'the text `"(.*)"` could not be displayed')
_FONTS = ("Source Sans 3", "Libertinus Serif")
_SETTINGS = """
#set page(paper: "a4", margin: (x: 2.2cm, top: 2.6cm, bottom: 2.4cm))
#set text(size: 11pt, hyphenate: false)
#set par(leading: 0.62em, spacing: 0.95em)
#set list(indent: 0.6cm)
#set enum(indent: 0.6cm)
#show list: set block(above: 0.95em, below: 0.95em)
#show enum: set block(above: 0.95em, below: 0.95em)
#set table(stroke: (x, y) => (bottom: 0.5pt + luma(140)), inset: (x: 4pt, y: 4pt))
#show table.cell.where(y: 0): set text(weight: "bold")
#show heading: set block(above: 1.4em, below: 0.7em, sticky: true)
#show heading.where(level: 1): set text(size: 15pt)
#show heading.where(level: 2): set text(size: 13pt)
#show heading.where(level: 3): set text(size: 11.5pt)
#show heading.where(level: 4): set text(size: 11pt)
#show link: underline
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.where(kind: table): set block(breakable: true)
#show figure.caption: set align(left)
#show figure.caption: set text(weight: "bold")
#set figure.caption(separator: ": ")
"""


def pdf_of(document: Document, *, fonts: Path | None = None) -> bytes:
    """Return the document as PDF/UA-1; the same document gives the same bytes.

    `fonts` is a folder with the font of the council, as TTF or OTF; without it a font that comes with
    the writer is used. Raises DocumentFault.
    """
    source = source_of(document)
    held = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[fonts] if fonts is not None and fonts.is_dir() else [],
    )
    try:
        return typst.compile(source.encode(), format="pdf", pdf_standards=["ua-1"], font_paths=held)
    except typst.TypstError as fault:
        found = _UNPRINTABLE.search(str(fault))
        if found is None:
            raise
        raise DocumentFault(
            f"The document holds “{found[1]}”, for which the font has no sign, so that not everybody could "
            "read it. Write it in words."
        ) from fault


def source_of(document: Document) -> str:
    """Return the document in the Typst language. Raises DocumentFault."""
    numbers = numbers_of(document)
    places = iter(range(1_000_000))
    printed = "\n".join(_block(block, numbers=numbers, places=places) for block in document.blocks)
    return f"{_head(document)}{_title(document)}{printed}\n"


def _head(document: Document) -> str:
    language, _, region = document.language.partition("-")
    day = document.date
    families = ", ".join(quoted(name) for name in _FONTS)
    running = document.running or document.title
    return (
        f"#set document(title: {quoted(document.title)}, author: {quoted(document.author)}, "
        f"description: {quoted(document.subject)}, "
        f"date: datetime(year: {day.year}, month: {day.month}, day: {day.day}))\n"
        f"#set text(lang: {quoted(language)}, region: {quoted(region or 'GB')}, font: ({families}))\n"
        f"{_SETTINGS}"
        f"#set page(header: text(size: 9pt, fill: luma(70), {quoted(running)}), "
        'footer: context align(right, text(size: 9pt, fill: luma(70), counter(page).display("1 / 1", '
        "both: true))))\n"
    )


def _title(document: Document) -> str:
    title = f"heading(level: 1, outlined: false, text(size: 20pt, {quoted(document.title)}))"
    told = f"#block(below: 1.2em, {title})\n"
    if document.cover is None:
        return told
    cells = ", ".join(f"strong({quoted(label)}), {quoted(said)}" for label, said in document.cover.facts)
    heading = f"#strong({quoted(document.cover.heading)})\n\n" if document.cover.heading else ""
    facts = f"#grid(columns: (4.2cm, 1fr), row-gutter: 0.7em, {cells})\n\n" if cells else ""
    return f"{told}{facts}{heading}"


def _block(block: Block, *, numbers: Numbers, places: Iterator[int]) -> str:
    if isinstance(block, Live | Exempt):
        inside = "\n".join(_block(inner, numbers=numbers, places=places) for inner in block.blocks)
        return _part(block, inside=inside)
    number = numbers.of_block.get(next(places), "")
    match block:
        case Heading(text=text, level=level):
            return _heading(text, level=level + 1, number=number, block=block)
        case Appendix(title=title):
            return f"#pagebreak(weak: true)\n{_heading(title, level=2, number=number, block=block)}"
        case Table():
            return _table(block)
        case Picture():
            return _picture(block)
        case _:
            return _words(block, number=number, numbers=numbers)


def _words(block: Paragraph | Listing | PageBreak, *, number: str, numbers: Numbers) -> str:
    match block:
        case Paragraph(runs=runs):
            told = f"[#box(width: 1.25cm, {quoted(number)}){_runs(runs, numbers=numbers)}]"
            plain = f"[{_runs(runs, numbers=numbers)}]"
            hanging = "#par(hanging-indent: 1.25cm)" if number else "#par"
            return f"{hanging}{told if number else plain}{_label(block)}\n"
        case Listing(items=items, ordered=ordered):
            points = "".join(f"[{_runs(item, numbers=numbers)}]" for item in items)
            return f"#{'enum' if ordered else 'list'}{points}\n"
        case PageBreak():
            return "#pagebreak(weak: true)\n"


def _heading(text: str, *, level: int, number: str, block: Heading | Appendix) -> str:
    told = f"{number} {text}" if number else text
    return f"#heading(level: {level}, {quoted(told)}){_label(block)}\n"


def _part(block: Live | Exempt, *, inside: str) -> str:
    if isinstance(block, Live):
        return f"{inside}\n#text(size: 9pt, fill: luma(70), {quoted(live_line(block))})\n\n"
    told = f"#strong({quoted(exempt_line(block))})"
    return (
        f"#block(stroke: (left: 3pt + black), inset: (left: 10pt), breakable: true)[\n{told}\n\n{inside}\n]\n"
    )


def _table(block: Table) -> str:
    widths = ", ".join("auto" if column.numeric else "1fr" for column in block.columns)
    sides = ", ".join("right" if column.numeric else "left" for column in block.columns)
    heads = ", ".join(quoted(column.text) for column in block.columns)
    cells = ", ".join(quoted(cell) for row in block.rows for cell in row)
    table = f"table(columns: ({widths},), align: ({sides},), table.header({heads}), {cells})"
    caption = f"supplement: [Table], caption: {quoted(block.caption)}"
    return f"#figure(kind: table, {caption}, {table}){_label(block)}\n{_source(block.source)}"


def _picture(block: Picture) -> str:
    image = (
        f'image(bytes({quoted(block.svg)}), format: "svg", alt: {quoted(block.alternative)}, '
        f"width: {block.width * 100:.0f}%)"
    )
    caption = f"supplement: [Figure], caption: {quoted(block.caption)}"
    return f"#figure(kind: image, {caption}, {image}){_label(block)}\n{_source(block.source)}"


def _source(source: str) -> str:
    return f"#text(size: 9pt, fill: luma(70), {quoted(f'Source: {source}')})\n\n" if source else ""


def _label(block: Block) -> str:
    known = id_of(block)
    return f" #label({quoted(f'ref_{known}')})" if known else ""


def _runs(runs: Runs, *, numbers: Numbers) -> str:
    return "".join(f"#{_run(run, numbers=numbers)};" for run in runs)


def _run(run: Inline, *, numbers: Numbers) -> str:
    match run:
        case str():
            return f"text({quoted(run)})"
        case Text(text=text, strong=strong, emphasis=emphasis):
            told = f"text({quoted(text)})"
            told = f"strong({told})" if strong else told
            return f"emph({told})" if emphasis else told
        case Link(text=text, href=href):
            return f"link({quoted(href)}, {quoted(text)})"
        case Reference():
            target = numbers.target(run)
            return f"link(label({quoted(target.bookmark)}), {quoted(target.words)})"
