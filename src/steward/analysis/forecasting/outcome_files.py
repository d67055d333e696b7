"""Outcomes from a file that is not in the store: any layout of Ofsted that is known, or a plain list.

A plain list has a column with the URN, one with the day the inspection began and one with the outcome: a
grade 1 to 4 or its word, "special measures", "serious weaknesses", "category of concern" or "no category",
or two values of which it is said which means below good. Its names may be written in many ways. What cannot
be read is counted and named with the reason, never guessed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa
from ibis.backends import BaseBackend

from steward.analysis.forecasting.outcome_cells import (
    Heading,
    Scale,
    TwoValued,
    Unread,
    columns_of,
    day_of,
    scale_of,
)
from steward.analysis.forecasting.outcomes import (
    TOLD_AFTER_DAYS,
    Outcomes,
    Seen,
    outcomes_of,
    table_of,
)
from steward.analysis.sources import reading, recognition, tables
from steward.analysis.sources.definition import Holds, Layout, PeriodFrom, SourceDefinition
from steward.regimes.frameworks import InspectionFramework

_NAMED_FAULTS = 10
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
    faults: tuple[str, ...] = ()
    """Of the first rows that could not be read, which and why; row 1 is the header."""


def read_outcomes(
    path: Path,
    *,
    connection: BaseBackend,
    sources: Mapping[str, SourceDefinition],
    frameworks: Mapping[str, InspectionFramework],
    schools: Mapping[int, int],
    below_good: str = "",
) -> OutcomeFile:
    """Return the inspections in a file; `schools` gives the first URN of the school for each later one.

    `below_good` is the value that means below good in a plain list whose outcomes have two values. Raises
    NoOutcomes for a file that is no known layout and no plain list that can be read one way only.
    """
    peek = reading.peek(path)
    inspecting = {name: one for name, one in sources.items() if one.holds is Holds.INSPECTIONS}
    try:
        recognised = recognition.recognise(peek, sources=inspecting)
    except recognition.NotRecognised as fault:
        columns, heading = columns_of(peek.header)
        if not {"urn", "on", "outcome"} <= set(columns):
            raise NoOutcomes(_wanted(path, fault=fault)) from fault
        table = reading.read(peek, layout=_PLAIN).table
        try:
            cells = _cells(table, columns=columns, heading=heading, below_good=below_good)
        except TwoValued as either:
            raise NoOutcomes(f"{path.name} cannot be read one way only: {either}.") from either
        return _plain(cells, frameworks=tuple(frameworks.values()), schools=schools, path=path)
    if below_good:
        raise NoOutcomes(
            f"{path.name} is {recognised.label}, whose grades are known; leave --below-good out."
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


@dataclass(frozen=True, slots=True)
class _Cells:
    """The columns of a plain list as text, one entry a row, and how its outcomes are read."""

    urn: Sequence[str | None]
    on: Sequence[str | None]
    outcome: Sequence[str | None]
    published: Sequence[str | None]
    scale: Scale

    def seen(
        self, row: int, *, frameworks: Iterable[InspectionFramework], schools: Mapping[int, int]
    ) -> tuple[tuple[int, int], Seen]:
        """Return school and day of a row with what came of it. Raises Unread."""
        urn = re.sub(r"\.0+$", "", (self.urn[row] or "").strip())
        if not re.fullmatch("[1-9][0-9]{4,6}", urn):
            raise Unread(f"'{urn}' is no URN")
        day = day_of(self.on[row] or "")
        if day is None:
            raise Unread(f"'{(self.on[row] or '').strip()}' is no day")
        graded = any(one.has_overall and one.in_force_on(day) for one in frameworks)
        said = self.scale.read(self.outcome[row] or "", graded=graded)
        out = day_of(self.published[row] or "")
        known_on = out.toordinal() if out else day.toordinal() + TOLD_AFTER_DAYS
        return (schools.get(int(urn), int(urn)), day.toordinal()), Seen(known_on, said.rank, said.concern)


def _cells(table: pa.Table, *, columns: Mapping[str, str], heading: Heading, below_good: str) -> _Cells:
    texts = {field: table[name].to_pylist() for field, name in columns.items()}
    scale = scale_of((one or "" for one in texts["outcome"]), heading=heading, below_good=below_good)
    published = texts.get("published", [""] * table.num_rows)
    return _Cells(texts["urn"], texts["on"], texts["outcome"], published, scale)


def _plain(
    cells: _Cells,
    *,
    frameworks: tuple[InspectionFramework, ...],
    schools: Mapping[int, int],
    path: Path,
) -> OutcomeFile:
    found: dict[tuple[int, int], Seen] = {}
    faults: list[str] = []
    unread = 0
    for row in range(len(cells.urn)):
        try:
            key, seen = cells.seen(row, frameworks=frameworks, schools=schools)
        except Unread as fault:
            unread += 1
            if len(faults) < _NAMED_FAULTS:
                faults.append(f"Row {row + 2}: {fault}.")
            continue
        found[key] = seen
    if not found:
        raise NoOutcomes(
            f"{path.name} is a plain list, and none of its {unread:,} rows could be read. {' '.join(faults)}"
        )
    return OutcomeFile(table_of(found), "A plain list of URN, day and outcome", unread, tuple(faults))
