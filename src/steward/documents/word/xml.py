"""The few parts of WordprocessingML that python-docx has no words for."""

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph


def element(name: str, /, **attributes: str) -> BaseOxmlElement:
    """Return `w:name` with attributes in the same namespace."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_field(paragraph: Paragraph, *, instruction: str, shown: str) -> None:
    """Add a field that Word can update, showing `shown` until it does."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("shown", shown), ("end", "")):
        run = paragraph.add_run()
        if kind == "shown":
            run.text = text
        elif kind:
            run._r.append(element("fldChar", fldCharType=kind))
        else:
            told = element("instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = f" {text} "
            run._r.append(told)


def bookmark(paragraph: Paragraph, *, name: str, number: int, runs: int | None = None) -> None:
    """Put a bookmark around the first `runs` runs of the paragraph, or around all of them."""
    if not name:
        return
    start = element("bookmarkStart", id=str(number), name=name)
    end = element("bookmarkEnd", id=str(number))
    held = [child for child in paragraph._p if child.tag == qn("w:r")]
    if not held:
        paragraph._p.append(start)
        paragraph._p.append(end)
        return
    held[0].addprevious(start)
    held[(runs or len(held)) - 1].addnext(end)


def number_paragraph(paragraph: Paragraph, *, level: int, number: int) -> None:
    """Give the paragraph its place in a numbered list of the document."""
    properties = paragraph._p.get_or_add_pPr()
    told = element("numPr")
    told.append(element("ilvl", val=str(level)))
    told.append(element("numId", val=str(number)))
    properties.append(told)
