"""Whether the dates of a report hold together: plans, consultations, order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from steward.documents.lint.findings import Finding, warning
from steward.documents.lint.report import Report
from steward.documents.lint.rules import Holiday, LintRules

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
_MONTH = "|".join(_MONTHS)
_PLAN = re.compile(
    r"\b((?:[A-Z][\w'\u2019]*\s+(?:and\s+)?){1,7}(?:Plan|Strategy))\s+(20\d\d)\s?[-\u2013/]\s?(\d{2,4})\b"
)
_WHEN = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+|(early|mid|end|late)(?:\s*-\s*|\s+)(?:of\s+)?|)({_MONTH})\s+(20\d\d)",
    re.IGNORECASE,
)
_PARTS = {"early": (1, 10), "mid": (11, 20), "end": (21, 31), "late": (21, 31)}
_FINANCIAL_YEAR_END = (3, 31)


@dataclass(frozen=True, slots=True)
class When:
    """A time as given: the first and last day it can mean."""

    first: date
    last: date
    words: str


def plans(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find plans whose period has ended or ends soon."""
    if report.dated is None:
        return
    seen: set[str] = set()
    for found in _PLAN.finditer(report.text):
        name, ends = found[1].strip(), int(found[3][-2:]) + 2000
        months = (ends - report.dated.year) * 12 + 3 - report.dated.month
        if name in seen or months > rules.plan_months:
            continue
        seen.add(name)
        told = "has ended" if months < 0 else f"ends in {ends}"
        yield warning(
            "plan-ending",
            where=name,
            what=f"The {name} {found[2]}-{found[3]} {told}.",
            mend="Say what takes its place, or that it is being renewed.",
        )


def consultations(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find a consultation that is too short or runs over holidays."""
    steps = list(_steps(report))
    for text, when in steps:
        if "consult" not in text.lower():
            continue
        drafted = [other for told, other in steps if "draft" in told.lower() and other.first <= when.last]
        if not drafted:
            continue
        start = max(drafted, key=lambda one: one.last)
        faults = [*_short(start, when, rules=rules), *_away(start, when, rules=rules)]
        if faults:
            yield warning(
                "consultation-window",
                where=f"“{text}”",
                what=f"Counted from the draft ({start.words}) to {when.words} it {' and '.join(faults)}.",
                mend="Give more time, or say why it is enough and how those away can answer.",
            )


def order(report: Report, *, rules: LintRules) -> Iterator[Finding]:
    """Find steps of a timetable that come before the one above them."""
    for _, part in report.parts():
        told = [(text, when) for text in part.points if (when := when_of(text)) is not None]
        for (before, first), (after, second) in pairwise(told):
            if second.last < first.first:
                yield warning(
                    "dates-out-of-order",
                    where=f"“{after}”",
                    what=f"{second.words} comes before {first.words} of the step above (“{before}”).",
                    mend="Put the steps in order, or correct the date.",
                )


def when_of(text: str) -> When | None:
    """Return the time named first in a text, or None."""
    found = _WHEN.search(text)
    if found is None:
        return None
    year, month = int(found[4]), _MONTHS.index(found[3].lower()) + 1
    last_day = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    first, last = _PARTS.get((found[2] or "").lower(), (1, 31))
    if found[1]:
        first = last = int(found[1])
    if first > last_day:
        return None
    return When(date(year, month, first), date(year, month, min(last, last_day)), found[0].strip())


def _steps(report: Report) -> Iterator[tuple[str, When]]:
    for _, part in report.parts():
        for text in part.points:
            when = when_of(text)
            if when is not None:
                yield text, when


def _short(start: When, end: When, *, rules: LintRules) -> list[str]:
    days = (end.last - start.first).days
    if days >= rules.shortest_consultation_days:
        return []
    return [f"lasts at most {days // 7} weeks"]


def _away(start: When, end: When, *, rules: LintRules) -> list[str]:
    days = [start.last + timedelta(days=count) for count in range((end.first - start.last).days + 1)]
    return [
        f"runs over {holiday.name}"
        for holiday in rules.holidays
        if any(_within(day, holiday) for day in days)
    ]


def _within(day: date, holiday: Holiday) -> bool:
    told = f"{day:%m-%d}"
    if holiday.from_ <= holiday.to:
        return holiday.from_ <= told <= holiday.to
    return told >= holiday.from_ or told <= holiday.to
