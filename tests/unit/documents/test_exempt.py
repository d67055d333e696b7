"""Nothing exempt is in any byte of any form of the public version."""

import io
from dataclasses import replace

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.documents.conftest import SECRET, SVG, bytes_inside, whole_document

from steward.documents.blocks import (
    Appendix,
    Column,
    Exempt,
    Heading,
    Live,
    Paragraph,
    Picture,
    Reference,
    Table,
)
from steward.documents.exempt import has_exempt_parts, public_version
from steward.documents.html import page_of
from steward.documents.numbering import DocumentFault
from steward.documents.pdf import pdf_of
from steward.documents.word.writing import word_of

MARK = "Qzx"


def _every_byte(document):
    return page_of(document).encode() + bytes_inside(word_of(document)) + _pdf_bytes(pdf_of(document))


def _pdf_bytes(file):
    with pikepdf.open(io.BytesIO(file)) as opened:
        streams = [one.read_bytes() for one in opened.objects if isinstance(one, pikepdf.Stream)]
        unpacked = io.BytesIO()
        opened.save(unpacked, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    return file + unpacked.getvalue() + b"\n".join(streams)


def test_the_whole_version_holds_the_secret_so_that_the_search_can_find_it(document):
    found = _every_byte(document)
    assert SECRET.encode() in page_of(document).encode()
    assert SECRET.encode() in found


def test_the_public_version_says_what_was_left_out(document):
    public = public_version(document)
    assert has_exempt_parts(document)
    assert not has_exempt_parts(public)
    assert SECRET.encode() not in _every_byte(public)
    assert "Procedure Rule 10.4(6) and is not published" in page_of(public)


def test_a_public_part_that_refers_into_an_exempt_one_is_refused(document):
    leaning = replace(document, blocks=(*document.blocks, Paragraph(("See ", Reference("hidden")))))
    with pytest.raises(DocumentFault, match="'hidden', which is exempt"):
        public_version(leaning)


def test_a_confidential_part_gives_no_rule():
    document = whole_document(exempt=False)
    told = Exempt((), "Given on terms of secrecy.", (Paragraph((SECRET,)),), confidential=True)
    public = public_version(replace(document, blocks=(*document.blocks, told)))
    assert "is confidential and is not published" in page_of(public)


_SECRETS = st.text(alphabet="abcdefgh", min_size=4, max_size=8).map(lambda word: f"{MARK}{word}")
_WORDS = st.text(alphabet="ijklmnop ", min_size=3, max_size=20)


@st.composite
def _blocks(draw, words):
    text = draw(words)
    made = {
        "paragraph": Paragraph((text,), numbered=draw(st.booleans())),
        "heading": Heading(text, numbered=draw(st.booleans())),
        "table": Table(text, (Column(text), Column(text, numeric=True)), ((text, text),), source=text),
        "picture": Picture(SVG, text, text, source=text),
        "appendix": Appendix(text),
    }
    return made[draw(st.sampled_from(sorted(made)))]


@st.composite
def _documents(draw):
    base = whole_document(exempt=False)
    parts = []
    for _ in range(draw(st.integers(min_value=1, max_value=3))):
        parts.append(draw(_blocks(_WORDS)))
        inside = tuple(draw(st.lists(_blocks(_SECRETS), min_size=1, max_size=3)))
        hidden = Exempt(("10.4(1)", "10.4(3)"), "A reason.", inside, title=draw(_SECRETS))
        lively = Live("Figures", base.date, "A release.", (hidden, Paragraph(("Open.",))))
        parts.append(draw(st.sampled_from([hidden, lively])))
    return replace(base, blocks=tuple(parts))


def _no_secret_in(document):
    public = public_version(document)
    assert MARK.encode() not in _every_byte(public)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(_documents())
def test_no_exempt_word_is_in_any_byte(document):
    _no_secret_in(document)


@pytest.mark.nightly
@settings(max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_documents())
def test_no_exempt_word_is_in_any_byte_of_ten_thousand(document):
    _no_secret_in(document)
