"""The cells of a plain list of inspections: which column is which, days in any writing, and outcomes.

A column of two values, such as 0 and 1, is read only when its heading or whoever loads it says which value
means below good: 1 is also the best of four grades, and a list read upside down would look like any other.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from steward.analysis.forecasting.outcomes import BELOW_GOOD, INADEQUATE

_GOOD = 2
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"^(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_BRITISH = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)")
_NAMED = re.compile(
    r"^(?:[a-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s./-]+([a-z]{3,9})[\s.,/-]+(\d{4}|\d{2})(?!\d)"
)
_SERIAL = re.compile(r"^(\d{5})(?:\.\d+)?$")
_SERIAL_START = date(1899, 12, 30)
_SERIALS = range(32874, 73051)
"""Days of a spreadsheet from 1990 to 2099."""


class Heading(StrEnum):
    """What the heading of the column of outcomes tells of what stands in it."""

    OUTCOME = "outcome"
    GRADE = "grade"
    BELOW_GOOD = "below_good"
    GOOD = "good"
    CONCERN = "concern"


_URN = ("urn", "schoolurn", "uniquereferencenumber", "establishmenturn")
_ON = (
    "date", "day", "inspectiondate", "inspectedon", "inspectionstartdate", "dateofinspection", "startdate",
    "inspectionday", "firstdayofinspection", "inspectionstart", "dateinspected", "ofstedlastinsp",
    "ofstedlastinspection", "lastinspectiondate", "dateoflastinspection", "dateoflatestinspection",
    "latestinspectiondate", "nextinspectiondate",
)  # fmt: skip
_PUBLISHED = ("published", "publishedon", "publicationdate", "datepublished", "reportpublished")
_OUTCOMES: Mapping[str, Heading] = {
    **dict.fromkeys(
        ("outcome", "result", "inspectionoutcome", "inspectionresult", "nextoutcome"), Heading.OUTCOME
    ),
    **dict.fromkeys(
        ("grade", "overalleffectiveness", "overalleffectivenessgrade", "rating", "ofstedrating",
         "ofstedgrade", "overalloutcome", "overallgrade", "overalljudgement", "judgement", "judgment",
         "inspectiongrade", "ofstedratingname", "overallrating", "nextgrade", "overalleffectivenesslatest"),
        Heading.GRADE,
    ),
    **dict.fromkeys(
        ("belowgood", "isbelowgood", "notgood", "lessthangood", "gradedbelowgood", "judgedbelowgood",
         "outcomebelowgood", "belowgoodoutcome", "requiresimprovementorinadequate", "riorinadequate"),
        Heading.BELOW_GOOD,
    ),
    **dict.fromkeys(
        ("good", "isgood", "goodorbetter", "goodoroutstanding", "goodorabove", "isgoodorbetter",
         "isgoodoroutstanding"),
        Heading.GOOD,
    ),
    **dict.fromkeys(
        ("concern", "categoryofconcern", "incategoryofconcern", "inacategoryofconcern", "incategory",
         "inadequate"),
        Heading.CONCERN,
    ),
}  # fmt: skip
_RANKS = {
    **dict.fromkeys(("1", "outstanding", "o"), 1),
    **dict.fromkeys(("2", "good", "g"), _GOOD),
    **dict.fromkeys(("3", "requires improvement", "ri", "satisfactory", "req improvement"), 3),
    **dict.fromkeys(("4", "inadequate", "inad"), INADEQUATE),
}
_ABOUT = {
    **dict.fromkeys(
        ("below good", "not good", "less than good", "worse than good", "ri or inadequate"), True
    ),
    **dict.fromkeys(("good or better", "good or outstanding", "not below good", "at least good"), False),
}
_CONCERN = (
    "special measures", "requires special measures", "sm", "serious weaknesses", "swk", "sw",
    "notice to improve", "nti", "requires significant improvement", "significant improvement",
    "category of concern", "in a category of concern",
)  # fmt: skip
_NO_CONCERN = (
    "no category", "none", "not in a category of concern", "exceptional", "strong standard",
    "expected standard", "needs attention",
)  # fmt: skip
_SAID = {
    **dict.fromkeys(("1", "true", "yes", "y", "t"), True),
    **dict.fromkeys(("0", "false", "no", "n", "f"), False),
}


class TwoValued(ValueError):
    """A column has two values, and nothing tells which of them means below good."""


class Unread(ValueError):
    """A cell cannot be read; the message says what stands in it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a cell says: rank 1 to 4 and a category of concern 1 or 0; not a number where it does not say."""

    rank: float
    concern: float


@dataclass(frozen=True, slots=True)
class Scale:
    """How the cells of a column are read; of two values, yes means what the heading says."""

    heading: Heading
    below_good: str = ""
    """The value that means below good, as whoever loads the file says; every other one means good."""
    two_valued: bool = False

    def read(self, text: str, *, graded: bool) -> Outcome:
        """Return what a cell says of an inspection that had an overall grade or not. Raises Unread."""
        word = plain(text)
        if not word:
            raise Unread("the outcome is empty")
        if self.below_good:
            return _about(below=word == self.below_good, graded=graded)
        if self.two_valued:
            return self._flag(word, graded=graded)
        return _in_words(word, text=text, graded=graded)

    def _flag(self, word: str, *, graded: bool) -> Outcome:
        if word not in _SAID:
            raise Unread(f"'{word}' is neither of the two values")
        said = _SAID[word]
        if self.heading is Heading.CONCERN:
            return _of_concern(said=said, graded=graded)
        return _about(below=said is (self.heading is Heading.BELOW_GOOD), graded=graded)


def columns_of(header: Iterable[str]) -> tuple[dict[str, str], Heading]:
    """Return the columns `urn`, `on`, `outcome` and `published` that a header has, and what is told of it.

    Capitals, spaces and signs do not matter. Of several columns of outcomes the first that says the most.
    """
    found: dict[str, str] = {}
    heading = Heading.OUTCOME
    for name in header:
        squeezed = re.sub(r"[^a-z0-9]", "", name.lower())
        for field, names in (("urn", _URN), ("on", _ON), ("published", _PUBLISHED)):
            if squeezed in names:
                found.setdefault(field, name)
        if squeezed in _OUTCOMES and "outcome" not in found:
            found["outcome"], heading = name, _OUTCOMES[squeezed]
    return found, heading


def plain(text: str) -> str:
    """Return a cell in small letters without a leading "grade" and without decimals of nothing."""
    word = re.sub(r"[\s_]+", " ", text).strip().strip(".").lower()
    word = re.sub(r"^(?:grade|judgement|judgment)\s*:?\s*", "", word)
    number = re.match(r"^([0-9])(?:\.0+)?(?:\s*[-:\u2013(]\s*.*)?$", word)
    return number.group(1) if number else word


def scale_of(texts: Iterable[str], *, heading: Heading, below_good: str = "") -> Scale:
    """Return how a column is read. Raises TwoValued when it could be read either way.

    `below_good` is the value that means below good, for a column of two values.
    """
    values = {plain(one) for one in texts} - {""}
    if below_good:
        _check(plain(below_good), values=values)
        return Scale(heading, plain(below_good))
    readable = values & {*_SAID, *_RANKS, *_ABOUT, *_CONCERN, *_NO_CONCERN}
    flags = bool(readable) and readable <= set(_SAID)
    if flags and heading in (Heading.BELOW_GOOD, Heading.GOOD, Heading.CONCERN):
        return Scale(heading, two_valued=True)
    grades = heading is Heading.GRADE and "0" not in values
    if (flags and not (grades and readable == {"1"})) or (readable == {"1", "2"} and not grades):
        raise TwoValued(_either(readable))
    return Scale(heading)


def _either(values: set[str]) -> str:
    named = " and ".join(f"'{one}'" for one in sorted(values))
    last = max(values)
    return (
        f"its outcomes are {named} alone, and nothing says what '{last}' means: below good, good or a grade. "
        f"Say which value means below good, such as --below-good {last}, or give the column a heading that "
        "says it ('Below good', 'Good or better', 'Category of concern', 'Overall effectiveness')"
    )


def _check(value: str, *, values: set[str]) -> None:
    if value not in values:
        raise TwoValued(
            f"no outcome is '{value}', the value said to mean below good; there are: "
            f"{', '.join(sorted(values)[:6]) or 'none'}"
        )
    if len(values) > 2:
        raise TwoValued(
            f"its outcomes have {len(values)} values, so that no single one of them can mean below good; "
            "leave --below-good out, and grades are read as they are"
        )


def _about(*, below: bool, graded: bool) -> Outcome:
    """Return an inspection that was told only as below good or not."""
    if not graded:
        raise Unread("on that day inspections had no overall grade, so that none was below good")
    return Outcome(float(BELOW_GOOD if below else _GOOD), np.nan)


def _of_concern(*, said: bool, graded: bool) -> Outcome:
    return Outcome(float(INADEQUATE) if said and graded else np.nan, float(said))


def _in_words(word: str, *, text: str, graded: bool) -> Outcome:
    if word in _RANKS:
        if not graded:
            raise Unread(f"'{text.strip()}' is an overall grade, and none was given on that day")
        return Outcome(float(_RANKS[word]), float(_RANKS[word] == INADEQUATE))
    if word in _ABOUT:
        return _about(below=_ABOUT[word], graded=graded)
    if word in _CONCERN or word in _NO_CONCERN:
        return _of_concern(said=word in _CONCERN, graded=graded)
    raise Unread(f"'{text.strip()}' is no outcome that is known")


def day_of(text: str) -> date | None:
    """Return a day as written: 2015-05-31, 2015/5/31, 31/05/2015, 31 May 2015, 31-May-15, or 42155.

    The last is the number of a day in a spreadsheet. None for anything else; the day comes before the month.
    """
    plain_text = text.strip().lower()
    serial = _SERIAL.match(plain_text)
    if serial:
        number = int(serial.group(1))
        return _SERIAL_START + timedelta(days=number) if number in _SERIALS else None
    parts = _parts(plain_text)
    try:
        return None if parts is None else date(*parts)
    except ValueError:
        return None


def _parts(text: str) -> tuple[int, int, int] | None:
    year_first = _ISO.match(text) or _YEAR_FIRST.match(text)
    if year_first:
        year, month, day = year_first.groups()
        return int(year), int(month), int(day)
    named, british = _NAMED.match(text), _BRITISH.match(text)
    if named and named.group(2)[:3] in _MONTHS:
        return _year(named.group(3)), _MONTHS.index(named.group(2)[:3]) + 1, int(named.group(1))
    if british:
        return _year(british.group(3)), int(british.group(2)), int(british.group(1))
    return None


def _year(text: str) -> int:
    return int(text) if len(text) == len("2019") else 2000 + int(text)
