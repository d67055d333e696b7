"""The lines of a Word document as its reader sees them, numbers and bullets in front."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_LEVELS = 9


class NotWord(ValueError):
    """The bytes are no Word document; the message says so."""


@dataclass(slots=True)
class _Numbers:
    """How each list of a document numbers its levels, and how far each has counted."""

    forms: dict[str, list[tuple[str, str]]]
    counts: dict[str, list[int]] = field(default_factory=dict)

    def next(self, number: str, *, level: int) -> str:
        form = self.forms.get(number, [])
        if level >= len(form):
            return ""
        kind, text = form[level]
        if kind == "bullet":
            return "-"
        held = self.counts.setdefault(number, [0] * _LEVELS)
        held[level] += 1
        held[level + 1 :] = [0] * (_LEVELS - level - 1)
        return re.sub(r"%(\d)", lambda found: str(max(held[int(found[1]) - 1], 1)), text)


def lines_of_word(file: bytes) -> tuple[list[str], int]:
    """Return the lines of a .docx and how many of its pictures have no alternative text. Raises NotWord."""
    try:
        document = docx.Document(io.BytesIO(file))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as fault:
        raise NotWord("It is not a Word document (.docx) that can be opened.") from fault
    numbers = _Numbers(_forms(document))
    styles = _numbered_styles(document)
    lines = [
        line
        for paragraph in document.element.body.iter(qn("w:p"))
        if (line := _line(paragraph, numbers=numbers, styles=styles))
    ]
    told = document.element.body.iter(qn("wp:docPr"))
    return lines, sum(not (one.get("descr") or "").strip() for one in told)


def _line(paragraph: BaseOxmlElement, *, numbers: _Numbers, styles: dict[str, tuple[str, int]]) -> str:
    text = "".join(_texts(paragraph)).strip()
    if not text:
        return ""
    place = _place(paragraph, styles=styles)
    number = numbers.next(place[0], level=place[1]) if place is not None else ""
    return f"{number} {text}".strip()


def _texts(paragraph: BaseOxmlElement) -> Iterator[str]:
    for child in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br")):
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.getparent().tag == qn("w:r"):
            yield " "


def _place(paragraph: BaseOxmlElement, *, styles: dict[str, tuple[str, int]]) -> tuple[str, int] | None:
    properties = paragraph.find(qn("w:pPr"))
    if properties is None:
        return None
    own = properties.find(qn("w:numPr"))
    if own is not None and own.find(qn("w:numId")) is not None:
        level = own.find(qn("w:ilvl"))
        return own.find(qn("w:numId")).get(qn("w:val")), 0 if level is None else int(level.get(qn("w:val")))
    style = properties.find(qn("w:pStyle"))
    return styles.get(style.get(qn("w:val"))) if style is not None else None


def _numbered_styles(document: WordDocument) -> dict[str, tuple[str, int]]:
    found = {}
    for style in document.styles.element.iter(qn("w:style")):
        told = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        level = style.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:ilvl')}")
        if told is not None:
            found[style.get(qn("w:styleId"))] = (
                told.get(qn("w:val")),
                0 if level is None else int(level.get(qn("w:val"))),
            )
    return found


def _forms(document: WordDocument) -> dict[str, list[tuple[str, str]]]:
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    definitions = {
        one.get(qn("w:abstractNumId")): [_form(level) for level in one.findall(qn("w:lvl"))]
        for one in numbering.findall(qn("w:abstractNum"))
    }
    return {
        one.get(qn("w:numId")): definitions.get(one.find(qn("w:abstractNumId")).get(qn("w:val")), [])
        for one in numbering.findall(qn("w:num"))
    }


def _form(level: BaseOxmlElement) -> tuple[str, str]:
    kind, text = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
    return (
        "" if kind is None else kind.get(qn("w:val"), ""),
        "" if text is None else text.get(qn("w:val"), ""),
    )
