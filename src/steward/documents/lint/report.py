"""A report as its reader sees it: numbered sections with their paragraphs and points, and its appendices."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

_NUMBERED = re.compile(r"^(?:[-*\u2022]\s*)?(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(\S.*)$")
_POINT = re.compile(r"^\s*(?:[-*\u2022\u2023\u25cf]|\([a-z]\)|[a-z]\))\s+(\S.*)$")
_APPENDICES = re.compile(r"^appendi(?:x|ces)\b[:\s]*$", re.IGNORECASE)
_DATED = re.compile(r"^\s*date(?: of meeting)?\s*:?\s*(.+)$", re.IGNORECASE)
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DAY = re.compile(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+({'|'.join(_MONTHS)})\s+(\d{{4}})", re.IGNORECASE)
_LISTS = ("background documents", "recommendations", "conclusions")
_HEADING_WORDS = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, with its number where it has one, and the points beneath it."""

    number: str
    text: str
    points: tuple[str, ...] = ()

    @property
    def words(self) -> list[str]:
        """The words of the paragraph in lower case."""
        return re.findall(r"[a-z0-9'\u2019-]+", self.text.lower())


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a report; `number` is as printed, such as "6.0", or empty."""

    number: str
    title: str
    parts: tuple[Part, ...]

    def is_called(self, title: str) -> bool:
        """Return whether the heading begins with these words, whatever their case."""
        return self.title.lower().startswith(title.lower())


@dataclass(frozen=True, slots=True)
class Report:
    """A report: sections in order, appendices by number, the day it is for, its text and its pictures."""

    sections: tuple[Section, ...]
    appendices: dict[int, str]
    dated: date | None
    text: str
    bare_pictures: int = 0
    """How many pictures have no words that stand for them."""

    def parts(self) -> Iterator[tuple[Section, Part]]:
        """Return every paragraph with the section it stands in."""
        for section in self.sections:
            for part in section.parts:
                yield section, part

    def called(self, title: str) -> list[Section]:
        """Return the sections whose heading begins with these words."""
        return [section for section in self.sections if section.is_called(title)]


@dataclass(slots=True)
class _Reading:
    sections: list[tuple[str, str, list[Part]]] = field(default_factory=lambda: [("", "", [])])
    appendices: dict[int, str] = field(default_factory=dict)
    in_appendices: bool = False

    @property
    def lists(self) -> bool:
        """Whether the section lists things, so that a short numbered line is one of them."""
        return self.sections[-1][1].lower().startswith(_LISTS)

    def open(self, number: str, title: str) -> None:
        self.sections.append((number, title, []))
        self.in_appendices = bool(_APPENDICES.match(title))

    def add(self, part: Part) -> None:
        self.sections[-1][2].append(part)

    def point(self, text: str) -> None:
        parts = self.sections[-1][2]
        if parts:
            last = parts[-1]
            parts[-1] = Part(last.number, last.text, (*last.points, text))
        else:
            parts.append(Part("", "", (text,)))


def report_of(lines: Iterable[str], *, dated: date | None = None, bare_pictures: int = 0) -> Report:
    """Return the report that the lines of a text hold; `dated` is used where it bears no date."""
    kept = [line.rstrip() for line in lines]
    reading = _Reading()
    for line in kept:
        if line.strip():
            _read(line, reading=reading)
    sections = tuple(
        Section(number, title, tuple(parts)) for number, title, parts in reading.sections if title or parts
    )
    return Report(sections, reading.appendices, _date_of(kept) or dated, "\n".join(kept), bare_pictures)


def _read(line: str, *, reading: _Reading) -> None:
    text = line.strip()
    numbered, point = _NUMBERED.match(text), _POINT.match(line)
    if _APPENDICES.match(text):
        reading.open("", text)
    elif numbered is not None:
        _numbered(numbered[1], numbered[2], reading=reading)
    elif point is not None:
        reading.point(point[1].strip())
    elif _looks_like_heading(text):
        reading.open("", text)
    else:
        reading.add(Part("", text))


def _numbered(number: str, text: str, *, reading: _Reading) -> None:
    if reading.in_appendices and "." not in number:
        reading.appendices[int(number)] = text
    elif number.endswith(".0") or "." not in number or (_heads(text) and not reading.lists):
        reading.open(number, text)
    else:
        reading.add(Part(number, text))


def _heads(text: str) -> bool:
    return len(text.split()) <= _HEADING_WORDS and text[:1].isupper() and text[-1:].isalpha()


def _looks_like_heading(text: str) -> bool:
    short = len(text.split()) <= _HEADING_WORDS
    return short and bool(re.match(r"^[A-Z][\w ,/&'\u2019()-]*[\w)\u00b9\u00b2\u00b3:]$", text))


def _date_of(lines: Iterable[str]) -> date | None:
    for line in lines:
        told = _DATED.match(line)
        found = _DAY.search(told[1]) if told else None
        if found:
            return date(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
    return None
