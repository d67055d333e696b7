"""The numbered lists of a Word document: sections with their paragraphs, appendices, points."""

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from steward.documents.word.xml import element

_SECTIONS, _APPENDICES, _BULLETS, _POINTS = 91, 92, 93, 94
_LEVELS = 5


class Lists:
    """The lists that a document numbers its parts with; each restart makes a new one."""

    def __init__(self, document: WordDocument) -> None:
        """Put the definitions of the lists into the document."""
        self._numbering: BaseOxmlElement = document.part.numbering_part.element
        self._next = 901
        for definition in (_sections(), _appendices(), _bullets(), _points()):
            first = self._numbering.find(qn("w:num"))
            first.addprevious(definition) if first is not None else self._numbering.append(definition)
        self.sections = self._instance(_SECTIONS)
        self.appendices = self._instance(_APPENDICES)
        self.bullets = self._instance(_BULLETS)

    def restart_sections(self) -> None:
        """Begin the numbers of sections and paragraphs again, as in an appendix."""
        self.sections = self._instance(_SECTIONS, restart=True)

    def new_points(self) -> int:
        """Return a new list of points that counts from 1."""
        return self._instance(_POINTS, restart=True)

    def _instance(self, definition: int, *, restart: bool = False) -> int:
        number, self._next = self._next, self._next + 1
        made = element("num", numId=str(number))
        made.append(element("abstractNumId", val=str(definition)))
        for level in range(_LEVELS if restart else 0):
            override = element("lvlOverride", ilvl=str(level))
            override.append(element("startOverride", val="1"))
            made.append(override)
        self._numbering.append(made)
        return number


def _definition(number: int, *, kind: str) -> BaseOxmlElement:
    made = element("abstractNum", abstractNumId=str(number))
    made.append(element("multiLevelType", val=kind))
    return made


def _level(
    level: int, *, form: str, text: str, hanging: int = 709, left: int | None = None
) -> BaseOxmlElement:
    made = element("lvl", ilvl=str(level))
    made.append(element("start", val="1"))
    made.append(element("numFmt", val=form))
    made.append(element("suff", val="tab"))
    made.append(element("lvlText", val=text))
    made.append(element("lvlJc", val="left"))
    properties = element("pPr")
    properties.append(element("ind", left=str(hanging if left is None else left), hanging=str(hanging)))
    made.append(properties)
    return made


def _sections() -> BaseOxmlElement:
    made = _definition(_SECTIONS, kind="multilevel")
    for level in range(_LEVELS):
        text = ".".join(f"%{place + 1}" for place in range(level + 1))
        made.append(_level(level, form="decimal", text=text, hanging=709 if level < 2 else 851))
    return made


def _appendices() -> BaseOxmlElement:
    made = _definition(_APPENDICES, kind="singleLevel")
    made.append(_level(0, form="decimal", text="Appendix %1", hanging=1701))
    return made


def _bullets() -> BaseOxmlElement:
    made = _definition(_BULLETS, kind="singleLevel")
    made.append(_level(0, form="bullet", text="\u2022", hanging=284, left=993))
    return made


def _points() -> BaseOxmlElement:
    made = _definition(_POINTS, kind="multilevel")
    made.append(_level(0, form="decimal", text="%1.", hanging=425, left=1134))
    return made
