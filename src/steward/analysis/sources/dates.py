"""The year or the day that a file's name, folder or column says it is about."""

import re
from datetime import date
from pathlib import PurePath

from steward.vocabulary.academic_year import AcademicYear

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(\d\d)[-_.]?(\d\d)(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d\d)[-_./](\d\d)[-_./]((?:19|20)\d\d)(?!\d)")
_IN_WORDS = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[\s_%-]*(?:20)?(" + "|".join(_MONTHS) + r")[\s_%-]*(?:20)?"
    r"((?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_LONE_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_PACKED_YEARS = re.compile(r"(?<!\d)(20\d\d)(\d\d)(?!\d)")
_PARTS_READ = 3


def end_of_path(path: PurePath) -> str:
    """Return the file name and its two folders: what a publication is told by."""
    return "/".join(path.parts[-_PARTS_READ:])


def day_in(text: str) -> date | None:
    """Return the last day written in `text`: 2013-12-31, 20190901, 31-12-2013, 31st December 2013."""
    found = [_day(int(year), int(month), int(day)) for year, month, day in _YEAR_FIRST.findall(text)]
    found += [_day(int(year), int(month), int(day)) for day, month, year in _DAY_FIRST.findall(text)]
    found += [
        _day(int(year), _MONTHS.index(month.lower()) + 1, int(day))
        for day, month, year in _IN_WORDS.findall(text)
    ]
    days = [day for day in found if day is not None]
    return days[-1] if days else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def year_in(text: str, *, lone_begins: bool) -> AcademicYear | None:
    """Return the academic year written in `text`: 2018-2019, 2018/19, 201819, or a lone 2019.

    A lone year is the year's end, as in the performance tables, unless `lone_begins`.
    """
    written = AcademicYear.find(text)
    if written is not None:
        return written
    packed = [
        int(first) + 1 for first, last in _PACKED_YEARS.findall(text) if int(last) == (int(first) + 1) % 100
    ]
    if packed:
        return AcademicYear(packed[-1])
    lone = _LONE_YEAR.findall(text)
    return AcademicYear(int(lone[-1]) + lone_begins) if lone else None


def year_in_path(path: PurePath, *, lone_begins: bool) -> AcademicYear | None:
    """Return the academic year written in the path, the file name before its folders.

    A year in words of two years anywhere in the path goes before a lone year.
    """
    parts = path.parts[-_PARTS_READ:]
    for part in reversed(parts):
        written = AcademicYear.find(part)
        if written is not None:
            return written
    for part in reversed(parts):
        lone = year_in(part, lone_begins=lone_begins)
        if lone is not None:
            return lone
    return None
