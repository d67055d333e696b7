"""How a Word document looks: one font, headings in the same family, room to read."""

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from steward.documents.word.xml import add_field, element

FONT = "Arial"
NOTE, EXEMPT, COVER = "Source", "Exempt note", "Cover fact"
_BLACK, _GREY = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x48, 0x49, 0x49)
_SIZES = {"Title": 20, "Heading 1": 15, "Heading 2": 13, "Heading 3": 11.5, "Heading 4": 11, "Caption": 11}


def dress(document: WordDocument, *, running: str, language: str) -> None:
    """Set page, styles, language, the line at the top and the page numbers."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.4)
    _language(document, language=language)
    normal = document.styles["Normal"]
    _font(normal, size=11)
    normal.paragraph_format.space_after = Pt(8)
    for name, size in _SIZES.items():
        style = document.styles[name]
        _font(style, size=size)
        style.font.bold, style.font.italic, style.font.color.rgb = True, False, _BLACK
        style.paragraph_format.keep_with_next = True
    _no_rule_beneath(document.styles["Title"])
    _own_styles(document)
    section.header.paragraphs[0].text = running
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    add_field(foot, instruction="PAGE", shown="1")
    foot.add_run(" / ")
    add_field(foot, instruction="NUMPAGES", shown="1")


def _own_styles(document: WordDocument) -> None:
    for name in (NOTE, EXEMPT, COVER):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
    note, exempt, cover = (document.styles[name] for name in (NOTE, EXEMPT, COVER))
    note.font.size, note.font.color.rgb = Pt(9), _GREY
    exempt.font.bold = True
    border = element("pBdr")
    border.append(element("left", val="single", sz="24", space="8", color="0B0C0C"))
    exempt.element.get_or_add_pPr().append(border)
    cover.paragraph_format.tab_stops.add_tab_stop(Cm(4.5))
    cover.paragraph_format.left_indent, cover.paragraph_format.first_line_indent = Cm(4.5), Cm(-4.5)


def _font(style: ParagraphStyle, *, size: float) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FONT)


def _no_rule_beneath(style: ParagraphStyle) -> None:
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _language(document: WordDocument, *, language: str) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for told in defaults.iter(qn("w:lang")):
        for kind in ("val", "eastAsia"):
            told.set(qn(f"w:{kind}"), language)
