"""A calendar file (iCalendar, RFC 5545) of days on which something is due, in neutral words only."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from steward.vocabulary.due import DueItem, DueKind

_LONGEST = 75
"""Octets of a line without its end (RFC 5545, 3.1)."""


def calendar(items: Iterable[DueItem], *, name: str, owner: str, made_at: datetime, address: str) -> str:
    """Return a calendar with one whole-day entry for each day and kind, such as "3 answers awaited".

    It names no school, no finding and no category. `owner` is anything that tells one person's entries from
    another's; `address` leads to the list in the site.
    """
    counted = Counter((item.due, item.kind) for item in items if item.due is not None)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Steward//Reminders//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    for (day, kind), count in sorted(counted.items(), key=lambda each: (str(each[0][0]), each[0][1])):
        if day is not None:
            lines += _entry(day, kind=kind, count=count, owner=owner, made_at=made_at, address=address)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def title_of(kind: DueKind, *, count: int) -> str:
    """Return how many of a kind, in neutral words that begin with a number."""
    return f"{count} {kind.neutral if count == 1 else kind.neutral_plural}"


def escaped(text: str) -> str:
    """Return text as a value of a calendar (RFC 5545, 3.3.11)."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return text.replace("\r", "\\n")


def folded(line: str) -> str:
    """Return a line cut so that no part is longer than 75 octets, and no letter is cut (RFC 5545, 3.1)."""
    return "\r\n ".join(_parts(line))


def _parts(line: str) -> Iterator[str]:
    part, size, most = "", 0, _LONGEST
    for letter in line:
        octets = len(letter.encode("utf-8"))
        if size + octets > most:
            yield part
            part, size, most = "", 0, _LONGEST - 1
        part, size = part + letter, size + octets
    yield part


def _entry(
    day: date, *, kind: DueKind, count: int, owner: str, made_at: datetime, address: str
) -> Iterator[str]:
    named = hashlib.sha256(f"{owner}:{day.isoformat()}:{kind}".encode()).hexdigest()[:32]
    yield "BEGIN:VEVENT"
    yield f"UID:{named}@steward"
    yield f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(f'Due: {title_of(kind, count=count)}')}"
    yield f"DESCRIPTION:{escaped('What it is stands on your list: ' + address)}"
    yield f"URL:{address}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
