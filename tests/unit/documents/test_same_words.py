"""HTML, Word and PDF print the same words with the same numbers, and the same bytes each time."""

import io
from dataclasses import replace

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from tests.unit.documents.conftest import (
    SVG,
    whole_document,
    words_of_html,
    words_of_pdf,
    words_of_word,
)

from steward.documents.blocks import Heading, Paragraph, Reference
from steward.documents.html import body_of, page_of
from steward.documents.lines import lines_of
from steward.documents.numbering import DocumentFault, numbers_of
from steward.documents.pdf import pdf_of
from steward.documents.pictures import png_of
from steward.documents.word.writing import word_of


@pytest.fixture(scope="session")
def expected(document):
    return " ".join(lines_of(document)).split()


def test_the_numbers_are_those_a_reader_expects(document):
    lines = lines_of(document)
    assert "1.1 See Table 1, paragraph 1.2." in lines
    assert any(line.startswith("2.1.1 Marks") for line in lines)
    assert "Appendix 1 Timetable" in lines
    assert "1 The dates are these." in lines
    assert "2.1 A first draft." in lines


def test_html_prints_every_word_in_order(document, expected):
    assert words_of_html(page_of(document)) == expected


def test_word_prints_every_word_in_order(document, expected):
    assert words_of_word(word_of(document)) == expected


def test_pdf_prints_every_word_in_order(document, expected):
    assert words_of_pdf(pdf_of(document), running=document.running) == expected


@pytest.mark.parametrize("write", [page_of, word_of, pdf_of], ids=["html", "word", "pdf"])
def test_the_same_document_gives_the_same_bytes(write):
    assert write(whole_document()) == write(whole_document())


def test_the_pdf_is_tagged_and_says_title_and_language(document):
    with pikepdf.open(io.BytesIO(pdf_of(document))) as file:
        root = file.Root
        assert bool(root.MarkInfo.Marked)
        assert str(root.Lang) == "en-GB"
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(file.docinfo["/Title"]) == document.title
        kinds, alternatives = _structure(root.StructTreeRoot)
    assert {"H1", "H2", "H3", "P", "Table", "TH", "TD", "Figure", "L", "LI", "Link"} <= kinds
    assert "A bar four fifths long" in alternatives


def _structure(root):
    kinds, alternatives, waiting = set(), set(), [root]
    while waiting:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary):
            continue
        if "/S" in node:
            kinds.add(str(node["/S"]).removeprefix("/"))
        if "/Alt" in node:
            alternatives.add(str(node["/Alt"]))
        children = node.get("/K")
        if isinstance(children, pikepdf.Array):
            waiting.extend(children)
        elif children is not None:
            waiting.append(children)
    return kinds, alternatives


def test_word_holds_real_headings_header_rows_fields_and_alternatives(document):
    made = docx.Document(io.BytesIO(word_of(document)))
    styles = [one.style.name for one in made.paragraphs]
    assert styles.count("Heading 1") == 4
    assert "Heading 2" in styles
    body = made.element.body
    assert len(body.findall(f".//{qn('w:tblHeader')}")) == 1
    fields = [one.text.strip() for one in body.iter(qn("w:instrText"))]
    assert "SEQ Table \\* ARABIC" in fields
    assert "REF ref_held \\r \\h" in fields
    marks = {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
    assert {field.split()[1] for field in fields if field.startswith("REF")} <= marks
    [described] = [
        one for one in made.inline_shapes if one._inline.docPr.get("descr", "").startswith("A bar")
    ]
    assert described is not None
    assert made.core_properties.language == "en-GB"


def test_a_chart_becomes_a_picture(document):
    assert png_of(SVG).startswith(b"\x89PNG")


def test_html_escapes_what_it_is_given(document):
    assert "<a>" not in body_of(document).replace('<a href="', "")
    assert "&lt;a&gt;" in body_of(document)


def test_a_reference_to_nothing_is_refused_in_a_sentence(document):
    broken = replace(document, blocks=(*document.blocks, Paragraph(("See ", Reference("nowhere")))))
    with pytest.raises(DocumentFault, match="leads to 'nowhere'"):
        numbers_of(broken)


def test_two_parts_with_one_name_are_refused(document):
    twice = replace(document, blocks=(*document.blocks, Heading("Again", id="purpose")))
    with pytest.raises(DocumentFault, match="are called 'purpose'"):
        numbers_of(twice)


def test_a_heading_that_skips_a_level_is_refused(document):
    skipping = replace(document, blocks=(*document.blocks, Heading("Deep", level=4)))
    with pytest.raises(DocumentFault, match="'Deep' is of level 4"):
        numbers_of(skipping)
