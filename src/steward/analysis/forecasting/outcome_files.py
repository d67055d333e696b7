"""Outcomes from a file that is not in the store: any layout of Ofsted that is known, or a plain list.

A plain list has a column with the URN, one with the day the inspection began and one with the outcome: a
grade 1 to 4 or its word, "special measures", "serious weaknesses", "category of concern" or "no category".
Its names may be written in many ways. What cannot be read is counted and said, never guessed.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
from ibis.backends import BaseBackend

from steward.analysis.forecasting.outcomes import (
    INADEQUATE,
    TOLD_AFTER_DAYS,
    Outcomes,
    Seen,
    outcomes_of,
    table_of,
)
from steward.analysis.sources import reading, recognition, tables
from steward.analysis.sources.definition import Holds, Layout, PeriodFrom, SourceDefinition
from steward.regimes.frameworks import InspectionFramework

_NAMES: Mapping[str, tuple[str, ...]] = {
    "urn": ("urn", "school urn", "unique reference number"),
    "on": (
        "date",
        "inspection date",
        "inspected on",
        "inspection start date",
        "date of inspection",
        "start date",
    ),
    "outcome": (
        "outcome",
        "grade",
        "overall effectiveness",
        "rating",
        "result",
        "overall outcome",
        "judgement",
    ),
    "published": ("published", "published on", "publication date", "date published"),
}
_GRADES = {
    "1": 1, "outstanding": 1, "2": 2, "good": 2, "3": 3, "requires improvement": 3, "satisfactory": 3,
    "4": 4, "inadequate": 4,
}  # fmt: skip
_CONCERN = (
    "special measures", "requires special measures", "sm", "serious weaknesses", "swk", "sw",
    "notice to improve", "nti", "requires significant improvement", "significant improvement",
    "category of concern", "in a category of concern", "yes",
)  # fmt: skip
_NO_CONCERN = (
    "no category", "none", "not in a category of concern", "no", "exceptional", "strong standard",
    "expected standard", "needs attention",
)  # fmt: skip
_ISO = re.compile(r"^(\d{4})-?(\d{2})-?(\d{2})")
_BRITISH = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_PLAIN = Layout(
    id="plain",
    covers_from=date(1990, 1, 1),
    covers_to=date(2100, 1, 1),
    requires=(),
    more_columns=True,
    period=PeriodFrom(place="path"),
)


class NoOutcomes(ValueError):
    """A file has no outcomes that can be read; the message says what it has and what is wanted."""


@dataclass(frozen=True, slots=True)
class OutcomeFile:
    """The inspections in a file, what it was taken to be, and how many of its rows could not be read."""

    outcomes: Outcomes
    taken_for: str
    unread: int


def read_outcomes(
    path: Path,
    *,
    connection: BaseBackend,
    sources: Mapping[str, SourceDefinition],
    frameworks: Mapping[str, InspectionFramework],
    schools: Mapping[int, int],
) -> OutcomeFile:
    """Return the inspections in a file; `schools` gives the first URN of the school for each later one.

    Raises NoOutcomes for a file that is neither a known layout nor a plain list, or UnreadableFile.
    """
    peek = reading.peek(path)
    inspecting = {name: one for name, one in sources.items() if one.holds is Holds.INSPECTIONS}
    try:
        recognised = recognition.recognise(peek, sources=inspecting)
    except recognition.NotRecognised as fault:
        columns = _columns(peek.header)
        if not {"urn", "on", "outcome"} <= set(columns):
            raise NoOutcomes(_wanted(path, fault=fault)) from fault
        table = reading.read(peek, layout=_PLAIN).table
        return _plain(
            table, columns=columns, frameworks=tuple(frameworks.values()), schools=schools, path=path
        )
    raw = ibis.memtable(reading.read(peek, layout=recognised.layout).table)
    events = tables.inspections(raw, recognised, release="file", frameworks=frameworks)
    kept = connection.to_pyarrow(events)
    found = outcomes_of(ibis.memtable(kept), schools=schools, frameworks=frameworks.values())
    dated = kept.num_rows - kept["inspected_on"].null_count
    if not dated:
        raise NoOutcomes(f"{path.name} is {recognised.label}, and has no inspection with a day.")
    return OutcomeFile(found, recognised.label, 0)


def _wanted(path: Path, *, fault: Exception) -> str:
    return (
        f"{path.name} is no file of inspection outcomes: {fault} A plain list needs a column URN, a "
        "column with the day (such as 'Inspection date') and a column with the outcome (such as 'Outcome')."
    )


def _columns(header: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in header:
        plain = re.sub(r"[\s_]+", " ", name).strip().lower()
        for field, names in _NAMES.items():
            if plain in names:
                found.setdefault(field, name)
    return found


def _plain(
    table: pa.Table,
    *,
    columns: Mapping[str, str],
    frameworks: tuple[InspectionFramework, ...],
    schools: Mapping[int, int],
    path: Path,
) -> OutcomeFile:
    texts = {field: table[name].to_pylist() for field, name in columns.items()}
    published = texts.get("published", [""] * table.num_rows)
    found: dict[tuple[int, int], Seen] = {}
    unread = 0
    for urn, on, outcome, out in zip(texts["urn"], texts["on"], texts["outcome"], published, strict=True):
        day = day_of(on or "")
        seen = (
            None if day is None else _seen(outcome or "", day=day, published=out or "", frameworks=frameworks)
        )
        if seen is None or day is None or not re.fullmatch("[1-9][0-9]{4,6}", urn or ""):
            unread += 1
            continue
        found[schools.get(int(urn), int(urn)), day.toordinal()] = seen
    if not found:
        raise NoOutcomes(f"{path.name} is a plain list, and none of its {unread:,} rows could be read.")
    return OutcomeFile(table_of(found), "A plain list of URN, day and outcome", unread)


def _seen(
    text: str, *, day: date, published: str, frameworks: tuple[InspectionFramework, ...]
) -> Seen | None:
    word = text.strip().lower()
    graded = any(one.has_overall and one.in_force_on(day) for one in frameworks)
    rank, concern = np.nan, np.nan
    if word in _GRADES and graded:
        rank = float(_GRADES[word])
        concern = float(rank == INADEQUATE)
    elif word in _CONCERN:
        rank, concern = (float(INADEQUATE) if graded else np.nan), 1.0
    elif word in _NO_CONCERN:
        concern = 0.0
    else:
        return None
    out = day_of(published)
    return Seen(out.toordinal() if out else day.toordinal() + TOLD_AFTER_DAYS, rank, concern)


def day_of(text: str) -> date | None:
    """Return a day written 2015-05-31, 20150531, 31/05/2015, 31.05.2015 or 31-05-2015; None for others."""
    iso, british = _ISO.match(text.strip()), _BRITISH.match(text.strip())
    parts = iso.groups() if iso else tuple(reversed(british.groups())) if british else None
    if parts is None:
        return None
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        return None
