"""Whether free text looks as if it names a child: a warning before it is kept, never a proof."""

import re
from dataclasses import dataclass

_UPN = re.compile(r"\b[A-HJ-NP-RT-Z]\d{11}[0-9A-HJ-NP-RT-Z]\b", re.IGNORECASE)
"""Unique pupil number: a check letter, eleven digits, and a digit or letter."""
_BORN = re.compile(
    r"\b(?:born(?: on)?|d\.?o\.?b\.?|date of birth)\b[^.\n]{0,20}\d|"
    r"\b(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:20[0-2]\d)\b|"
    r"(?<![=/\w-])20[0-2]\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b",
    re.IGNORECASE,
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_CHILD = re.compile(
    r"\b(?i:pupil|child|student|boy|girl|son|daughter|brother|sister)s?,?\s+"
    r"(?i:called\s+|named\s+|is\s+)?"
    rf"(?!(?:{_MONTHS}|Premium|Referral|Protection|Level|Services?|Act|Progress|In|And|Of|With|Looked)\b)"
    r"([A-Z][a-z]+(?:\s+[A-Z][a-z]+)*|[A-Z]\.\s?[A-Z]\.)"
)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What a piece of text looks like: a pupil number, a date of birth or a child's name."""

    kind: str
    text: str


def suspicions(text: str) -> tuple[Suspicion, ...]:
    """Return what in `text` looks as if it were about one child, in the order of the text.

    It finds unique pupil numbers, dates of birth, and names after words such as pupil or daughter.
    Other names are not found: whoever writes must still look.
    """
    found = [(match.start(), Suspicion("a pupil number", match.group())) for match in _UPN.finditer(text)]
    found += [
        (match.start(), Suspicion("a date of birth", match.group().strip())) for match in _BORN.finditer(text)
    ]
    found += [(match.start(), Suspicion("a child's name", match.group())) for match in _CHILD.finditer(text)]
    return tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))
