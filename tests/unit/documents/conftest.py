"""A document with every kind of block, and how its words are read back from each form."""

import io
import re
import zipfile
from datetime import date
from html.parser import HTMLParser

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from steward.documents.blocks import (
    Appendix,
    Column,
    Cover,
    Document,
    Exempt,
    Heading,
    Link,
    Listing,
    Live,
    PageBreak,
    Paragraph,
    Picture,
    Reference,
    Table,
    Text,
)

SECRET = "The governing body of Xyzzy School"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 60" width="320" height="60">'
    '<rect x="0" y="10" width="260" height="30" fill="#00563f"/></svg>'
)


def whole_document(*, exempt=True):
    return Document(
        title="Role of the learning improvement service",
        author="Aldermere Council",
        date=date(2014, 11, 13),
        running="Scrutiny Board, 13 November 2014",
        subject="A report to Scrutiny",
        cover=Cover((("Report of", "Director of Children's Services"), ("Wards affected", "All"))),
        blocks=(
            Heading("Purpose", id="purpose"),
            Paragraph(("See ", Reference("outcomes"), ", ", Reference("held"), "."), numbered=True),
            Paragraph(
                (
                    "Schools are ",
                    Text("self-governing", strong=True),
                    "; ",
                    Link("law", "https://example.org/"),
                ),
                numbered=True,
                id="held",
            ),
            Heading("Main issues"),
            Heading("Consultation", level=2),
            Paragraph(('Marks: #[x] $y$ *z* _u_ <a> @b "q" \\n & ~',), numbered=True),
            Listing((("One",), ("Two, see ", Reference("dates")))),
            Listing((("First",), ("Second",)), ordered=True),
            Live(
                "Inspection outcomes",
                date(2013, 12, 31),
                "Ofsted, release of 31 December 2013.",
                (
                    Table(
                        "Most schools are good",
                        (Column("Outcome"), Column("Schools", numeric=True)),
                        (("Outstanding", "45"), ("Good", "164")),
                        source="Ofsted",
                        id="outcomes",
                    ),
                    Picture(
                        SVG, "A bar four fifths long", "Four in five are good", source="Ofsted", id="bar"
                    ),
                ),
            ),
            *([_exempt()] if exempt else []),
            Paragraph(
                ("Unnumbered, after ", Reference("purpose"), "."),
            ),
            PageBreak(),
            Appendix("Timetable", id="dates"),
            Paragraph(("The dates are these.",), numbered=True),
            Heading("Stages"),
            Paragraph(("A first draft.",), numbered=True),
        ),
    )


def _exempt():
    inside = (
        Paragraph((SECRET,), numbered=True, id="hidden"),
        Picture(SVG, f"{SECRET} in a picture", f"{SECRET} beneath it"),
    )
    return Exempt(("10.4(6)",), "It shows that a notice is proposed.", inside, title=SECRET)


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self._skip = [], 0

    def handle_starttag(self, tag, attrs):
        self._skip += tag in ("title", "style")

    def handle_endtag(self, tag):
        self._skip -= tag in ("title", "style")
        if tag in ("p", "li", "th", "td", "dt", "dd", "caption", "figcaption", "h1", "h2", "h3", "h4", "h5"):
            self.found.append(" ")

    def handle_data(self, data):
        if not self._skip:
            self.found.append(data)


def words_of_html(page):
    reader = _Words()
    reader.feed(page)
    return "".join(reader.found).split()


def words_of_pdf(file, *, running):
    document = pypdfium2.PdfDocument(file)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    text = text.replace(running, " ")
    text = re.sub(r"(?m)^\d+ / \d+\s*$", " ", text)
    return re.sub(r"(?m)^(?:•|\d\.) ", " ", text).split()


def words_of_word(file):
    """Return the words with the numbers that Word would print, bullets and points left out."""
    document = docx.Document(io.BytesIO(file))
    forms = _forms(document)
    counts, found = {}, []
    for paragraph in document.element.body.iter(qn("w:p")):
        found += _number(paragraph, forms=forms, counts=counts)
        text = "".join(_texts(paragraph))
        found += text.split()
    return found


def _forms(document):
    numbering = document.part.numbering_part.element
    definitions = {
        one.get(qn("w:abstractNumId")): [
            level.find(qn("w:lvlText")).get(qn("w:val")) for level in one.findall(qn("w:lvl"))
        ]
        for one in numbering.findall(qn("w:abstractNum"))
    }
    return {
        one.get(qn("w:numId")): (
            one.find(qn("w:abstractNumId")).get(qn("w:val")),
            definitions[one.find(qn("w:abstractNumId")).get(qn("w:val"))],
        )
        for one in numbering.findall(qn("w:num"))
    }


def _number(paragraph, *, forms, counts):
    told = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if told is None:
        return []
    number = told.find(qn("w:numId")).get(qn("w:val"))
    level = int(told.find(qn("w:ilvl")).get(qn("w:val")))
    definition, texts = forms[number]
    held = counts.setdefault(number, [0] * 9)
    held[level] += 1
    held[level + 1 :] = [0] * len(held[level + 1 :])
    if definition in ("93", "94"):
        return []
    return re.sub(r"%(\d)", lambda found: str(held[int(found[1]) - 1]), texts[level]).split()


def _texts(paragraph):
    for child in paragraph.iter(qn("w:t"), qn("w:tab")):
        if child.tag == qn("w:tab"):
            if child.getparent().tag == qn("w:r"):
                yield " "
        else:
            yield child.text or ""


def bytes_inside(file):
    """Return everything in a Word file, unpacked, as one string of bytes."""
    with zipfile.ZipFile(io.BytesIO(file)) as parts:
        return b"\n".join(parts.read(name) for name in parts.namelist())


@pytest.fixture(scope="session")
def document():
    return whole_document()
