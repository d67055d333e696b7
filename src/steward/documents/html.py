"""A document as accessible HTML: a part for a page of the site, or a whole page that stands alone."""

import re
from collections.abc import Iterator
from html import escape

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
)
from steward.documents.lines import exempt_line, live_line
from steward.documents.numbering import Numbers, numbers_of

_STYLE = """
body{font-family:"Source Sans 3",Arial,sans-serif;line-height:1.5;color:#0b0c0c}
main{max-width:44em;margin:2em auto;padding:0 1em}
table{border-collapse:collapse;width:100%;margin:1em 0}caption{text-align:left;font-weight:600;padding:.3em 0}
th,td{border-bottom:1px solid #8a9197;padding:.3em .5em;text-align:left;vertical-align:top}
.number{text-align:right;font-variant-numeric:tabular-nums}.source,.live{color:#484949;font-size:.9em}
.exempt{border-left:4px solid #0b0c0c;padding-left:1em}figure{margin:1em 0}
figure svg{max-width:100%;height:auto}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2em 1em}dd{margin:0}
@media print{h1,h2,h3,h4{break-after:avoid}.break{break-before:page}}
"""
_SAFE = re.compile(r"^(https?:|mailto:|/)")


def page_of(document: Document) -> str:
    """Return a whole page with its own style, which needs nothing else. Raises DocumentFault."""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n"
        f'<meta name="author" content="{escape(document.author)}">\n'
        f'<meta name="dcterms.date" content="{document.date.isoformat()}">\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body_of(document)}</main>\n</body>\n</html>\n"
    )


def body_of(document: Document) -> str:
    """Return the document from its title on, for a page that brings its own style. Raises DocumentFault."""
    numbers = numbers_of(document)
    places = iter(range(1_000_000))
    printed = "".join(_block(block, numbers=numbers, places=places) for block in document.blocks)
    return f"<h1>{escape(document.title)}</h1>\n{_cover(document)}{printed}"


def _cover(document: Document) -> str:
    if document.cover is None:
        return ""
    facts = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(said)}</dd>" for label, said in document.cover.facts
    )
    heading = f"<p><strong>{escape(document.cover.heading)}</strong></p>\n" if document.cover.heading else ""
    return f"<dl>{facts}</dl>\n{heading}"


def _block(block: Block, *, numbers: Numbers, places: Iterator[int]) -> str:
    if isinstance(block, Live | Exempt):
        inside = "".join(_block(inner, numbers=numbers, places=places) for inner in block.blocks)
        return _part(block, inside=inside)
    number = numbers.of_block.get(next(places), "")
    match block:
        case Heading(text=text, level=level):
            return _headed(text, level=level + 1, number=number, block=block)
        case Appendix(title=title):
            return _headed(title, level=2, number=number, block=block)
        case Table():
            return _table(block, number=number)
        case Picture():
            return _picture(block, number=number)
        case _:
            return _words(block, number=number, numbers=numbers)


def _words(block: Paragraph | Listing | PageBreak, *, number: str, numbers: Numbers) -> str:
    match block:
        case Paragraph(runs=runs):
            told = f"{escape(number)} " if number else ""
            return f"<p{_id(block)}>{told}{_runs(runs, numbers=numbers)}</p>\n"
        case Listing(items=items, ordered=ordered):
            kind = "ol" if ordered else "ul"
            points = "".join(f"<li>{_runs(item, numbers=numbers)}</li>" for item in items)
            return f"<{kind}>{points}</{kind}>\n"
        case PageBreak():
            return '<div class="break"></div>\n'


def _headed(text: str, *, level: int, number: str, block: Heading | Appendix) -> str:
    told = f"{escape(number)} " if number else ""
    broken = ' class="break"' if isinstance(block, Appendix) else ""
    return f"<h{level}{_id(block)}{broken}>{told}{escape(text)}</h{level}>\n"


def _part(block: Live | Exempt, *, inside: str) -> str:
    if isinstance(block, Live):
        return f'<section>\n{inside}<p class="live">{escape(live_line(block))}</p>\n</section>\n'
    told = f"<p><strong>{escape(exempt_line(block))}</strong></p>\n"
    return f'<section class="exempt">\n{told}{inside}</section>\n'


def _table(block: Table, *, number: str) -> str:
    heads = "".join(
        f'<th scope="col"{_numeric(column.numeric)}>{escape(column.text)}</th>' for column in block.columns
    )
    rows = "".join(f"<tr>{_cells(block, row=row)}</tr>\n" for row in block.rows)
    return (
        f"<table{_id(block)}><caption>{escape(number)}: {escape(block.caption)}</caption>\n"
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n{_source(block.source)}"
    )


def _cells(block: Table, *, row: tuple[str, ...]) -> str:
    first, *others = row
    cells = zip(block.columns[1:], others, strict=True)
    told = "".join(f"<td{_numeric(column.numeric)}>{escape(cell)}</td>" for column, cell in cells)
    return f'<th scope="row">{escape(first)}</th>{told}'


def _picture(block: Picture, *, number: str) -> str:
    image = f'<div role="img" aria-label="{escape(block.alternative)}">{block.svg}</div>'
    caption = f"<figcaption>{escape(number)}: {escape(block.caption)}</figcaption>"
    return f"<figure{_id(block)}>{image}{caption}</figure>\n{_source(block.source)}"


def _source(source: str) -> str:
    return f'<p class="source">Source: {escape(source)}</p>\n' if source else ""


def _numeric(numeric: bool) -> str:  # noqa: FBT001
    return ' class="number"' if numeric else ""


def _id(block: Heading | Appendix | Paragraph | Table | Picture) -> str:
    return f' id="{escape(block.id)}"' if block.id else ""


def _runs(runs: Runs, *, numbers: Numbers) -> str:
    return "".join(_run(run, numbers=numbers) for run in runs)


def _run(run: Inline, *, numbers: Numbers) -> str:
    match run:
        case str():
            return escape(run)
        case Text(text=text, strong=strong, emphasis=emphasis):
            told = escape(text)
            told = f"<strong>{told}</strong>" if strong else told
            return f"<em>{told}</em>" if emphasis else told
        case Link(text=text, href=href):
            address = href if _SAFE.match(href) else "#"
            return f'<a href="{escape(address)}">{escape(text)}</a>'
        case Reference(to=to):
            return f'<a href="#{escape(to)}">{escape(numbers.target(run).words)}</a>'
