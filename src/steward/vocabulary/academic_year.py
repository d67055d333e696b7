"""Academic years, named by the calendar year in which they end."""

import re
from dataclasses import dataclass
from datetime import date

_WRITTEN = re.compile(r"(?<!\d)(20\d\d)\s*(?:[-/_]|to)\s*(20\d\d|\d\d)(?!\d)")
_FIRST_DAY = (9, 1)


@dataclass(frozen=True, slots=True, order=True)
class AcademicYear:
    """A school year from 1 September to 31 August; `ends` is the calendar year of its end."""

    ends: int

    @classmethod
    def containing(cls, day: date) -> "AcademicYear":
        """Return the academic year in which `day` falls."""
        return cls(day.year + ((day.month, day.day) >= _FIRST_DAY))

    @classmethod
    def find(cls, text: str) -> "AcademicYear | None":
        """Return the last academic year written in `text` (2018-2019, 2018/19, 2018 to 2019), or None."""
        found = [
            int(last) if len(last) == 4 else int(first[:2] + last)
            for first, last in _WRITTEN.findall(text)
            if int(last[-2:]) == (int(first) + 1) % 100
        ]
        return cls(found[-1]) if found else None

    @property
    def first_day(self) -> date:
        """1 September on which the year begins."""
        return date(self.ends - 1, *_FIRST_DAY)

    @property
    def last_day(self) -> date:
        """31 August on which the year ends."""
        return date(self.ends, 8, 31)

    def __str__(self) -> str:
        return f"{self.ends - 1} to {self.ends}"
