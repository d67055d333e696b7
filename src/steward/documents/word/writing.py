"""Writes the blocks of a document into a Word file with the same bytes each time."""

import io
import zipfile
from datetime import UTC, datetime, time

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.text.paragraph import Paragraph as WordParagraph

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
from steward.documents.numbering import Numbers, numbers_of
from steward.documents.pictures import png_of
from steward.documents.word.lists import Lists
from steward.documents.word.styles import COVER, EXEMPT, NOTE, dress
from steward.documents.word.xml import add_field, bookmark, element, number_paragraph

_TEXT_WIDTH = 16.6
"""Centimetres between the margins."""


def word_of(document: Document) -> bytes:
    """Return the document as a .docx file. Raises DocumentFault."""
    numbers = numbers_of(document)
    made = docx.Document()
    dress(made, running=document.running or document.title, language=document.language)
    _properties(made, document=document)
    writer = _Writer(made, numbers)
    writer.front(document)
    for block in document.blocks:
        writer.block(block)
    return _same_bytes(made, document=document)


class _Writer:
    def __init__(self, made: WordDocument, numbers: Numbers) -> None:
        self._made, self._numbers = made, numbers
        self._lists = Lists(made)
        self._places, self._marks = iter(range(1_000_000)), iter(range(1, 1_000_000))

    def front(self, document: Document) -> None:
        self._made.add_paragraph(document.title, style="Title")
        if document.cover is None:
            return
        for label, said in document.cover.facts:
            told = self._made.add_paragraph(style=COVER)
            told.add_run(label).bold = True
            told.add_run(f"\t{said}")
        if document.cover.heading:
            self._made.add_paragraph().add_run(document.cover.heading).bold = True

    def block(self, block: Block) -> None:
        if isinstance(block, Live | Exempt):
            self._part(block)
            return
        number = self._numbers.of_block.get(next(self._places), "")
        match block:
            case Heading() | Appendix():
                self._heading(block, number=number)
            case Paragraph():
                self._paragraph(block, number=number)
            case Listing():
                self._listing(block)
            case Table():
                self._table(block, number=number)
            case Picture():
                self._picture(block, number=number)
            case PageBreak():
                self._made.add_paragraph().paragraph_format.page_break_before = True

    def _part(self, block: Live | Exempt) -> None:
        if isinstance(block, Exempt):
            self._made.add_paragraph(exempt_line(block), style=EXEMPT)
        for inner in block.blocks:
            self.block(inner)
        if isinstance(block, Live):
            self._made.add_paragraph(live_line(block), style=NOTE)

    def _heading(self, block: Heading | Appendix, *, number: str) -> None:
        if isinstance(block, Appendix):
            told = self._made.add_paragraph(block.title, style="Heading 1")
            told.paragraph_format.page_break_before = True
            number_paragraph(told, level=0, number=self._lists.appendices)
            self._lists.restart_sections()
        else:
            told = self._made.add_paragraph(block.text, style=f"Heading {block.level}")
            if number:
                number_paragraph(told, level=block.level - 1, number=self._lists.sections)
        self._mark(told, block=block)

    def _paragraph(self, block: Paragraph, *, number: str) -> None:
        told = self._made.add_paragraph()
        self._runs(told, runs=block.runs)
        if number:
            number_paragraph(told, level=number.count("."), number=self._lists.sections)
        self._mark(told, block=block)

    def _listing(self, block: Listing) -> None:
        number = self._lists.new_points() if block.ordered else self._lists.bullets
        for item in block.items:
            told = self._made.add_paragraph()
            self._runs(told, runs=item)
            number_paragraph(told, level=0, number=number)

    def _table(self, block: Table, *, number: str) -> None:
        self._caption(block, number=number)
        made = self._made.add_table(rows=1 + len(block.rows), cols=len(block.columns), style="Table Grid")
        properties = made._tbl.tblPr
        properties.append(element("tblCaption", val=block.caption))
        for look in properties.findall(qn("w:tblLook")):
            properties.remove(look)
        properties.append(
            element("tblLook", val="00A0", firstRow="1", firstColumn="1", noVBand="1", noHBand="1")
        )
        head = made.rows[0]._tr.get_or_add_trPr()
        head.append(element("cantSplit"))
        head.append(element("tblHeader"))
        rows = [tuple(column.text for column in block.columns), *block.rows]
        for line, (row, cells) in enumerate(zip(made.rows, rows, strict=True)):
            for column, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
                told = cell.paragraphs[0]
                told.paragraph_format.space_after = 0
                told.add_run(text).bold = line == 0
                if block.columns[column].numeric:
                    told.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self._source(block.source)

    def _picture(self, block: Picture, *, number: str) -> None:
        told = self._made.add_paragraph()
        told.paragraph_format.keep_with_next = True
        shape = told.add_run().add_picture(io.BytesIO(png_of(block.svg)), width=Cm(_TEXT_WIDTH * block.width))
        shape._inline.docPr.set("descr", block.alternative)
        shape._inline.docPr.set("name", number)
        self._caption(block, number=number)
        self._source(block.source)

    def _caption(self, block: Table | Picture, *, number: str) -> None:
        kind, _, count = number.partition(" ")
        told = self._made.add_paragraph(style="Caption")
        told.add_run(f"{kind} ")
        add_field(told, instruction=f"SEQ {kind} \\* ARABIC", shown=count)
        runs = len(told.runs)
        told.add_run(f": {block.caption}")
        self._mark(told, block=block, runs=runs)

    def _source(self, source: str) -> None:
        if source:
            self._made.add_paragraph(f"Source: {source}", style=NOTE)

    def _mark(self, told: WordParagraph, *, block: Block, runs: int | None = None) -> None:
        known = id_of(block)
        if known:
            name = self._numbers.targets[known].bookmark
            bookmark(told, name=name, number=next(self._marks), runs=runs)

    def _runs(self, told: WordParagraph, *, runs: Runs) -> None:
        for run in runs:
            self._run(told, run=run)

    def _run(self, told: WordParagraph, *, run: Inline) -> None:
        match run:
            case str():
                told.add_run(run)
            case Text(text=text, strong=strong, emphasis=emphasis):
                made = told.add_run(text)
                made.bold, made.italic = strong or None, emphasis or None
            case Link():
                self._link(told, link=run)
            case Reference():
                self._reference(told, reference=run)

    def _reference(self, told: WordParagraph, *, reference: Reference) -> None:
        target = self._numbers.target(reference)
        if target.number and target.words.endswith(target.number) and target.words != target.number:
            told.add_run(target.words.removesuffix(target.number))
            add_field(told, instruction=f"REF {target.bookmark} \\r \\h", shown=target.number)
            return
        numbered = " \\r" if target.number.startswith("Appendix") else ""
        add_field(told, instruction=f"REF {target.bookmark}{numbered} \\h", shown=target.words)

    def _link(self, told: WordParagraph, *, link: Link) -> None:
        known = self._made.part.relate_to(link.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        made = element("hyperlink")
        made.set(qn("r:id"), known)
        run = told.add_run(link.text)
        run.font.underline = True
        made.append(run._r)
        told._p.append(made)


def _properties(made: WordDocument, *, document: Document) -> None:
    told = made.core_properties
    day = datetime.combine(document.date, time(), tzinfo=UTC)
    told.title, told.author, told.subject = document.title, document.author, document.subject
    told.last_modified_by, told.language, told.comments = document.author, document.language, ""
    told.created = told.modified = told.last_printed = day
    told.revision, told.keywords, told.category = 1, "", ""


def _same_bytes(made: WordDocument, *, document: Document) -> bytes:
    """Return the file with every part dated on the day of the document."""
    held, sorted_parts = io.BytesIO(), io.BytesIO()
    made.save(held)
    day = document.date
    with zipfile.ZipFile(held) as parts, zipfile.ZipFile(sorted_parts, "w", zipfile.ZIP_DEFLATED) as told:
        for name in sorted(parts.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            info = zipfile.ZipInfo(name, date_time=(max(day.year, 1980), day.month, day.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            told.writestr(info, parts.read(name))
    return sorted_parts.getvalue()
